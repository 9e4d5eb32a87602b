"""Read a description quickly: pyoxigraph for RDF, the published context for our keys.

Whatever is out of the ordinary, a fault above all, goes to `decision.parse`, which says what is wrong.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
from rdflib import XSD

from montages.decision import keys, parse
from montages.decision.description import Description, single
from montages.decision.facts import BLANK, Facts, Term
from montages.decision.fast_keys import facts_of
from montages.decision.naming import named
from montages.decision.normal import numeric_properties, typed
from montages.decision.unusual import Unusual
from montages.knowledge.context import knows_project_keys
from montages.names import PROJECT

_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "xml": ox.RdfFormat.RDF_XML,
}
_BASE = str(PROJECT)
_STRING = str(XSD.string)
# RDF 1.2, which pyoxigraph reads and rdflib does not: triple terms, directions, versions.
_ODD = ("<<", "--ltr", "--rtl", "VERSION", "version")


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
        parse.check_triples(len(facts))
        if facts.has_blank:
            facts = named(facts)
    except Unusual:
        return parse.parse(source, syntax, project)
    return single(facts, places, project)


def _read(text: str, syntax: str) -> Facts:
    if any(odd in text for odd in _ODD):
        raise Unusual
    facts, numbers = Facts(), numeric_properties()
    by_subject = facts.by_subject
    try:
        for quad in ox.parse(text, format=_FORMATS[syntax], base_iri=_BASE):
            s, p, o, _ = quad
            predicate = p.value
            if type(s) is ox.NamedNode:
                subject = s.value
            else:
                subject, facts.has_blank = BLANK + s.value, True
            term: Term
            if type(o) is ox.NamedNode:
                term = o.value
            elif type(o) is ox.Literal:
                term = o
                if o.language is None and o.datatype.value != _STRING:
                    term = typed(o.value, o.datatype.value, predicate in numbers)
            else:
                term, facts.has_blank = BLANK + o.value, True
            properties = by_subject.get(subject)
            if properties is None:
                properties = by_subject[subject] = {}
            values = properties.get(predicate)
            if values is None:
                properties[predicate] = [term]
            elif term not in values:
                values.append(term)
    except (SyntaxError, ValueError, OSError) as error:
        raise Unusual from error
    return facts
