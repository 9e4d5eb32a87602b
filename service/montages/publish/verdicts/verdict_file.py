"""The verdicts of a period as one decision diagram, in JSON: variables, nodes, arrangements, gates (D4)."""

from __future__ import annotations

from datetime import date
from typing import Any

from montages.bilingual import message
from montages.errors import UnknownName
from montages.knowledge.compiled.decision_diagram import Written
from montages.knowledge.compiled.diagram_variables import DECLARED, UNKNOWN, AnswerVariable
from montages.knowledge.compiled.verdict_compiler import VERDICTS, VerdictCompiler
from montages.knowledge.compiled.verdict_diagram import gate_diagrams, written_diagram
from montages.knowledge.entailment import implications, implied
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.law import FOREVER, Requirement
from montages.knowledge.periods import Rules, change_dates, rules_at
from montages.knowledge.rulebook import rulebook
from montages.knowledge.verdict_gates import by_threshold
from montages.publish.json_text import json_line
from montages.publish.text.signs import VERDICT_TITLES
from montages.store.licence import LICENCE

FORMAT = "montages-verdicts/1"
STANDINGS = ("against", "open", "true")
_LANGUAGES = ("fr", "en")


def published_days() -> tuple[date, ...]:
    """Return the first day of each period whose verdicts are published, earliest first."""
    return change_dates(rulebook())


def verdict_file(day: date) -> bytes:
    """Return the file of the period that a day is in; raises UnknownName before the first rule."""
    return _written(published_period(day))


def published_period(day: date) -> date:
    """Return the first day of the period that a day is in; raises UnknownName before the first rule."""
    period = rules_at(day).period.first
    if period == date.min:
        first = published_days()[0]
        raise UnknownName(message("No rule is known before {first}.", first=first))
    return period


@disk_cache
def _written(first: date) -> bytes:
    return json_line(verdicts_of(first))


def verdicts_of(first: date) -> dict[str, Any]:
    """Return the verdicts of the period that begins on a day, as JSON."""
    rules, kept = rules_at(first), written_diagram(first)
    gates = _gates(rules)
    compiler = VerdictCompiler(gate_diagrams(rules))
    standing = compiler.diagram.written({gate.slug: compiler.standing(gate) for gate in gates})
    nodes, roots = _stated_only(kept.variables, [kept.verdicts, standing])
    used = sorted({node[0] for node in nodes})
    place = {variable: n for n, variable in enumerate(used)}
    verdicts, standings = roots
    return {
        "format": FORMAT,
        **period_head(rules),
        "verdicts": [verdict.value for verdict in VERDICTS],
        "standings": list(STANDINGS),
        "criteria": {
            name: rules.criteria[name].nature
            for name in rules.criteria
            if name in {kept.variables[n].criterion for n in used}
        },
        "variables": [_variable(kept.variables[n]) for n in used],
        "implies": implications_among([kept.variables[n] for n in used], rules),
        "alone": values_alone([kept.variables[n] for n in used], rules),
        "ranges": ranges_of([kept.variables[n].criterion for n in used], rules),
        "nodes": [[place[node[0]], *node[1:]] for node in nodes],
        "arrangements": {
            slug: {
                "kind": arrangement.kind,
                "abstract": arrangement.abstract,
                "verdict": verdicts[slug],
                "gates": [gate.slug for gate in by_threshold(slug, rules)[0]],
                "waiting": [gate.slug for gate in by_threshold(slug, rules)[1]],
            }
            for slug, arrangement in rules.arrangements.items()
        },
        "gates": {
            gate.slug: {
                "criterion": gate.own.criterion,
                "duty": gate.duty,
                "iri": str(gate.iri),
                "standing": standings[gate.slug],
            }
            for gate in gates
        },
        "labels": {
            lang: _labels(rules, gates, [v.criterion for v in kept.variables], lang)
            for lang in _LANGUAGES
        },
    }


