"""The fast check says what the reference check says, of every description (R11)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, SH, SKOS, XSD, BNode, Graph, Literal, URIRef

from description_files import parse_file
from faulty_descriptions import (
    TYPE,
    answers_not_alone,
    faulty,
    faulty_answers,
    faulty_links,
    faulty_numbers,
    incoherent_answers,
)
from montages.description.description import Description
from montages.description.facts import Facts
from montages.description.parsing.parse import parse
from montages.engine.engines import engine_named
from montages.errors import BrokenKnowledge
from montages.knowledge.compiled.answer_shapes import description_shapes
from montages.knowledge.files import library
from montages.names import ID, MTG, PROJECT, SHAPE, compact, slug
from montages.validation import fast_check
from montages.validation import shape_check as reference
from montages.validation.check_tables import check_tables, compile_tables
from montages.validation.fast_check import compile_shapes
from montages.validation.findings import Report
from montages.validation.vocabulary import background, vocabulary
from sampled_cases import sampled_cases
from sampling import profile
from shape_cases import ShapeCase
from test_shapes import CASES as SHAPE_CASES
from test_shapes import CONTAINER, is_description

HERE = Path(__file__).parent
WRITTEN: list[ShapeCase | Path] = [
    *(case for case in SHAPE_CASES if is_description(case)),
    *sorted(HERE.glob("cases/*/description.*")),
    *library.projects().values(),
]
P, ENGINE = str(PROJECT["p"]), engine_named("fast")


def fast(description: Description) -> Report:
    return ENGINE.check(description)


def apart(wanted: Report, found: Report) -> str:
    if wanted == found:
        return ""
    findings = {*wanted.findings} ^ {*found.findings}
    return f"{findings or 'order'} { ({*wanted.looked_at.items()} ^ {*found.looked_at.items()}) }"


def differences(description: Description) -> str:
    return apart(reference.check(description), fast(description))


@pytest.fixture
def referred(monkeypatch: pytest.MonkeyPatch) -> list[Description]:
    """Return the descriptions that the fast check leaves to the reference."""
    left: list[Description] = []

    def counting(description: Description) -> Report:
        left.append(description)
        return original(description)

    original = reference.check
    monkeypatch.setattr(reference, "check", counting)
    return left


@pytest.mark.parametrize(
    "case",
    sampled_cases(WRITTEN, 4),
    ids=lambda case: (
        f"{case.parent.name}/{case.stem}" if isinstance(case, Path) else f"{case.shape}/{case.name}"
    ),
)
def test_the_fast_check_finds_the_same_in_every_description_we_have(case: ShapeCase | Path) -> None:
    is_file = isinstance(case, Path)
    assert not differences(parse_file(case) if is_file else parse(case.text, "turtle"))


def test_no_real_project_is_left_to_the_reference(referred: list[Description]) -> None:
    for path in library.projects().values():
        fast(parse_file(path))
    assert not referred


def every_fault() -> list[tuple[str, Description]]:
    """Return descriptions that violate every constraint between them, by what is wrong with each."""
    return [
        *faulty_answers(),
        *incoherent_answers(),
        *faulty_links(),
        *faulty_numbers(),
        *answers_not_alone(),
        *faulty(270),
    ]


@pytest.mark.slow(seconds=30)
@pytest.mark.parametrize("part", [2, pytest.param(1, marks=pytest.mark.soak)])
def test_the_fast_check_finds_the_same_in_generated_faulty_descriptions(
    referred: list[Description], part: int
) -> None:
    violated, wrong, judged, left, clean = set[str](), list[str](), 0, 0, 0
    for name, description in every_fault()[::part]:
        already = len(referred)
        found = fast(description)
        # What was left to the reference is equal to it by itself: it proves nothing of the engine.
        if len(referred) > already:
            left += 1
            continue
        judged += 1
        violated |= {f.constraint for f in found.findings}
        clean += not found.findings
        difference = apart(reference.check(description), found)
        if difference:
            wrong.append(f"{name}: {difference}")
    print(
        f"\n{judged} faulty descriptions judged by the engine, {left} left to the reference; "
        f"{len(violated)} constraints violated; {len(wrong)} reports differ"
    )
    assert not wrong, "\n".join(wrong[:5])
    assert judged >= 300 / part
    assert clean < judged / 20
    missed = {compact(c) for c in _constraints()} - {compact(c) for c in violated}
    assert len(missed) < len(violated) if part > 1 else not missed


@pytest.mark.slow
def test_faulty_descriptions_seldom_need_the_reference(referred: list[Description]) -> None:
    drawn = [description for _, description in faulty(80)]
    for description in drawn:
        fast(description)
    print(f"\n{len(referred)} of {len(drawn)} left to the reference")
    assert 0 < len(referred) < len(drawn) / 2


def _constraints() -> Iterator[str]:
    """Yield the shapes that report: those with a message and something to check."""
    shapes = description_shapes()
    for shape in set(shapes.subjects(SH.message, None)):
        if set(shapes.predicates(shape, None)) - CONTAINER - {SH.path}:
            yield str(shape)
    yield from (str(SHAPE[f"Description-{name}"]) for name in ("knownTerms", "reservedNames"))


@pytest.mark.slow
def test_sampled_profiles_are_checked_alike() -> None:
    for number in range(15):
        assert not differences(parse(json.dumps(profile(number)), "json")), number


def described(*said: tuple[str, str, str | ox.Literal]) -> Description:
    facts = Facts([(P, TYPE, str(MTG.Project)), *said])
    return Description(facts, URIRef(P), {"p": "/project"})


def number(form: str) -> ox.Literal:
    return ox.Literal(form, datatype=ox.NamedNode(str(XSD.integer)))


@pytest.mark.parametrize(
    "said",
    [
        pytest.param((P, str(MTG.durationMonths), number("9" * 30)), id="a number over 64 bits"),
        pytest.param((P, str(RDFS.subClassOf), str(MTG.Unit)), id="a class of its own"),
        pytest.param((P, str(MTG.usage), "http://a> <b:b> <c:c> .\n<a:a"), id="triples in a name"),
        pytest.param((P, str(MTG.usage), "http://a/%zz"), id="a name the engine does not read"),
    ],
)
def test_what_is_out_of_the_ordinary_is_left_to_the_reference(
    said: tuple[str, str, str | ox.Literal], referred: list[Description]
) -> None:
    description = described(said)
    found = fast(description)
    assert len(referred) == 1
    assert found == reference.check(description)


def test_without_the_engine_the_reference_checks(
    monkeypatch: pytest.MonkeyPatch, referred: list[Description]
) -> None:
    description = described((P, str(MTG.usage), str(ID["usage/watr"])))
    wanted = fast(description)
    assert not referred
    monkeypatch.setitem(sys.modules, "shacl", None)
    fast_check._engine.cache_clear()
    try:
        assert fast(description) == wanted
        assert referred
    finally:
        fast_check._engine.cache_clear()


def many(uses: int) -> Description:
    name = f"{P}#use"
    return described(*((P, str(MTG.hasLayerUse), f"{name}{n}") for n in range(uses)),
                     *((f"{name}{n}", TYPE, str(MTG.LayerUse)) for n in range(uses)))  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="counts threads where Linux lists them")
def test_the_engine_starts_no_thread_that_a_fork_would_lose(referred: list[Description]) -> None:
    tasks = Path("/proc/self/task")
    fast(described())
    before = len([*tasks.iterdir()])
    assert fast(many(990)).looked_at["LayerUse"] == 990
    assert not referred
    assert len([*tasks.iterdir()]) == before


def test_a_description_so_large_that_the_engine_would_start_threads_is_left_to_the_reference(
    monkeypatch: pytest.MonkeyPatch, referred: list[Description]
) -> None:
    monkeypatch.setattr(fast_check, "MOST_PAIRS", 50)
    description = many(20)
    assert fast(description) == reference.check(description)
    assert referred == [description] * 2


X = SHAPE["X"]


@pytest.mark.parametrize(
    ("added", "named"),
    [
        pytest.param((X, SH.languageIn, Literal("fr")), "languageIn", id="languageIn"),
        pytest.param((X, SH.targetObjectsOf, MTG.holder), "targetObjectsOf", id="targetObjectsOf"),
        pytest.param((X, SH.closed, Literal(True)), "closed", id="closed"),
        pytest.param((X, SH.select, Literal("$this mtg:holder ?b")), "select", id="select"),
        pytest.param((X, SH.select, Literal("$this a ?b")), "select", id="select-a"),
        pytest.param((X, SH.select, Literal("$this <x> ?b")), "select", id="select-iri"),
        pytest.param((X, SH.targetClass, MTG.Criterion), "mtg:Criterion", id="mtg:Criterion"),
        pytest.param((X, SH.targetSubjectsOf, SKOS.inScheme), "inScheme", id="inScheme"),
        pytest.param((X, RDF.type, RDFS.Class), "Class", id="Class"),
        pytest.param((BNode(), SH.inversePath, RDF.type), "type", id="type"),
    ],
)
def test_shapes_that_the_fast_check_cannot_honour_stop_it_by_name(
    added: tuple[URIRef, URIRef, URIRef], named: str
) -> None:
    shapes = Graph() + description_shapes()
    shapes.add((X, SH.path, MTG.holder))
    compile_tables(shapes, background(), vocabulary())
    shapes.add(added)
    with pytest.raises(BrokenKnowledge, match=named) as refused:
        compile_tables(shapes, background(), vocabulary())
    assert "--engine reference" in refused.value.message("fr")


def test_a_shape_that_the_engine_leaves_out_stops_the_check() -> None:
    tables = check_tables()
    with pytest.raises(BrokenKnowledge, match=rf"{tables.count}\b"):
        compile_shapes(tables.shapes, tables.count + 1)


def test_the_tables_are_the_same_at_each_making() -> None:
    shapes = Graph().parse(data=description_shapes().serialize(format="nt"), format="nt")
    assert compile_tables(shapes, background(), vocabulary()) == check_tables()


def test_the_fast_check_starts_without_the_reference_validator() -> None:
    code = "import sys, montages.validation.fast_check; print('pyshacl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_what_the_background_says_of_a_value_decides() -> None:
    found = {
        name: fast(described((P, str(MTG.usage), str(ID[name]))))
        for name in ("usage/water", "layer/objects")
    }
    kinds = {name: {slug(f.constraint) for f in r.findings} for name, r in found.items()}
    assert "Description-usage" in kinds["layer/objects"]
    assert "Description-usage" not in kinds["usage/water"]
