"""The shapes: of tests/shapes, what is valid passes the shape it stands under, what is invalid does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import OWL, RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.collection import Collection

from description_files import parse_file
from montages.description.parsing.parse import parse
from montages.engine.engines import engine_named
from montages.knowledge.compiled.answer_shapes import answer_shapes, description_shapes
from montages.knowledge.files import library
from montages.names import ID, MTG, SHAPE, slug
from montages.quality.checks.own_data import findings_in, own_data
from montages.validation.findings import Finding
from montages.validation.shape_check import check, finding_of
from shape_cases import ShapeCase, shape_cases

CASES = shape_cases()
EXAMPLE = "https://example.org/"
ENGINE = engine_named("fast")
# What holds other shapes together and constrains nothing by itself.
CONTAINER = {
    RDF.type, RDFS.isDefinedBy, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.property,
    SH.name, SH.message, SH.severity,
}  # fmt: skip


def read(case: ShapeCase) -> Graph:
    """Return a case whose relative names are its own, so that cases can be checked together."""
    base = f"{EXAMPLE}{case.shape}/{case.name}/"
    return Graph().parse(data=case.text, format="turtle", publicID=base)


def is_description(case: ShapeCase) -> bool:
    # Known terms are checked by validation.shape_check, not by a shape.
    is_ours = case.shape == "Description-knownTerms"
    return is_ours or (SHAPE[case.shape], None, None) in description_shapes()


@pytest.fixture(scope="module")
def together() -> tuple[Finding, ...]:
    """Return what the build-time shapes find in our own data and all their cases, in one run."""
    graph = Graph()
    graph += own_data()
    for case in CASES:
        if not is_description(case) and not is_of_catalogue(case):
            graph += read(case)
    return findings_in(graph)


@cache
def catalogue_shapes() -> Graph:
    return library.read([path for path in library.files("shapes") if path.name == "catalogue.ttl"])


def found_in_catalogue(graph: Graph) -> list[Finding]:
    """Return what the shapes of a catalogue find; each case alone, as they share the European lists."""
    _, results, _ = pyshacl.validate(graph, shacl_graph=catalogue_shapes())
    assert isinstance(results, Graph)
    nodes = results.subjects(RDF.type, SH.ValidationResult)
    return [finding_of(results, node, catalogue_shapes()) for node in nodes]


def is_of_catalogue(case: ShapeCase) -> bool:
    return (SHAPE[case.shape], None, None) in catalogue_shapes()


def found_among(case: ShapeCase, together: tuple[Finding, ...]) -> list[Finding]:
    """Return the findings of all cases that are of this one."""
    graph = read(case)
    nodes = {*graph.subjects(), *(o for o in graph.objects() if o.startswith(EXAMPLE))}
    mine = {str(node) for node in nodes}
    return [finding for finding in together if finding.focus in mine]


def faults(
    cases: Iterable[ShapeCase], found: Callable[[ShapeCase], list[Finding]]
) -> dict[str, str]:
    """Return what is wrong with how cases come out, by the shape and the name of the case."""
    wrong = {}
    for case in cases:
        name = f"{case.shape}/{case.name}"
        hits = [f for f in found(case) if slug(f.constraint) == case.shape]
        if case.name.startswith("valid-") and hits:
            wrong[name] = f"a valid case is refused: {hits}"
        elif case.name.startswith("invalid-") and not hits:
            wrong[name] = "an invalid case passes"
        elif not all(f.message.fr and f.message.en for f in hits):
            wrong[name] = "a message is not in both languages"
    return wrong


def test_cases_of_descriptions_come_out_as_they_are_named() -> None:
    """The reference engine finds the same: tests/test_checks_agree.py."""
    cases = [case for case in CASES if is_description(case)]
    assert len(cases) > 150
    assert faults(cases, lambda case: list(ENGINE.check(parse(case.text, "turtle")).findings)) == {}


@pytest.mark.slow
def test_cases_of_the_catalogue_come_out_as_they_are_named() -> None:
    cases = [case for case in CASES if not is_description(case) and is_of_catalogue(case)]
    assert len(cases) > 80
    assert faults(cases, lambda case: found_in_catalogue(read(case))) == {}


# One test, so that one process looks at all of it.
@pytest.mark.slow
def test_cases_of_the_rulebook_come_out_as_they_are_named(together: tuple[Finding, ...]) -> None:
    cases = [case for case in CASES if not is_description(case) and not is_of_catalogue(case)]
    assert len(cases) > 200
    assert faults(cases, lambda case: found_among(case, together)) == {}


def test_every_hand_written_shape_has_its_cases() -> None:
    shapes = library.shapes()
    reporting = {
        s for s in shapes.subjects(SH.message, None) if set(shapes.predicates(s, None)) - CONTAINER
    } - set(shapes.subjects(SH.deactivated, None))
    kinds = {
        kind: {c.shape for c in CASES if c.name.startswith(kind)} for kind in ("valid", "invalid")
    }
    missing = [
        f"{kind}: {slug(s)}" for kind in kinds for s in reporting if slug(s) not in kinds[kind]
    ]
    assert not sorted(missing)


def test_every_case_has_its_shape() -> None:
    known = {slug(s) for s in (library.shapes() + answer_shapes()).subjects(SH.message, None)}
    assert {c.shape for c in CASES} <= known


@pytest.mark.parametrize("name", sorted(library.projects()))
def test_a_description_that_ships_has_no_violation(name: str) -> None:
    report = check(parse_file(library.projects()[name]))
    assert report.conforms(), report.findings


@pytest.mark.parametrize("level", ["local", "territorial"])
def test_the_levels_of_the_shapes_are_those_of_the_ontology(level: str) -> None:
    ontology, shapes = library.ontology(), library.shapes()
    listed = shapes.value(SHAPE[f"Actor-class-{level}"], SH["in"])
    said = {
        cls
        for restriction in ontology.subjects(OWL.hasValue, ID[f"deployment-level/{level}"])
        if (restriction, OWL.onProperty, MTG.actorLevel) in ontology
        for cls in ontology.subjects(RDFS.subClassOf, restriction)
    }
    assert set(Collection(shapes, listed)) == said


def test_the_shapes_are_well_formed() -> None:
    engine = pytest.importorskip("shacl", reason="no wheel of the engine for this machine")
    rules = Graph().parse(Path(pyshacl.__file__).parent / "assets" / "shacl-shacl.ttl")
    shapes_of_shapes = engine.Shapes.from_text(rules.serialize(format="nt"), format="nt")
    ours = library.shapes() + answer_shapes()
    report = shapes_of_shapes.validate_text(ours.serialize(format="nt"), format="nt")
    assert report.conforms, [(result.focus_node, result.value_plain) for result in report.results]
    ours.add((URIRef(f"{EXAMPLE}s"), RDF.type, SH.NodeShape))
    ours.add((URIRef(f"{EXAMPLE}s"), SH.property, Literal("no shape")))
    assert not shapes_of_shapes.validate_text(ours.serialize(format="nt"), format="nt").conforms
