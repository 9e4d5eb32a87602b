"""The fast engine's parts beside the libraries they stand for: pySHACL to check, owlrl to reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import country
from figures import Figures, duration
from montages.description.description import Description
from montages.description.parsing.parse import parse
from montages.engine.fast import fast_engine
from montages.engine.fast.fast_close import close_units
from montages.engine.fast.fast_engine import rule_tables
from montages.engine.reference import close, reason
from montages.reasoning import Closure
from montages.validation import shape_check
from montages.validation.fast_check import check_facts
from sampling import RULES
from timing import in_turn

PART = "peers"
PROJECTS, ROUNDS, FAST = 12, 3, 10

Pair = tuple[float, float]


def descriptions() -> list[Description]:
    """Return a description of each real project, as a graph too: each side finds its own ready."""
    found = [parse(country.n_triples(number), "nt") for number in range(PROJECTS)]
    assert all(len(description.graph) == len(description.facts) for description in found)
    return found


def medians(peer: Callable[[], Any], ours: Callable[[], Any]) -> Pair:
    found = in_turn({"peer": lambda _: peer(), "ours": lambda _: ours()}, ROUNDS, {"ours": FAST})
    return found["peer"].median, found["ours"].median


def compare(figures: Figures, what: str, pairs: list[Pair]) -> None:
    slow, fast = (sum(each) / len(pairs) for each in zip(*pairs, strict=True))
    absolute = f"{duration(slow)} ÷ {duration(fast)}"
    figures.add(
        PART, f"{what}, mean of the medians of {len(pairs)} projects", absolute, ratio=slow / fast
    )


def test_a_check_by_pyshacl_and_by_the_fast_validator(figures: Figures) -> None:
    pairs = []
    for description in descriptions():
        peer = partial(shape_check.check, description)
        places = description.places
        ours = partial(check_facts, description.facts, places)
        assert peer() == ours()
        pairs.append(medians(peer, ours))
    compare(figures, "check, pySHACL ÷ fast validator", pairs)


def test_a_closure_by_owlrl_and_in_plain_python(figures: Figures) -> None:
    pairs, known = [], rule_tables(RULES)
    for description in descriptions():
        asserted, facts = description.graph, description.facts
        graph = reason.facts_to_reason_on(asserted, close.close(asserted, RULES))
        units = close_units(facts, str(description.project), known)
        plain = list(fast_engine._to_reason_on(facts, units))
        assert {(str(s), str(p), str(o)) for s, p, o in graph} == set(plain)
        pairs.append(
            medians(partial(reason.reason, graph, RULES), partial(Closure, known.axioms, plain))
        )
    compare(figures, "closure, owlrl ÷ plain Python", pairs)
