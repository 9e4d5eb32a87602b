"""R11: on sampled profiles, the reference engine and the plain Kleene function say the same."""

from __future__ import annotations

import pytest

from montages.decision import kleene
from montages.decision.engine import ReferenceEngine
from sampling import HARD, RULES, compare, expected, profile

PROFILES, BATCH = 500, 25


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, PROFILES, BATCH))
def test_the_reference_engine_agrees_with_kleene(first: int) -> None:
    trees = [profile(number) for number in range(first, first + BATCH)]
    assert compare(trees, ReferenceEngine()) == BATCH * (
        len(RULES.requirements) + len(RULES.arrangements)
    )


def test_the_sample_sees_every_outcome_and_every_status() -> None:
    """So that agreeing means something: requirements come out both ways, statuses are there."""
    outcomes: dict[str, set[str]] = {r.slug: set() for r in RULES.requirements}
    statuses: dict[str, set[str]] = {slug: set() for slug in RULES.arrangements}
    for number in range(PROFILES):
        answers, asserted = expected(profile(number))
        for requirement in RULES.requirements:
            outcomes[requirement.slug].add(kleene.outcome(requirement, answers, RULES, asserted))
        for arrangement in RULES.arrangements:
            statuses[arrangement].add(kleene.status(arrangement, answers, RULES, asserted))
    both = {"satisfied", "violated"}
    assert [r.slug for r in HARD if not both <= outcomes[r.slug]] == []
    wanted = {"eligible", "ineligible", "undetermined"}
    assert [s for s, seen in statuses.items() if not wanted <= seen] == []
    assert set().union(*statuses.values()) == wanted | {"conflict"}
