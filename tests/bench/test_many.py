"""Many projects, by `montages batch` on two processes: how fast, above the floor, and how it grows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from statistics import median

import pyoxigraph as ox
import pytest

import batches
from country import FEW, Country
from figures import Figures, at_least, at_most, duration, megabytes, rate
from parse_floor import Floor, parse
from processes import MONTAGES, Used, run

PART, GROWTH = "batch", "growth"
WORKERS, COUNT, ROUNDS, FLOORS = 2, 10_000, 3, 3
NAME = f"{COUNT:,} projects, compact, {WORKERS} workers"
# How many projects for what is only told beside.
FULL, OTHER_FORMS, REFERENCE = 500, 2_000, (4, 24)
SIZES = (100, 1_000, 10_000, 100_000)

# The options of a batch whose lines have the answer, terms and sentences: those that it has by default.
LINES = ("--lang", "fr")

Env = Mapping[str, str]


def assess(given: Path, count: int, env: Env, *options: str) -> Used:
    """Assess the projects of a file, all of them, and return what it used: columns of verdicts as a rule."""
    if "--detail" not in options and options != LINES:
        options = (*options, "--detail", "verdicts")
    out = given.with_suffix(".out.jsonl")
    used = run(
        [
            *(MONTAGES, "batch", given, "-o", out, "--workers", str(WORKERS)),
            *("--as-of", batches.DAY, "--overwrite", "--quiet", *options),
        ],
        env,
    )
    with out.open("rb") as lines:
        assert sum(1 for _ in lines) == count
    out.unlink()
    return used


def in_turn(given: Path, env: Env, *options: str) -> tuple[list[Used], Floor]:
    """Assess and parse a file in turn, and return each run and the medians of parsing."""
    runs, floors = list[Used](), list[Floor]()
    for _ in range(ROUNDS):
        floors += [parse(given, env, WORKERS) for _ in range(FLOORS)]
        runs.append(assess(given, COUNT, env, *options))
    return runs, Floor(*(median(each) for each in zip(*floors, strict=True)))


@pytest.fixture(scope="module")
def start_up(projects: Country, env: Env) -> float:
    """Return what a batch of one project takes."""
    return min(assess(projects.first(1), 1, env).seconds for _ in range(5))


def test_a_batch_and_its_floor(
    projects: Country, env: Env, start_up: float, figures: Figures
) -> None:
    found, floor = in_turn(projects.first(COUNT), env)
    best = min(used.seconds for used in found)
    figures.add(PART, f"{NAME}, every run", ", ".join(duration(used.seconds) for used in found))
    figures.add(
        PART,
        f"{NAME}, processor time a project",
        duration(min(used.processor for used in found) / COUNT),
    )
    for more, per_second in (
        ("with start-up", COUNT / best),
        (f"without start-up ({duration(start_up)})", (COUNT - 1) / (best - start_up)),
    ):
        bound = at_least(per_second, 1_000, rate)
        figures.add(PART, f"{NAME}, {more}", rate(per_second), bound=bound)
    middle, working = (
        median(getattr(used, name) for used in found) for name in ("seconds", "processor")
    )
    for more, whole, least, limit in (
        ("with start-up", middle, floor.seconds, None),
        ("without start-up", middle - start_up, floor.parsing, 6),
        ("processor time", working, floor.processor, None),
    ):
        figures.add(
            PART,
            f"batch ÷ parsing only, {more}, medians",
            f"{duration(whole)} ÷ {duration(least)}",
            ratio=whole / least,
            bound=at_most(whole / least, limit) if limit else None,
        )


@pytest.mark.parametrize("near", [False, True], ids=["drawn", "near"])
def test_a_batch_with_verdicts_and_its_floor(
    near: bool, projects: Country, env: Env, start_up: float, figures: Figures
) -> None:
    given = projects.near(COUNT) if near else projects.first(COUNT)
    found, floor = in_turn(given, env, *LINES)
    kind = f"real projects, {FEW} answers of each drawn at most" if near else "all answers drawn"
    seconds, working = (
        median(getattr(used, name) for used in found) for name in ("seconds", "processor")
    )
    name = f"{NAME}, with verdicts ({kind})"
    figures.add(PART, f"{name}, with start-up", rate(COUNT / seconds))
    figures.add(PART, f"{name}, peak memory", megabytes(max(used.memory for used in found)))
    for more, whole, least in (
        ("without start-up", seconds - start_up, floor.parsing),
        ("processor time", working, floor.processor),
    ):
        ratio = whole / least
        figures.add(
            PART,
            f"batch with verdicts ({kind}) ÷ parsing only, {more}, medians",
            f"{duration(whole)} ÷ {duration(least)}",
            ratio=ratio,
            bound=None if near or more == "processor time" else at_most(ratio, 40),
        )


def test_whole_assessments(projects: Country, env: Env, start_up: float, figures: Figures) -> None:
    used = assess(projects.first(FULL), FULL, env, "--detail", "full")
    each = (used.seconds - start_up) / (FULL - 1)
    figures.add(PART, f"--detail full, {FULL} projects, without start-up, each", duration(each))


@pytest.mark.parametrize("form", ["trig", "jsonl", "csv"])
def test_other_forms(
    form: str, projects: Country, env: Env, start_up: float, figures: Figures
) -> None:
    path = projects.folder / f"other.{form}"
    if form == "trig":
        quads = projects.first(OTHER_FORMS).read_bytes()
        parsed = ox.parse(quads, format=ox.RdfFormat.N_QUADS)
        ox.serialize(parsed, str(path), format=ox.RdfFormat.TRIG)
    else:
        trees = batches.trees(OTHER_FORMS)
        write = batches.json_lines if form == "jsonl" else batches.table
        path.write_text(write(trees), encoding="utf-8")
    used = assess(path, OTHER_FORMS, env)
    kind = "the same projects" if form == "trig" else "sampled profiles"
    per_second = (OTHER_FORMS - 1) / (used.seconds - start_up)
    name = f"{form}, {OTHER_FORMS:,} {kind}, without start-up"
    figures.add(PART, name, rate(per_second))


def test_the_reference_engine_in_a_batch(
    projects: Country, env: Env, start_up: float, figures: Figures
) -> None:
    few, more = (
        assess(projects.first(count), count, env, "--engine", "reference") for count in REFERENCE
    )
    slow = (more.seconds - few.seconds) / (REFERENCE[1] - REFERENCE[0])
    used = assess(projects.first(COUNT), COUNT, env)
    fast = (used.seconds - start_up) / (COUNT - 1)
    figures.add(
        PART,
        f"reference ÷ fast, each project ({REFERENCE[1]} and {COUNT:,}), without start-up",
        f"{duration(slow)} ÷ {duration(fast)}",
        ratio=slow / fast,
    )


def told(path: Path, count: int) -> str:
    """Return how large a file of projects is."""
    with path.open("rb") as lines:
        triples = sum(1 for _ in lines)
    return f"{triples / count:.0f} triples a project, {megabytes(path.stat().st_size)}"


@pytest.mark.soak
def test_growth_with_projects(projects: Country, env: Env, figures: Figures) -> None:
    *smaller, largest = SIZES
    figures.add(GROWTH, f"input of {largest:,} projects", told(projects.first(largest), largest))
    assess(projects.first(1), 1, env)  # fills the caches
    found: dict[int, list[Used]] = {size: [] for size in SIZES}
    # The largest between two rounds of the others: a change of load weighs on both.
    for sizes in (smaller, smaller, [largest], smaller, smaller):
        for size in sizes:
            found[size].append(assess(projects.first(size), size, env))
    taken = {size: median(used.seconds for used in runs) for size, runs in found.items()}
    busy = {size: median(used.processor for used in runs) for size, runs in found.items()}
    memory = {size: float(max(used.memory for used in runs)) for size, runs in found.items()}
    for size in SIZES:
        figures.add(
            GROWTH,
            f"{size:,} projects: time, processor time (medians of {len(found[size])}), peak memory",
            f"{duration(taken[size])}, {duration(busy[size])}, {megabytes(memory[size])}",
        )
    of_time, of_busy, of_memory = (
        each[largest] / each[smaller[-1]] for each in (taken, busy, memory)
    )
    name = f"{largest:,} ÷ {smaller[-1]:,} projects"
    figures.add(GROWTH, f"{name}, time", ratio=of_time, bound=at_most(of_time, 11))
    figures.add(GROWTH, f"{name}, processor time", ratio=of_busy)
    figures.add(GROWTH, f"{name}, peak memory", ratio=of_memory, bound=at_most(of_memory, 1.3))
    figures.curves["time"] = sorted(taken.items())
    figures.curves["memory"] = sorted(memory.items())
    figures.curves["floor"] = [
        (size, parse(projects.first(size), env, WORKERS).seconds) for size in SIZES
    ]
