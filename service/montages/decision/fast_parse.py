"""Read a description quickly: pyoxigraph for RDF, the published context for our keys.

Whatever is out of the ordinary, a fault above all, goes to `decision.parse`, which says what is wrong.
"""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
from rdflib import XSD

from montages import settings
from montages.decision import keys, limits, parse
from montages.decision.description import Description, single
from montages.decision.facts import BLANK, Facts, Term
from montages.decision.fast_keys import facts_of
from montages.decision.naming import named
from montages.decision.normal import numeric_properties, typed
from montages.decision.unusual import Unusual
from montages.knowledge.context import knows_project_keys
from montages.names import PROJECT

# Not RDF/XML: pyoxigraph's XML is not quite XML (line ends, character references, DOCTYPE).
_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
}
_BASE = str(PROJECT)
_STRING = str(XSD.string)
# N-Triples without the blanks that rdflib expects, or with others: a pattern for each first character is
# found three times as fast as one pattern for all.
_SPACED_OTHERWISE = [
    re.compile(pattern).search for pattern in (r"_:[^\s<]*<", r'>[<"_]', r'"\s+[\^@]', r"\^\^\s")
]
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
        if syntax in _FORMATS:
            facts = _read(text, syntax)
        elif syntax in ("json", "yaml", "json-ld"):
            tree = parse.tree(text, syntax)
            if not isinstance(tree, dict) or not knows_project_keys(tree):
                raise Unusual
            tree, places = keys.to_json_ld(tree)
            facts = facts_of(tree)
        else:
            raise Unusual
        limits.check_triples(len(facts))
        if facts.has_blank:
            facts = named(facts)
    except Unusual:
        return parse.parse(source, syntax, project)
    return single(facts, places, project)


def _read(text: str, syntax: str) -> Facts:
    if _odd(text, syntax):
        raise Unusual
    facts, numbers = Facts(), numeric_properties()
    by_subject, last = facts.by_subject, None
    most, longest = limits.most_triples(), settings.number("max_literal")
    named_node, blank_node, literal = ox.NamedNode, ox.BlankNode, ox.Literal
    term: Term
    try:
        for count, quad in enumerate(ox.parse(text, format=_FORMATS[syntax], base_iri=_BASE)):
            if count >= most:
                raise limits.more_triples()
            s, predicate, o = quad.subject, quad.predicate.value, quad.object
            if type(s) is named_node:
                subject = s.value
            elif type(s) is blank_node:
                subject, facts.has_blank = BLANK + s.value, True
            else:  # RDF 1.2, which rdflib does not read: a triple, and below an object or a direction
                raise Unusual
            if type(o) is named_node:
                term = o.value
            elif type(o) is literal:
                term, value = o, o.value
                if len(value) > longest:
                    limits.check_text(len(value))
                if o.language is not None:
                    if o.direction is not None:
                        raise Unusual
                elif (datatype := o.datatype.value) != _STRING:
                    term = typed(value, datatype, predicate in numbers)
            elif type(o) is blank_node:
                term, facts.has_blank = BLANK + o.value, True
            else:
                raise Unusual
            if subject != last:
                last, properties = subject, by_subject.setdefault(subject, {})
            values = properties.get(predicate)
            if values is None:
                properties[predicate] = [term]
            elif term not in values:
                values.append(term)
    except (SyntaxError, ValueError, OSError) as error:
        raise Unusual from error
    return facts


def _odd(text: str, syntax: str) -> bool:
    """Tell whether pyoxigraph and rdflib may read a text otherwise."""
    raw = text.encode().lower()  # bytes: ten times as quick as text
    if b"version" in raw:  # of RDF 1.2, in any case
        return True
    if syntax == "nt":
        return any(found(text) for found in _SPACED_OTHERWISE)
    return bool(_REFERENCE.search(text) or _NEW_BASE.search(raw))
