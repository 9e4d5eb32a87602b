"""Values that cannot stand in RDF, written in each syntax: addresses, languages, texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from montages.names import MTG, PROJECT

IRI, NAME, TYPE = f"{PROJECT}p", "http://www.w3.org/2000/01/rdf-schema#label", f"{MTG}Project"
SOURCE = "http://purl.org/dc/terms/source"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
# RFC 3987: what no IRI may hold, a host that is none, a percent sign without its two digits.
IRIS = {
    "a space": "http://e.org/a b",
    "a quote": 'http://e.org/a"b',
    "a brace": "http://e.org/a{b",
    "a bar": "http://e.org/a|b",
    "a caret": "http://e.org/a^b",
    "a bracket": "http://e.org/a[b",
    "a backtick": "http://e.org/a`b",
    "a percent sign": "http://e.org/a%zzb",
    "a host": "http://[::g]/a",
    "a port": "http://e.org:x/a",
    "a control": "http://e.org/a\u0001b",
    "a noncharacter": "http://e.org/a\ufdd0b",
    "U+FFFE": "http://e.org/a\ufffeb",
    "U+1FFFF": "http://e.org/a\U0001ffffb",
    "a private character": "http://e.org/a\ue000b",
}
# BCP 47: subtags of more than eight signs, an extension without any.
TAGS = {"a long subtag": "fr-abcdefghij", "an extension of nothing": "en-a-b"}
# XML 1.0, and what nobody sees.
TEXTS = {
    "U+0000": "a\u0000b",
    "a control": "a\u0001b",
    "U+FFFE": "a\ufffeb",
    "U+FFFF": "a\uffffb",
    "U+FDD0": "a\ufdd0b",
    "U+10FFFF": "a\U0010ffffb",
    "a turned text": "a\u202eb",
    "half a character": "a\ud800b",
}


def statements(iri: str = "", tag: str = "fr", text: str = "x") -> Iterator[tuple[str, str, str]]:
    """Yield a project with such a value as (form, syntax, text), where the syntax can say it."""
    value = f'"{_escaped(text)}"@{tag}'
    yield "turtle, escaped", "turtle", _turtle(f"<{_escaped(iri)}>", value, iri)
    yield "nt, escaped", "nt", _triples(f"<{_escaped(iri)}>", value, iri)
    tree: dict[str, object] = {"@id": IRI, "@type": TYPE, NAME: {"@value": text, "@language": tag}}
    yield "json-ld", "json-ld", json.dumps(tree | ({SOURCE: {"@id": iri}} if iri else {}))
    if _plain(iri + text):
        yield "turtle", "turtle", _turtle(f"<{iri}>", f'"{text}"@{tag}', iri)
        yield "nt", "nt", _triples(f"<{iri}>", f'"{text}"@{tag}', iri)
        yield "xml", "xml", _xml(iri, tag, text)


def _plain(text: str) -> bool:
    """Tell whether a text can be written as it is: UTF-8 has no half characters, no file a NUL."""
    return not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in text)


def _escaped(text: str) -> str:
    def sign(c: str) -> str:
        if " " < c < "\x7f" and c not in '<>"{}|^`\\':
            return c
        return f"\\u{ord(c):04X}" if ord(c) < 0x10000 else f"\\U{ord(c):08X}"

    return "".join(map(sign, text))


def _turtle(iri: str, value: str, said: str) -> str:
    source = f" ;\n  <{SOURCE}> {iri}" if said else ""
    return f"<{IRI}> a <{TYPE}> ;\n  <{NAME}> {value}{source} .\n"


def _triples(iri: str, value: str, said: str) -> str:
    source = f"<{IRI}> <{SOURCE}> {iri} .\n" if said else ""
    return f"<{IRI}> <{RDF_TYPE}> <{TYPE}> .\n<{IRI}> <{NAME}> {value} .\n{source}"


def _xml(iri: str, tag: str, text: str) -> str:
    source = f"<d:source rdf:resource={quoteattr(iri)}/>" if iri else ""
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" xmlns:d="http://purl.org/dc/terms/">\n'
        f'<rdf:Description rdf:about="{IRI}">\n<rdf:type rdf:resource="{TYPE}"/>\n'
        f"<rdfs:label xml:lang={quoteattr(tag)}>{escape(text)}</rdfs:label>{source}\n"
        "</rdf:Description></rdf:RDF>"
    )
