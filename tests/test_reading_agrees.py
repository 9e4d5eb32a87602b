"""The two readers read one thing: the same facts, project and places, or the same error (R11, R30)."""

from __future__ import annotations

import json
import random
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from rdflib import XSD, Graph
from rdflib.compare import to_canonical_graph

from montages.decision import parse
from montages.decision.description import Description
from montages.decision.facts import BLANK, Facts
from montages.decision.fast import parse as fast_parse
from montages.decision.naming import named
from montages.errors import MontagesError
from montages.knowledge import library
from montages.names import PROJECT
from sampling import profile
from test_inputs import CASES as BAD_INPUT
from test_inputs import content

HERE = Path(__file__).parent
FILES = sorted(
    path
    for folder in (HERE, library.ROOT / "data")
    for path in folder.rglob("*")
    if path.suffix in parse.SUFFIXES and path.is_file()
)
REFERENCE, FAST = parse.parse, fast_parse.read


def said(read: Callable[[], Description]) -> tuple[Any, ...]:
    """Return all that a reading gives: what is said and where it stood, or the error in both languages."""
    try:
        found = read()
        return str(found.project), found.places, frozenset(found.facts), frozenset(found.graph)
    except MontagesError as error:
        return type(error).__name__, error.text, error.extra


def apart(source: str | bytes, syntax: str, project: str | None = None) -> str:
    """Return how the two readings differ, nothing where they agree."""
    wanted = said(lambda: REFERENCE(source, syntax, project))
    found = said(lambda: FAST(source, syntax, project))
    return "" if wanted == found else f"{wanted}\nbut\n{found}"


