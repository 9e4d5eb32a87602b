"""Read a description quickly: pyoxigraph for RDF, the published context for our keys.

Whatever is out of the ordinary, a fault above all, goes to `decision.parse`, which says what is wrong.
"""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox

from montages import settings
from montages.decision import keys, limits, parse
from montages.decision.description import Description, single
from montages.decision.facts import BLANK, Facts, Term
from montages.decision.fast.keys import facts_of
from montages.decision.fast.lines import by_lines, literal
from montages.decision.fast.unusual import Unusual
from montages.decision.naming import named
from montages.knowledge.context import knows_project_keys
from montages.names import PROJECT

_BASE = str(PROJECT)
# References and bases that rdflib resolves otherwise than RFC 3986: `a#b:c`, `?a`, `a/./b`, `https:a`.
_REFERENCE = re.compile(r"<(?:[?.]|[^:>\s]*(?:/\.|[#/?][^>\s]*:))")
_NEW_BASE = re.compile(rb"base\s*<(?!https?://[\w.-]+/(?:[\w-]+/)*[\w-]*>)")


def parse_file(path: str | Path, project: str | None = None) -> Description:
    """Return the description in a file; raises as `decision.parse.parse_file`."""
    path = Path(path)
    syntax = parse.SUFFIXES.get(path.suffix.lower())
    if syntax is None or not path.is_file():
        return parse.parse_file(path, project)
    try:
        source = path.read_bytes()
    except OSError:
        return parse.parse_file(path, project)
    return read(source, syntax, project)


def read(source: bytes | str, syntax: str = "turtle", project: str | None = None) -> Description:
    """Return the description in a text; raises as `decision.parse.parse`."""
    text, places = parse.decode(source), dict[str, str]()
    try:
        if syntax == "turtle":
            facts = _turtle(text)
        elif syntax == "nt":
            facts = by_lines(text)
        elif syntax in ("json", "yaml", "json-ld"):
            tree = parse.tree(text, syntax)
            if not isinstance(tree, dict) or not knows_project_keys(tree):
                raise Unusual
            tree, places = keys.to_json_ld(tree)
            facts = facts_of(tree)
        else:  # RDF/XML: pyoxigraph's is not quite XML (line ends, character references, DOCTYPE)
            raise Unusual
        limits.check_triples(len(facts))
        if facts.has_blank:
            facts = named(facts)
    except Unusual:
        return parse.parse(source, syntax, project)
    return single(facts, places, project)


def _turtle(text: str) -> Facts:
    raw = text.encode().lower()  # bytes: ten times as quick as text
    # A version is of RDF 1.2, which rdflib does not read; nor a triple or a direction, met below.
    if b"version" in raw or _REFERENCE.search(text) or _NEW_BASE.search(raw):
        raise Unusual
    facts = Facts()
    most, longest = limits.most_triples(), settings.number("max_literal")
    named_node, blank_node, text_node = ox.NamedNode, ox.BlankNode, ox.Literal
    term: Term
    try:
        for count, quad in enumerate(ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=_BASE)):
            if count >= most:
                raise limits.more_triples()
            s, predicate, o = quad.subject, quad.predicate.value, quad.object
            if type(s) is named_node:
                subject = s.value
            elif type(s) is blank_node:
                subject, facts.has_blank = BLANK + s.value, True
            else:
                raise Unusual
            if type(o) is named_node:
                term = o.value
            elif type(o) is text_node:
                if len(o.value) > longest:
                    limits.check_text(len(o.value))
                term = literal(o, predicate)
            elif type(o) is blank_node:
                term, facts.has_blank = BLANK + o.value, True
            else:
                raise Unusual
            if len(subject) > longest or (type(term) is str and len(term) > longest):
                limits.check_text(max(len(subject), len(str(term))))
            facts.add(subject, predicate, term)
    except (SyntaxError, ValueError, OSError) as error:
        raise Unusual from error
    return facts
