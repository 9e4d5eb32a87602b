"""Axioms cut down to what matters conclude the same of what matters (R11)."""

from __future__ import annotations

import random

import pytest
from rdflib import RDF

from axiom_kinds import CONCLUDES, Triple, drawn, ours
from description_files import parse_file
from montages.engine.fast.fast_engine import FastDerivation, rule_tables
from montages.knowledge.files import library
from montages.reasoning import Closure, Implications, read_axioms
from sampling import RULES
from test_axiom_kinds import triples

TYPE = str(RDF.type)


def of(closure: Closure, classes: set[str], properties: set[str]) -> set[Triple]:
    """Return the triples that say who is in some classes, and the edges of some properties."""
    return {
        (s, p, o)
        for s, p, o in closure.triples()
        if ours(s, p, o) and (o in classes if p == TYPE else p in properties)
    }


@pytest.mark.parametrize("kind", CONCLUDES)
def test_what_is_wanted_follows_without_the_rest(kind: str) -> None:
    compared = left_out = 0
    for number in range(20):
        world, draw = drawn(kind, number), random.Random(f"{kind} {number}")  # noqa: S311
        graph, facts = world.others + world.static + world.of_kind, triples(world.facts)
        axioms = read_axioms(graph)
        whole = Closure(Implications.of(axioms), facts)
        said = sorted(t for t in whole.triples() if ours(*t))
        classes = {o for _, p, o in said if p == TYPE and draw.random() < 0.3}
        properties = {p for _, p, _ in said if p != TYPE and draw.random() < 0.3}
        some = axioms.leading_to(classes | properties)
        read = {TYPE} | properties | some.read()
        wanted = [fact for fact in facts if fact[1] in read]
        expected = of(whole, classes, properties)
        assert of(Closure(Implications.of(some), wanted), classes, properties) == expected, number
        compared += len(expected)
        left_out += sum(map(len, axioms)) - sum(map(len, some))
    print(f"{kind}: {compared} triples, {left_out} axioms left out")
    assert compared
    assert left_out > 0


def test_the_axioms_of_answers_are_few_and_answer_the_same_of_every_real_project() -> None:
    known, units = rule_tables(RULES), 0
    answers = {p for p in known.answering if p not in known.numeric}
    answers |= {criterion.excluded for criterion in known.multiple}
    for path in library.projects().values():
        description = parse_file(path)
        run = FastDerivation(description.facts, str(description.project), known)
        for unit in run.units:
            units += 1
            found, expected = (c.edges(unit.iri) for c in (run.closure, run.whole))
            assert {p: {*found.get(p, ())} for p in answers} == {
                p: {*expected.get(p, ())} for p in answers
            }
    print(f"{units} units")
    assert len(known.answer_axioms.pairs) < len(known.axioms.pairs) * 0.1
    assert units > 20
