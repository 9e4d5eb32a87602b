"""Advice as whole pages by themselves, or as bodies of pages that have their own frame (R21, R24b).

What would change the answer, and projects like one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from montages.advice.similar.precedents import Precedent
from montages.advice.similar.similar_projects import SimilarProjects
from montages.advice.what_if.what_ifs import ArrangementWhatIfs, WhatIf, WhatIfs, gates_text
from montages.assessment.wording import facts_text, lower
from montages.mirror import link_target
from montages.publish.page_templates import page_template, rendered
from montages.publish.text.messages import phrase
from montages.publish.text.signs import VERDICT_TITLES
from montages.publish.text.similar_text import KIND_WORDS, SIMILAR_WORDS, compared_text, nearness_of
from montages.publish.text.typography import colon
from montages.publish.text.what_if_rows import SHOWN, what_if_rows, where_to_turn

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


def _nowhere(_: Precedent) -> str:
    return ""


@dataclass(frozen=True)
class PrecedentLinks:
    """Where a precedent leads: to its page, and to the tool; empty: nowhere."""

    page: PrecedentHref
    tool: PrecedentHref = _nowhere


_PUBLISHED = PrecedentLinks(lambda precedent: link_target(precedent.iri))


def similar_page(
    similar: SimilarProjects, lang: str, links: PrecedentLinks = _PUBLISHED, whole: bool = True
) -> str:
    """Return the nearest projects, fit to print."""
    return rendered(
        page_template("similar", whole),
        lang,
        it=similar,
        links=links,
        words={key: text[lang] for key, text in SIMILAR_WORDS.items()},
        precedents=KIND_WORDS,
        nearness_of=nearness_of,
        compared=lambda near: compared_text(len(near.similarity.facts), similar.stated, lang),
    )
