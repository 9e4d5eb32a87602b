"""R11: for every way of answering, the fast engine concludes what Kleene's logic does.

Where an arrangement reads so many criteria that its profiles cannot all be compared, it is proved by parts:

1. every requirement comes out alike for every way of answering the criteria it reads, answers that
   contradict themselves included (`test_a_requirement_comes_out_alike…`);
2. nothing but the answers to these criteria, and its own assertion, can lead to its outcome
   (`test_nothing_but_what_a_requirement_reads…`): whatever else is answered, it comes out as in 1. An
   answer that implies another is, on both sides, that other answer too, which 1 has seen, alone and beside
   another;
3. the outcomes of its hard requirements, and nothing else, make the status of an arrangement, by the
   same priority as Kleene's (`test_a_status_follows_from_the_outcomes…`).

So the status is the same in every profile. 2,000 profiles of each such arrangement, 5,000 in the soak,
drawn near to eligible, are compared as a whole on top of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from functools import cache
from itertools import product

import pytest

from exhaustive import TYPE, UNIT, Facts, comparison, read_by
from montages.engine.fast.fast_derive import statuses
from montages.engine.reference.reason import axioms
from montages.knowledge.law import Requirement
from montages.knowledge.periods import change_dates, rules_at
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, compiled
from sampling import RULES

LIMIT = 20_000
CHECK = comparison(RULES)
TOGETHER = CHECK.together()
SMALL = [found for found in TOGETHER if CHECK.ways(found) <= 2_500]
LARGE = [found for found in TOGETHER if found not in SMALL]
# What has more ways of answering than this is compared in the soak.
HUGE = 50_000
CHUNKS = 2
# Of the parts that answers at odds are compared in, the first is proved each time.
PARTS = 12
# What has no gate is eligible whatever is answered.
GATED = [slug for slug in RULES.arrangements if CHECK.hard(slug)]


def compared(groups: Iterable[Sequence[Requirement]]) -> None:
    """Compare requirements, those together that read the same criteria, and say how many times."""
    for found in groups:
        count = CHECK.outcomes(found)
        print(f"{', '.join(r.slug for r in found)}: {count} ways of answering")
        assert count == CHECK.ways(found) * len(found)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_requirement_comes_out_alike_for_every_way_of_answering_what_it_reads(chunk: int) -> None:
    compared(SMALL[chunk::CHUNKS])


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(f, marks=pytest.mark.slow if CHECK.ways(f) <= HUGE else pytest.mark.soak)
        for f in LARGE
    ],
    ids=lambda found: found[0].slug,
)
def test_a_requirement_of_many_criteria_comes_out_alike_too(found: list[Requirement]) -> None:
    compared([found])


@pytest.mark.parametrize(
    "part",
    [pytest.param(n, marks=pytest.mark.soak if n else pytest.mark.slow) for n in range(PARTS)],
)
def test_a_requirement_comes_out_alike_where_answers_contradict_themselves_or_it_is_asserted(
    part: int,
) -> None:
    counts = [CHECK.clashes(r) for r in RULES.requirements[part::PARTS]]
    print(f"\n{len(counts)} requirements, {sum(counts)} ways of answering")
    assert min(counts) >= 6


DAYS = change_dates(rulebook())


def says(requirement: Requirement, day: date) -> Hashable:
    """Return all that decides how a requirement comes out on a day."""
    rules = rules_at(day)
    clauses = [(c, rules.accepted(c), rules.rejected(c)) for c in requirement.clauses()]
    return requirement.version, requirement.hard, tuple(clauses)


@cache
def law(n: int) -> list[tuple[Hashable, Requirement]]:
    """Return the requirements of a day, each with what it says."""
    return [
        (says(requirement, DAYS[n]), requirement) for requirement in rules_at(DAYS[n]).requirements
    ]


@cache
def changed(n: int) -> list[Requirement]:
    """Return the requirements that do not say the same on the day before."""
    before = {what for what, _ in law(n - 1)} if n else set()
    return [requirement for what, requirement in law(n) if what not in before]


def length(n: int) -> pytest.MarkDecorator:
    """Return the mark of a day: what has very many ways of answering is compared in the soak."""
    huge = any(CHECK.ways([requirement]) > HUGE for requirement in changed(n))
    return pytest.mark.soak if huge else pytest.mark.slow


@pytest.mark.parametrize(
    "n",
    [pytest.param(n, marks=length(n)) for n in range(len(DAYS)) if changed(n)],
    ids=lambda n: str(DAYS[n]),
)
def test_what_a_day_changes_comes_out_alike(n: int) -> None:
    """One answer stands for those that no clause of the requirement tells apart."""
    check = comparison(rules_at(DAYS[n]))
    counts = [check.clashes(r) for r in changed(n)]
    print(f"\n{DAYS[n]}: {len(counts)} requirements, {sum(counts)} ways of answering")
    assert min(counts) >= 2


def test_nothing_but_what_a_requirement_reads_can_lead_to_its_outcome() -> None:
    graph, seen = axioms(RULES), 0
    for requirement in RULES.requirements:
        allowed: set[object] = {(MTG.assertedRequirement, requirement.iri)}
        for criterion in CHECK.read([requirement]):
            for prop in (criterion.property, criterion.excluded_property):
                allowed |= {(prop, value.iri) for value in criterion.values}
        for role in ("Satisfied", "Violated", "NotApplicable"):
            found = read_by(graph, compiled(role, requirement.slug))
            assert not found - allowed, (requirement.slug, role)
            seen += len(found)
    print(f"\n{seen} answers lead to the outcomes of {len(RULES.requirements)} requirements")
    assert seen > 2 * len(RULES.requirements)


@pytest.mark.slow
def test_nothing_but_hard_requirements_can_lead_to_an_arrangement_being_eligible() -> None:
    graph = axioms(RULES)
    for slug in GATED:
        found = read_by(graph, compiled("Eligible", slug))
        wanted = {*()}.union(
            *(read_by(graph, compiled("Satisfied", r.slug)) for r in CHECK.hard(slug))
        )
        # What it specialises may have no gate: whatever makes a unit is then enough for that part.
        open_to_all = (parent for parent in RULES.lineage(slug) if not CHECK.hard(parent))
        beside = {*()}.union(*(read_by(graph, compiled("Eligible", p)) for p in open_to_all))
        assert found | beside == wanted | beside, slug


def came_out(violated: Iterable[str] = (), satisfied: Iterable[str] = ()) -> Facts:
    """Return facts that give a unit some outcomes, whatever it answers."""
    classes = [compiled("Violated", slug) for slug in violated]
    classes += [compiled("Satisfied", slug) for slug in satisfied]
    return [(UNIT, TYPE, str(cls)) for cls in (MTG.Unit, *classes)]


@pytest.mark.parametrize("slug", RULES.arrangements)
def test_a_status_follows_from_the_outcomes_of_hard_requirements_alone(slug: str) -> None:
    hard = [r.slug for r in CHECK.hard(slug)]
    others = [r.slug for r in RULES.requirements if r.slug not in hard]

    def status(violated: Iterable[str], satisfied: Iterable[str]) -> str:
        """Return the status whatever becomes of all the other requirements."""
        found = {
            statuses(CHECK.of(came_out([*violated, *against], [*satisfied, *for_])), CHECK.tables)[
                slug
            ]
            for against, for_ in product(([], others), repeat=2)
        }
        (only,) = found
        return only

    assert status([], hard) == "eligible"
    for name in hard:
        rest = [other for other in hard if other != name]
        assert status([], rest) == "undetermined", name
        assert status([name], rest) == status([name], []) == "ineligible", name
        assert status([name], hard) == "conflict", name
        if rest:
            # By priority: a violation, then a contradiction, whatever is open.
            assert status([name, rest[0]], hard[:1]) == "ineligible", name
            assert status([name, rest[0]], [name]) == "ineligible", name
            assert status([name], [name]) == "conflict", name


@pytest.mark.slow
@pytest.mark.parametrize("drawn", [2_000, pytest.param(5_000, marks=pytest.mark.soak)])
@pytest.mark.parametrize("slug", GATED)
def test_a_status_is_the_same_over_all_that_hard_requirements_read(slug: str, drawn: int) -> None:
    found = CHECK.arrangement(slug, LIMIT, drawn)
    print(
        f"\n{slug}: {found.how}, {found.profiles} profiles compared that stand for {found.stands_for}: "
        f"{dict(Counter(found.statuses).most_common())}"
    )
    assert found.profiles >= 2
    assert {"eligible", "undetermined", "ineligible"} <= set(found.statuses), found.statuses
