"""Whole set-ups as a page: each as a picture with its contracts in words, the rest folded (R23)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from montages.advice.compose.composition import Composition, Compositions
from montages.advice.compose.contract_parts import ContractPart
from montages.assessment.verdict.unit_verdict import Term
from montages.assessment.wording import enumerated, facts_text, lower, terms_text
from montages.bilingual import Text
from montages.names import ID
from montages.publish.drawing.set_up_picture import SET_UP_STYLE, set_up_picture
from montages.publish.page_templates import page_templates, page_values

_WORDS = {
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
    return _render("compositions.html", composed, lang, lambda slug: str(ID[f"contract/{slug}"]))


def compositions_body(composed: Compositions, lang: str, page_of: Callable[[str], str]) -> str:
    """Return what that page shows, for a page that has its own title and style.

    `page_of` gives the address of the page of a contract by its slug.
    """
    return _render("compositions-body.html", composed, lang, page_of)


def _render(name: str, composed: Compositions, lang: str, page_of: Callable[[str], str]) -> str:
    assessment, rules = composed.assessment, composed.rules
    always = _always(composed)
    names = {unit.unit.id: lower(unit.unit.label[lang]) for unit in assessment.units}
    return (
        page_templates()
        .get_template(name)
        .render(
            composed=composed,
            it=assessment,
            words={key: text[lang] for key, text in _WORDS.items()},
            number=partial(_number, lang=lang),
            title=partial(_title, lang=lang),
            picture=lambda composition, n: set_up_picture(
                composition, composed, lang, f"set-up-{n}", styled=False
            ),
            picture_style=SET_UP_STYLE,
            where=lambda part: _where(part, names, lang),
            terms=lambda part: terms_text(part.terms, rules)[lang],
            facts=lambda part: facts_text([t for t in part.to_verify if t not in always], rules)[
                lang
            ],
            always=facts_text(always, rules)[lang],
            uncovered=enumerated([names[unit] for unit in composed.uncovered], lang),
            arrangements=rules.book.arrangements,
            page_of=page_of,
            **page_values(lang),
        )
    )


def _always(composed: Compositions) -> tuple[Term, ...]:
    """Return the facts to verify whatever one takes, where several set-ups are shown."""
    parts = [part for composition in composed.compositions for part in composition.parts]
    if len(parts) < 2:
        return ()
    return tuple(t for t in parts[0].to_verify if all(t in part.to_verify for part in parts))


def _title(composition: Composition, lang: str) -> str:
    """Return the names of the contracts of a set-up."""
    names = [part.result.arrangement.label[lang] for part in composition.parts]
    return enumerated([names[0], *map(lower, names[1:])], lang)


def _where(part: ContractPart, names: dict[str, str], lang: str) -> str:
    """Return what a contract covers, in words; nothing where it covers everything."""
    if len(part.units) == len(names):
        return ""
    return enumerated([names[unit.unit.id] for unit in part.units], lang)


def _number(number: int, noun: str, lang: str) -> str:
    """Return how many contracts or interfaces there are, in words."""
    key = {0: "none", 1: "one"}.get(number, "many")
    words: Any = _WORDS[f"{noun}-{key}"][lang]
    return str(words.format(number))
