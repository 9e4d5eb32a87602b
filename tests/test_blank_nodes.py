"""Blank nodes have names made from their content: the same in any syntax and order (R30)."""

from __future__ import annotations

import random
from typing import Any

import pytest
from rdflib import Graph

from montages.description.blank_nodes import name_blank_nodes
from montages.description.facts import BLANK, Facts
from montages.names import PROJECT
from parsing_comparison import FAST, HEAD, SYNTAXES, serialized


def names(text: str, syntax: str = "turtle") -> frozenset[Any]:
    return frozenset(FAST(text, syntax).statements.graph())


TREE = """{}<p> a mtg:Project ; mtg:x
  [ rdfs:label "a" ; mtg:y [ mtg:z 1 ] ], [ rdfs:label "a" ; mtg:y [ mtg:z 2 ] ], [ rdfs:label "b" ] ."""

SHARED = """{}<p> a mtg:Project ; mtg:x _:a, _:b ; mtg:y _:a .
  _:a rdfs:label "a" ; mtg:z _:b . _:b rdfs:label "b" ; mtg:z _:a ."""


@pytest.mark.parametrize("text", [TREE, SHARED], ids=["tree", "shared"])
def test_blank_nodes_have_the_same_names_in_any_syntax_and_any_order(text: str) -> None:
    wanted = names(text.format(HEAD))
    graph = Graph().parse(data=text.format(HEAD), format="turtle", publicID=str(PROJECT))
    for form, syntax in SYNTAXES.items():
        assert names(serialized(graph, form), syntax) == wanted, form
    lines = [line for line in serialized(graph, "nt").splitlines() if line]
    draw = random.Random(4)  # noqa: S311 — a sample, not a secret
    for _ in range(20):
        draw.shuffle(lines)
        assert names("\n".join(lines) + "\n", "nt") == wanted
    assert not any(str(node).startswith(BLANK) for triple in wanted for node in triple)


def test_blank_nodes_that_say_something_else_have_other_names() -> None:
    whole = TREE.format(HEAD)
    for before, after in (
        ("mtg:z 1", "mtg:z 3"),
        ('"b"', '"c"'),
        ("mtg:y [", "mtg:w ["),
        ("<p>", "<q>"),
    ):
        one, other = (
            {n for s, p, o in names(t) for n in (s, o) if "#" in str(n).rpartition("/")[2]}
            for t in (whole, whole.replace(before, after, 1))
        )
        assert one != other, before
        assert len(one) == len(other) == 5


def test_identical_blank_siblings_stay_two() -> None:
    for text in ('[ rdfs:label "a" ], [ rdfs:label "a" ]', "[ mtg:y [] ], [ mtg:y [] ]", "[], []"):
        facts = FAST(f"{HEAD}<p> a mtg:Project ; mtg:x {text} .", "turtle").facts
        assert len(facts.objects(f"{PROJECT}p", "https://w3id.org/montages/def/x")) == 2


def test_naming_leaves_facts_without_blank_nodes_as_they_are() -> None:
    facts = Facts([("x:s", "x:p", "x:o")])
    assert name_blank_nodes(facts) is facts
