"""What a period names, in JSON: variables, nodes, and the steps of which the first that holds names (D4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from montages.knowledge.compiled.diagram_variables import DERIVED, FIXED, STATED
from montages.knowledge.compiled.naming_diagram import WrittenNaming, written_naming
from montages.knowledge.compiled.naming_variables import ASSUMED, FOLLOWS, NamingVariable
from montages.knowledge.compiled.verdict_diagram import written_diagram
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.periods import Rules, rules_at
from montages.publish.json_text import json_line
from montages.publish.verdicts.verdict_file import (
    criterion_labels,
    implications_among,
    period_head,
    published_period,
    ranges_of,
    values_alone,
)

# The name of the file of the day.
NAMING_TODAY = "naming"
NAMING_FORMAT = "montages-naming/1"
# What an answer is read as where its own state is not there: the first of these that is, else unknown.
INSTEAD = {
    FIXED: (),
    STATED: (FIXED,),
    ASSUMED: (FIXED,),
    DERIVED: (FIXED,),
    FOLLOWS: (ASSUMED, DERIVED, FIXED),
}
_ORDER = (*INSTEAD,)


def naming_file(day: date) -> bytes:
    """Return the file of the period that a day is in; raises UnknownName before the first rule."""
    return _written_names(published_period(day))


@disk_cache
def _written_names(first: date) -> bytes:
    return json_line(naming_of(first))


def naming_of(first: date) -> dict[str, Any]:
    """Return what the period that begins on a day names, as JSON."""
    rules, kept = rules_at(first), written_naming(first)
    columns = _columns(kept)
    used = sorted(columns)
    place = {variable: n for n, variable in enumerate(used)}
    states = {n: _told_apart(kept.variables[n], columns[n]) for n in used}
    variables = [kept.variables[n].answers for n in used]
    names = [variable.criterion for variable in variables]
    roots = kept.diagram.roots
    return {
        "format": NAMING_FORMAT,
        **period_head(rules),
        "variables": [_variable_entry(kept.variables[n], states[n]) for n in used],
        "implies": implications_among(variables, rules),
        "alone": values_alone(variables, rules),
        "ranges": ranges_of(names, rules),
        "nodes": [
            [place[variable], *(_back(n, children[state]) for state in states[variable])]
            for n, (variable, *children) in enumerate(kept.diagram.nodes)
        ],
        "whole": roots["whole"],
        "part": roots["part"],
        "prohibitions": list(kept.prohibitions),
        "steps": [[roots[str(n)], slug] for n, slug in enumerate(kept.steps)],
        "awards": {slug: roots[slug] for slug in dict.fromkeys(kept.steps) if slug},
        "ways": list(kept.ways),
        "labels": {lang: _labels(rules, names, lang) for lang in ("fr", "en")},
    }


def _columns(kept: WrittenNaming) -> dict[int, list[tuple[int, ...]]]:
    """Return for each variable that a node asks, for each of its states, what all its nodes lead to."""
    rows: dict[int, list[tuple[int, ...]]] = {}
    for variable, *children in kept.diagram.nodes:
        rows.setdefault(variable, []).append(tuple(children))
    return {variable: [*zip(*children, strict=True)] for variable, children in rows.items()}


def _told_apart(variable: NamingVariable, columns: Sequence[tuple[int, ...]]) -> list[int]:
    """Return the states that lead elsewhere than what is read in their place."""
    named = {(state.how, state.value): n for n, state in enumerate(variable.states)}
    kept = [0]
    for how in _ORDER:
        for n, state in enumerate(variable.states):
            if state.how == how:
                others = (named.get((other, state.value)) for other in INSTEAD[how])
                instead = next((other for other in others if other in kept), 0)
                if columns[n] != columns[instead]:
                    kept.append(n)
    return sorted(kept)


def _variable_entry(variable: NamingVariable, states: Sequence[int]) -> dict[str, Any]:
    entry: dict[str, Any] = {"criterion": variable.criterion}
    if variable.value is not None:
        entry["value"] = variable.value
    entry["states"] = [
        f"{variable.states[n].how} {variable.states[n].value}".rstrip() for n in states
    ]
    return entry


def _back(place: int, node: int) -> int:
    """Return how many nodes back another is, which compresses to half; a leaf as it is."""
    return node if node < 0 else place - node


def _labels(rules: Rules, names: list[str], lang: str) -> dict[str, Any]:
    """Return the labels that the verdict file of the period does not have."""
    other = {variable.criterion for variable in written_diagram(rules.period.first).variables}
    return {
        **criterion_labels(rules, [name for name in names if name not in other], lang),
        "prohibitions": {one.slug: one.label[lang] for one in rules.book.prohibitions},
    }
