"""What is named, compiled: for the same answers the diagrams name what the tests of one assessment name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from montages import Assessment, load
from montages.assessment.naming import naming
from montages.assessment.qualification import said_bits
from montages.assessment.verdict.answers import stated
from montages.description.parsing.parse import panel_description
from montages.knowledge.compiled.naming_diagram import NamedWay, naming_diagram
from montages.knowledge.compiled.naming_variables import naming_reader
from montages.knowledge.files import library
from montages.knowledge.logic import Answer, Answers
from montages.knowledge.periods import Rules
from panel_cases import SLUGS, panel_case
from sampling import DAY, RULES, profile
from verdict_samples import sample

# A period and what is answered in it.
Answered = tuple[Rules, Answers]
MOST_NODES, MOST_OF_A_ROOT = 5_000, 400


def named_alike(several: Iterable[Answered]) -> Counter[NamedWay]:
    """Compare what the diagrams and the tests name; return what was named, how often."""
    seen = Counter[NamedWay]()
    for rules, answers in several:
        given = stated(answers, rules)
        states = naming_reader(rules).states(given.answers, given.bare.answers)
        if states is None:  # values at odds: on no state
            continue
        wanted = naming(given, said_bits(answers, rules), frozenset())
        named = naming_diagram(rules.period.first).named(states)
        way = wanted.channel or wanted.procedure
        assert named == (wanted.contract, way, wanted.prohibited_by), answers
        seen[named] += 1
    return seen


def near_ones(numbers: Iterable[int]) -> Iterator[Answered]:
    """Yield units near to what some arrangement wants, then with every third answer only presumed."""
    for number in numbers:
        answers = sample(number).answers
        yield RULES, answers
        names = [*answers][number % 3 :: 3]
        yield RULES, answers | {name: replace(answers[name], state="default") for name in names}


def incoherent_ones(numbers: Iterable[int]) -> Iterator[Answered]:
    """Yield answers drawn one by one, whether or not they go together."""
    for number in numbers:
        draw = Random(number)  # noqa: S311 — a sample, not a secret
        share, answers = draw.choice((0.1, 0.4, 0.8)), {}
        for name, criterion in RULES.criteria.items():
            if draw.random() < share:
                values = [value.slug for value in criterion.values]
                value = draw.choice(values)
                out = draw.sample(values, min(2, len(values))) if criterion.multiple else []
                state = draw.choice(("explicit", "explicit", "derived", "default"))
                left = frozenset(out) - {value}
                answers[name] = Answer(frozenset({value}), left, state)
        yield RULES, answers


def descriptions(numbers: Iterable[int]) -> Iterator[Answered]:
    """Yield what each part of drawn descriptions answers."""
    knowledge = load("fast")
    for number in numbers:
        yield from _parts(knowledge.assess(profile(number), as_of=DAY, anyway=True))


def known_ones(every: int) -> Iterator[Answered]:
    """Yield what each part of cases of the panel answers, and of real projects, one in so many."""
    knowledge = load("fast")
    for case in map(panel_case, SLUGS[::every]):
        yield from _parts(knowledge.assess(panel_description(case), as_of=case.as_of, anyway=True))
    for path in sorted(library.projects().values())[::every]:
        yield from _parts(knowledge.assess(path, as_of=date(2026, 11, 25), anyway=True))


def _parts(assessment: Assessment) -> Iterator[Answered]:
    parts = assessment.conclusions.parts
    for unit in {id(unit): unit for unit in (parts.project.unit, *parts.units)}.values():
        if not unit.asserted:
            yield parts.rules, unit.answers


def test_what_is_named_of_units_near_to_arrangements() -> None:
    assert len(named_alike(near_ones(range(150)))) > 20


def test_what_is_named_of_answers_that_go_together_or_not() -> None:
    assert len(named_alike(incoherent_ones(range(300)))) > 10


def test_what_is_named_of_descriptions_and_known_projects() -> None:
    assert len(named_alike(descriptions(range(60)))) > 10
    assert len(named_alike(known_ones(every=16))) > 10


@pytest.mark.slow(seconds=60)
def test_what_is_named_of_all_known_projects() -> None:
    named = named_alike(known_ones(every=1))
    assert sum(named.values()) > 400
    assert {each.contract for each in named} > {
        "mpgp",
        "regie",
        "marche-simple",
        "concession",
        None,
    }


@pytest.mark.slow
def test_what_is_named_of_many_more() -> None:
    named_alike(descriptions(range(1000, 1500)))
    named = named_alike(near_ones(range(1000, 2000))) + named_alike(incoherent_ones(range(700)))
    steps = naming_diagram(RULES.period.first).written.steps
    assert {each.contract for each in named} == {*steps, None}


@pytest.mark.soak
def test_what_is_named_of_20000_drawn() -> None:
    named = named_alike(descriptions(range(10_000, 20_000)))
    named += named_alike(near_ones(range(10_000, 15_000)))
    assert sum(named.values()) > 18_000


def test_the_diagrams_stay_small() -> None:
    written = naming_diagram(RULES.period.first).written
    nodes = written.diagram.nodes
    assert len(nodes) <= MOST_NODES
    for name, root in written.diagram.roots.items():
        below, todo = set[int](), [root]
        while todo:
            node = todo.pop()
            if node >= 0 and node not in below:
                below.add(node)
                todo += nodes[node][1:]
        assert len(below) <= MOST_OF_A_ROOT, name
