"""The places of the statements of a JSON-LD text, as far as its own context defines its keys."""

from __future__ import annotations

from typing import Any

import yaml
from rdflib import RDF

from montages.description.places.place_index import Place, Places, resolved
from montages.description.places.text_tree import TextTree, children
from montages.description.readings import pointer_step
from montages.knowledge.description_keys import jsonld_context
from montages.names import PROJECT

_TYPE = str(RDF.type)


def json_ld_places(text: str) -> Places:
    """Return the places of a JSON-LD text that a parser has read without error."""
    tree = TextTree(text)
    reader = _JsonLdReader(tree)
    if "" in tree.nodes:
        reader.value(tree.nodes[""], "", "", "", _ContextTerms())
    return Places(reader.nodes, reader.properties, reader.values, reader.any_subject)


class _ContextTerms:
    """The IRIs of the words of a context, by plain definitions, prefixes and @vocab."""

    def __init__(self, above: _ContextTerms | None = None, value: Any = None) -> None:
        self.words: dict[str, str] = dict(above.words) if above else {}
        self.vocab: str = above.vocab if above else ""
        self.base: str = above.base if above else str(PROJECT)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str):
                item = jsonld_context()["@context"]
            for word, definition in (item or {}).items():
                iri = definition.get("@id") if isinstance(definition, dict) else definition
                if word == "@vocab":
                    self.vocab = str(definition or "")
                elif word == "@base":
                    self.base = resolved(self.base, str(definition or ""))
                elif isinstance(iri, str) and word[:1] != "@":
                    self.words[word] = iri

    def term_iri(self, word: str) -> str:
        """Return the IRI or keyword that a key or a class stands for."""
        if word in self.words:
            iri = self.words[word]
            return iri if iri == word or iri[:1] == "@" else self.term_iri(iri)
        prefix, colon, rest = word.partition(":")
        if colon and not rest.startswith("//") and prefix in self.words:
            return self.words[prefix] + rest
        return word if colon or word[:1] == "@" else self.vocab + word

    def node_iri(self, word: str) -> str:
        """Return the IRI that an @id stands for."""
        prefix, colon, rest = word.partition(":")
        if colon and not rest.startswith("//") and prefix in self.words:
            return self.words[prefix] + rest
        return resolved(self.base, word)


class _JsonLdReader:
    def __init__(self, tree: TextTree) -> None:
        self.tree = tree
        self.nodes: dict[str, Place] = {}
        self.properties: dict[tuple[str, str], Place] = {}
        self.values: dict[tuple[str, str, str], Place] = {}
        self.any_subject: dict[tuple[str, str], Place] = {}

    def value(
        self, node: yaml.Node, pointer: str, subject: str, prop: str, terms: _ContextTerms
    ) -> None:
        """Add the place of a value of a property, and the places of what is in the value."""
        place = self.tree.at(pointer)
        assert place is not None
        if isinstance(node, yaml.SequenceNode):
            for name, child in children(node):
                self.value(child, f"{pointer}/{name}", subject, prop, terms)
        elif isinstance(node, yaml.MappingNode):
            own = self._object(node, pointer, place, terms)
            if prop and own:
                self._add(subject, prop, own, place)
        elif prop:
            self._add(subject, prop, node.value, place)
            for iri in {terms.node_iri(node.value), terms.term_iri(node.value)}:
                self._add(subject, prop, iri, place)

    def _add(self, subject: str, prop: str, value: str, place: Place) -> None:
        self.values.setdefault((subject, prop, value), place)
        self.any_subject.setdefault((prop, value), place)

    def _object(
        self, node: yaml.MappingNode, pointer: str, place: Place, terms: _ContextTerms
    ) -> str:
        members = {str(key.value): value for key, value in node.value}
        if "@context" in members:
            terms = _ContextTerms(terms, _plain_value(members["@context"]))
        iris = {key: terms.term_iri(key) for key in members}
        ids = [members[key].value for key, iri in iris.items() if iri == "@id"]
        values = [members[key].value for key, iri in iris.items() if iri == "@value"]
        if values:
            return str(values[0])
        own = terms.node_iri(ids[0]) if ids and isinstance(ids[0], str) else f"_:{pointer}"
        self.nodes.setdefault(own, place)
        for key, iri in iris.items():
            if key == "@context" or iri in ("@id", "@context"):
                continue
            step = f"{pointer}/{pointer_step(key)}"
            prop = _TYPE if iri == "@type" else iri
            inner = "" if iri[:1] == "@" and iri != "@type" else prop
            at = self.tree.at(step)
            if inner and at is not None:
                self.properties.setdefault((own, inner), at)
            self.value(members[key], step, own, inner, terms)
        return own


def _plain_value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain_value(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain_value(item) for item in node.value]
    return node.value if node.tag.endswith(("str", "null")) and node.value != "null" else None
