"""The fast engine step by step: it closes as the queries do, and hands over what it does not foresee."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection

from agreeing import forget, several_units, triples, written
from montages import load
from montages.assessment.status_line import status_line
from montages.description.description import Description
from montages.engine.fast import table_compiler
from montages.engine.fast.fast_close import CLOSING_FUNCTIONS
from montages.engine.fast.fast_derivation import FastDerivation
from montages.engine.fast.fast_derive import DERIVING_QUERIES
from montages.engine.fast.fast_engine import FastEngine
from montages.engine.fast.period_tables import rule_tables
from montages.engine.fast.table_compiler import compile_tables
from montages.engine.protocol import Derivation
from montages.engine.reference.close import background, close_by_query
from montages.engine.reference.reference_engine import ReferenceEngine
from montages.errors import BrokenKnowledge, Unsupported, UnsupportedAxiom
from montages.knowledge.compiled.owl_compiler import compile_rules
from montages.knowledge.files import library
from montages.knowledge.files.published_queries import Query, queries
from montages.knowledge.periods import Rules, rules_at
from montages.names import MTG
from montages.publish.json_text import json_line
from sampled_cases import sampled_cases
from sampling import RULES, profile

HERE, DAY = Path(__file__).parent, date(2026, 6, 1)
WRITTEN = [*library.projects().values(), *sorted(HERE.glob("cases/*/description.*"))]
DAYS = (DAY, date(2025, 6, 1), date(2021, 6, 1), date(2018, 6, 1))
REFERENCE, FAST = load("reference"), load("fast")
HEAD = """@prefix mtg: <https://w3id.org/montages/def/> .
@prefix layer: <https://w3id.org/montages/id/layer/> .
@prefix mode: <https://w3id.org/montages/id/management-mode/> .
@prefix funding: <https://w3id.org/montages/id/investment-funding/> .
@prefix usage: <https://w3id.org/montages/id/usage/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def closes_alike(description: Description, rules: Rules) -> bool:
    """Compare what each closing query writes; tell whether the fast engine foresees the description."""
    try:
        run = FastDerivation(description.facts, str(description.project), rule_tables(rules))
    except Unsupported:
        return False
    wanted = dict(close_by_query(description.graph, rules))
    assert list(run.steps()) == list(wanted)
    assert triples(run.steps()) == triples(wanted)
    together = {triple for graph in wanted.values() for triple in graph}
    assert set(run.graphs()["closing"]) == together
    return True


def has_status_line(description: Description, rules: Rules) -> bool:
    """Tell whether the fast engine has a status line of its own for a description."""
    try:
        FastEngine().status_sections(description, rules)
    except Unsupported:
        return False
    return True


@pytest.fixture(scope="module", autouse=True)
def published() -> None:
    """Make once what the published queries read beside a description."""
    background(RULES)


@pytest.mark.parametrize("chunk", range(3))
def test_each_closing_function_writes_what_its_query_writes(chunk: int) -> None:
    found = [FAST.read(path) for path in WRITTEN[chunk + 3 :: 9]]
    found += [FAST.read(several_units(number)) for number in range(chunk, 6, 3)]
    assert [d.slug for d in found if not closes_alike(d, RULES)] == []


def test_every_closing_query_writes_something_somewhere() -> None:
    """So that closing alike means something."""
    silent = set(CLOSING_FUNCTIONS)
    for description in [
        *map(FAST.read, WRITTEN),
        *(FAST.read(several_units(n)) for n in range(12)),
    ]:
        run = FastDerivation(description.facts, str(description.project), rule_tables(RULES))
        silent -= {name for name, graph in run.steps().items() if len(graph)}
    assert not silent