def period_head(rules: Rules) -> dict[str, Any]:
    """Return of what rules a file is, of which period, and under which licence."""
    return {
        "rulebook": library.version(),
        "period": {
            "first": str(rules.period.first),
            "last": None if rules.period.last == FOREVER else str(rules.period.last),
        },
        "licence": LICENCE,
    }


def _gates(rules: Rules) -> list[Requirement]:
    """Return the gates that can be judged on the day, those of all arrangements once."""
    every = (gate for slug in rules.arrangements for gate in by_threshold(slug, rules)[0])
    return list({gate.slug: gate for gate in every}.values())


def _stated_only(
    variables: tuple[AnswerVariable, ...], several: list[Written]
) -> tuple[list[tuple[int, ...]], list[dict[str, int]]]:
    """Return diagrams in one table of nodes; what is declared unknown is unknown, and has no state."""
    table: dict[tuple[int, ...], int] = {}
    roots = []
    for written in several:
        places: list[int] = []

        def place(node: int, places: list[int] = places) -> int:
            return node if node < 0 else places[node]

        for variable, *children in written.nodes:
            states = variables[variable].states
            kept = (c for c, (how, _) in zip(children, states, strict=True) if how != DECLARED)
            row = (variable, *map(place, kept))
            places.append(table.setdefault(row, len(table)))
        roots.append({name: place(root) for name, root in written.roots.items()})
    return list(table), roots


def _variable(variable: AnswerVariable) -> dict[str, Any]:
    out: dict[str, Any] = {"criterion": variable.criterion}
    if variable.several:
        out["value"] = variable.value
    out["states"] = [
        how if how == UNKNOWN else f"{how} {value}"
        for how, value in variable.states
        if how != DECLARED
    ]
    return out


def implications_among(variables: list[AnswerVariable], rules: Rules) -> list[list[str]]:
    """Return what an answer says of another that is read: criterion and value, then those that follow."""
    read = {variable.criterion for variable in variables}
    return [
        [*pair, *other]
        for pair in sorted(implications())
        for other in sorted(implied(pair))
        if other[0] in read and other[0] != pair[0] and pair[0] in rules.criteria
    ]


def values_alone(variables: list[AnswerVariable], rules: Rules) -> dict[str, list[str]]:
    """Return the values of lists that leave the others out."""
    names = dict.fromkeys(variable.criterion for variable in variables if variable.several)
    return {
        name: [v.slug for v in rules.criteria[name].values if v.excludes_others] for name in names
    }


def ranges_of(names: list[str], rules: Rules) -> dict[str, list[dict[str, Any]]]:
    """Return the ranges of each number that is read: their bounds, and whether these are within."""
    return {
        name: [
            {
                "value": bucket.slug,
                "low": bucket.low and [float(bucket.low[0]), not bucket.low[1]],
                "high": bucket.high and [float(bucket.high[0]), bool(bucket.high[1])],
            }
            for bucket in rules.buckets[name]
        ]
        for name in dict.fromkeys(names)
        if name in rules.buckets
    }


def _labels(rules: Rules, gates: list[Requirement], names: list[str], lang: str) -> dict[str, Any]:
    return {
        **criterion_labels(rules, names, lang),
        "arrangements": {slug: a.label[lang] for slug, a in rules.arrangements.items()},
        "gates": {
            gate.slug: {
                "label": gate.label[lang],
                "source": "; ".join(passage.label[lang] for passage in gate.sources),
            }
            for gate in gates
        },
        "verdicts": {verdict.value: VERDICT_TITLES[verdict.value][lang] for verdict in VERDICTS},
    }


def criterion_labels(rules: Rules, names: list[str], lang: str) -> dict[str, Any]:
    """Return the labels of criteria and of their values."""
    criteria = {name: rules.criteria[name] for name in dict.fromkeys(names)}
    return {
        "criteria": {name: of.label[lang] for name, of in criteria.items()},
        "values": {
            name: {value.slug: value.label[lang] for value in of.values}
            for name, of in criteria.items()
        },
    }
