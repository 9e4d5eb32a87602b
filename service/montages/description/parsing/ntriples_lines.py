"""N-Triples as facts, line by line: what follows the subject is parsed once, then looked up.

Many projects share most of their lines but for the subject: kinds of things, answers from closed lists.
"""

from __future__ import annotations

import re
from functools import lru_cache

import pyoxigraph as ox

from montages import settings
from montages.description import limits
from montages.description.facts import BLANK, MANY, Facts, Term
from montages.description.literals import normalize_ox_literal
from montages.errors import Unsupported

# Blanks that rdflib does not expect, or expects: a pattern for each first character matches three times
# as fast as one pattern for all.
_SPACED_OTHERWISE = [
    re.compile(pattern).search
    for pattern in (r"(?<![^\s<>\"])_:[^\s<]*+<", r'>[<"_]', r'"\s+[\^@]', r"\^\^\s")
]
# What N-Triples allows in an IRI, escapes apart; `ox.NamedNode` decides on more than the characters.
_IRI, _LABEL = r"<([^\x00-\x20<>\"{}|^`\\]*)>", r"(_:[A-Za-z][A-Za-z0-9]*)"
_SUBJECT = re.compile(f"{_IRI}|{_LABEL}").fullmatch
_TO_NODE = re.compile(rf"{_IRI} (?:{_IRI}|{_LABEL}) +\.").fullmatch
# What is longer than this many characters hardly occurs twice.
_LONG = 1000


def parse_lines(text: str) -> Facts:
    """Return the facts of a text with a triple a line; raises TooLarge for a value over the limit.

    Raises Unsupported for what rdflib may read otherwise, or not at all: its message is the one for the user.
    """
    lines = text.split("\n")
    if len(lines) > limits.most_triples():
        raise Unsupported
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
        predicate, term, blank = _parse_cached(rest) if len(rest) < short else _parse_rest(rest)
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
    match = _SUBJECT(token)
    if match is None:
        raise Unsupported
    return match[2] or _iri(match[1])


def _iri(text: str) -> str:
    if len(text) > _LONG:
        limits.check_text(len(text))
    try:
        return ox.NamedNode(text).value
    except ValueError as error:
        raise Unsupported from error


def _parse_rest(rest: str) -> tuple[str, Term, bool]:
    """Return the property and the value of a line without its subject, and whether it is a blank node."""
    match = _TO_NODE(rest)
    if match is not None:
        return _iri(match[1]), match[3] or _iri(match[2]), match[3] is not None
    if any(search(rest) for search in _SPACED_OTHERWISE):
        raise Unsupported
    try:
        (quad,) = ox.parse(f"<a:a> {rest}", format=ox.RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError) as error:  # ValueError: not one triple
        raise Unsupported from error
    predicate, o = quad.predicate.value, quad.object
    if isinstance(o, ox.Literal):
        limits.check_text(len(o.value))
        return predicate, normalize_ox_literal(o, predicate), False
    if isinstance(o, ox.Triple):  # of RDF 1.2
        raise Unsupported
    blank = isinstance(o, ox.BlankNode)
    return predicate, BLANK + o.value if blank else o.value, blank


_parse_cached = lru_cache(maxsize=8192)(_parse_rest)