# What the fast engine leaves to the reference engine, said of `<{}> a mtg:Project ;`.
HANDED = {
    "two layer uses of one name":
        "mtg:hasLayerUse <{0}/a/x>, <{0}/b/x> . <{0}/a/x> mtg:layer layer:objects ; mtg:durationMonths 12 . "
        "<{0}/b/x> mtg:layer layer:platform ; mtg:investmentFunding funding:public",
    "two perimeters of one name":
        "mtg:hasPerimeter <{0}/a/x>, <{0}/b/x> . <{0}/b/x> mtg:investmentFunding funding:public",
    "a unit written by hand":
        "mtg:x <{0}#unit> . <{0}#unit> a mtg:Unit ; mtg:ofProject <{0}> ; "
        "mtg:investmentFunding funding:public",
    "a layer use of two layers":
        "mtg:hasLayerUse <{0}#x> . <{0}#x> mtg:layer layer:objects, layer:platform",
    "a layer that is a text": 'mtg:hasLayerUse <{0}#x> . <{0}#x> mtg:layer "objects"',
    "a layer use that is a text": 'mtg:hasLayerUse "objects"',
    "a perimeter that is a text": 'mtg:hasPerimeter "centre", <{0}#y>',
    "a perimeter of a layer use that is a text":
        'mtg:hasLayerUse <{0}#x> . <{0}#x> mtg:layer layer:objects ; mtg:perimeter "centre"',
    "two numbers": "mtg:durationMonths 12, 240",
    "a number that is a text": 'mtg:durationMonths "12"',
    "a number that is none": 'mtg:durationMonths "NaN"^^xsd:double',
    "a number that is a thing": "mtg:durationMonths <{0}#x>",
    "a list of usages complete and not": "mtg:usagesComplete true, false ; mtg:usage usage:water",
    "a list of usages complete by a word": 'mtg:usagesComplete "yes" ; mtg:usage usage:water',
    "one unit of two modes":
        "mtg:layersComplete true ; mtg:hasLayerUse <{0}#x> . "
        "<{0}#x> mtg:layer layer:objects ; mtg:managementMode mode:subscription, mode:own",
    "a retained contract that is a text": 'mtg:retains "dsp"',
    "an assumption that is a text": 'mtg:assumes "yes"',
    "an assertion that is a text": 'mtg:assertsRequirement "mpgp-operation"',
    "an asserted requirement that is a text":
        'mtg:assertsRequirement <{0}#x> . <{0}#x> mtg:requirement "mpgp-operation"',
}  # fmt: skip


def described(case: str) -> Description:
    name = f"p{list(HANDED).index(case)}"
    text = f"{HEAD}<{name}> a mtg:Project ; {HANDED[case].format(name)} ."
    return FAST.read(text, "turtle")


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[Description]:
    """Return the descriptions that the fast engine hands over; what was derived of them comes back."""
    found: list[Description] = []

    def derive(_: object, given: list[Description], rules: Rules) -> list[Derivation]:
        found.extend(given)
        return original(ReferenceEngine(), given, rules)

    original = ReferenceEngine.derive
    monkeypatch.setattr(ReferenceEngine, "derive", derive)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(2))
