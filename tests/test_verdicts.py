"""R34: verdicts, terms, facts to verify and reopening changes are those that trying everything gives."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest

from montages.assessment.verdict.judgement import verdict_of
from montages.assessment.verdict.unit_verdict import UnitVerdict
from montages.knowledge.logic import Verdict
from sampled_cases import sampled_cases
from sampling import RULES
from verdict_oracle import Judgement, Oracle, TooLarge
from verdict_samples import PROPOSED, Sample, sample

PROFILES, BATCH = 500, 20
ORACLES = {slug: Oracle(slug, RULES) for slug in PROPOSED}
# Of each profile are judged the arrangement it is drawn near to, and two others.
OTHERS = (7, 19)
GIVEN = 3


def oracle(slug: str, unit: Sample) -> Oracle:
    return Oracle(slug, RULES, unit.asserted) if unit.asserted else ORACLES[slug]


def judged(number: int) -> list[tuple[str, Sample, Judgement, UnitVerdict]]:
    """Return what trying everything says of a profile, beside what the search does."""
    unit, out = sample(number), []
    place = PROPOSED.index(unit.near)
    for n in (0, *OTHERS):
        slug = PROPOSED[(place + n) % len(PROPOSED)]
        try:
            wanted = oracle(slug, unit).judge(unit.answers)
        except TooLarge:
            continue
        out.append((slug, unit, wanted, verdict_of(slug, unit.answers, RULES, unit.asserted)))
    return out


@pytest.mark.parametrize("first", sampled_cases(range(0, PROFILES, BATCH), 3))
def test_verdicts_are_those_that_trying_everything_gives(first: int) -> None:
    seen: Counter[Verdict] = Counter()
    for number in range(first, first + BATCH):
        for slug, unit, wanted, verdict in judged(number):
            assert verdict.verdict == wanted.verdict, (number, slug)
            if wanted.verdict.open:
                same_completion(slug, unit, wanted, verdict)
            else:
                same_reopenings(slug, unit, wanted, verdict)
            seen[verdict.verdict] += 1
    assert seen.total() >= 2 * BATCH


def same_completion(slug: str, unit: Sample, wanted: Judgement, verdict: UnitVerdict) -> None:
    """Compare the terms and the facts to verify, with all the values that serve."""
    named = {term.criterion: term.to for term in (*verdict.to_verify, *verdict.terms)}
    assert wanted.disputed <= {term.criterion for term in verdict.to_verify}, slug
    assert wanted.completion is not None
    answers = wanted.answers
    serving = oracle(slug, unit).serving(wanted.completion.pairs, answers)
    assert {c: named[c] for c in named if c not in wanted.disputed - serving.keys()} == serving
    order = list(RULES.criteria)
    assert [t.criterion for t in verdict.terms] == sorted(
        (t.criterion for t in verdict.terms), key=order.index
    )
    terms = {term.criterion: term.ordinary for term in verdict.terms}
    facts, unusual, ordinary = wanted.completion.cost
    assert (sum(not o for o in terms.values()), sum(terms.values())) == (unusual, ordinary)
    assert len(verdict.to_verify) == facts + len(wanted.disputed - serving.keys())


def same_reopenings(slug: str, unit: Sample, wanted: Judgement, verdict: UnitVerdict) -> None:
    """Compare the changes that are given: minimal ones, fewest first, with the best they lead to."""
    given = [frozenset(c.criterion for c in r.changes) for r in verdict.reopens_to]
    assert len(set(given)) == len(given)
    assert list(map(len, given)) == sorted(map(len, wanted.reopens))[:GIVEN], slug
    for names, reopening in zip(given, verdict.reopens_to, strict=True):
        assert wanted.reopens[names] == reopening.verdict, (slug, names)
        if wanted.disputed:
            continue
        judge = oracle(slug, unit)

        def leads_there(pairs: tuple[tuple[str, str], ...], judge: Oracle = judge) -> bool:
            return judge.after(pairs, unit.answers) == reopening.verdict  # noqa: B023

        lists = [[(c.criterion, value) for value in c.to] for c in reopening.changes]
        assert any(
            leads_there(pairs)
            and all(
                {v for _, v in values}
                == {
                    v
                    for n, v in judge.others(pairs[m][0], unit.answers)
                    if leads_there((*pairs[:m], (n, v), *pairs[m + 1 :]))
                }
                for m, values in enumerate(lists)
            )
            for pairs in product(*lists)
        ), (slug, names)


def test_the_sample_sees_every_verdict_and_every_way_there() -> None:
    """So that agreeing means something: most arrangements come out in three ways at least."""
    seen: dict[str, set[Verdict]] = {slug: set() for slug in PROPOSED}
    for number in range(PROFILES // 2):
        unit = sample(number)
        verdict = verdict_of(unit.near, unit.answers, RULES, unit.asserted)
        seen[unit.near].add(verdict.verdict)
    assert set.union(*seen.values()) == set(Verdict)
    assert sum(len(verdicts) >= 3 for verdicts in seen.values()) > len(PROPOSED) / 2
