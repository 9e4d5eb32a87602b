"""A text in Turtle, JSON-LD, RDF/XML, N-Triples, or JSON or YAML by our keys, as one description or more.

The engine's parser reads RDF leniently: `well_formed` tells what may not stand in it, with its place.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from montages import settings
from montages.bilingual import message
from montages.description import limits, well_formed
from montages.description.blank_nodes import name_blank_nodes
from montages.description.description import Description, choose_project, project_iris
from montages.description.facts import BLANK, Facts, normalize_literal
from montages.description.parsing.source_text import TREE_SYNTAXES, decode
from montages.description.parsing.syntax_errors import parser_fault, syntax_error
from montages.description.parsing.xml_text import XmlLines, checked_xml
from montages.errors import UnreadableInput, UnusableInput
from montages.knowledge.description_keys import knows_project_keys
from montages.names import PROJECT

if TYPE_CHECKING:
    from montages.knowledge.panel import PanelCase

# Reads the facts of an RDF text in a syntax.
FactsOf = Callable[[str, str], Facts]
_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "xml": ox.RdfFormat.RDF_XML,
    "json-ld": ox.RdfFormat.JSON_LD,
}
_NAMES = {"xml": "RDF/XML", "json-ld": "JSON-LD", "trig": "TriG", "nq": "N-Quads"}
_BASE = str(PROJECT)


def parse_rdf(text: str, syntax: str) -> Facts:
    """Return the facts of an RDF text, its values in one form and its blank nodes named.

    `syntax` is turtle, nt, xml or json-ld (`parse_json_ld` takes one that was checked), or trig or nq, whose
    graphs are taken together. Raises UnreadableInput, TooLarge or IllFormed.
    """
    limits.check_namespaces(text, syntax)
    source: Any = checked_xml(text) if syntax == "xml" else text
    facts = Facts()
    most, longest = limits.most_triples(), settings.number("max_literal")
    try:
        quads = ox.parse(source, format=_FORMATS[syntax], base_iri=_BASE, lenient=True)
        for count, quad in enumerate(quads):
            if count >= most:
                raise limits.too_many_triples()
            subject, predicate = fact_term(quad.subject, "", longest), quad.predicate.value
            if syntax == "json-ld" and ":" not in predicate:
                continue  # a key that the context does not tell
            facts.add(subject, predicate, fact_term(quad.object, predicate, longest))
    except (SyntaxError, ValueError) as error:
        line, column, detail = parser_fault(error, text if syntax != "json-ld" else "")
        if isinstance(source, XmlLines) and line is None:
            line, column = source.number, 1
        raise syntax_error(_NAMES.get(syntax, syntax), line, column, detail) from error
    limits.check_count("max_triples", len(facts))
    well_formed.check_facts(facts)
    return name_blank_nodes(facts)


def fact_term(node: Any, predicate: str = "", longest: int = sys.maxsize) -> Any:
    """Return a node of the parser as a term of facts; raises TooLarge or ValueError."""
    kind = type(node)
    if kind is ox.BlankNode:
        return BLANK + node.value
    if kind is ox.Triple or (kind is ox.Literal and node.direction is not None):
        raise ValueError(
            f"'{'<<' if kind is ox.Triple else '--'}' is of RDF 1.2, which is not read"
        )
    if len(node.value) > longest:
        limits.check_text(len(node.value))
    if kind is ox.NamedNode:
        return node.value
    try:
        return normalize_literal(node, predicate)
    except ValueError:  # its type is no IRI
        return node


def parse_json_ld(tree: Any, facts_of: FactsOf = parse_rdf) -> Facts:
    """Return the facts of a tree of JSON-LD; raises as `parse_rdf`."""
    from montages.description.parsing.json_tree import safe_json_ld

    return facts_of(json.dumps(safe_json_ld(tree), separators=(",", ":")), "json-ld")


def parse(
    source: bytes | str,
    syntax: str = "turtle",
    project: str | None = None,
    facts_of: FactsOf | None = None,
) -> Description:
    """Return the description in a text; `syntax` is turtle, json-ld, xml, nt, json or yaml.

    Another reader of RDF than `parse_rdf` may be given: our keys then go to it as JSON-LD.

    Relative IRIs resolve against `https://w3id.org/montages/id/project/` (R30). Raises UnreadableInput for
    what is empty, binary or broken, TooLarge over the limits, UnusableInput for none or several projects.
    """
    text = decode(source)
    if syntax not in TREE_SYNTAXES:
        facts = (facts_of or parse_rdf)(text, syntax)
        return choose_project(facts, {}, project).read_from(text, syntax)
    # What reads keys, and guesses at those misspelt, takes as long to import as a text in Turtle to assess.
    from montages.description.parsing.key_faults import KeyNotes
    from montages.description.parsing.keys_to_facts import keys_to_facts, keys_to_json_ld

    tree, places, notes = parse_tree(text, syntax), dict[str, str](), KeyNotes()
    if not isinstance(tree, (dict, list)):
        raise UnreadableInput(
            message("Key: value pairs are needed, such as “project: My project”.")
        )
    if not knows_project_keys(tree):
        facts = parse_json_ld(tree, facts_of or parse_rdf)
    else:
        tree, places = keys_to_json_ld(tree, notes)
        facts = keys_to_facts(tree)  # it says what is at fault
        if facts_of:
            facts = parse_json_ld(tree, facts_of)
    return choose_project(facts, places, project).read_from(text, syntax, notes.readings)


def parse_many(
    source: bytes | str, syntax: str, parse_one: Callable[[bytes | str, str], Description]
) -> list[Description]:
    """Return the descriptions of a text, in the order of their IRIs; `parse_one` parses a lone one.

    Raises as `parse`.
    """
    try:
        return [parse_one(source, syntax)]
    except UnusableInput:
        # No project, or more than one: only then is the text read again.
        descriptions = every_project(decode(source), syntax)
        if len(descriptions) < 2:
            raise
        return descriptions


def every_project(text: str, syntax: str) -> list[Description]:
    """Return a description for each project of an RDF text; none for our keys, which hold one project."""
    if syntax not in TREE_SYNTAXES:
        facts = parse_rdf(text, syntax)
    elif knows_project_keys(tree := parse_tree(text, syntax)):
        return []
    else:
        facts = parse_json_ld(tree)
    return [Description(facts, project) for project in project_iris(facts)]


def parse_tree(text: str, syntax: str) -> Any:
    """Return the tree of a JSON or YAML text.

    Raises UnreadableInput with line and column, TooLarge or IllFormed.
    """
    if syntax != "yaml":
        from montages.description.parsing.json_tree import parse_json

        tree = parse_json(text)
    else:
        from montages.description.parsing.yaml_text import parse_yaml  # brings the YAML library

        tree = parse_yaml(text)
    well_formed.check_tree(tree, text)
    return tree


def panel_description(case: PanelCase) -> Description:
    """Return the description of a case; raises as `parse`."""
    tree = {"project": case.title.fr, **case.tree, "id": f"panel-{case.slug}"}
    return parse(json.dumps(tree), "json")
