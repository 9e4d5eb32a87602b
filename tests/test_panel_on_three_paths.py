"""R11, R38: on the panel, the reference engine, the fast engine and Kleene's logic derive the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import groupby

import pytest

from agreeing import derived, triples
from montages.description.parsing.parse import panel_description
from montages.engine.fast.fast_engine import FastEngine
from montages.engine.reference.reference_engine import ReferenceEngine
from montages.knowledge import logic
from montages.knowledge.panel import PanelCase, panel
from montages.knowledge.periods import rules_at
from sampled_cases import proved_cases

CHUNKS = 4


@cache
def cases() -> list[PanelCase]:
    """Return the cases of the panel by their day."""
    return sorted(panel(), key=lambda case: (case.as_of, case.slug))


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(2))
def test_the_fast_engine_derives_what_kleene_does(chunk: int) -> None:
    compared = clashing = 0
    for day, of_day in groupby(cases()[chunk::2], key=lambda case: case.as_of):
        rules = rules_at(day)
        for derivation in FastEngine().derive([*map(panel_description, of_day)], rules):
            for unit in derivation.units:
                compared += 1
                # What is derived reads every answer given: which of two counts is found after (R46).
                if unit.clashes:
                    clashing += 1
                    continue
                said = (unit.answers, rules, unit.asserted)
                for requirement in rules.requirements:
                    outcome = derivation.outcomes[unit.id][requirement.slug]
                    assert outcome == logic.outcome(requirement, *said), (unit.iri, requirement)
                for slug, status in derivation.statuses[unit.id].items():
                    assert status == logic.status(slug, *said), (unit.iri, slug)
    assert compared >= len(cases()[chunk::2])
    assert clashing < compared / 20


@pytest.mark.slow(seconds=25)
@pytest.mark.parametrize("chunk", proved_cases(range(CHUNKS), 1))
def test_the_reference_engine_derives_what_the_fast_one_does_on_every_case(chunk: int) -> None:
    agree(cases()[chunk::CHUNKS])


def agree(some: Sequence[PanelCase]) -> None:
    for day, of_day in groupby(some, key=lambda case: case.as_of):
        descriptions, rules = [*map(panel_description, of_day)], rules_at(day)
        wanted = ReferenceEngine().derive(descriptions, rules)
        for one, other in zip(FastEngine().derive(descriptions, rules), wanted, strict=True):
            assert derived(one) == derived(other)
            assert triples(one.graphs) == triples(other.graphs)
