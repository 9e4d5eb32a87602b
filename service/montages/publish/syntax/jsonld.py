"""JSON-LD 1.1, compacted: vocabulary terms as `prefix:name`, texts by language, things by their full IRI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rdflib import RDF, XSD, Literal, URIRef
from rdflib.term import Node

from montages.publish.json_text import dump
from montages.publish.syntax.prefixes import vocabulary_term
from montages.publish.syntax.statements import Statements
from montages.store.term_text import term_text

_SAFE = 2**53  # beyond it, a JSON number is no longer exact everywhere


class _Compacter:
    """Writes the nodes of one graph by a context: its coercions by predicate."""

    def __init__(self, content: Statements, coercions: Mapping[str, str]) -> None:
        self.content = content
        self.coercions = coercions

    def node(self, subject: Node) -> dict[str, Any]:
        tree: dict[str, Any] = {}
        if isinstance(subject, URIRef):
            tree["id"] = str(subject)
        elif self.content.uses[subject] and not self.content.nested(subject):
            tree["id"] = term_text(subject, self.content.labels)
        for predicate, objects in self.content.about.get(subject, {}).items():
            if predicate == RDF.type and all(isinstance(o, URIRef) for o in objects):
                words = [vocabulary_term(str(o)) for o in objects]
                tree["type"] = words[0] if len(words) == 1 else words
            else:
                tree[vocabulary_term(predicate)] = self._values(predicate, objects)
        return tree

    def _values(self, predicate: str, objects: list[Node]) -> Any:
        kind = self.coercions.get(str(predicate), "")
        if kind == "@language" and all(isinstance(o, Literal) and o.language for o in objects):
            texts: dict[str, Any] = {}
            for o in objects:
                assert isinstance(o, Literal)
                texts.setdefault(o.language or "", []).append(str(o))
            return {lang: t[0] if len(t) == 1 else t for lang, t in texts.items()}
        values = [self._value(o, kind) for o in objects]
        # Where the context expects a map of languages, an array says that this is none.
        return values[0] if len(values) == 1 and kind != "@language" else values

    def _value(self, thing: Node, kind: str) -> Any:
        if isinstance(thing, Literal):
            return _literal(thing, kind)
        if isinstance(thing, URIRef):
            if thing == RDF.nil:
                return {"@list": []}
            return str(thing) if kind == "@id" else {"id": str(thing)}
        if not self.content.nested(thing):
            return {"id": term_text(thing, self.content.labels)}
        if (members := self.content.items(thing)) is not None:
            return {"@list": [self._value(member, kind) for member in members]}
        return self.node(thing)


def _literal(literal: Literal, kind: str) -> Any:
    text = str(literal)
    if literal.language:
        return {"@value": text, "@language": literal.language}
    if literal.datatype is None or literal.datatype == XSD.string:
        return {"@value": text} if kind == "@id" else text
    if kind != "@id":
        if literal.datatype == XSD.boolean and text in ("true", "false"):
            return text == "true"
        if literal.datatype == XSD.integer and text.isascii():
            digits = text.removeprefix("-")
            if digits.isdigit() and str(int(text)) == text and abs(int(text)) < _SAFE:
                return int(text)
    return {"@value": text, "@type": vocabulary_term(literal.datatype)}


def write(content: Statements, context: Any, coercions: Mapping[str, str]) -> str:
    """Return a graph as JSON-LD under a context, given by its address or in full."""
    compacter = _Compacter(content, coercions)
    trees = [compacter.node(subject) for subject in content.blocks]
    if len(trees) == 1:
        return dump({"@context": context, **trees[0]})
    return dump({"@context": context, "@graph": trees})
