"""What the reference path costs, step by step, and its agreement with Kleene on 5,000 profiles (R11)."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from montages import load
from montages.decision import check, close, derive, parse, reason
from montages.decision.description import part
from montages.decision.engine import ReferenceEngine
from montages.knowledge import library
from montages.knowledge.periods import rules_at
from sampling import compare, profile

DAY = date(2026, 6, 1)
PROFILES, BATCH = 5_000, 50


def timed(do: Callable[[], Any], times: int = 3) -> tuple[float, Any]:
    """Return the best of a few runs in seconds, and the last result."""
    best, result = float("inf"), None
    for _ in range(times):
        start = time.perf_counter()
        result = do()
        best = min(best, time.perf_counter() - start)
    return best, result


def test_the_reference_path_step_by_step() -> None:
    knowledge, path = load(), library.projects()["dijon"]
    rules = rules_at(DAY)
    knowledge.assess(path, as_of=DAY)  # warm: ontology, shapes and rules are read once
    rows = []
    seconds, description = timed(lambda: parse.parse_file(path))
    rows.append(("parse", seconds))
    rows.append(("check", timed(lambda: check.check(description))[0]))
    asserted = part(description)
    seconds, closing = timed(lambda: close.close(asserted, rules))
    rows.append(("close", seconds))
    facts = reason.facts_to_reason_on(asserted, closing)
    seconds, closure = timed(lambda: reason.reason(facts, rules))
    rows.append(("reason", seconds))
    rows.append(("derive", timed(lambda: derive.derive(closure, rules))[0]))
    rows.append(("whole assessment", timed(lambda: knowledge.assess(path, as_of=DAY))[0]))
    print(f"\n\n| step, Dijon, warm, {os.cpu_count()} cores | ms |\n|---|---:|")
    for name, seconds in rows:
        print(f"| {name} | {seconds * 1000:.0f} |")


@pytest.mark.parametrize("first", range(0, PROFILES, PROFILES // 10))
def test_5000_profiles_agree_with_kleene(first: int) -> None:
    compared = 0
    for start in range(first, first + PROFILES // 10, BATCH):
        trees = [profile(number) for number in range(start, start + BATCH)]
        compared += compare(trees, ReferenceEngine())
    print(
        f"profiles {first} to {first + PROFILES // 10 - 1}: {compared} outcomes and statuses agree"
    )
