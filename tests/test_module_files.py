"""Files of ours say what is their own; what follows is said when they are read (ontology/README.md)."""

import re
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, Literal

import term_table
from montages.api import load
from montages.knowledge.files import library
from montages.knowledge.files.complete_module import complete_module
from montages.names import ID, MODULE, MTG, PREFIXES, REQUIREMENT, slug
from montages.store.term_examples import add_examples
from montages.web.pages import page_context
from turtle_layout import WIDTH, laid_out

PREFIX_LINES = "".join(f"@prefix {p}: <{PREFIXES[p]}> .\n" for p in ("mtg", "criterion", "scheme"))
PREFIX_LINES += f"""@prefix skos: <{SKOS}> .
@prefix colour: <{ID}colour/> .
@prefix requirement: <{REQUIREMENT}> .
"""
RANGES = {MTG.when: MTG.Condition}
RED, GREEN, COLOURS = ID["colour/red"], ID["colour/green"], PREFIXES["scheme"]["colour"]


def completed(text: str) -> Graph:
    graph = Graph().parse(data=PREFIX_LINES + text, format="turtle")
    complete_module(graph, MODULE["criteria"], RANGES)
    return graph


CRITERION = """
criterion:colour a mtg:Criterion ;
    skos:prefLabel "Couleur"@fr , "Colour"@en ;
    mtg:answerScheme scheme:colour .
colour:red a skos:Concept ; skos:prefLabel "Rouge"@fr .
colour:green a skos:Concept ; skos:prefLabel "Vert"@fr .
"""


def test_values_have_their_list_their_short_name_their_order_and_their_module():
    graph = completed(CRITERION)
    for value, name, order in ((RED, "red", 10), (GREEN, "green", 20)):
        assert graph.value(value, SKOS.inScheme) == COLOURS
        assert graph.value(value, SKOS.notation) == Literal(name)
        assert graph.value(value, MTG.displayOrder) == Literal(order)
        assert graph.value(value, RDFS.isDefinedBy) == MODULE["criteria"]


def test_a_list_of_answers_is_named_after_its_criterion_in_both_languages():
    labels = set(completed(CRITERION).objects(COLOURS, RDFS.label))
    assert labels == {
        Literal("Couleur : réponses possibles", "fr"),
        Literal("Colour: possible answers", "en"),
    }


def test_a_list_described_elsewhere_is_not_described_again():
    shared = "criterion:colour a mtg:Criterion ; mtg:answerScheme scheme:colour ."
    assert (COLOURS, RDF.type, None) not in completed(shared)


def test_a_criterion_has_one_answer_unless_it_says_otherwise():
    criterion = PREFIXES["criterion"]["colour"]
    assert completed(CRITERION).value(criterion, MTG.multipleAnswers) == Literal(False)
    several = CRITERION.replace("mtg:answerScheme", "mtg:multipleAnswers true ; mtg:answerScheme")
    assert set(completed(several).objects(criterion, MTG.multipleAnswers)) == {Literal(True)}


def test_what_is_said_stays_as_it_is():
    said = (
        CRITERION
        + "colour:red mtg:displayOrder 7 ; skos:notation 'r' ; skos:inScheme scheme:other ."
    )
    graph = completed(said)
    assert set(graph.objects(RED, MTG.displayOrder)) == {Literal(7)}
    assert set(graph.objects(RED, SKOS.notation)) == {Literal("r")}
    assert set(graph.objects(RED, SKOS.inScheme)) == {PREFIXES["scheme"]["other"]}


def test_the_address_of_a_version_tells_its_requirement_and_its_first_day():
    graph = completed(
        "<https://w3id.org/montages/requirement/a-b/2019-04-01> a mtg:RequirementVersion ."
    )
    version = REQUIREMENT["a-b/2019-04-01"]
    assert graph.value(version, MTG.versionOf) == REQUIREMENT["a-b"]
    assert str(graph.value(version, MTG.validFrom)) == "2019-04-01"


def test_a_thing_in_brackets_is_of_the_range_of_its_property():
    graph = completed("requirement:a mtg:when [ mtg:criterion criterion:colour ] .")
    assert len(set(graph.subjects(RDF.type, MTG.Condition))) == 1


