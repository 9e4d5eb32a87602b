"""One description, warm: from its bytes to the JSON of its whole assessment, by each engine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import count
from statistics import median

import pytest

from figures import Bound, Figures, at_least, at_most, duration
from montages import load
from montages.api import Knowledge
from montages.assessment.assessment import Assessment
from montages.knowledge.files import library
from sampling import profile
from timing import Times, in_turn, timed

PART = "one description"
DAY = date(2026, 6, 1)
SYNTAX = {".ttl": "turtle", ".yaml": "yaml"}
# What is changed in a description, so that no two are the same: its name, and its amount.
NAMES = {"dijon": "<dijon", "exemple-metropole": "id: projet-exemple"}
AMOUNTS = {"dijon": "105000000", "exemple-metropole": "12000000"}
ROUNDS, FAST = 5, 10
PROFILES = 100
# How many assessments the JSON is written of, and how often in all.
JSONS, WRITTEN = 5, 200


def other(slug: str, number: int) -> bytes:
    """Return the description of a project under another name, with another amount."""
    text = library.projects()[slug].read_text(encoding="utf-8")
    name, amount = NAMES[slug], AMOUNTS[slug]
    assert name in text
    assert amount in text
    return (
        text.replace(name, f"{name}-{number}").replace(amount, str(int(amount) + number)).encode()
    )


def assessed(knowledge: Knowledge, source: bytes, syntax: str) -> Assessment:
    return knowledge.assess(knowledge.read(source, syntax), as_of=DAY)


@pytest.mark.parametrize("slug", NAMES)
def test_one_description(slug: str, figures: Figures) -> None:
    syntax = SYNTAX[library.projects()[slug].suffix]

    def text(knowledge: Knowledge, number: int) -> bytes:
        return assessed(knowledge, other(slug, number), syntax).json_text()

    reference, fast = load("reference"), load("fast")
    assert text(reference, 0) == text(fast, 0)
    found = in_turn(
        {"reference": lambda n: text(reference, n), "fast": lambda n: text(fast, n)},
        ROUNDS,
        {"fast": FAST},
    )
    # The seconds are bounded for a real project; one that answers everything takes the reference longer.
    limits = {"reference": 2.5, "fast": 0.012} if slug == "dijon" else {}
    for name, taken in found.items():
        bound = at_most(taken.best, limits[name], duration) if name in limits else None
        figures.add(PART, f"{slug}, {name}", told(taken), bound=bound)
    ratio = found["reference"].median / found["fast"].median
    bound = at_least(ratio, 180.0)
    figures.add(PART, f"{slug}, reference ÷ fast", ratio=ratio, bound=bound)


@pytest.mark.parametrize("engine", ["reference", "fast"])
def test_the_json_of_one_description(engine: str, figures: Figures) -> None:
    """Build and write the JSON, whole and brief, of assessments that no JSON was written of before."""
    found = [assessed(load(engine), other("dijon", n), "turtle") for n in range(JSONS)]
    for brief, name, size, seconds in (
        (False, "full", 250_000, 0.003),
        (True, "brief", 12_000, None),
    ):
        write = [partial(it.json_text, brief=brief) for it in found]
        taken = [timed(write[n % JSONS]) for n in range(WRITTEN)]
        bound = at_most(median(taken), seconds, duration) if seconds else None
        what = f"dijon, {engine}, {name} JSON built and written, median of {WRITTEN}"
        figures.add(PART, what, duration(median(taken)), bound=bound)
        largest = max(len(it.json_text(brief=brief)) for it in found)
        figures.add(
            PART,
            f"dijon, {engine}, {name} JSON",
            f"{largest / 1e3:,.1f} kB",
            bound=Bound(f"≤ {size / 1e3:,.0f} kB", largest <= size),
        )


def told(taken: Times) -> str:
    more = f"median {duration(taken.median)}, processor {duration(min(taken.processor))}"
    return f"{duration(taken.best)} ({more})"


def descriptions() -> Iterator[tuple[str, str, str]]:
    """Yield the name, the text and the syntax of each real project and of the sampled profiles."""
    for slug, path in library.projects().items():
        if path.parent.name == "projects":
            yield slug, path.read_text(encoding="utf-8"), "turtle"
    for number in range(PROFILES):
        tree = profile(number)
        yield tree["id"], json.dumps(tree), "json"


def test_other_descriptions(figures: Figures) -> None:
    fast, fresh = load("fast"), count()
    taken = dict[str, float]()
    for slug, text, syntax in descriptions():
        seconds = []
        for _ in range(5):
            name = f"{slug}-{next(fresh)}"
            source = text.replace(f"<{slug}", f"<{name}").replace(f'"{slug}"', f'"{name}"')
            assert name in source
            seconds.append(
                timed(lambda s=source, x=syntax: assessed(fast, s.encode(), x).json_text())
            )
        taken[slug] = min(seconds)
    real = {slug: t for slug, t in taken.items() if slug in library.projects()}
    drawn = {slug: t for slug, t in taken.items() if slug not in real}
    for name, group in ((f"{len(real)} real projects", real), (f"{len(drawn)} profiles", drawn)):
        worst = max(group, key=group.__getitem__)
        figures.add(
            PART,
            f"{name}, fast",
            f"median {duration(median(group.values()))}, worst {duration(group[worst])} ({worst})",
        )
