"""A text as a description, quickly: pyoxigraph for RDF, the published context for our keys.

It raises Unsupported for whatever is out of the ordinary, a fault above all: `description.parsing.parse`
reads that, and has the messages. N-Triples are read line by line, what follows the subject parsed once and
then looked up: many projects share most of their lines but for the subject (kinds of things, answers from
closed lists).
"""

from __future__ import annotations

import re
from functools import lru_cache

import pyoxigraph as ox

from montages import settings
from montages.description import limits
from montages.description.blank_nodes import name_blank_nodes
from montages.description.description import Description, choose_project
from montages.description.facts import BLANK, MANY, Facts, Term
from montages.description.literals import normalize_ox_literal
from montages.description.parsing.source_text import TREE_SYNTAXES, decode
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
    if syntax in TREE_SYNTAXES:
        return _parse_keys(text, syntax, project)
    return choose_project(parse_rdf(text, syntax), {}, project).read_from(text, syntax)


def _parse_keys(text: str, syntax: str, project: str | None) -> Description:
    # What reads keys, and guesses at those misspelt, takes as long to import as a text in Turtle to assess.
    from montages.description.parsing.key_faults import KeyNotes
    from montages.description.parsing.keys_to_facts import keys_to_facts
    from montages.description.parsing.keys_to_json_ld import keys_to_json_ld
    from montages.description.parsing.parse import parse_tree
    from montages.knowledge.description_keys import knows_project_keys

    tree, notes = parse_tree(text, syntax), KeyNotes()
    if not knows_project_keys(tree):
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
    limits.check_count("max_triples", len(facts))
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
