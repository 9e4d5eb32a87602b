"""Cases by which walkers of the files are checked: answers drawn at random, and what comes of them (D4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from random import Random
from typing import Any

from montages.assessment.naming import naming
from montages.assessment.qualification import said_bits
from montages.assessment.verdict.answers import stated
from montages.assessment.verdict.judgement import as_answered
from montages.knowledge import entailment
from montages.knowledge.compiled.naming_variables import naming_variables
from montages.knowledge.compiled.verdict_compiler import VERDICTS
from montages.knowledge.entailment import closure
from montages.knowledge.logic import Answer
from montages.knowledge.periods import Rules, rules_at
from montages.publish.json_text import json_line
from montages.publish.verdicts.verdict_file import verdicts_of

CASES = 10_000


@lru_cache(maxsize=1)  # 8 MB
def verdict_cases(first: date) -> bytes:
    """Return the cases of a period, a line of JSON each: what is stated, and the verdict on each arrangement.

    The verdicts are digits, their places in the list of the file, in the order of its arrangements.
    """
    return b"".join(map(json_line, _with_verdicts(rules_at(first))))


def naming_cases(first: date) -> bytes:
    """Return the cases of a period, a line of JSON each: what is stated, and what is named."""
    return b"".join(map(json_line, _with_names(rules_at(first))))


def _with_verdicts(rules: Rules) -> Iterator[dict[str, Any]]:
    variables = verdicts_of(rules.period.first)["variables"]
    for case in _drawn((variable["criterion"] for variable in variables), 2026, rules):
        answers = stated(_answers(case, rules), rules)
        digits = (VERDICTS.index(as_answered(slug, answers, rules)) for slug in rules.arrangements)
        yield {**case, "verdicts": "".join(map(str, digits))}


def _with_names(rules: Rules) -> Iterator[dict[str, Any]]:
    variables = naming_variables(rules)
    for case in _drawn((variable.criterion for variable in variables), 2027, rules):
        answers = _answers(case, rules)
        named = naming(stated(answers, rules), said_bits(answers, rules), frozenset())
        way = named.channel or named.procedure
        yield {**case, "named": [named.contract, way, named.prohibited_by]}


def _drawn(criteria: Iterable[str], seed: int, rules: Rules) -> Iterator[dict[str, Any]]:
    draw, names = Random(seed), list(dict.fromkeys(criteria))  # noqa: S311 — a sample, not a secret
    return (_case(names, draw, rules) for _ in range(CASES))


def _case(names: list[str], draw: Random, rules: Rules) -> dict[str, Any]:
    """Return answers that go together: stated by the buyer, or presumed; of lists, values in and out."""
    case: dict[str, Any] = {"stated": {}, "presumed": {}, "out": {}}
    share = draw.choice((0.15, 0.4, 0.7, 0.95))
    answers: dict[str, frozenset[str]] = {}
    for name in names:
        criterion = rules.criteria[name]
        if draw.random() > share or (name in answers and not criterion.multiple):
            continue
        value = draw.choice(criterion.values)
        after = closure([(name, value.slug)])
        clash = any(
            answers.get(other, values) - values
            or (rules.criteria[other].multiple and other in answers)
            for other, values in after.items()
        )
        if clash:
            continue
        answers |= after
        kind = "presumed" if draw.random() < 0.2 else "stated"
        case[kind][name] = [value.slug] if criterion.multiple else value.slug
        if criterion.multiple and not value.excludes_others and draw.random() < 0.5:
            others = [v.slug for v in criterion.values if v is not value]
            case["out"][name] = sorted(draw.sample(others, draw.randint(1, len(others))))
    return case


def _answers(case: dict[str, Any], rules: Rules) -> dict[str, Answer]:
    """Return what a case says as the answers of a unit, with what follows."""
    answers: dict[str, Answer] = {}
    for kind, state in (("stated", "explicit"), ("presumed", "default")):
        for name, given in case[kind].items():
            for value in given if isinstance(given, list) else [given]:
                before = set(answers)
                answers = entailment.supposing(answers, name, value, rules)
                for other in set(answers) - before:
                    of = state if other == name else "derived"
                    answers[other] = replace(answers[other], state=of)
    for name, values in case["out"].items():
        answers[name] = replace(answers[name], excluded=frozenset(values))
    return answers
