"""How many questions the interview asks, beside asking everything (R19)."""

from __future__ import annotations

from datetime import date
from statistics import mean, median

from figures import Bound, Figures
from interviewing import (
    beginning,
    by_author,
    drawn_person,
    interviews,
    of_everything,
    questions_until_settled,
    real_projects,
    signed,
)
from montages import load
from sampling import RULES, profile

PART = "interview"
DAY = date(2026, 6, 1)
PROFILES = 40


def _counts(figures: Figures, name: str, counts: list[int], limits: tuple[int, int] | None) -> None:
    for what, value, limit in (
        ("median", median(counts), limits and limits[0]),
        ("worst", max(counts), limits and limits[1]),
    ):
        bound = Bound(f"≤ {limit}", value <= limit) if limit else None
        figures.add(PART, f"{name}, {what}", f"{value:g} questions", bound=bound)


def test_questions_until_the_contract_signed_is_settled(figures: Figures) -> None:
    fast = load("fast")
    cases = [(case.tree, slug, case.as_of) for case, slug in signed()]
    real = [(tree, slug, DAY) for tree, slug in real_projects(fast)]
    for name, group in ((f"{len(real)} contracts signed", real), (f"{len(cases)} cases", cases)):
        asked = [questions_until_settled(fast, *one) for one in group]
        author = [questions_until_settled(fast, *one, choose=by_author) for one in group]
        everything = [of_everything((slug,), day) for _, slug, day in group]
        _counts(figures, f"{name}, asked", asked, (8, 15))
        _counts(figures, f"{name}, in author order", author, None)
        _counts(figures, f"{name}, everything asked", everything, None)


def test_questions_of_drawn_profiles(figures: Figures) -> None:
    fast = load("fast")
    asked, author = [], []
    scope = tuple(fast.questions({}, as_of=DAY).standings)
    everything = of_everything(scope, DAY)
    for number in range(PROFILES):
        person = drawn_person(number, RULES)
        tree = beginning(profile(number))
        asked.append(sum(bool(i.questions) for i in interviews(fast, tree, person, DAY)))
        told = interviews(fast, tree, person, DAY, choose=by_author)
        author.append(sum(bool(i.questions) for i in told))
    share = mean(asked) / everything
    figures.add(
        PART,
        f"{PROFILES} profiles: asked, mean, of {everything} in all",
        f"{mean(asked):.1f} questions",
        ratio=share,
        bound=Bound("≤ 0.5 ×", share <= 0.5),
    )
    figures.add(
        PART,
        f"{PROFILES} profiles: in author order, mean",
        f"{mean(author):.1f} questions",
        ratio=mean(author) / everything,
    )