def both(path: Path) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return what each reader gives of a file."""
    return said(partial(parse.parse_file, path)), said(partial(fast_parse.parse_file, path))


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[str | bytes]:
    """Return the texts that the fast reader leaves to the other."""
    left: list[str | bytes] = []

    def reading(source: str | bytes, *given: Any) -> Description:
        left.append(source)
        return REFERENCE(source, *given)

    monkeypatch.setattr(parse, "parse", reading)
    return left


@pytest.mark.parametrize("chunk", range(4))
def test_every_file_we_have_is_read_alike(chunk: int) -> None:
    """Valid or not: descriptions, knowledge, cases of the shapes, and what is no description at all."""
    wrong = {}
    for path in FILES[chunk::4]:
        wanted, found = both(path)
        if wanted != found:
            wrong[path] = (wanted, found)
    print(f"\n{len(FILES[chunk::4])} files read alike")
    assert not wrong
    assert len(FILES) > 500


@pytest.mark.parametrize("case", BAD_INPUT)
def test_bad_input_is_refused_in_the_same_words(case: str, tmp_path: Path) -> None:
    given = BAD_INPUT[case]
    path, text = tmp_path / given["file"], content(given)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    wanted, found = both(path)
    assert found == wanted


def test_a_file_that_is_not_there_or_has_no_known_ending_is_refused_in_the_same_words(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.txt").write_text("project: x")
    (tmp_path / "a.ttl").mkdir()
    for name in ("a.txt", "a.ttl", "b.yaml", "."):
        wanted, found = both(tmp_path / name)
        assert found == wanted


def test_sampled_profiles_are_read_alike_and_none_is_handed_over(
    handed: list[str | bytes],
) -> None:
    for number in range(60):
        tree = profile(number)
        assert not apart(json.dumps(tree), "json"), number
        assert not apart(yaml.safe_dump(tree, allow_unicode=True), "yaml"), number
    assert not handed


SYNTAXES = {"xml": "xml", "pretty-xml": "xml", "nt": "nt", "json-ld": "json-ld", "turtle": "turtle"}


def written(graph: Graph, form: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return graph.serialize(format=form)


@pytest.mark.parametrize("slug", library.projects())
def test_a_project_written_again_in_another_syntax_is_read_alike(slug: str) -> None:
    path = library.projects()[slug]
    graph = REFERENCE(path.read_bytes(), parse.SUFFIXES[path.suffix]).graph
    facts = set()
    for form, syntax in SYNTAXES.items():
        text = written(graph, form)
        assert not apart(text, syntax), form
        facts.add(frozenset(FAST(text, syntax).facts))
    assert len(facts) == 1


def test_our_own_files_are_not_handed_over(handed: list[str | bytes]) -> None:
    for path in library.projects().values():
        fast_parse.parse_file(path)
    assert not handed


HEAD = """@prefix mtg: <https://w3id.org/montages/def/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
# What is said of a project, between `<p> a mtg:Project ; mtg:x` and a full stop; {} is 60 times nested.
VALUES = {
    "languages in capitals": '"A"@FR, "B"@en-GB, "B"@EN-gb, "A"@fr',
    "a typed string": '"A"^^xsd:string, "A"',
    "texts of many kinds": '"", """a\n"b" c""", \'\'\'d\'\'\', "\\u00E9\\t\\"", "🏙️", "a\\u2028b"',
    "numbers": '1.0, 1e3, "01"^^xsd:integer, 01, +5, -0, 1.50, .5, "abc"^^xsd:integer, "1e400"^^xsd:double',
    "odd numbers": '"NaN"^^xsd:double, "INF"^^xsd:float, 1.5, "300"^^xsd:byte, " 7 "^^xsd:integer',
    "huge numbers": "9" * 400 + ", 1e300, 123456789012345678901234567890.5, 1e-30",
    "yes or no": '"1"^^xsd:boolean, true, false, "TRUE"^^xsd:boolean, True',
    "dates": '"2024"^^xsd:gYear, "2024-02-30"^^xsd:date, "2024-03-16Z"^^xsd:date, "20240316"^^xsd:date',
    "xml": '"<a></a>"^^rdf:XMLLiteral, "a<b"^^rdf:XMLLiteral, "<p>a"^^rdf:HTML, "{}"^^rdf:JSON',
    "blanks in types": '" a  b "^^xsd:token, "a\\tb"^^xsd:normalizedString, "x"^^<http://e/dt>',
    "a relative type": '"a"^^<dt>',
    "a type that is no name": '"a"^^<a b>',
    "a language too long": '"a"@abcdefghijklmnop',
    "a language that is none": '"a"@f_r',
    "half a character": '"\\uD800"',
    "relative names": "<q>, <../q>, <#f>, <>, </abs>, <?q=1>, <./q>, <//host/x>, <a/../b>, <q#a#b>",
    "names with marks": "<a%20b>, <é>, <http://exämple.org/é>, <HTTP://EXAMPLE.org:80/A>, <urn:x:y>",
    "names with a colon": "<a#b:c>, <a?b:c>, <a/b:c>, <a:b>",
    "dots in names": "<http://e/../a/./b>, <http://e>, <.>, <..>, <a/.>, <./>, </..>",
    "bad names": '<http://e/{a}>, <http://e/"b>',
    "a name with a blank": "<http://e/a b>",
    "an escaped name": "<http://e/\\u00E9\\U0001F600>, <http://e/\\u0020>",
    "a blank node": '[ rdfs:label "h" ]',
    "a shared blank node": '_:h . _:h rdfs:label "h" . <p> mtg:y _:h',
    "a circle of blank nodes": "_:h . _:h mtg:x _:k . _:k mtg:x _:h",
    "a blank node in itself": "_:h . _:h mtg:x _:h",
    "identical siblings": '[ rdfs:label "a" ], [ rdfs:label "a" ], [ rdfs:label "b" ]',
    "identical trees": '[ mtg:y [ rdfs:label "a" ] ], [ mtg:y [ rdfs:label "a" ], [ rdfs:label "a" ] ]',
    "an orphan blank node": '1 . [] rdfs:label "z"',
    "a type without a name": '1 . <p> a [ rdfs:label "k" ]',
    "lists": "(1 2 <a>), (), ((1) (1) ())",
    "statements twice": '12, 12.0, "12"^^xsd:integer, 12 . <p> a mtg:Project, mtg:Project',
    "nested in 40 levels": "[ mtg:x " * 40 + "1" + " ]" * 40,
    "nested too deeply": "[ mtg:x " * 200 + "1" + " ]" * 200,
    "lists nested too deeply": "( " * 2000 + "1" + " )" * 2000,
    "many blank nodes side by side": ", ".join(f'[ rdfs:label "{n}" ]' for n in range(70)),
    "a triple term": "<<( <a> <b> <c> )>>",
    "a quoted triple": "<< <a> <b> <c> >>",
    "an annotation": "1 {| mtg:y 2 |}",
    "a reifier": "1 ~ <r>",
    "a direction": '"a"@ar--rtl',
    "a formula of N3": "{ <a> <b> <c> }",
    "a path of N3": "<a>!<b>",
    "a variable of N3": "?y",
    "words of N3": "<a> ; is mtg:y of <b>",
    "an unknown prefix": "foo:x",
    "names with escapes": "mtg:a.b, mtg:a%20b, mtg:a\\,b, mtg:1x, mtg:a-b",
    "semicolons": "1 ;; mtg:y 2 ;",
    "things of others": '1 . <https://w3id.org/montages/def/Unit> rdfs:label "x"',
    "another project": "1 . <q> a mtg:Project",
    "a text as a type": '1 . <p> a "x"',
    "a full stop too few": "1 mtg:y",
    "text after the end": "1 . garbage",
    "line ends": '"a\\rb", """x\r\ny""", """x\ry"""',
}


