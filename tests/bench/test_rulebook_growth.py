"""How the time of a project grows with the rulebook: each requirement once, 4 times and 16 times."""

from __future__ import annotations

from dataclasses import replace
from statistics import median

import pytest
from rdflib import URIRef

import country
from figures import Figures, at_most, duration
from montages.assessment.assessment import Assessment
from montages.assessment.assessment_line import AssessmentLine
from montages.assessment.premises import Premises
from montages.description.description import Description
from montages.description.parsing.parse import parse
from montages.engine.fast.fast_engine import FastEngine, rule_tables
from montages.knowledge.compiled.owl_compiler import compile_rules
from montages.knowledge.periods import Rules
from sampling import RULES
from timing import timed

PART = "growth"
FACTORS = (1, 4, 16)
PROJECTS, ROUNDS = 200, 5


def grown(factor: int) -> Rules:
    """Return the rules with each requirement stated several times, under as many names."""
    book = RULES.book
    more = tuple(
        replace(
            r,
            slug=f"{r.slug}-copy-{n}",
            iri=URIRef(f"{r.iri}-copy-{n}"),
            version=URIRef(f"{r.iri}-copy-{n}/{r.span.first}"),
        )
        for n in range(1, factor)
        for r in book.requirements
    )
    return Rules(replace(book, requirements=(*book.requirements, *more)), RULES.period)


def told(projects: list[Description], rules: Rules) -> None:
    """Close, reason on, derive and tell in a line each project."""
    engine, day = FastEngine(), rules.period.first
    for project, derived in zip(projects, engine.derive(projects, rules), strict=True):
        it = Assessment(Premises(project, derived, rules, day), lambda: engine.check(project), "fr")  # noqa: B023
        assert AssessmentLine(it.conclusions, "fr").line()


@pytest.mark.soak
def test_growth_with_the_rulebook(figures: Figures) -> None:
    books, seconds = dict[int, Rules](), dict[int, list[float]]()
    for factor in FACTORS:
        rules = books[factor] = grown(factor)
        written = timed(compile_rules, rules)
        compiled = timed(rule_tables, rules)
        name = f"rulebook × {factor}, {len(rules.requirements):,} requirements"
        figures.add(
            PART,
            f"{name}, once: written in OWL, compiled",
            f"{duration(written)}, {duration(compiled)}",
        )
    # Other projects in each round, the same for each rulebook; the first round warms up.
    for first in range(0, (ROUNDS + 1) * PROJECTS, PROJECTS):
        numbers = range(first, first + PROJECTS)
        projects = [parse(country.n_triples(number), "nt") for number in numbers]
        for factor, rules in books.items():
            taken = timed(told, projects, rules) / PROJECTS
            if first:
                seconds.setdefault(factor, []).append(taken)
    middle = {factor: median(taken) for factor, taken in seconds.items()}
    for factor in FACTORS:
        name = f"rulebook × {factor}, a project from its facts to its line, median"
        figures.add(PART, name, duration(middle[factor]))
    ratio = middle[FACTORS[-1]] / middle[FACTORS[0]]
    name = f"rulebook × {FACTORS[-1]} ÷ × {FACTORS[0]}, time a project"
    figures.add(PART, name, ratio=ratio, bound=at_most(ratio, 12))
    figures.curves["rulebook"] = [(float(factor), middle[factor]) for factor in FACTORS]
