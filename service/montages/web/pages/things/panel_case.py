"""The page of a case of the panel: its facts, what is expected of it, why, and who could contest it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from montages.knowledge.panel import panel
from montages.knowledge.rulebook import rulebook
from montages.names import slug
from montages.store.panel_graph import case_in_words, expectations
from montages.web.pages.page_context import Link, PageContext
from montages.web.pages.things.tool_link import tool_link


@dataclass(frozen=True)
class ExpectedGroup:
    """What is expected in the same way: of which things, and through which criteria for each."""

    title: str
    things: tuple[tuple[Link, tuple[Link, ...]], ...]


def panel_case_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of a case of the panel shows."""
    case = next(case for case in panel() if case.slug == slug(iri))
    groups: dict[str, list[tuple[Link, tuple[Link, ...]]]] = {}
    for word, thing, criteria in expectations(case):
        through = context.links(rulebook().criteria[c].iri for c in criteria)
        groups.setdefault(_words()[word], []).append((context.link(thing), tuple(through)))
    return {
        "tool": tool_link(iri, context),
        "facts_in_words": case_in_words(case)[context.lang],
        "day": case.as_of,
        "expected": [ExpectedGroup(title, tuple(things)) for title, things in groups.items()],
        "reason": case.reason[context.lang],
        "sources": context.links(source.iri for source in case.sources),
        "contested_by": case.contested_by[context.lang],
    }


def _words() -> dict[str, str]:
    return {
        "first": _("En premier"),
        "not-first": _("Pas en premier"),
        "nearest": _("Le plus proche"),
        "parts": _("Pour une partie du projet"),
        "fits": _("Convient, sans ou avec conditions"),
        "open": _("Reste ouvert"),
        "folded": _("Possible en droit, peu adapté"),
        "to-verify": _("À vérifier d'abord"),
        "closed-by-choice": _("Fermé par un choix"),
        "reopens-by": _("Se rouvre en changeant"),
        "closed": _("Fermé"),
        "procedure-sufficient": _("Procédure qui suffit"),
        "procedure-allowed": _("Procédure permise"),
        "procedure-to-verify": _("Procédure à vérifier"),
        "procedure-closed": _("Procédure fermée"),
        "without-procedure": _("Sans procédure de passation"),
        "due": _("Obligations"),
        "not-due": _("Sans obligation"),
    }
