"""Many projects at once: what a batch does together, it says of each alone (R11)."""

from __future__ import annotations

import json
import random
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, URIRef

import batches
from description_files import parse_file
from faulty_descriptions import faulty, faulty_answers, faulty_links
from montages.api import load
from montages.description.description import Description
from montages.description.facts import Facts, Term
from montages.engine.engines import engine_named
from montages.errors import Unsupported
from montages.knowledge.files import library
from montages.names import ID, MTG, PROJECT
from montages.publish.json_text import dump, json_line
from montages.validation import conforming as fast_conforming
from montages.validation.fast_check import check_facts

TYPE, ENGINE = str(RDF.type), engine_named("fast")


def conforms(description: Description) -> bool:
    return ENGINE.check(description).conforms()


@pytest.fixture
def groups(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many projects were judged together, group by group."""
    sizes: list[int] = []
    original = fast_conforming._groups

    def counting(*args: Any) -> Any:
        for group in original(*args):
            sizes.append(len(group.members))
            yield group

    monkeypatch.setattr(fast_conforming, "_groups", counting)
    return sizes


@pytest.mark.slow
def test_what_surely_conforms_has_no_violation_and_little_else_has_none(groups: list[int]) -> None:
    drawn = [d for _, d in [*faulty_answers(), *faulty_links(), *faulty(200)]]
    drawn += [parse_file(path) for path in library.projects().values()]
    random.Random(1).shuffle(drawn)  # noqa: S311
    found = fast_conforming.conforming([description.facts for description in drawn])
    expected = [conforms(description) for description in drawn]
    wrong = [d.slug for d, sure, right in zip(drawn, found, expected, strict=True) if sure > right]
    missed = sum(right > sure for sure, right in zip(found, expected, strict=True))
    print(
        f"\n{len(drawn)} descriptions, {sum(expected)} conform, {missed} of them not surely; "
        f"groups of {groups}"
    )
    assert not wrong
    assert sum(expected) > 20
    assert missed < sum(expected) / 5


def test_real_projects_are_judged_in_one_run(groups: list[int]) -> None:
    facts = [parse_file(path).facts for path in library.projects().values()]
    assert fast_conforming.conforming(facts) == [True] * len(facts)
    assert groups == [len(facts)]


def project(name: str, *said: tuple[str, str, Term]) -> Facts:
    iri = str(PROJECT[name])
    label = (iri, str(RDFS.label), ox.Literal(name))
    return Facts([(iri, TYPE, str(MTG.Project)), label, *said])


def test_a_project_that_speaks_of_what_another_describes_is_judged_apart(groups: list[int]) -> None:
    a, b = str(PROJECT["a"]), str(PROJECT["b"])
    use = (f"{b}#use", TYPE, str(MTG.LayerUse))
    layer = (f"{b}#use", str(MTG.layer), str(ID["layer/objects"]))
    owner = project("b", (b, str(MTG.hasLayerUse), f"{b}#use"), use, layer)
    # Of #use, a says nothing: that b says it is a layer use does not help a.
    borrower = project("a", (a, str(MTG.hasLayerUse), f"{b}#use"))
    alone = [check_facts(facts, {}).conforms() for facts in (borrower, owner)]
    for many in ([borrower, owner], [owner, borrower]):
        groups.clear()
        found = fast_conforming.conforming(many)
        assert found == (alone if many[0] is borrower else alone[::-1])
        assert groups == [1, 1]
    assert alone == [False, True]


def test_one_project_under_one_name_twice_is_judged_twice(groups: list[int]) -> None:
    wrong = project("a", (str(PROJECT["a"]), str(MTG.competenceHeld), str(ID["yes-no/perhaps"])))
    assert fast_conforming.conforming([project("a"), project("a"), wrong]) == [True, True, False]
    assert groups[:2] == [1, 1]


def test_a_group_never_grows_so_large_that_the_engine_starts_threads(groups: list[int]) -> None:
    many = [project(f"p{n}") for n in range(2000)]
    assert all(fast_conforming.conforming(many))
    assert len(groups) > 1


def test_without_the_engine_nothing_is_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> None:
        raise Unsupported

    monkeypatch.setattr(fast_conforming, "_engine", none)
    description = Description(project("a"), PROJECT["a"])
    assert ENGINE.conforming([description]) == [False]


def test_a_batch_of_faulty_descriptions_says_of_each_what_is_said_of_it_alone() -> None:
    known, drawn = load("fast"), [d for _, d in faulty(40)]
    sure = known.conforming(drawn)
    for description, conforms_surely in zip(drawn, sure, strict=True):
        if conforms_surely:
            alone = known.assessment_line(description, as_of=batches.DAY).line()
            again = known.assessment_line(description, as_of=batches.DAY, anyway=True)
            assert again.line() == alone
    assert 0 < sum(sure) < len(sure)


ODD_VALUES = [
    {"a": [], "b": {}, "c": [[], {}], "d": [1, 2.5, 0.0001, 1e22, -0.0, True, None]},
    {"text": "".join(map(chr, range(0x250))) + "\u2028\ufeff🏙️"},
    {"large": 10**30, "nested": [{"a": (1, "b")}]},
    {1: "a key that is no text"},
    URIRef("https://example.org/a"),
]


@pytest.mark.parametrize("value", ODD_VALUES)
def test_json_is_written_as_the_standard_library_does(value: Any) -> None:
    assert dump(value) == json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    compact = json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
    assert json_line(value) == compact.encode()
