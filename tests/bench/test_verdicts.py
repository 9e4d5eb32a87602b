"""What the verdict diagram costs: to compile, to walk, to ask; what a what-if and a comparison take."""

from __future__ import annotations

import gc
import gzip
import json
from collections.abc import Callable, Sequence
from datetime import date
from inspect import unwrap
from time import process_time

from description_files import parse_file
from figures import Figures, at_most, duration
from montages import load
from montages.assessment.verdict.answers import StatedAnswers, stated
from montages.assessment.verdict.judgement import as_answered, unit_verdict
from montages.description.description import Description
from montages.description.parsing.parse import panel_description
from montages.knowledge.compiled.verdict_diagram import (
    verdict_diagram,
    written_diagram,
    written_reachable,
)
from montages.knowledge.files import library
from montages.knowledge.panel import panel
from montages.knowledge.periods import rules_at
from montages.publish.verdicts.verdict_file import published_days, verdict_file
from sampling import RULES
from verdict_samples import sample

PART = "verdicts"
DAY = date(2026, 11, 25)
UNITS, ROUNDS = 300, 5
# What small programs load with ease: bytes, bytes compressed, nodes (D1).
FILE_LIMITS = (90_000, 20_000, 2_000)


def test_compiling_a_period(figures: Figures) -> None:
    first = RULES.period.first
    began = process_time()
    written = unwrap(written_diagram)(first)  # as if nothing were kept
    told = duration(process_time() - began)
    nodes = len(written.verdicts.nodes) + len(written.openings.nodes)
    figures.add(PART, "compiling a period, verdicts and what opens", f"{told}, {nodes} nodes")
    began = process_time()
    reachable = unwrap(written_reachable)(first)
    told = duration(process_time() - began)
    figures.add(
        PART, "compiling a period, what may still change", f"{told}, {len(reachable.nodes)} nodes"
    )


def test_the_file_of_each_period(figures: Figures) -> None:
    sizes = []
    for day in published_days():
        diagram = json.loads(verdict_file(day))
        del diagram["labels"]
        bare = json.dumps(diagram, separators=(",", ":")).encode()
        sizes.append((len(bare), len(gzip.compress(bare)), len(diagram["nodes"])))
    for name, most, of in zip(
        ("bytes", "bytes compressed", "nodes"), FILE_LIMITS, zip(*sizes, strict=True), strict=True
    ):
        figures.add(PART, f"the largest verdict file, without labels, {name}", str(max(of)))
        assert max(of) <= most, name


def drawn() -> list[StatedAnswers]:
    units = (sample(number) for number in range(UNITS))
    answers = [stated(unit.answers, RULES) for unit in units if not unit.asserted]
    return [each for each in answers if not each.odd]


def each(work: Callable[[StatedAnswers], object], answers: Sequence[StatedAnswers]) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        began = process_time()
        for one in answers:
            work(one)
        best = min(best, (process_time() - began) / len(answers))
    return best


def test_the_verdicts_of_one_unit(figures: Figures) -> None:
    answers, slugs = drawn(), tuple(RULES.arrangements)
    diagram = verdict_diagram(RULES)

    def verdicts(of: StatedAnswers) -> None:
        for slug in slugs:
            as_answered(slug, of, RULES)

    def walks(of: StatedAnswers) -> None:
        states = of.states
        for tree in diagram.verdicts.values():
            while isinstance(tree, tuple):
                tree = tree[states[tree[0]]]

    taken = each(walks, answers)
    bound = at_most(taken, 30e-6, duration)
    figures.add(PART, f"{len(slugs)} verdicts of one unit, walked", duration(taken), bound=bound)
    figures.add(
        PART, f"{len(slugs)} verdicts of one unit, asked for", duration(each(verdicts, answers))
    )


def test_a_verdict_with_all_it_rests_on(figures: Figures) -> None:
    times: dict[str, list[float]] = {}
    for answers in drawn():
        for slug in RULES.arrangements:
            began = process_time()
            verdict = unit_verdict(slug, answers, RULES)
            times.setdefault(verdict.verdict.value, []).append(process_time() - began)
    for name, taken in times.items():
        figures.add(PART, f"one verdict, {name}, mean", duration(sum(taken) / len(taken)))


def test_every_project_and_case_of_the_panel(figures: Figures) -> None:
    knowledge = load("fast")
    cases: list[tuple[str, Description, date]] = [
        (case.slug, panel_description(case), case.as_of) for case in panel()
    ]
    cases += [(slug, parse_file(path), DAY) for slug, path in library.projects().items()]
    for _, _, day in cases:
        rules_at(day)
    doors: dict[str, tuple[Callable[..., object], float, float]] = {
        "questions": (knowledge.questions, 0.95, 0.010),
        "what_if": (knowledge.what_if, 1.0, 0.050),
        "compose": (knowledge.compose, 0.95, 0.030),
        "compare": (knowledge.compare, 0.95, 0.030),
    }
    for name, (door, rank, limit) in doors.items():
        taken = []
        for slug, description, day in cases:
            door(description, as_of=day, anyway=True)
            gc.collect()
            gc.disable()
            began = process_time()
            door(description, as_of=day, anyway=True)
            taken.append((process_time() - began, slug))
            gc.enable()
        taken.sort()
        value = taken[int(rank * (len(taken) - 1))][0]
        middle = taken[len(taken) // 2][0]
        what = "worst" if rank == 1 else f"p{rank * 100:.0f}"
        told = f"{duration(value)} (p50 {duration(middle)}, worst {taken[-1][1]} {duration(taken[-1][0])})"
        figures.add(PART, f"{name}, {what}", told, bound=at_most(value, limit, duration))