def test_what_the_fast_engine_does_not_foresee_is_answered_by_the_reference(
    chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = list(HANDED)[chunk::2]
    found = [described(case) for case in cases]
    # Derived once, by the reference, for both.
    known = dict(zip(found, ReferenceEngine().derive(found, RULES), strict=True))
    handed: list[Description] = []

    def derive(_: object, given: list[Description], rules: Rules) -> list[Derivation]:
        assert rules is RULES
        handed.extend(given)
        return [known[description] for description in given]

    monkeypatch.setattr(ReferenceEngine, "derive", derive)
    for case, description in zip(cases, found, strict=True):
        assert not has_status_line(description, RULES), case
        answers, status_lines = [], []
        for knowledge in (FAST, REFERENCE):
            forget()
            answers.append(written(knowledge.assess(description, as_of=DAY, anyway=True)))
            status_lines.append(knowledge.status_line(description, as_of=DAY, anyway=True).line())
        assert answers[0] == answers[1], case
        assert status_lines[0] == status_lines[1], case
        assert handed == [description] * 4, case
        handed.clear()


@pytest.mark.slow
def test_handing_over_gives_the_answer_of_the_reference(handed: list[Description]) -> None:
    description = described("two layer uses of one name")
    forget()
    found = FAST.assess(description, as_of=DAY, anyway=True)
    assert handed == [description]
    forget()
    wanted = REFERENCE.assess(description, as_of=DAY, anyway=True)
    assert written(found) == written(wanted)
    assert triples(found.graphs) == triples(wanted.graphs)


FORESEEN = {
    "an answer that is a text": 'mtg:investmentFunding "public", funding:public',
    "an answer on no list": "mtg:investmentFunding funding:gold",
    "two answers": "mtg:investmentFunding funding:public, funding:private",
    "a list of layers complete and not": "mtg:layersComplete true, false",
    "a list of layers complete by a number": 'mtg:layersComplete "1"^^xsd:boolean',
    "a usage that is a text": 'mtg:usage "water", usage:water ; mtg:usagesComplete true',
    "a number that is not whole": 'mtg:durationMonths 12.5 ; mtg:estimatedValue "1.0E6"^^xsd:double',
    "a number below all buckets": "mtg:durationMonths -3",
    "a layer use without a layer": "mtg:hasLayerUse <{0}#x> . <{0}#x> mtg:durationMonths 12",
    "a layer use in a perimeter that the project does not have":
        "mtg:hasPerimeter <{0}#a> ; mtg:hasLayerUse <{0}#x> . <{0}#x> mtg:layer layer:objects ; "
        "mtg:perimeter <{0}#b> . <{0}#b> mtg:durationMonths 12",
    "a layer use that is a perimeter": "mtg:hasPerimeter <{0}#a> ; mtg:hasLayerUse <{0}#a>",
    "an answer of a type that is no answer": "a mtg:Perimeter, <{0}#kind>",
    "unknown as a text": 'mtg:declaresUnknown "duration" ; mtg:declaresComplete "dialogue-case"',
}  # fmt: skip


@pytest.mark.slow
def test_oddities_that_the_fast_engine_foresees_come_out_the_same(
    handed: list[Description],
) -> None:
    texts = [
        f"{HEAD}<q{n}> a mtg:Project ; {said.format(f'q{n}')} ."
        for n, said in enumerate(FORESEEN.values())
    ]
    found = [FAST.read(text, "turtle") for text in texts]
    forget()
    fast = FAST.assess_all(found, as_of=DAY, anyway=True)
    assert not handed
    forget()
    wanted = REFERENCE.assess_all(
        [REFERENCE.read(t, "turtle") for t in texts], as_of=DAY, anyway=True
    )
    for name, one, other in zip(FORESEEN, fast, wanted, strict=True):
        assert written(one) == written(other), name
        assert triples(one.graphs) == triples(other.graphs), name


def status_line_agrees(description: Description, day: date) -> bool:
    """Compare the status line with that of the whole assessment; tell whether the engine has its own."""
    found = FAST.status_line(description, as_of=day, anyway=True)
    wanted = status_line(FAST.assess(description, as_of=day, anyway=True))
    assert json.dumps(found.to_json()) == json.dumps(wanted.to_json()), description.project
    assert found.line() == wanted.line() == json_line(wanted.to_json())
    assert sorted(found.contracts()) == sorted(wanted.contracts())
    return has_status_line(description, rules_at(day))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (0, 25),
        (25, 50),
        pytest.param(50, 200, marks=pytest.mark.slow),
        pytest.param(200, 500, marks=pytest.mark.soak),
    ],
)
def test_the_status_line_of_sampled_profiles_is_that_of_the_assessment(
    first: int, last: int
) -> None:
    found = [FAST.read(profile(number)) for number in range(first, last)]
    assert [d.slug for d in found if not status_line_agrees(d, DAY)] == []


@pytest.mark.parametrize(
    ("paths", "days"),
    [
        *((WRITTEN[chunk::4], DAYS[:1]) for chunk in range(4)),
        pytest.param(WRITTEN, DAYS[1:], marks=pytest.mark.slow),
    ],
    ids=("0", "1", "2", "3", "older"),
)
def test_the_status_line_of_what_we_have_is_that_of_the_assessment_under_any_rules(
    paths: list[Path], days: tuple[date, ...]
) -> None:
    own = sum(status_line_agrees(FAST.read(path), day) for path in paths for day in days)
    assert own > 0.7 * len(paths) * len(days)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (0, 4),
        (4, 8),
        pytest.param(8, 32, marks=pytest.mark.slow),
        pytest.param(32, 80, marks=pytest.mark.soak),
    ],
)
def test_the_status_line_of_several_units_and_of_assumptions_is_that_of_the_assessment(
    first: int, last: int
) -> None:
    found = [several_units(number) for number in range(first, last)]
    own = [status_line_agrees(FAST.read(tree), DAY) for tree in found]
    # A whole assessment alone tells what rests on an assumption.
    assert own == [
        not any(tree.get("assumes", {}).values()) or assumed_in_vain(tree) for tree in found
    ]


def assumed_in_vain(tree: dict[str, object]) -> bool:
    description = FAST.read(tree)
    run = FastDerivation(description.facts, str(description.project), rule_tables(RULES))
    return all(fact.state != "default" for unit in run.units for fact in unit.facts)


@pytest.mark.parametrize(
    "case", ["an answer on no list", "two answers", "a number below all buckets"]
)
def test_the_status_line_of_what_does_not_conform_is_that_of_the_assessment(case: str) -> None:
    text = f"{HEAD}<p> a mtg:Project ; {FORESEEN[case].format('p')} ."
    status_line_agrees(FAST.read(text, "turtle"), DAY)


