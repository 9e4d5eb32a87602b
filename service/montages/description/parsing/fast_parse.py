"""A text as a description, quickly: pyoxigraph for RDF, the published context for our keys.

It raises Unsupported for whatever is out of the ordinary, a fault above all: `description.parsing.parse`
reads that, and has the messages.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from montages import settings
from montages.description import limits
from montages.description.blank_nodes import name_blank_nodes
from montages.description.description import Description, choose_project
from montages.description.facts import BLANK, Facts, Term
from montages.description.literals import normalize_ox_literal
from montages.description.parsing.ntriples_lines import parse_lines
from montages.description.parsing.source_text import decode
from montages.description.well_formed import may_be_read_as_is
from montages.errors import Unsupported
from montages.names import PROJECT

_BASE = str(PROJECT)
# References and bases that rdflib resolves otherwise than RFC 3986: `a#b:c`, `?a`, `a/./b`, `https:a`.
_REFERENCE = re.compile(r"<(?:[?.]|[^:<>\s#/?]*+[#/?][^:<>\s]*+:|(?:[^:<>\s/]|/(?!\.))*+/\.)")
# The declaration of a version is of RDF 1.2, which rdflib does not read; `mtg:RequirementVersion` is none.
_VERSION = re.compile(rb"(?<![\w:-])version\s*[\"'#]")
_NEW_BASE = re.compile(rb"base\s*<(?!https?://[\w.-]+/(?:[\w-]+/)*[\w-]*>)")


def parse(source: bytes | str, syntax: str = "turtle", project: str | None = None) -> Description:
    """Return the description in a text; raises as `description.parsing.parse.parse`.

    Raises Unsupported for what is out of the ordinary, a fault above all.
    """
    text = decode(source)
    if syntax in ("json", "yaml", "json-ld"):
        return _parse_keys(text, syntax, project)
    return choose_project(parse_rdf(text, syntax), {}, project).read_from(text, syntax)


def _parse_keys(text: str, syntax: str, project: str | None) -> Description:
    # What reads keys, and guesses at those misspelt, takes as long to import as a text in Turtle to assess.
    from montages.description.parsing.key_notes import KeyNotes
    from montages.description.parsing.keys_to_facts import keys_to_facts
    from montages.description.parsing.keys_to_json_ld import keys_to_json_ld
    from montages.description.parsing.parse import parse_tree
    from montages.knowledge.description_keys import knows_project_keys

    tree, notes = parse_tree(text, syntax), KeyNotes()
    if not isinstance(tree, dict) or not knows_project_keys(tree):
        raise Unsupported
    tree, places = keys_to_json_ld(tree, notes)
    facts = _checked(keys_to_facts(tree), text)
    return choose_project(facts, places, project).read_from(text, syntax, notes.readings)


def parse_rdf(text: str, syntax: str) -> Facts:
    """Return the facts of an RDF text, as `description.parsing.parse.parse_rdf`; raises Unsupported too."""
    if syntax == "turtle":
        return _checked(_turtle(text), text)
    if syntax == "nt":
        return _checked(parse_lines(text), text)
    raise Unsupported  # RDF/XML: pyoxigraph's is not quite XML (line ends, character references, DOCTYPE)


def _checked(facts: Facts, text: str) -> Facts:
    """Return facts within the limits, their blank nodes named; raises as limits do, and Unsupported."""
    limits.check_triples(len(facts))
    if not may_be_read_as_is(facts, text):
        raise Unsupported
    return name_blank_nodes(facts) if facts.has_blank else facts


def _turtle(text: str) -> Facts:
    limits.check_namespaces(text, "turtle")
    raw = text.encode().lower()  # bytes: ten times as quick as text
    # Nor does rdflib read a triple or a direction as a term, met below.
    if _VERSION.search(raw) or _REFERENCE.search(text) or _NEW_BASE.search(raw):
        raise Unsupported
    facts = Facts()
    most, longest = limits.most_triples(), settings.number("max_literal")
    named_node, blank_node, text_node = ox.NamedNode, ox.BlankNode, ox.Literal
    term: Term
    try:
        for count, quad in enumerate(ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=_BASE)):
            if count >= most:
                raise limits.too_many_triples()
            s, predicate, o = quad.subject, quad.predicate.value, quad.object
            if type(s) is named_node:
                subject = s.value
            elif type(s) is blank_node:
                subject, facts.has_blank = BLANK + s.value, True
            else:
                raise Unsupported
            if type(o) is named_node:
                term = o.value
            elif type(o) is text_node:
                if len(o.value) > longest:
                    limits.check_text(len(o.value))
                term = normalize_ox_literal(o, predicate)
            elif type(o) is blank_node:
                term, facts.has_blank = BLANK + o.value, True
            else:
                raise Unsupported
            if len(subject) > longest or (type(term) is str and len(term) > longest):
                limits.check_text(max(len(subject), len(str(term))))
            facts.add(subject, predicate, term)
    except (SyntaxError, ValueError, OSError) as error:
        raise Unsupported from error
    return facts