@pytest.mark.parametrize("prop", ["mtg:x", "mtg:durationMonths", "rdfs:label"])
@pytest.mark.parametrize("case", VALUES)
def test_odd_turtle_is_read_alike(case: str, prop: str) -> None:
    assert not apart(f"{HEAD}<p> a mtg:Project ; {prop} {VALUES[case]} .\n", "turtle")


WHOLE = {
    "a byte order mark": "\ufeff{}<p> a mtg:Project .",
    "a base": "@base <http://e/a/b> . {}<p> a mtg:Project ; mtg:x <q>, <?q>, <#f>, <> .",
    "a base in SPARQL's way": "BASE <http://e/a/>\n{}<p> a mtg:Project .",
    "a relative base": "@base <rel/> . {}<p> a mtg:Project .",
    "a base that is none": "@base <https:?//e/> . {}<p> a mtg:Project .",
    "a base without a path": "@base <http://e> . {}<p> a mtg:Project ; mtg:x </..> .",
    "a version": 'VERSION "1.2"\n{}<p> a mtg:Project .',
    "a version in other letters": 'Version "1.2"\n{}<p> a mtg:Project .',
    "a version in Turtle's way": '@version "1.2" .\n{}<p> a mtg:Project .',
    "the word version": "{}# version 2 <<\n<p> a mtg:Project .",
    "a project without a name": '{}[] a mtg:Project ; rdfs:label "a" ; mtg:hasPerimeter [ mtg:x 1 ] .',
    "two projects without a name": "{}[] a mtg:Project ; mtg:x 1 . [] a mtg:Project ; mtg:x 1 .",
    "no project": "{}<p> mtg:x 1 .",
    "a prefix given twice": "{}<p> a mtg:Project . @prefix mtg: <http://o/> . <q> a mtg:Project .",
    "a graph": "{}GRAPH <g> {{ <p> a mtg:Project }}",
    "a text as a subject": '{}"x" a mtg:Project .',
    "a text as a property": '{}<p> a mtg:Project ; "x" 1 .',
}


@pytest.mark.parametrize("case", WHOLE)
def test_odd_whole_texts_are_read_alike(case: str) -> None:
    assert not apart(WHOLE[case].format(HEAD), "turtle")


TYPE, DEF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "https://w3id.org/montages/def/"
LINE = f"<http://e/p> <{TYPE}> <{DEF}Project> .\n"
LINES = {
    "plain": "",
    "blank nodes": '_:a <x:y> _:b .\n_:b <x:y> "1" .\n',
    "a number": f'<x:p> <{DEF}durationMonths> "1.0"^^<{XSD.decimal}> .\n',
    "no blanks": '<http://e/p><x:y><x:z>.\n<http://e/p><x:y>"a".\n<http://e/p><x:y>_:b.\n_:b<x:y><x:z> .\n',
    "more blanks": '<http://e/p> <x:y> "a" ^^ <x:z> .\n',
    "a blank before the language": '<http://e/p> <x:y> "a" @fr .\n',
    "tabs and comments": '# c\n<http://e/p>\t<x:y>\t"a"\t. # d\n\n \n',
    "two on a line": '<http://e/p> <x:y> "a" . <http://e/p> <x:y> "b" .\n',
    "a fourth term": '<http://e/p> <x:y> "a" <x:g> .\n',
    "a relative name": '<p> <x:y> "a" .\n',
    "a quoted triple": '<< <x:a> <x:b> <x:c> >> <x:y> "a" .\n',
    "a version": 'Version "1.2"\n',
    "a direction": '<http://e/p> <x:y> "a"@ar--rtl .\n',
    "Turtle": "<http://e/p> a <x:y> .\n",
    "other line ends": '<http://e/p> <x:y> "a" .\r\n<http://e/p> <x:y> "b" .\r',
    "controls": '<http://e/p> <x:y> "a\x1c\x85\u2028b\\u0000" .\n',
    "a bad escape": '<http://e/p> <x:y> "\\q" .\n',
}


