"""Read N-Triples line by line: what follows the subject is parsed once, then remembered.

Of many projects much is said in the same words: kinds of things, answers from closed lists.
"""

from __future__ import annotations

import re
from functools import lru_cache

import pyoxigraph as ox
from rdflib import XSD

from montages import settings
from montages.decision import limits
from montages.decision.facts import BLANK, MANY, Facts, Term
from montages.decision.fast.unusual import Unusual
from montages.decision.normal import numeric_properties, typed

_STRING = str(XSD.string)
# Blanks that rdflib does not expect, or expects: a pattern for each first character is found three times
# as fast as one pattern for all.
_SPACED_OTHERWISE = [
    re.compile(pattern).search for pattern in (r"_:[^\s<]*<", r'>[<"_]', r'"\s+[\^@]', r"\^\^\s")
]
# What N-Triples allows in an IRI, escapes apart: all that it allows more is told by `ox.NamedNode`.
_IRI, _LABEL = r"<([^\x00-\x20<>\"{}|^`\\]*)>", r"(_:[A-Za-z][A-Za-z0-9]*)"
_SUBJECT = re.compile(f"{_IRI}|{_LABEL}").fullmatch
_TO_NODE = re.compile(rf"{_IRI} (?:{_IRI}|{_LABEL}) +\.").fullmatch
# What is longer than this many characters is hardly said twice.
_LONG = 1000


def by_lines(text: str) -> Facts:
    """Return the facts of a text with a triple a line; raises TooLarge for a value over the limit.

    Raises Unusual for what rdflib may read otherwise, or not at all: what is wrong is not said here.
    """
    lines = text.split("\n")
    if len(lines) > limits.most_triples():
        raise Unusual
    facts, last, name = Facts(), "", ""
    properties: dict[str, list[Term]] = {}
    short = min(_LONG, settings.number("max_literal"))
    for line in lines:
        subject, _, rest = line.partition(" ")
        if subject != last:
            if not line or line.startswith("#"):
                continue
            last, name = subject, _subject(subject)
            if name.startswith(BLANK):
                facts.has_blank = True
            properties = facts.by_subject.setdefault(name, {})
        predicate, term, blank = _said(rest) if len(rest) < short else _parsed(rest)
        if blank:
            facts.has_blank = True
        values = properties.get(predicate)
        if values is None:
            properties[predicate] = [term]
        elif len(values) >= MANY:
            facts.add(name, predicate, term)
        elif term not in values:
            values.append(term)
    return facts


def _subject(token: str) -> str:
    """Return the name of a subject as facts hold it."""
    found = _SUBJECT(token)
    if found is None:
        raise Unusual
    return found[2] or _iri(found[1])


def _iri(text: str) -> str:
    if len(text) > _LONG:
        limits.check_text(len(text))
    try:
        return ox.NamedNode(text).value
    except ValueError as error:
        raise Unusual from error


def _parsed(rest: str) -> tuple[str, Term, bool]:
    """Return the property and the value of a line without its subject, and whether it is a blank node."""
    found = _TO_NODE(rest)
    if found is not None:
        return _iri(found[1]), found[3] or _iri(found[2]), found[3] is not None
    if any(found(rest) for found in _SPACED_OTHERWISE):
        raise Unusual
    try:
        (quad,) = ox.parse(f"<a:a> {rest}", format=ox.RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError) as error:  # ValueError: not one triple
        raise Unusual from error
    predicate, o = quad.predicate.value, quad.object
    if isinstance(o, ox.Literal):
        limits.check_text(len(o.value))
        return predicate, literal(o, predicate), False
    if isinstance(o, ox.Triple):  # of RDF 1.2
        raise Unusual
    blank = isinstance(o, ox.BlankNode)
    return predicate, BLANK + o.value if blank else o.value, blank


def literal(value: ox.Literal, predicate: str) -> ox.Literal:
    """Return a literal as facts hold it; raises Unusual for one with a direction, which is of RDF 1.2."""
    if value.language is not None:
        if value.direction is not None:
            raise Unusual
        return value
    datatype = value.datatype.value
    if datatype == _STRING:
        return value
    return typed(value.value, datatype, predicate in numeric_properties())


_said = lru_cache(maxsize=8192)(_parsed)
