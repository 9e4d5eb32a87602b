"""The page of a contract type, and of what goes around a contract: in short, then all its rules, folded.

Its points of attention are in plain words, and have pages of their own.
"""

from __future__ import annotations

from typing import Any

from rdflib import URIRef

from montages.assessment.retained import RETAINING
from montages.knowledge.law import Duty, Requirement
from montages.knowledge.logic import ProcedureVerdict, Verdict
from montages.knowledge.rulebook import rulebook
from montages.knowledge.verdict_gates import folding_preferences
from montages.names import slug
from montages.publish.text.signs import DUE_WORDS
from montages.web.pages.graph_node import GraphNode
from montages.web.pages.things.contract_summary import ContractSummary


def arrangement_values(thing: GraphNode) -> dict[str, Any]:
    """Return the arrangement of a page, what binds it, and what may come out of it."""
    rules, arrangement = thing.context.rules, rulebook().arrangements[slug(thing.iri)]
    lineage = rules.lineage(arrangement.slug)
    effective = sorted(
        rules.effective(arrangement.slug), key=lambda r: rules.criteria[r.own.criterion].order
    )
    folding = folding_preferences(arrangement.slug, rules)
    duties = [r for r in effective if isinstance(r, Duty)]
    return {
        "arrangement": arrangement,
        "short": ContractSummary(arrangement, thing.context),
        "hard": _by_origin([r for r in effective if r.hard], lineage),
        "duties": [
            (moment, due)
            for name, moment in DUE_WORDS.items()
            if (due := [duty for duty in duties if duty.due_at == name])
        ],
        "soft": [r for r in effective if r.soft and r not in folding],
        "folds": [r for r in effective if r in folding],
        "verdicts": ProcedureVerdict if arrangement.kind == "procedure" else Verdict,
        "points": [
            point
            for point in rulebook().attentions
            if set(point.arrangements) & set(lineage) and point.span.holds(thing.context.day)
        ],
        "projects": thing.projects(*RETAINING.values()),
    }


def _by_origin(
    requirements: list[Requirement], lineage: tuple[str, ...]
) -> list[tuple[URIRef, list[Requirement]]]:
    """Return requirements under the arrangement that states them, its own first."""
    groups = {name: [r for r in requirements if r.arrangement == name] for name in lineage}
    arrangements = rulebook().arrangements
    return [(arrangements[name].iri, group) for name, group in groups.items() if group]


def attention_values(thing: GraphNode) -> dict[str, Any]:
    """Return the point of attention of a page, none for one that the rules do not know."""
    return {"point": next((a for a in rulebook().attentions if str(a.iri) == thing.iri), None)}