@pytest.mark.parametrize("case", LINES)
def test_odd_n_triples_are_read_alike(case: str) -> None:
    assert not apart(LINE + LINES[case], "nt")


def xml(body: str, attributes: str = "", start: str = '<?xml version="1.0"?>') -> str:
    names = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:m="https://w3id.org/montages/def/"'
    return f"{start}<rdf:RDF {names} {attributes}>{body}</rdf:RDF>"


PROJECT_XML = '<m:Project rdf:about="p"><m:a>x\r\ny&#13;</m:a></m:Project>'
XML = {
    "with and without a declaration": xml(PROJECT_XML, start=""),
    "a document type": xml(PROJECT_XML, start='<!DOCTYPE a [<!ENTITY a "b">]>'),
    "a language": xml('<m:Project rdf:about="p" xml:lang="FR"><m:label>a</m:label></m:Project>'),
    "an XML literal": xml('<m:Project rdf:about="p"><m:a rdf:parseType="Literal"><b>x</b></m:a></m:Project>'),
    "attributes": xml('<m:Project rdf:about="p" m:durationMonths="012" m:a="x\ny&#10;z"/>'),
    "a base": xml(PROJECT_XML, 'xml:base="http://b/c#d"'),
    "something before the declaration": f"\n{xml(PROJECT_XML)}",
    "a bag": xml('<m:Project rdf:about="p" rdf:bagID="z"/>'),
    "a character that is none": xml('<m:Project rdf:about="p"><m:a>&#1;</m:a></m:Project>'),
    "blank nodes": xml('<m:Project rdf:about="p"><m:a><m:B/></m:a><m:a rdf:nodeID="z"/></m:Project>'),
    "not closed": xml('<m:Project rdf:about="p">'),
}  # fmt: skip


@pytest.mark.parametrize("case", XML)
def test_odd_rdf_xml_is_read_alike(case: str) -> None:
    assert not apart(XML[case], "xml")


