"""Where findings stand in the text that was checked, and the order they are listed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from rdflib import SH, URIRef

from montages.bilingual import Text
from montages.description.description import Description
from montages.description.parsing.source_text import TREE_SYNTAXES
from montages.description.places.place_index import PlaceLookup
from montages.knowledge.compiled.answer_shapes import coherence_shape, description_shapes
from montages.knowledge.rulebook import rulebook
from montages.names import SHAPE
from montages.validation.findings import Finding

if TYPE_CHECKING:
    from montages.description.tables.read_table import RowPlaces

_ANSWER = str(SHAPE["Answer-"])


def placed(findings: Iterable[Finding], description: Description) -> tuple[Finding, ...]:
    """Return findings on a description, in their order, with their places in its text, if it has one."""
    if not description.is_written:
        from montages.description.tables.read_table import RowDescription  # for tables only

        if isinstance(description, RowDescription):
            return tuple(in_cells(finding, description.cells) for finding in findings)
    if description.source is None:
        return tuple(findings)
    text, syntax = description.source
    lookup = places_in_text(text, syntax, description.places)
    located = tuple(_with_place(finding, lookup) for finding in findings)
    return located if description.is_written else tuple(map(_without_line, located))


def places_in_text(
    text: str, syntax: str, pointers: Mapping[str, str] = MappingProxyType({})
) -> PlaceLookup:
    """Return where the statements of a text stand, which a parser has read without error.

    `pointers` are those of the nodes of a text by our keys (fragment → pointer).
    """
    # JSON and YAML bring the YAML library, Turtle a pattern that takes long to compile.
    if syntax in TREE_SYNTAXES:
        from montages.description.places.json_yaml import KeyedPlaces, TextTree, json_ld_places

        tree = TextTree(text, syntax)
        return KeyedPlaces(tree, pointers) if pointers else json_ld_places(tree)
    if syntax == "xml":
        from montages.description.places.rdf_places import xml_places

        return xml_places(text)
    from montages.description.places.rdf_places import turtle_places

    return turtle_places(text)


def _without_line(finding: Finding) -> Finding:
    related = tuple(replace(place, line=0, column=0) for place in finding.related)
    return replace(finding, line=None, column=None, related=related)


def in_cells(finding: Finding, places: RowPlaces) -> Finding:
    """Return a finding on a row with the cells that it is about, the row where the table has no such cell."""
    column = places.column_at(finding.where or "/")
    paths = [finding.path] if finding.path else answer_properties(finding.constraint)
    about = [column] if column is not None else [places.column_of(path) for path in paths]
    first, *others = (places.of(subject) for subject in about or [None])
    # The cell says where: the pointer is of a tree that nobody has written.
    fr, en = (
        message.removeprefix(f"{finding.where}{mark}")
        for message, mark in ((finding.message.fr, " : "), (finding.message.en, ": "))
    )
    message = Text(fr[:1].upper() + fr[1:], en[:1].upper() + en[1:])
    return replace(finding, message=message).at(first, *others)


def with_places(findings: Iterable[Finding], lookup: PlaceLookup) -> tuple[Finding, ...]:
    """Return findings with their places, each once, gravest first."""
    return in_order(f if f.line else _with_place(f, lookup) for f in findings)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings each once, gravest first, then in the order of the text."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda f: (f.key(), f.where or "")))


def _with_place(finding: Finding, lookup: PlaceLookup) -> Finding:
    paths = [finding.path] if finding.path else answer_properties(finding.constraint) or [""]
    places = [lookup.place_of(finding.focus, path, finding.value) for path in paths]
    place, *others = places
    return finding if place is None else finding.at(place, *filter(None, others))


def answer_properties(constraint: str) -> list[str]:
    """Return the properties of a constraint on answers: to one criterion, or to two that go ill together."""
    if constraint.startswith(_ANSWER):
        return [str(description_shapes().value(URIRef(constraint), SH.targetSubjectsOf) or "")]
    book = rulebook()
    return [
        str(book.criteria[clause.criterion].property)
        for incoherence in book.incoherences
        if constraint == str(coherence_shape(incoherence))
        for clause in incoherence.between
    ]
