"""The parser of the engine and rdflib's give the same of each file: facts, project and places (R11, R30)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from montages.description.parsing.source_text import SUFFIXES, read_file
from montages.errors import UnreadableInput
from montages.knowledge.files import library
from montages.names import MTG, PROJECT
from parsing_comparison import FAST, HEAD, REFERENCE, SYNTAXES, difference, serialized
from sampling import profile

HERE = Path(__file__).parent

FILES = sorted(
    path
    for folder in (HERE, library.ROOT / "data")
    for path in folder.rglob("*")
    if path.suffix in SUFFIXES and path.is_file()
)


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(4))
def test_every_file_we_have_is_read_alike(chunk: int) -> None:
    """Valid or not: descriptions, knowledge, cases of the shapes, and what is no description at all."""
    texts = [read_file(path) for path in FILES[chunk::4]]
    assert [told for told in (difference(*text) for text in texts) if told] == []
    assert len(FILES) > 500


@pytest.mark.slow
def test_sampled_profiles_are_read_alike() -> None:
    for number in range(60):
        tree = profile(number)
        assert not difference(json.dumps(tree), "json"), number
        assert not difference(yaml.safe_dump(tree, allow_unicode=True), "yaml"), number


@pytest.mark.parametrize("slug", library.projects())
def test_a_project_written_again_in_another_syntax_is_read_alike(slug: str) -> None:
    path = library.projects()[slug]
    graph = REFERENCE(path.read_bytes(), SUFFIXES[path.suffix]).statements.graph()
    facts = set()
    for form, syntax in SYNTAXES.items():
        text = serialized(graph, form)
        assert not difference(text, syntax), form
        facts.add(frozenset(FAST(text, syntax).facts))
    assert len(facts) == 1


# What is said of a project, between `<p> a mtg:Project ; mtg:x` and a full stop.
VALUES = {
    "languages in capitals": '"A"@FR, "B"@en-GB, "B"@EN-gb, "A"@fr',
    "texts of many kinds": '"", """a\n"b" c""", \'\'\'d\'\'\', "\\u00E9\\t\\"", "🏙️", "a\\u2028b"',
    "numbers": '1.0, 1e3, "01"^^xsd:integer, 01, +5, -0, 1.50, .5, "abc"^^xsd:integer, "1e400"^^xsd:double',
    "odd numbers": '"NaN"^^xsd:double, "INF"^^xsd:float, 1.5, "300"^^xsd:byte, " 7 "^^xsd:integer',
    "huge numbers": "9" * 400 + ", 1e300, 123456789012345678901234567890.5, 1e-30",
    "yes or no": '"1"^^xsd:boolean, true, false, "TRUE"^^xsd:boolean, "tru1"^^xsd:boolean',
    "dates": '"2024"^^xsd:gYear, "2024-02-30"^^xsd:date, "2024-03-16Z"^^xsd:date, "20240316"^^xsd:date',
    "markup": '"<a></a>"^^rdf:XMLLiteral, "a<b"^^rdf:XMLLiteral, "<p>a"^^rdf:HTML, "{}"^^rdf:JSON',
    "names": "<q>, <../q>, <#f>, <>, </abs>, <?q=1>, <//host/x>, <a%20b>, <http://exämple.org/é>, mtg:a\\,b",
    "a name with a blank": "<http://e/a b>",
    "a shared blank node": '_:h . _:h rdfs:label "h" . <p> mtg:y _:h',
    "a circle of blank nodes": "_:h . _:h mtg:x _:k . _:k mtg:x _:h",
    "identical trees": '[ mtg:y [ rdfs:label "a" ] ], [ mtg:y [ rdfs:label "a" ], [ rdfs:label "a" ] ]',
    "an orphan blank node": '1 . [] rdfs:label "z"',
    "lists": "(1 2 <a>), (), ((1) (1) ())",
    "nested too deeply": "[ mtg:x " * 200 + "1" + " ]" * 200,
    "lists nested too deeply": "( " * 2000 + "1" + " )" * 2000,
    "another project": "1 . <q> a mtg:Project",
    "a full stop too few": "1 mtg:y",
    "line ends": '"a\\rb", """x\r\ny""", """x\ry"""',
}


@pytest.mark.parametrize("prop", ["mtg:x", "mtg:durationMonths"])
@pytest.mark.parametrize("case", VALUES)
def test_odd_turtle_is_read_alike(case: str, prop: str) -> None:
    assert not difference(f"{HEAD}<p> a mtg:Project ; {prop} {VALUES[case]} .\n", "turtle")


def test_one_project_of_several_is_chosen_alike() -> None:
    text = f"{HEAD}<p> a mtg:Project . <q> a mtg:Project ."
    for wanted in ("p", f"{PROJECT}q", "r", None):
        assert not difference(text, "turtle", wanted), wanted


TREES = {
    "perimeters with blanks": {"perimeters": {"Centre ville": {}, "Été": {"name": "É"}}},
    "nulls": {"layers": None, "holder": None, "answers": None, "usages": ["water", None]},
    "lists in lists": {"usages": [["water"]], "answers": {"duration-months": [[12]]}},
    "a number and a text": {"description": 5.5, "holder": {"siren": 123456789, "name": ["a", "b"]}},
    "dates": {"signed-on": 2024, "wanted-by": "2024-02-30"},
    "assumptions": {"assumes": {"expertise": "yes", "duration-months": 12.50}},
    "assertions": {"asserts": {"mpgp-operation": "note", "x y": None}},
    "yes as a yes": {"answers": {"expertise": True}, "layers-complete": "true"},
    "odd characters": {"description": "a\nb\r\nc\t\u2028\x7f🏙️", "holder": {"name": "@id"}},
    "half a character": {"description": "\ud800x"},
    "an object for a word": {"signed-on": {"@value": "2024", "@type": "date"}},
}


@pytest.mark.parametrize("syntax", ["json", "yaml", "json-ld"])
@pytest.mark.parametrize("case", TREES)
def test_odd_trees_of_our_keys_are_read_alike(case: str, syntax: str) -> None:
    assert not difference(json.dumps({"project": "A", **TREES[case]}), syntax)


@pytest.mark.parametrize("number", ["12.0", "1.50E+2", "-0.0", "0.1234567890123456789", "1e22"])
def test_a_number_is_the_same_number_in_json_and_yaml(number: str) -> None:
    text = f'{{"project": "A", "answers": {{"estimated-value": {number}}}}}'
    assert not difference(text, "json")
    assert not difference(text, "yaml")


# What rdflib reads and RDF does not have, and what it does not read.
REFUSED = {
    "a path of N3": ("turtle", HEAD + "<a>!<b> a mtg:Project .", 5),
    "a triple as a term": ("turtle", HEAD + "<p> a mtg:Project ; mtg:x <<( <a> <b> <c> )>> .", 5),
    "a direction": ("turtle", HEAD + '<p> a mtg:Project ; mtg:x "a"@ar--rtl .', 5),
    "a bad escape": ("nt", '<x:a> <x:b> "a" .\n<x:a> <x:b> "\\q" .\n', 2),
    "an unknown prefix in XML": ("xml", "<a:b>\n</a:b>", 1),
    "a bad name in XML": (
        "xml",
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n<r:Description r:ID="1 2"/></r:RDF>',
        2,
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_rdf_is_refused_in_the_same_words_with_its_line(case: str) -> None:
    syntax, text, line = REFUSED[case]
    assert not difference(text, syntax)
    with pytest.raises(UnreadableInput) as told:
        FAST(text, syntax)
    assert told.value.extra["line"] == line


def test_xml_line_ends_are_those_of_xml() -> None:
    names = f'xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:m="{MTG}"'
    text = f'<r:RDF {names}><m:Project r:about="p"><m:a>x\r\ny&#13;</m:a></m:Project></r:RDF>'
    assert not difference(text, "xml")