def nested(key: str, depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = {key: value}
    return value


# What a tree of our keys says besides `project`.
TREES: dict[str, dict[str, Any]] = {
    "nothing": {},
    "perimeters with blanks and accents": {
        "perimeters": {"Centre ville": {}, "Été": {"name": "É"}, "a/b": None}
    },
    "a perimeter with a blank, used": {
        "perimeters": {"a b": {}}, "layers": [{"layer": "objects", "perimeter": "a b"}]
    },
    "odd perimeter names": {"perimeters": {"a#b": {}, "c?d": {}, "%20": {}, "../x": {}, "a:b": {}, "": {}}},
    "perimeters and layers of one name": {"perimeters": {"objects": {}}, "layers": ["objects", "objects"]},
    "a perimeter named holder": {"perimeters": {"holder": {}}, "holder": "Metropole"},
    "nulls": {
        "perimeters": {"a": None}, "layers": None, "holder": None, "answers": None, "usages": None,
        "asserts": None, "assumes": None, "unknown": None, "description": None,
        "layers-complete": None,
    },
    "nulls in lists": {
        "usages": ["water", None], "answers": {"expertise": [None, "yes"], "duration-months": [None]}
    },
    "lists in lists": {"answers": {"duration-months": [[12]]}},
    "lists in lists of words": {"usages": [["water"]]},
    "a description in a list": {"description": ["a", "b", None, 5]},
    "a description in lists": {"description": [["a"], ["b"]]},
    "a description in an object": {"description": {"@value": "x", "@language": "de"}},
    "a number as a description": {"description": 5.5},
    "yes as a description": {"description": True},
    "a name in a list": {"holder": {"name": ["a", "b"], "siren": 123456789}},
    "a float as an identifier": {"holder": {"siren": 1.5}},
    "yes as an identifier": {"holder": {"siren": [True, "1"]}},
    "a class that is a key": {"holder": {"type": "name"}},
    "a class that is a key of JSON-LD": {"holder": {"type": ["type", "id"]}},
    "two classes": {"holder": {"type": ["Metropole", "Commune"]}},
    "a class with an accent": {"holder": "Métropole"},
    "yes among words": {"usages": [True]},
    "words that are keys": {"usages": ["name", "holder"], "retained": ["answers"]},
    "yes and no as texts": {"layers-complete": "true", "usages-complete": ["yes", 1]},
    "a year": {"signed-on": 2024},
    "a day that is none": {"signed-on": "2024-02-30"},
    "a date in an object": {"signed-on": {"@value": "x", "@type": "http://a/b"}},
    "a date in an object of ours": {"signed-on": {"@value": "2024", "@type": "date"}},
    "dates of other kinds": {"signed-on": [2024.5, True, "soon"]},
    "huge numbers": {"answers": {"duration-months": 10**40, "estimated-value": 1e300}},
    "small numbers": {"answers": {"estimated-value": 1e-30}},
    "yes as a number": {"answers": {"duration-months": True}},
    "a number as a text": {"answers": {"duration-months": "12"}},
    "yes as a yes": {"answers": {"expertise": True}},
    "an object as an answer": {"answers": {"expertise": {"@id": "yes"}}},
    "two answers": {"answers": {"expertise": ["yes", "no"]}},
    "assumptions": {"assumes": {"expertise": "yes", "duration-months": 12.50}},
    "an assumption and a mode": {
        "assumes": {"expertise": "yes"}, "layers": [{"layer": "objects", "mode": "own"}]
    },
    "assertions": {"asserts": {"mpgp-operation": "note", "a/b": "", "x y": None, "name": 5}},
    "modes and lists": {
        "layers": ["objects", {"layer": ["platform", "objects"], "mode": ["own", "subscription"]}]
    },
    "unknowns": {"unknown": ["duration-months", "duration"], "complete": "dialogue-case"},
    "an object in its own context": {"holder": {"siren": {"@context": {"name": "http://x/y"}, "name": "b"}}},
    "an object in a remote context": {"holder": {"siren": {"@context": "http://x/y", "name": "b"}}},
    "an object of ours in the wrong place": {
        "holder": {"siren": {"perimeters": {"a": {"name": "n"}, "b": None}}}
    },
    "answers in the wrong place": {"holder": {"siren": {"answers": "x"}}},
    "a list of JSON-LD": {"holder": {"siren": {"@list": ["a"]}}},
    "a value of an unknown kind": {"holder": {"siren": {"@value": "x", "@type": "foo"}}},
    "a value of a bad kind": {"holder": {"siren": {"@value": "x", "@type": "http://a/b c"}}},
    "nested in 40 levels": {"holder": {"siren": nested("siren", 40)}},
    "nested too deeply": {"holder": {"siren": nested("siren", 60)}},
    "nested far too deeply": {"holder": {"siren": nested("siren", 400)}},
    "odd characters": {"description": "a\nb\r\nc\t\u2028\x7f🏙️", "holder": {"name": "@id", "siren": "@type"}},
    "half a character": {"description": "\ud800x"},
    "an unknown key": {"answers": {"foo": 1}},
    "our keys in JSON-LD": {"@id": "z"},
}  # fmt: skip


@pytest.mark.parametrize("syntax", ["json", "yaml", "json-ld"])
@pytest.mark.parametrize("case", TREES)
def test_odd_trees_of_our_keys_are_read_alike(case: str, syntax: str) -> None:
    assert not apart(json.dumps({"project": "A", **TREES[case]}), syntax)


@pytest.mark.parametrize("name", ["a b", "é", "_x", "", None, 5, True, ["a"], "  é "])
def test_odd_names_of_projects_are_read_alike(name: Any) -> None:
    for tree in ({"project": name}, {"project": "A", "id": name}):
        assert not apart(json.dumps(tree), "json")


NUMBERS = (
    *(
        "12.0",
        "12.50",
        "1e3",
        "1.50E+2",
        "-0",
        "-0.0",
        "0.1234567890123456789",
        "123456789.12345678",
    ),
    *(
        "1234567890123.12345678",
        "0.00001",
        "0.0000001",
        "1234567.0000001",
        "12345678901234567890.0",
    ),
    *("9007199254740993", "9007199254740993.0", "1e21", "1e22", "1e23", "100000000000000000000000"),
    *("100.10", "1.55e1", "1e400", "NaN", "-Infinity", "0.30000000000000004"),
)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_the_same_number_in_json_and_yaml(number: str) -> None:
    text = f'{{"project": "A", "answers": {{"estimated-value": {number}}}}}'
    assert not apart(text, "json")
    assert not apart(text, "yaml")


@pytest.mark.parametrize(
    "text", ["5", "null", '"x"', "{}", "[]", '[{"project": "A"}]', '{"a": 1, "a": 2}']
)
def test_what_is_no_tree_of_ours_is_refused_in_the_same_words(text: str) -> None:
    for syntax in ("json", "yaml", "json-ld"):
        assert not apart(text, syntax)


def test_one_project_of_several_is_chosen_alike() -> None:
    text = f"{HEAD}<p> a mtg:Project . <q> a mtg:Project ."
    for wanted in ("p", f"{PROJECT}q", "r", None):
        assert not apart(text, "turtle", wanted), wanted


def damaged(count: int) -> Iterator[tuple[str, str]]:
    """Yield texts of ours with one to three slips of the keyboard."""
    texts = [(p.read_text(), parse.SUFFIXES[p.suffix]) for p in library.projects().values()]
    texts += [(json.dumps(profile(n)), "json") for n in range(10)]
    graph = Graph().parse(HERE / "same-everywhere" / "six-fois.ttl", publicID=str(PROJECT))
    lines = written(to_canonical_graph(graph), "nt").splitlines(keepends=True)
    texts.append(("".join(sorted(lines)), "nt"))  # the same text each time, so the same slips
    draw = random.Random(3)  # noqa: S311 — a sample, not a secret
    marks = "<>\"'.;,[](){}@^_:#\\ \n\t-+0aA1éE|~=!?/$&%*"
    for _ in range(count):
        text, syntax = draw.choice(texts)
        for _ in range(draw.randint(1, 3)):
            at, mark = draw.randrange(len(text)), draw.choice(marks)
            text = draw.choice(
                [
                    text[:at] + text[at + 1 :],
                    text[:at] + mark + text[at:],
                    text[:at] + mark + text[at + 1 :],
                ]
            )
        yield text, syntax


@pytest.mark.parametrize("written", ["tru1", "TRUE", "yes", "1"])
def test_odd_typed_values_are_read_alike(written: str) -> None:
    value = f'"{written}"^^<{XSD.boolean}>'
    assert not apart(f"{HEAD}<p> a mtg:Project ; mtg:layersComplete {value} .", "turtle")


@pytest.mark.slow
def test_slips_of_the_keyboard_are_read_alike() -> None:
    read = 0
    for text, syntax in damaged(600):
        assert not apart(text, syntax), text
        read += len(said(partial(FAST, text, syntax))) == 4
    print(f"\n600 damaged texts, {read} of them read, the others refused in the same words")
    assert 100 < read < 500


def names(text: str, syntax: str = "turtle") -> frozenset[Any]:
    return frozenset(FAST(text, syntax).graph)


TREE = """{}<p> a mtg:Project ; mtg:x
  [ rdfs:label "a" ; mtg:y [ mtg:z 1 ] ], [ rdfs:label "a" ; mtg:y [ mtg:z 2 ] ], [ rdfs:label "b" ] ."""
SHARED = """{}<p> a mtg:Project ; mtg:x _:a, _:b ; mtg:y _:a .
  _:a rdfs:label "a" ; mtg:z _:b . _:b rdfs:label "b" ; mtg:z _:a ."""


@pytest.mark.parametrize("text", [TREE, SHARED], ids=["tree", "shared"])
def test_blank_nodes_have_the_same_names_in_any_syntax_and_any_order(text: str) -> None:
    wanted = names(text.format(HEAD))
    graph = Graph().parse(data=text.format(HEAD), format="turtle", publicID=str(PROJECT))
    for form, syntax in SYNTAXES.items():
        assert names(written(graph, form), syntax) == wanted, form
    lines = [line for line in written(graph, "nt").splitlines() if line]
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
    assert named(facts) is facts
