"""Contracts side by side (R24) and whole set-ups (R23), as pages or as bodies of other pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from montages.advice.comparison import ComparedCriterion, Comparison
from montages.advice.compose.composition import Compositions
from montages.advice.compose.contract_parts import ContractPart
from montages.assessment.arrangement_result import Check
from montages.assessment.verdict.unit_verdict import Term
from montages.assessment.wording import facts_text, lower, terms_text
from montages.bilingual import Text
from montages.names import ID
from montages.publish.drawing.set_up_picture import set_up_picture
from montages.publish.page_templates import rendered
from montages.publish.text import checklist

# Where a contract has its page, by its slug.
ContractHref = Callable[[str], str]


def _in_language(words: Mapping[str, Text], lang: str) -> dict[str, str]:
    return {key: text[lang] for key, text in words.items()}


def _named_contract(slug: str) -> str:
    return str(ID[f"contract/{slug}"])


_COMPARISON_WORDS = {
    "title": Text("Comparer des contrats", "Compare contracts"),
    "gates": Text("Ce qui ouvre ou ferme", "What opens or closes"),
    "preferences": Text("Ce qui fait préférer", "What one prefers by"),
    "criterion": Text("Critère, et votre réponse", "Criterion, and your answer"),
    "accepts": Text("accepte", "accepts"),
    "prefers": Text("préfère", "prefers"),
    "silent": Text("n'en dit rien", "says nothing of it"),
    "silent-many": Text("n'en disent rien", "say nothing of it"),
    "source": Text("D'où cela vient", "Where it comes from"),
    "same": Text(
        "Rien ne distingue ces contrats dans ce qui est demandé ou répondu.",
        "Nothing tells these contracts apart in what is asked or answered.",
    ),
    "alike": Text(
        "Critères qui ne distinguent pas ces contrats",
        "Criteria that do not tell these contracts apart",
    ),
    "not-shown": Text("non montrés", "not shown"),
    "not-covered": Text(
        "Ce que cette comparaison ne couvre pas", "What this comparison does not cover"
    ),
    "unread": Text(
        "Réponses qu'aucun de ces contrats ne lit", "Answers that none of these contracts reads"
    ),
}


def comparison_page(compared: Comparison, lang: str) -> str:
    """Return one self-contained page of contracts side by side, fit to print."""
    return _render_comparison("comparison.html", compared, lang, _named_contract, folded=False)


def comparison_body(compared: Comparison, lang: str, page_of: ContractHref) -> str:
    """Return what that page shows, for a page that has its own title and style; preferences are folded."""
    return _render_comparison("comparison-body.html", compared, lang, page_of, folded=True)


def _render_comparison(
    name: str, compared: Comparison, lang: str, page_of: ContractHref, *, folded: bool
) -> str:
    words = _in_language(_COMPARISON_WORDS, lang)
    groups: dict[str, list[ComparedCriterion]] = {words["gates"]: [], words["preferences"]: []}
    for row in compared.criteria:
        groups[words["gates" if row.decides else "preferences"]].append(row)
    return rendered(
        name,
        lang,
        compared=compared,
        it=compared.assessment.premises,
        words=words,
        groups=[(title, rows) for title, rows in groups.items() if rows],
        lines=lambda row, slug: cell_lines(row.checks[slug]),
        given=lambda row: dict.fromkeys(checklist.answer(check, lang) for check in row.answered),
        silent=lambda row: [
            lower(result.arrangement.label[lang])
            for result in compared.contracts
            if not row.checks[result.arrangement.slug]
        ],
        folded=folded,
        page_of=page_of,
    )


def cell_lines(checks: Sequence[Check]) -> list[Check]:
    """Return what comes out for a contract: a check for each requirement, outcome and accepted answer."""
    lines: dict[tuple[str, str, Text], Check] = {}
    for check in checks:
        lines.setdefault((check.requirement.slug, check.outcome, check.accepted), check)
    return list(lines.values())


_COMPOSITIONS_WORDS = {
    "title": Text("Montages d'ensemble", "Whole set-ups"),
    "lead": Text(
        "Chaque montage couvre toutes les parties du projet, une fois chacune, par des contrats qui "
        "leur sont ouverts. D'abord celui de la réponse ; ensuite un contrat pour tout avant plusieurs, et "
        "les contrats dans l'ordre où la réponse les range.",
        "Each set-up covers every part of the project once, by contracts that are open to it. First that of "
        "the answer; then one contract for everything before several, and contracts in the order of the "
        "answer.",
    ),
    "always": Text("À vérifier dans tous les cas", "To verify in any case"),
    "whole": Text("tout le projet", "the whole project"),
    "provided": Text("à condition", "provided you"),
    "once": Text("une fois vérifié", "once it is verified"),
    "buys": Text("pour ses achats", "for its purchases"),
    "apart": Text("à part", "apart"),
    "hardly": Text("possible en droit, peu adapté", "lawful, hardly sensible"),
    "around": Text(
        "Procédure, canal, structure, obligations", "Procedure, channel, company, duties"
    ),
    "procedure": Text("Procédure", "Procedure"),
    "channels": Text("Canal d'achat", "Buying channel"),
    "vehicles": Text("Société dédiée", "Company of its own"),
    "duties": Text("À faire", "To do"),
    "nothing-more": Text("Rien de particulier à faire.", "Nothing in particular to do."),
    "uncovered": Text(
        "Aucun montage ne couvre tout : aucun contrat n'est ouvert pour {}.",
        "No set-up covers everything: no contract is open for {}.",
    ),
    "contracts-none": Text("aucun contrat", "no contract"),
    "contracts-one": Text("1 contrat", "1 contract"),
    "contracts-many": Text("{} contrats", "{} contracts"),
    "interfaces-none": Text("aucune interface", "no interface"),
    "interfaces-one": Text("1 interface", "1 interface"),
    "interfaces-many": Text("{} interfaces", "{} interfaces"),
}


def compositions_page(composed: Compositions, lang: str) -> str:
    """Return one self-contained page of whole set-ups, fit to print."""
    return _render_compositions("compositions.html", composed, lang, _named_contract)


def compositions_body(composed: Compositions, lang: str, page_of: ContractHref) -> str:
    """Return what that page shows, for a page that has its own title and style."""
    return _render_compositions("compositions-body.html", composed, lang, page_of)


def _render_compositions(
    name: str, composed: Compositions, lang: str, page_of: ContractHref
) -> str:
    rules, words, always = (
        composed.rules,
        _in_language(_COMPOSITIONS_WORDS, lang),
        _always(composed),
    )
    units = {u.unit.id: lower(u.unit.label[lang]) for u in composed.assessment.conclusions.units}

    def number(number: int, noun: str) -> str:
        return words[f"{noun}-{_NUMBERS.get(number, 'many')}"].format(number)

    def facts(part: ContractPart) -> str:
        return facts_text([t for t in part.to_verify if t not in always], rules)[lang]

    def names(part: ContractPart) -> list[str]:
        return [units[u.unit.id] for u in part.units]

    return rendered(
        name,
        lang,
        composed=composed,
        it=composed.assessment.premises,
        words=words,
        units=units,
        number=number,
        picture=lambda composition, n: set_up_picture(
            composition, composed, lang, f"set-up-{n}", styled=False
        ),
        names=names,
        terms=lambda part: terms_text(part.terms, rules)[lang],
        facts=facts,
        always=facts_text(always, rules)[lang],
        arrangements=rules.book.arrangements,
        page_of=page_of,
    )


_NUMBERS = {0: "none", 1: "one"}


def _always(composed: Compositions) -> tuple[Term, ...]:
    """Return the facts to verify whatever one takes, where several set-ups are shown."""
    parts = [part for composition in composed.compositions for part in composition.parts]
    if len(parts) < 2:
        return ()
    return tuple(t for t in parts[0].to_verify if all(t in part.to_verify for part in parts))
