"""The fast engine step by step: it closes as the queries do, and hands over what it does not foresee."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from agreeing import several_units, triples, written
from montages import load
from montages.description.description import Description
from montages.engine.fast.fast_close import CLOSING_FUNCTIONS
from montages.engine.fast.fast_engine import FastDerivation, rule_tables
from montages.engine.protocol import Derivation
from montages.engine.reference.close import background, close_by_query
from montages.engine.reference.reference_engine import ReferenceEngine
from montages.errors import Unsupported
from montages.knowledge.files import library
from montages.knowledge.periods import Rules
from odd_descriptions import FORESEEN, HANDED, HEAD
from sampling import RULES

HERE, DAY = Path(__file__).parent, date(2026, 6, 1)
WRITTEN = [*library.projects().values(), *sorted(HERE.glob("cases/*/description.*"))]
REFERENCE, FAST = load("reference"), load("fast")


def closes_alike(description: Description, rules: Rules) -> bool:
    """Compare what each closing query writes; tell whether the fast engine foresees the description."""
    try:
        run = FastDerivation(description.facts, str(description.project), rule_tables(rules))
    except Unsupported:
        return False
    wanted = dict(close_by_query(description.graph, rules))
    assert list(run.steps()) == list(wanted)
    assert triples(run.steps()) == triples(wanted)
    together = {triple for graph in wanted.values() for triple in graph}
    assert set(run.graphs()["closing"]) == together
    return True


@pytest.fixture(scope="module", autouse=True)
def published() -> None:
    """Make once what the published queries read beside a description."""
    background(RULES)


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(3))
def test_each_closing_function_writes_what_its_query_writes(chunk: int) -> None:
    found = [FAST.read(path) for path in WRITTEN[chunk + 3 :: 9]]
    found += [FAST.read(several_units(number)) for number in range(chunk, 6, 3)]
    assert [d.slug for d in found if not closes_alike(d, RULES)] == []


def test_every_closing_query_writes_something_somewhere() -> None:
    """So that closing alike means something."""
    silent = set(CLOSING_FUNCTIONS)
    for description in [
        *map(FAST.read, WRITTEN),
        *(FAST.read(several_units(n)) for n in range(12)),
    ]:
        run = FastDerivation(description.facts, str(description.project), rule_tables(RULES))
        silent -= {name for name, graph in run.steps().items() if len(graph)}
    assert not silent


def described(case: str) -> Description:
    name = f"p{list(HANDED).index(case)}"
    text = f"{HEAD}<{name}> a mtg:Project ; {HANDED[case].format(name)} ."
    return FAST.read(text=text, syntax="turtle")


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[Description]:
    """Return the descriptions that the fast engine hands over; what was derived of them comes back."""
    found: list[Description] = []

    def derive(_: object, given: list[Description], rules: Rules) -> list[Derivation]:
        found.extend(given)
        return original(ReferenceEngine(), given, rules)

    original = ReferenceEngine.derive
    monkeypatch.setattr(ReferenceEngine, "derive", derive)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(5))
def test_what_the_fast_engine_does_not_foresee_is_answered_by_the_reference(
    chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = list(HANDED)[chunk::5]
    found = [described(case) for case in cases]
    # Derived once, by the reference, for both.
    known = dict(zip(found, ReferenceEngine().derive(found, RULES), strict=True))
    handed: list[Description] = []

    def derive(_: object, given: list[Description], rules: Rules) -> list[Derivation]:
        assert rules is RULES
        handed.extend(given)
        return [known[description] for description in given]

    monkeypatch.setattr(ReferenceEngine, "derive", derive)
    for case, description in zip(cases, found, strict=True):
        answers, lines = [], []
        for knowledge in (FAST, REFERENCE):
            answers.append(written(knowledge.assess(description, as_of=DAY, anyway=True)))
            lines.append(knowledge.assessment_line(description, as_of=DAY, anyway=True).line())
        assert answers[0] == answers[1], case
        assert lines[0] == lines[1], case
        assert handed == [description] * 4, case
        handed.clear()


@pytest.mark.slow
def test_handing_over_gives_the_answer_of_the_reference(handed: list[Description]) -> None:
    description = described("two layer uses of one name")
    found = FAST.assess(description, as_of=DAY, anyway=True)
    assert handed == [description]
    wanted = REFERENCE.assess(description, as_of=DAY, anyway=True)
    assert written(found) == written(wanted)
    assert triples(found.premises.derived.graphs) == triples(wanted.premises.derived.graphs)


@pytest.mark.slow
def test_oddities_that_the_fast_engine_foresees_come_out_the_same(
    handed: list[Description],
) -> None:
    texts = [
        f"{HEAD}<q{n}> a mtg:Project ; {said.format(f'q{n}')} ."
        for n, said in enumerate(FORESEEN.values())
    ]
    found = [FAST.read(text=text, syntax="turtle") for text in texts]
    fast = FAST.assess_all(found, as_of=DAY, anyway=True)
    assert not handed
    wanted = REFERENCE.assess_all(
        [REFERENCE.read(text=t, syntax="turtle") for t in texts], as_of=DAY, anyway=True
    )
    for name, one, other in zip(FORESEEN, fast, wanted, strict=True):
        assert written(one) == written(other), name
        assert triples(one.premises.derived.graphs) == triples(other.premises.derived.graphs), name