def test_an_answer_on_no_list_leaves_the_status_line_to_the_assessment() -> None:
    text = f"{HEAD}<p> a mtg:Project ; {FORESEEN['an answer on no list']} ."
    assert not has_status_line(FAST.read(text, "turtle"), RULES)


Queries = tuple[Query, ...]


def with_queries(change: Callable[[Queries], Queries], folder: str) -> Callable[[str], Queries]:
    return lambda name: change(queries(name)) if name == folder else queries(name)


@pytest.mark.parametrize(
    ("folder", "known"), [("close", CLOSING_FUNCTIONS), ("derive", DERIVING_QUERIES)]
)
def test_a_query_without_its_function_stops_the_start(
    folder: str, known: frozenset[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {query.name for query in queries(folder)} == set(known)
    more = with_queries(lambda found: (*found, replace(found[0], name="95-more")), folder)
    monkeypatch.setattr(table_compiler, "queries", more)
    with pytest.raises(BrokenKnowledge, match="95-more") as stopped:
        compile_tables(RULES)
    assert f"engine/fast/fast_{folder}.py" in stopped.value.message("en")
    assert "--engine reference" in stopped.value.message("fr")


@pytest.mark.parametrize("folder", ["close", "derive"])
def test_a_function_without_its_query_stops_the_start(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = queries(folder)[-1].name
    monkeypatch.setattr(table_compiler, "queries", with_queries(lambda found: found[:-1], folder))
    with pytest.raises(BrokenKnowledge, match=last):
        compile_tables(RULES)


X, Y = MTG["x"], MTG["y"]


def listed(graph: Graph, *items: URIRef) -> BNode:
    node = BNode()
    Collection(graph, node, list(items))
    return node


def restriction(graph: Graph, *said: tuple[URIRef, URIRef | Literal]) -> BNode:
    node = BNode()
    for p, o in ((RDF.type, OWL.Restriction), (OWL.onProperty, MTG.layer), *said):
        graph.add((node, p, o))
    return node


# Axioms that a reasoner would conclude from and the fast engine does not honour.
UNHEARD: dict[str, Callable[[Graph], object]] = {
    "owl:hasKey": lambda g: g.add((MTG.Unit, OWL.hasKey, listed(g, MTG.layer))),
    "owl:sameAs": lambda g: g.add((X, OWL.sameAs, Y)),
    "owl:FunctionalProperty": lambda g: g.add((MTG.layer, RDF.type, OWL.FunctionalProperty)),
    "owl:InverseFunctionalProperty": lambda g: g.add((MTG.layer, RDF.type, OWL.InverseFunctionalProperty)),
    "owl:maxCardinality": lambda g: g.add(
        (MTG.Unit, RDFS.subClassOf, restriction(g, (OWL.maxCardinality, Literal(1))))
    ),
    "owl:disjointUnionOf": lambda g: g.add((X, OWL.disjointUnionOf, listed(g, MTG.Unit))),
    "owl:NegativePropertyAssertion": lambda g: g.add((X, RDF.type, OWL.NegativePropertyAssertion)),
    "owl:unionOf": lambda g: g.add((MTG.Unit, OWL.unionOf, listed(g, X, Y))),
}  # fmt: skip


@pytest.mark.parametrize("kind", UNHEARD)
@pytest.mark.parametrize("where", sampled_cases(["ontology", "compiled rules"], 2))
def test_an_axiom_that_is_not_honoured_stops_the_start_wherever_it_stands(
    kind: str, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether or not the reasoner's choice of axioms (`engine.reference.reason.logic`) lets it through."""
    if where == "ontology":
        graph = Graph() + library.ontology()
        monkeypatch.setattr(library, "ontology", lambda: graph)
    else:
        graph = Graph() + compile_rules(RULES)
        monkeypatch.setattr(table_compiler, "compile_rules", lambda _: graph)
    UNHEARD[kind](graph)
    with pytest.raises(UnsupportedAxiom) as stopped:
        compile_tables(RULES)
    assert kind in stopped.value.extra["kind"]


def test_words_that_say_nothing_to_a_reasoner_do_not_stop_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = Graph() + library.ontology()
    graph.add((X, SKOS.editorialNote, Literal("a note")))
    graph.add((X, RDFS.seeAlso, Y))
    monkeypatch.setattr(library, "ontology", lambda: graph)
    assert compile_tables(RULES).closing == rule_tables(RULES).closing
