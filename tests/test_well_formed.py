"""What cannot stand in RDF is refused where it is read, with its place, by both engines and at every door."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from commands import run
from ill_formed import IRI, IRIS, SOURCE, TAGS, TEXTS, TYPE, statements
from montages import load
from montages.description.well_formed import iri_fault, language_fault
from montages.errors import MontagesError, Refused, UnreadableInput
from montages.hidden_signs import HIDDEN

CASES = [
    pytest.param(syntax, text, id=f"{form}: {kind}")
    for kind, said in [
        *((f"{name} in an address", {"iri": iri}) for name, iri in IRIS.items()),
        *((f"{name} of a language", {"tag": tag}) for name, tag in TAGS.items()),
        *((f"{name} in a text", {"text": text}) for name, text in TEXTS.items()),
    ]
    for form, syntax, text in statements(**said)
]


@pytest.mark.parametrize(("syntax", "text"), CASES)
def test_a_value_that_cannot_stand_in_rdf_is_refused_with_its_place(syntax: str, text: str) -> None:
    for engine in ("fast", "reference"):
        with pytest.raises((Refused, UnreadableInput)) as refused:
            load(engine).read(text=text, syntax=syntax)
        error = refused.value
        told = error.findings[0].to_json("fr") if isinstance(error, Refused) else error.extra
        assert told.get("line") or told.get("where"), error


def test_every_one_of_several_is_told() -> None:
    text = f'<{IRI}> a <{TYPE}> ; <{SOURCE}> <http://e.org/a b>,\n <http://e.org/"> ; <{SOURCE}x> "\\uFFFE" .'
    with pytest.raises(Refused) as refused:
        load("fast").read(text=text, syntax="turtle")
    lines = [finding.line for finding in refused.value.findings]
    assert lines == [1, 2, 2]


@pytest.mark.parametrize("iri", IRIS.values())
def test_an_address_is_what_the_store_takes(iri: str) -> None:
    assert iri_fault(iri) is not None
    with pytest.raises((ValueError, UnicodeEncodeError)):
        ox.NamedNode(iri)


def test_a_language_is_what_the_store_takes() -> None:
    assert [tag for tag in ("fr", "fr-CA", "zh-Hant", "x-a") if language_fault(tag)] == []
    assert all(map(language_fault, [*TAGS.values(), "", "fr_FR", "fr-"]))


def test_no_character_that_xml_leaves_out_is_let_in() -> None:
    xml = {9, 10, 13, *range(0x20, 0xD800), *range(0xE000, 0xFFFE), *range(0x10000, 0x110000)}
    outside = [code for code in range(0x110000) if code not in xml]
    assert [code for code in outside if not HIDDEN.fullmatch(chr(code))] == []
    nonchars = [0x10000 * n + low for n in range(17) for low in (0xFFFE, 0xFFFF)]
    assert all(HIDDEN.fullmatch(chr(code)) for code in [*nonchars, *range(0xFDD0, 0xFDF0)])


BAD = f"<{IRI}> a <{TYPE}> ; <{SOURCE}> <http://e.org/a b> ."
BAD_NAME = json.dumps({"project": "a\ufffeb", "holder": "Commune"})


@pytest.mark.parametrize(("name", "text"), [("a.ttl", BAD), ("a.json", BAD_NAME)])
def test_the_commands_refuse_it(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    for command in (["check"], ["assess"], ["assess", "--anyway"], ["compose"]):
        ran = run(*command, str(path))
        assert ran.code == 1, command
        assert ("%20" if name == "a.ttl" else "U+FFFE") in ran.out + ran.err, command


def test_a_tree_of_a_program_is_told_by_its_pointer() -> None:
    for tree, where in (
        ({"project": "a\ufffeb"}, "/project"),
        ({"project": "x", "perimeters": {"a": {"label": "\ud800"}}}, "/perimeters/a/label"),
    ):
        with pytest.raises(MontagesError) as refused:
            load("fast").read(tree)
        assert isinstance(refused.value, Refused)
        assert refused.value.findings[0].where == where


def test_a_table_tells_it_in_its_cell() -> None:
    with pytest.raises(Refused) as refused:
        load("fast").read("project;holder-type\na\ufffeb;Commune\n".encode(), "csv")
    assert refused.value.findings[0].cell == "A2"


def test_a_full_list_of_faults_is_bounded() -> None:
    values = ", ".join(f"<http://e.org/{n} b>" for n in itertools.islice(itertools.count(), 5000))
    with pytest.raises(MontagesError) as refused:
        load("fast").read(text=f"<{IRI}> a <{TYPE}> ; <{SOURCE}> {values} .", syntax="turtle")
    assert refused.value.status == 413
