"""JSON-LD 1.1, compacted: vocabulary terms as `prefix:name`, texts by language, things by their full IRI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rdflib import RDF, XSD, BNode, Literal, URIRef
from rdflib.term import Node

from montages.publish.json_text import dump
from montages.publish.syntax.prefixes import JSON_LD_PREFIXES, split
from montages.publish.syntax.statements import Statements

_SAFE = 2**53  # beyond it, a JSON number is no longer exact everywhere
_TYPE = str(RDF.type)


class _Compacter:
    """Writes the nodes of one graph by a context: its coercions by predicate."""

    def __init__(self, content: Statements, coercions: Mapping[str, str]) -> None:
        self.content = content
        self.coercions = coercions
        self.inlined: set[Node] = set()

    def word(self, iri: str) -> str:
        """Return a vocabulary term as `prefix:name`, any other IRI in full."""
        parts = split(iri)
        return f"{parts[0]}:{parts[2]}" if parts and parts[0] in JSON_LD_PREFIXES else iri

    def graph(self) -> list[dict[str, Any]]:
        """Return a tree a subject; blank nodes used once stand in their place."""
        trees = []
        for subject in self.content.about:
            if subject not in self.inlined and not self.content.once(subject):
                trees.append(self._node(subject, ()))
        for subject in self.content.about:  # blank nodes that only lead to themselves
            if self.content.once(subject) and subject not in self.inlined:
                self.inlined.add(subject)
                trees.append(self._node(subject, (), labelled=True))
        return trees

    def _node(
        self, subject: Node, inside: tuple[Node, ...], labelled: bool = False
    ) -> dict[str, Any]:
        tree: dict[str, Any] = {}
        if isinstance(subject, URIRef):
            tree["id"] = str(subject)
        elif labelled or (not self.content.once(subject) and self.content.uses[subject]):
            assert isinstance(subject, BNode)
            tree["id"] = f"_:{self.content.labels[subject]}"
        for predicate, objects in self.content.about.get(subject, {}).items():
            if str(predicate) == _TYPE and all(isinstance(o, URIRef) for o in objects):
                words = [self.word(str(o)) for o in objects]
                tree["type"] = words[0] if len(words) == 1 else words
            else:
                key = self.word(predicate)
                tree[key] = self._values(predicate, objects, (*inside, subject))
        return tree

    def _values(self, predicate: str, objects: list[Node], inside: tuple[Node, ...]) -> Any:
        kind = self.coercions.get(str(predicate), "")
        if kind == "@language" and all(isinstance(o, Literal) and o.language for o in objects):
            texts: dict[str, Any] = {}
            for o in objects:
                assert isinstance(o, Literal)
                texts.setdefault(o.language or "", []).append(str(o))
            return {lang: t[0] if len(t) == 1 else t for lang, t in texts.items()}
        values = [self._value(o, kind, inside) for o in objects]
        # Where the context expects a map of languages, an array says that this is none.
        return values[0] if len(values) == 1 and kind != "@language" else values

    def _value(self, thing: Node, kind: str, inside: tuple[Node, ...]) -> Any:
        if isinstance(thing, Literal):
            return _literal(thing, kind, self.word)
        if isinstance(thing, URIRef):
            if thing == RDF.nil:
                return {"@list": []}
            return str(thing) if kind == "@id" else {"id": str(thing)}
        assert isinstance(thing, BNode)
        if not self.content.once(thing) or thing in inside:
            return {"id": f"_:{self.content.labels[thing]}"}
        if (members := self.content.items(thing)) is not None:
            self.inlined |= members[1]
            return {"@list": [self._value(m, kind, (*inside, thing)) for m in members[0]]}
        self.inlined.add(thing)
        return self._node(thing, inside)


def _literal(literal: Literal, kind: str, word: Any) -> Any:
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
    return {"@value": text, "@type": word(literal.datatype)}


def write(content: Statements, context: Any, coercions: Mapping[str, str]) -> str:
    """Return a graph as JSON-LD under a context, given by its address or in full."""
    trees = _Compacter(content, coercions).graph()
    if len(trees) == 1:
        return dump({"@context": context, **trees[0]})
    return dump({"@context": context, "@graph": trees})
