"""A text in Turtle, JSON-LD, RDF/XML, N-Triples, or JSON or YAML by our keys, as one description or more."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable
from typing import Any
from xml.sax import SAXParseException

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from montages.bilingual import message
from montages.description import limits, well_formed
from montages.description.blank_nodes import name_blank_nodes
from montages.description.description import Description, choose_project, project_iris
from montages.description.facts import Facts, from_graph
from montages.description.literals import bind_literal_readers, normalize_literal, silent_terms
from montages.description.parsing.json_tree import parse_json, safe_json_ld
from montages.description.parsing.key_faults import KeyNotes
from montages.description.parsing.keys_to_json_ld import keys_to_json_ld
from montages.description.parsing.prescan import prescan
from montages.description.parsing.source_text import TREE_SYNTAXES, decode
from montages.description.parsing.syntax_errors import locate, syntax_error
from montages.errors import UnreadableInput, UnusableInput
from montages.knowledge.description_keys import knows_project_keys
from montages.names import PROJECT

# rdflib leaves out what has a space where an IRI is wanted, and says nothing: it reads this sign, which no
# text has, in place of each.
_SPACE = "\ufdd0"


def parse(source: bytes | str, syntax: str = "turtle", project: str | None = None) -> Description:
    """Return the description in a text; `syntax` is turtle, json-ld, xml, nt, json or yaml.

    Relative IRIs resolve against `https://w3id.org/montages/id/project/` (R30). Raises UnreadableInput for
    what is empty, binary or broken, TooLarge over the limits, UnusableInput for none or several projects.
    """
    text = decode(source)
    if syntax not in TREE_SYNTAXES:
        return choose_project(parse_rdf(text, syntax), {}, project).read_from(text, syntax)
    tree, places, notes = parse_tree(text, syntax), dict[str, str](), KeyNotes()
    if not isinstance(tree, (dict, list)):
        raise UnreadableInput(
            message("Key: value pairs are needed, such as “project: My project”.")
        )
    if knows_project_keys(tree):
        tree, places = keys_to_json_ld(tree, notes)
    description = choose_project(parse_json_ld(tree), places, project)
    return description.read_from(text, syntax, notes.readings)


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


def parse_rdf(text: str, syntax: str) -> Facts:
    """Return the facts of an RDF text, its values in one form and its blank nodes named.

    `syntax` is turtle, nt or xml; `parse_json_ld` reads JSON-LD. Raises UnreadableInput, TooLarge or
    IllFormed.
    """
    with silent_terms():
        graph = _rdflib_graph(text, syntax)
        if syntax == "json-ld":
            graph = _with_spaces(graph)
    limits.check_count("max_triples", len(graph))
    well_formed.check_graph(graph)
    literals_in_one_form = Graph()
    for s, p, o in graph:
        literals_in_one_form.add(
            (s, p, normalize_literal(o, str(p)) if isinstance(o, Literal) else o)
        )
    return name_blank_nodes(from_graph(literals_in_one_form))


def parse_json_ld(tree: Any) -> Facts:
    """Return the facts of a tree of JSON-LD; raises as `parse_rdf`."""
    text = json.dumps(safe_json_ld(tree), separators=(",", ":"))
    return parse_rdf(text.replace(" ", _SPACE), "json-ld")


def parse_tree(text: str, syntax: str) -> Any:
    """Return the tree of a JSON or YAML text.

    Raises UnreadableInput with line and column, TooLarge or IllFormed.
    """
    if syntax != "yaml":
        tree = parse_json(text)
    else:
        from montages.description.parsing.yaml_text import parse_yaml  # brings the YAML library

        tree = parse_yaml(text)
    well_formed.check_tree(tree, text)
    return tree


def _with_spaces(graph: Graph) -> Graph:
    spaced = Graph()
    for s, p, o in graph:
        spaced.add((_spaced(s), _spaced(p), _spaced(o)))
    return spaced


def _spaced(node: Node) -> Node:
    text = str(node)
    if _SPACE not in text:
        return node
    text = text.replace(_SPACE, " ")
    if isinstance(node, Literal):
        return Literal(text, lang=node.language, datatype=node.datatype)
    return URIRef(text)


def _rdflib_graph(text: str, syntax: str) -> Graph:
    if syntax == "xml" and re.search(r"<!(DOCTYPE|ENTITY)", text):
        raise UnreadableInput(message("DOCTYPE and ENTITY declarations are refused in RDF/XML."))
    prescan(text, syntax)
    bind_literal_readers()
    graph = Graph()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd literals are reported by the shapes
            graph.parse(data=text, format=syntax, publicID=str(PROJECT))
    except SAXParseException as error:
        at = (error.getLineNumber(), (error.getColumnNumber() or 0) + 1)
        raise syntax_error("RDF/XML", *at, error.getMessage()) from error
    except RecursionError as error:
        raise limits.too_deep() from error
    except Exception as error:
        raise syntax_error(syntax, *locate(error, text, syntax)) from error
    return graph
