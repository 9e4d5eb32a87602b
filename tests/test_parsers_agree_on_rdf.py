"""The two parsers give the same of odd Turtle, N-Triples and RDF/XML (R11, R30)."""

from __future__ import annotations

import pytest
from rdflib import XSD

from montages.names import PROJECT
from parsing_comparison import HEAD, difference

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
    assert not difference(f"{HEAD}<p> a mtg:Project ; {prop} {VALUES[case]} .\n", "turtle")


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
    "a version after a comment": 'VERSION # of RDF\n "1.2"\n{}<p> a mtg:Project .',
    "a version without a blank": "{}<p> a mtg:Project .VERSION'1.2'",
    "a version after a base": '@base <http://e/> .BASE <http://e/>VERSION "1.2" {}<p> a mtg:Project .',
    "names with version": '{}<p> a mtg:Project ; mtg:version "1" ; mtg:old-version "1.2" .',
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
    assert not difference(WHOLE[case].format(HEAD), "turtle")


@pytest.mark.parametrize("written", ["tru1", "TRUE", "yes", "1"])
def test_odd_typed_values_are_read_alike(written: str) -> None:
    value = f'"{written}"^^<{XSD.boolean}>'
    assert not difference(f"{HEAD}<p> a mtg:Project ; mtg:layersComplete {value} .", "turtle")


def test_one_project_of_several_is_chosen_alike() -> None:
    text = f"{HEAD}<p> a mtg:Project . <q> a mtg:Project ."
    for wanted in ("p", f"{PROJECT}q", "r", None):
        assert not difference(text, "turtle", wanted), wanted


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
    assert not difference(LINE + LINES[case], "nt")


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
    assert not difference(XML[case], "xml")
