"""Advice as whole pages by themselves, or as bodies of pages that have their own frame.

What would change the answer (R21), projects like one (R24b), contracts side by side (R24), set-ups (R23).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from montages.advice.comparison import Comparison
from montages.advice.compose.composition import Compositions
from montages.advice.compose.contract_parts import ContractPart
from montages.advice.similar.precedents import Precedent
from montages.advice.similar.similar_projects import SimilarProjects
from montages.advice.what_if.what_ifs import ArrangementWhatIfs, WhatIf, WhatIfs, gates_text
from montages.assessment.check import Check
from montages.assessment.verdict.unit_verdict import Term
from montages.assessment.wording import facts_text, lower, terms_text
from montages.bilingual import Text
from montages.mirror import link_target
from montages.names import ID
from montages.publish.drawing.set_up_picture import set_up_picture
from montages.publish.page_templates import page_template, rendered
from montages.publish.text import checklist
from montages.publish.text.comparison_text import set_ups_in_words
from montages.publish.text.messages import phrase
from montages.publish.text.signs import VERDICT_TITLES
from montages.publish.text.similar_text import KIND_WORDS, SIMILAR_WORDS, compared_text, nearness_of
from montages.publish.text.typography import colon
from montages.publish.text.what_if_text import SHOWN, what_if_rows, where_to_turn

# Where a change leads, the empty text where it has no address.
ChangeHref = Callable[[WhatIf], str]
PrecedentHref = Callable[[Precedent], str]


def what_if_page(
    what_ifs: WhatIfs, lang: str, href: ChangeHref = lambda what_if: "", whole: bool = True
) -> str:
    """Return what would change the answer, as changes that lead where `href` says."""
    return rendered(
        page_template("what-if", whole),
        lang,
        it=what_ifs,
        rows=what_if_rows(what_ifs),
        shown=SHOWN,
        hardly_sensible=VERDICT_TITLES["folded"][lang],
        href=href,
        obstacle=lambda contract: _obstacle(contract, what_ifs, lang),
        turn_to=lambda contract: where_to_turn(contract, what_ifs)[lang],
    )


def _obstacle(contract: ArrangementWhatIfs, what_ifs: WhatIfs, lang: str) -> str:
    """Return what stands against a set-up that no choice opens, under a title that says so."""
    if contract.presumed:
        return lower(contract.why_none(what_ifs.rules)[lang])
    if contract.closed_by:
        return f"{phrase('would-need', lang)}{colon(lang)} {gates_text(contract.closed_by)[lang]}."
    return f"{phrase('left-to-verify', lang)} {facts_text(contract.facts, what_ifs.rules)[lang]}."


def similar_page(
    similar: SimilarProjects,
    lang: str,
    page_of: PrecedentHref = lambda precedent: link_target(precedent.iri),
    tool_of: PrecedentHref = lambda precedent: "",
    whole: bool = True,
) -> str:
    """Return the nearest projects, fit to print; each leads to its page, and to the tool."""
    return rendered(
        page_template("similar", whole),
        lang,
        it=similar,
        page_of=page_of,
        tool_of=tool_of,
        words=SIMILAR_WORDS,
        precedents=KIND_WORDS,
        nearness_of=nearness_of,
        compared=lambda near: compared_text(len(near.similarity.facts), similar.stated, lang),
    )


# Where a contract has its page, by its slug.
ContractHref = Callable[[str], str]


def _named_contract(slug: str) -> str:
    return str(ID[f"contract/{slug}"])


def comparison_page(
    compared: Comparison, lang: str, page_of: ContractHref = _named_contract, whole: bool = True
) -> str:
    """Return contracts side by side, fit to print; where it is not the whole page, criteria are folded."""
    return rendered(
        page_template("comparison", whole),
        lang,
        compared=compared,
        it=compared.assessment.premises,
        answer=compared.assessment.answer,
        in_words=set_ups_in_words(compared, lang),
        cell_lines=cell_lines,
        given=lambda row: dict.fromkeys(checklist.answer(check, lang) for check in row.answered),
        folded=not whole,
        page_of=page_of,
    )


def cell_lines(checks: Sequence[Check]) -> list[Check]:
    """Return what comes out for a contract: a check for each requirement, outcome and accepted answer."""
    lines: dict[tuple[str, str, Text], Check] = {}
    for check in checks:
        lines.setdefault((check.requirement.slug, check.outcome, check.accepted), check)
    return list(lines.values())


def compositions_page(
    composed: Compositions, lang: str, page_of: ContractHref = _named_contract, whole: bool = True
) -> str:
    """Return whole set-ups, fit to print."""
    rules, always = composed.rules, _always(composed)
    units = {u.unit.id: lower(u.unit.label[lang]) for u in composed.assessment.conclusions.units}

    def facts(part: ContractPart) -> str:
        return facts_text([t for t in part.result.to_verify if t not in always], rules)[lang]

    return rendered(
        page_template("compositions", whole),
        lang,
        composed=composed,
        it=composed.assessment.premises,
        answer=composed.assessment.answer,
        units=units,
        uncovered=[units[name] for name in composed.uncovered],
        picture=lambda composition, n: set_up_picture(
            composition, composed, lang, f"set-up-{n}", styled=False
        ),
        names=lambda part: [units[u.unit.id] for u in part.units],
        terms=lambda part: terms_text(part.result.terms, rules)[lang],
        facts=facts,
        always=facts_text(always, rules)[lang],
        arrangements=rules.book.arrangements,
        page_of=page_of,
    )


def _always(composed: Compositions) -> tuple[Term, ...]:
    """Return the facts to verify whatever one takes, where several set-ups are shown."""
    parts = [part for composition in composed.compositions for part in composition.parts]
    if len(parts) < 2:
        return ()
    return tuple(
        t for t in parts[0].result.to_verify if all(t in part.result.to_verify for part in parts)
    )
