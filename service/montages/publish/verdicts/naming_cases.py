"""Cases by which a walker of the naming file is checked: answers drawn at random, and what is named (D4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from montages.assessment.naming import naming
from montages.assessment.qualification import said_bits
from montages.assessment.verdict.answers import stated
from montages.knowledge.compiled.naming_variables import naming_variables
from montages.knowledge.periods import Rules, rules_at
from montages.publish.json_text import json_line
from montages.publish.verdicts.verdict_cases import CASES, case_answers, drawn_case

_SEED = 2027


def naming_cases_name(day: date) -> str:
    """Return the name of the file of the cases of the period that begins on a day, without its extension."""
    return f"naming-{day}-cases"


def naming_cases(first: date) -> bytes:
    """Return the cases of a period, a line of JSON each: what is stated, and what is named."""
    return b"".join(map(json_line, _cases(rules_at(first), CASES)))


def _cases(rules: Rules, number: int) -> Iterator[dict[str, Any]]:
    draw = Random(_SEED)  # noqa: S311 — a sample, not a secret
    names = list(dict.fromkeys(variable.criterion for variable in naming_variables(rules)))
    for _ in range(number):
        case = drawn_case(names, draw, rules)
        answers = case_answers(case, rules)
        named = naming(stated(answers, rules), said_bits(answers, rules), frozenset())
        way = named.channel or named.procedure
        yield {**case, "named": [named.contract, way, named.prohibited_by]}