def test_a_text_on_several_lines_is_read_as_one_line():
    graph = completed('colour:red skos:definition """Comme\n      le feu."""@fr , """a\n b""" .')
    assert set(graph.objects(RED, SKOS.definition)) == {
        Literal("Comme le feu.", "fr"),
        Literal("a\n b"),
    }


def test_each_file_belongs_to_the_module_that_it_heads_or_to_that_of_its_folder():
    for path, module in (
        ("data/criteria/agility.ttl", "criteria"),
        ("data/imports/ted.ttl", "imports-data"),
        ("data/prohibitions.ttl", "prohibitions"),
        ("ontology/actors.ttl", "actors"),
        ("shapes/project.ttl", "shapes-project"),
    ):
        graph = library.read([library.ROOT / path])
        assert set(graph.objects(None, RDFS.isDefinedBy)) == {MODULE[module]}


def test_no_file_writes_what_follows():
    written = re.compile(
        r"^    (rdfs:isDefinedBy|mtg:versionOf|mtg:multipleAnswers false)\b", re.MULTILINE
    )
    paths = [
        path
        for folder in ("ontology", "data")
        for path in Path(library.ROOT, folder).rglob("*.ttl")
    ]
    assert [path.name for path in paths if written.search(path.read_text("utf-8"))] == []


LONG = "un deux trois quatre cinq six sept huit neuf dix onze douze treize"


@pytest.mark.parametrize(
    "statement",
    [
        f'a:x a a:Y ;\n    a:p "{LONG}"@fr , "{LONG}"@en ;\n    a:q a:z .\n',
        f'a:x a a:Y ;\n    a:p "{LONG} {LONG} \\"{LONG}\\""@fr .\n',
        f'a:x a a:Y ;\n    a:p [ a a:Z ; a:q "{LONG}"@fr ; a:r ( a:s a:t ) ] , [ a:q "{LONG}" ] .\n',
        f'[ a a:Y ; a:p "{LONG}" ] a:q [ a a:Z ; a:p "{LONG}" ] .\n',
    ],
)
def test_long_lines_are_broken_and_say_the_same(statement):
    prefix = "@prefix a: <http://a/> .\n\n"
    text = laid_out(prefix + statement)
    assert max(map(len, text.splitlines())) <= WIDTH
    before, after = (Graph().parse(data=t, format="turtle") for t in (prefix + statement, text))
    after_words = {" ".join(o.split()) for o in after.objects() if isinstance(o, Literal)}
    assert after_words == {str(o) for o in before.objects() if isinstance(o, Literal)}
    assert len(after) == len(before)
    assert set(after.predicates()) == set(before.predicates())


def test_the_table_of_terms_is_that_of_the_ontology():
    written = term_table.TABLE.read_text("utf-8")
    assert written == term_table.table(), "run: python tools/term_table.py"


def test_each_module_with_terms_serves_somebody():
    graph = library.ontology() + library.apart()
    listed = {module for modules in term_table.READERS.values() for module in modules}
    modules = {path.stem for path in (library.ROOT / "ontology").glob("*.ttl")}
    assert {module for module in modules if term_table.terms(graph, module)} == listed


def test_every_term_that_a_project_is_described_by_has_an_example():
    graph = library.read([library.ROOT / "ontology" / "projects.ttl"])
    add_examples(graph)
    described = [term for term, _ in term_table.terms(graph, "projects")]
    assert [slug(term) for term in described if (term, SKOS.example, None) not in graph] == []


def test_a_definition_has_twenty_five_words_at_most():
    graph = library.ontology() + library.apart()
    terms = {
        term
        for module in term_table.READERS.values()
        for m in module
        for term, _ in term_table.terms(graph, m)
    }
    definitions = [d for term in terms for d in graph.objects(term, SKOS.definition)]
    assert [d for d in definitions if len(str(d).split()) > 25] == []


def test_the_description_to_start_from_is_that_of_the_readme_and_conforms():
    path = page_context.STATIC / "description.ttl"
    assert path.read_text("utf-8") in (library.ROOT / "ontology" / "README.md").read_text("utf-8")
    assert load().check(path).conforms()
