"""Rules in plain words: what a version of a rule accepts, and when; the page of a requirement."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rdflib import SKOS

from montages.assessment.wording import accepted_text, lower
from montages.knowledge.law import Clause, Condition, Passage, Requirement
from montages.knowledge.model import Criterion
from montages.knowledge.periods import Rules, rules_at
from montages.names import PREFIXES, REQUIREMENT
from montages.publish.text import checklist
from montages.publish.text.messages import phrase
from montages.publish.text.typography import colon, quoted
from montages.quality.rules_index import rule
from montages.web.pages.graph_node import GraphNode, node_named
from montages.web.pages.page_context import PageContext
from montages.web.pages.things.threshold import threshold_amounts

_HOLDER, _GROUPS = "holder", "scheme:holder-group"


def _rules_of(requirement: Requirement | None, context: PageContext) -> Rules:
    """Return the rules that know a version of a requirement: those of the page, else of its first day."""
    if requirement is None or requirement.span.holds(context.day):
        return context.rules
    return rules_at(requirement.span.first)


def criterion_of(requirement: Requirement, context: PageContext) -> Criterion:
    """Return the criterion that a requirement is on."""
    return _rules_of(requirement, context).criteria[requirement.own.criterion]


def accepted_words(requirement: Requirement, context: PageContext) -> str:
    """Return what a requirement accepts, its thresholds as the rules of its day know them."""
    return _accepted(requirement.own, _rules_of(requirement, context), context)


def condition_words(
    condition: Condition, context: PageContext, requirement: Requirement | None = None
) -> str:
    """Return a condition, of a requirement or of a page, in words: `le risque est « Réel »`."""
    rules = _rules_of(requirement, context)
    words = (_clause(c, rules, context) for c in condition.clauses)
    return f" {phrase('and', context.lang)} ".join(words)


def _clause(clause: Clause, rules: Rules, context: PageContext) -> str:
    """Return a clause in words: the name of its criterion, then what it accepts."""
    name = lower(rules.criteria[clause.criterion].label[context.lang])
    return f"{name}{colon(context.lang)} {_accepted(clause, rules, context)}"


def _accepted(clause: Clause, rules: Rules, context: PageContext) -> str:
    """Return what a clause accepts, in words; kinds of holder that make a group by its name, large first."""
    groups, rest = [], clause.accepts
    if clause.criterion == _HOLDER:
        gathered = [
            (group, {kind.slug for kind in group.nodes("gathersKind")})
            for group in node_named(_GROUPS, context).nodes_from(SKOS.inScheme)
        ]
        for group, kinds in sorted(gathered, key=lambda pair: len(pair[1]), reverse=True):
            if kinds and kinds <= rest:
                groups.append(group.link.text)
                rest -= kinds
    if not groups:
        return accepted_text(clause, rules)[context.lang].strip()
    if rest:
        groups.append(accepted_text(replace(clause, accepts=rest), rules)[context.lang])
    between = f" {phrase('or', context.lang)} "
    return between.join([*groups[:1], *map(lower, groups[1:])])


def source_name(passage: Passage, lang: str) -> str:
    """Return the name of a source; that of a cell of the sheet, which names no document, says so."""
    if not passage.iri.startswith(str(PREFIXES["sheet"])):
        return checklist.cited(passage, lang)
    cell = quoted(passage.label[lang], lang)
    return f"fiche InfraNum, {cell}" if lang == "fr" else f"InfraNum sheet, {cell}"


def requirement_values(thing: GraphNode) -> dict[str, Any]:
    """Return the requirement of a page, or of one of its versions: those in force first."""
    iri, context = thing.iri, thing.context
    name, _, version = iri.removeprefix(str(REQUIREMENT)).partition("/")
    entry = rule(name)
    versions = [v for v in reversed(entry.versions) if not version or str(v.version) == iri]
    return {
        "rule": entry,
        "one_version": bool(version),
        "versions": sorted(versions, key=lambda v: not v.span.holds(context.day)),
        "thresholds": [
            (context.link(t), threshold_amounts(t, context)) for t in entry.thresholds()
        ],
    }
