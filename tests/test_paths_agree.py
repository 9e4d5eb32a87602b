"""R11: the reference engine, the fast engine and the plain Kleene function say the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from agreeing import apart, derived, several_units, triples, written
from faulty_descriptions import faulty
from montages import Assessment, load
from montages.api import Knowledge
from montages.description.description import Description
from montages.engine.fast.fast_engine import FastEngine
from montages.engine.protocol import Derivation, Engine
from montages.engine.reference.reference_engine import ReferenceEngine
from montages.errors import Refused, Unsupported
from montages.knowledge import logic
from montages.knowledge.files import library
from montages.validation.findings import Report
from sampled_cases import proved_cases, sampled_cases
from sampling import HARD, RULES, compare, expected, profile

PROFILES, BATCH = 550, 25
# The rules of a day cost the reference engine as much as five profiles: it reasons on so many at once.
LARGE = 50
HERE, DAY = Path(__file__).parent, date(2026, 6, 1)
WRITTEN = [
    *library.projects().values(),
    *sorted(HERE.glob("cases/*/description.*")),
    *sorted(HERE.glob("same-everywhere/*")),
]
# Before and after the rules on data control, water and thresholds changed; and before all rules.
OLDER = (date(2025, 6, 1), date(2023, 12, 1), date(2021, 6, 1), date(2018, 6, 1))
REFERENCE, FAST = load("reference"), load("fast")


@pytest.mark.slow(seconds=60)
@pytest.mark.parametrize("first", proved_cases(range(0, PROFILES, LARGE), 1))
def test_the_reference_engine_agrees_with_kleene(first: int) -> None:
    agrees(ReferenceEngine(), first, LARGE)


@pytest.mark.parametrize("first", range(0, PROFILES, BATCH))
def test_the_fast_engine_agrees_with_kleene(first: int) -> None:
    agrees(FastEngine(), first)


@pytest.mark.slow
def test_the_reference_engine_agrees_with_kleene_on_a_few_profiles() -> None:
    agrees(ReferenceEngine(), PROFILES, 2)


def agrees(engine: Engine, first: int, count: int = BATCH) -> None:
    trees = [profile(number) for number in range(first, first + count)]
    assert compare(trees, engine) == count * (len(RULES.requirements) + len(RULES.arrangements))


@pytest.mark.slow
def test_the_sample_sees_every_outcome_and_every_status() -> None:
    """So that agreeing means something: requirements come out both ways, statuses are there."""
    outcomes: dict[str, set[str]] = {r.slug: set() for r in RULES.requirements}
    statuses: dict[str, set[str]] = {slug: set() for slug in RULES.arrangements}
    for number in range(PROFILES):
        answers, asserted = expected(profile(number))
        for requirement in RULES.requirements:
            outcomes[requirement.slug].add(logic.outcome(requirement, answers, RULES, asserted))
        for arrangement in RULES.arrangements:
            statuses[arrangement].add(logic.status(arrangement, answers, RULES, asserted))
    both = {"satisfied", "violated"}
    assert [r.slug for r in HARD if not both <= outcomes[r.slug]] == []
    wanted = {"eligible", "ineligible", "undetermined"}
    gated = {slug for slug in statuses if any(r.hard for r in RULES.effective(slug))}
    assert [slug for slug in gated if not wanted <= statuses[slug]] == []
    assert set().union(*statuses.values()) == wanted | {"conflict"}


class HandedOver(Exception):
    """The fast engine has left a project to the reference engine."""


def refuse(*_: object) -> None:
    raise HandedOver


def test_projects_assessed_together_that_speak_of_one_thing_do_not_influence_each_other() -> None:
    said = "mtg:holder <https://example.org/city> . <https://example.org/city>"
    head = "@prefix mtg: <https://w3id.org/montages/def/> . "
    texts = (
        f"{head}<a> a mtg:Project ; {said} a mtg:Commune .",
        f"{head}<b> a mtg:Project ; {said} mtg:x 1 .",
    )
    found = [FAST.read(text=text, syntax="turtle") for text in texts]
    one, other = FAST.assess_all(found, as_of=DAY, anyway=True)
    assert one.premises.facts
    assert not other.premises.facts


def assessed(knowledge: Knowledge, found: list[Description], day: date) -> list[Assessment]:
    """Return what an engine says, from nothing that was explained before."""
    return knowledge.assess_all(found, as_of=day, anyway=True)


def compared(paths: list[Path], day: date) -> Iterator[tuple[str, Assessment, Assessment]]:
    """Yield each description by name, with what the reference says of it, and what the fast engine does."""
    for group in apart((f"{p.parent.name}/{p.name}", REFERENCE.read(p)) for p in paths):
        wanted = assessed(REFERENCE, [description for _, description in group], day)
        by_name = {f"{p.parent.name}/{p.name}": p for p in paths}
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(ReferenceEngine, "derive", refuse)
            found = assessed(FAST, [FAST.read(by_name[name]) for name, _ in group], day)
        yield from zip((name for name, _ in group), wanted, found, strict=True)


CHUNKS = 24


@pytest.mark.slow
@pytest.mark.parametrize("chunk", proved_cases(range(CHUNKS), 1))
def test_every_description_we_have_is_answered_byte_for_byte_the_same(chunk: int) -> None:
    count = 0
    for name, wanted, found in compared(WRITTEN[chunk::CHUNKS], DAY):
        for lang in ("fr", "en"):
            assert written(found, lang) == written(wanted, lang), (name, lang)
        assert triples(found.premises.derived.graphs) == triples(wanted.premises.derived.graphs), (
            name
        )
        assert frozenset(found.graph()) == frozenset(wanted.graph()), name
        count += 1
    print(f"\n{count} descriptions answered the same, graphs included")
    assert count == len(WRITTEN[chunk::CHUNKS])


@pytest.mark.slow
@pytest.mark.parametrize("day", proved_cases(OLDER, 2), ids=str)
def test_under_older_rules_the_answers_are_the_same_too(
    day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = WRITTEN[OLDER.index(day) :: 4]
    for engine in (ReferenceEngine, FastEngine):  # compared on its own: it knows no day
        monkeypatch.setattr(engine, "check", lambda *_: Report((), {}))
    assert [
        name for name, wanted, found in compared(paths, day) if written(found) != written(wanted)
    ] == []


@pytest.mark.slow
@pytest.mark.parametrize("chunk", sampled_cases(range(CHUNKS), CHUNKS))
def test_a_check_says_the_same_of_every_description_we_have(chunk: int) -> None:
    for path in WRITTEN[chunk::CHUNKS]:
        wanted, found = REFERENCE.check(path), FAST.check(path)
        for lang in ("fr", "en"):
            assert json.dumps(found.to_json(lang)) == json.dumps(wanted.to_json(lang)), path


def refused(knowledge: Knowledge, description: Description, day: date) -> object:
    """Return all that is said where a description is refused, None where it is not."""
    try:
        knowledge.assess(description, as_of=day)
    except Refused as error:
        problems = [json.dumps(error.problem(lang)) for lang in ("fr", "en")]
        return error.text, error.findings, problems
    except HandedOver:
        return None
    return None


@pytest.mark.slow
@pytest.mark.usefixtures("nothing_derived")
def test_a_description_that_does_not_conform_is_refused_in_the_same_words() -> None:
    seen = 0
    for name, description in faulty(20):
        wanted = refused(REFERENCE, description, DAY)
        assert refused(FAST, description, DAY) == wanted, name
        seen += wanted is not None
    assert seen > 12


@pytest.fixture
def nothing_derived(monkeypatch: pytest.MonkeyPatch) -> None:
    for engine in (ReferenceEngine, FastEngine):
        monkeypatch.setattr(engine, "derive", refuse)


def same(found: list[tuple[str, Description]]) -> tuple[int, int]:
    """Compare what the engines derive; return how many projects, and how many the fast one hands over."""
    alone: list[tuple[str, Description, Derivation]] = []
    handed = 0
    for name, description in found:
        try:
            (derivation,) = FastEngine().derive([description], RULES)
            alone.append((name, description, derivation))
        except Unsupported:
            handed += 1
    by_name = {name: derivation for name, _, derivation in alone}
    for group in apart((name, description) for name, description, _ in alone):
        derivations = ReferenceEngine().derive([description for _, description in group], RULES)
        for (name, _), wanted in zip(group, derivations, strict=True):
            assert derived(by_name[name]) == derived(wanted), name
            assert triples(by_name[name].graphs) == triples(wanted.graphs), name
    return len(alone), handed


@pytest.mark.slow
@pytest.mark.parametrize("first", proved_cases(range(8), 1))
def test_projects_of_several_units_and_assumptions_come_out_the_same(first: int) -> None:
    trees = [several_units(first)]
    found = [(tree["id"], FAST.read(tree)) for tree in trees]
    count, handed = same(found)
    print(f"\n{count} projects of several units derived the same")
    assert handed == 0


@pytest.mark.slow
def test_faulty_descriptions_come_out_the_same_anyway() -> None:
    count, handed = same([*faulty(34)][20:])
    print(f"\n{count} faulty descriptions derived the same, {handed} handed over")
    assert count > handed
