"""The places of a JSON or YAML text: its nodes, what our keys say in it, the statements of JSON-LD."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import yaml
from rdflib import RDF

from montages.description.places.place_index import Place, Places, resolved
from montages.description.readings import pointer_step
from montages.knowledge.description_keys import jsonld_context, key_properties
from montages.names import PROJECT

_TYPE = str(RDF.type)
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[{}\[\]]|[^\s{}\[\]:,"]+')


class TextTree:
    """The nodes of a text by JSON pointer."""

    def __init__(self, text: str, syntax: str) -> None:
        self.nodes: dict[str, yaml.Node] = {}
        self.keys: dict[str, yaml.Node] = {}
        try:
            is_yaml = syntax == "yaml"
            root = yaml.compose(text, Loader=_LOADER) if is_yaml else _JsonText(text).node()
        except (yaml.YAMLError, RuntimeError, ValueError, StopIteration):
            root = None
        if root is not None:
            self._walk(root, "")

    def _walk(self, node: yaml.Node, pointer: str) -> None:
        self.nodes[pointer] = node
        keys = [key for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
        for number, (name, child) in enumerate(children(node)):
            step = f"{pointer}/{name}"
            if keys:
                self.keys[step] = keys[number]
            self._walk(child, step)

    def at(self, pointer: str) -> Place | None:
        """Return the place of a pointer, at its key where it has one; else that of the nearest node above."""
        while True:
            node = self.keys.get(pointer) or self.nodes.get(pointer)
            if node is not None:
                mark = node.start_mark
                return Place(mark.line + 1, mark.column + 1, pointer)
            if not pointer:
                return None
            pointer = pointer.rpartition("/")[0]


class _JsonText:
    """A JSON text, token by token, as nodes of YAML: that has no tabs, half characters or long keys."""

    def __init__(self, text: str) -> None:
        self._tokens = _JSON_TOKEN.finditer(text)
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def node(self) -> yaml.Node:
        """Return the next node; raises ValueError or StopIteration where there is none."""
        token = next(self._tokens)
        line = bisect_right(self._line_starts, token.start()) - 1
        column = token.start() - self._line_starts[line]
        mark = yaml.Mark("", token.start(), line, column, None, 0)
        if token[0] == "{":
            items = list(self._items())
            pairs = list(zip(items[::2], items[1::2], strict=True))
            return yaml.MappingNode("", pairs, mark)
        if token[0] == "[":
            return yaml.SequenceNode("", list(self._items()), mark)
        if token[0] in "]}":
            raise ValueError(token[0])
        text = json.loads(token[0]) if token[0].startswith('"') else token[0]
        return yaml.ScalarNode("str", text, mark)

    def _items(self) -> Iterator[yaml.Node]:
        """Yield the nodes up to the bracket that closes."""
        with suppress(ValueError):
            while True:
                yield self.node()


def children(node: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
    """Yield the children of a node, each with its step of a JSON pointer."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield pointer_step(str(key.value)), value
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield str(number), value


def value_at(tree: TextTree, pointer: str, value: str) -> Place | None:
    """Return the place of a value in a list, or of the key where there is no such item."""
    node = tree.nodes.get(pointer)
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            if isinstance(item, yaml.ScalarNode) and item.value == value:
                return tree.at(f"{pointer}/{number}")
    return tree.at(pointer)


@dataclass(frozen=True)
class KeyedPlaces:
    """A text by our keys with the pointers of the nodes of its description (fragment → pointer)."""

    tree: TextTree
    pointers: Mapping[str, str]

    def place_of(self, focus: str, path: str = "", value: str = "") -> Place | None:
        """Return the nearest place of what a finding is about."""
        tree, node = self.tree, self.pointers.get(focus.removeprefix(str(PROJECT)))
        word = value.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
        tops = [node] if node is not None else ["", *_layers_and_perimeters(tree)]
        for top in tops:
            for key in _keys_of(path):
                for pointer in (f"{top}/answers/{key}", f"{top}/{key}", f"{top}/assumes/{key}"):
                    if pointer in tree.nodes:
                        return value_at(tree, pointer, word)
        return tree.at(node or "")


def _layers_and_perimeters(tree: TextTree) -> list[str]:
    return [
        p for p in tree.nodes if p.count("/") == 2 and p.startswith(("/layers/", "/perimeters/"))
    ]


def _keys_of(path: str) -> list[str]:
    """Return the keys of a property in the context."""
    if path == _TYPE:
        return ["type"]
    return [key for key, iri in key_properties().items() if str(iri) == path]


def json_ld_places(tree: TextTree) -> Places:
    """Return the places of a JSON-LD text that a parser has read without error."""
    reader = _JsonLdReader(tree, Places())
    if "" in tree.nodes:
        reader.value(tree.nodes[""], "", "", "", _ContextTerms())
    return reader.places


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


@dataclass(frozen=True)
class _JsonLdReader:
    tree: TextTree
    places: Places

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
                self.places.add_value(subject, prop, own, place)
        elif prop:
            self.places.add_value(subject, prop, node.value, place)
            for iri in {terms.node_iri(node.value), terms.term_iri(node.value)}:
                self.places.add_value(subject, prop, iri, place)

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
        self.places.nodes.setdefault(own, place)
        for key, iri in iris.items():
            if key == "@context" or iri in ("@id", "@context"):
                continue
            step = f"{pointer}/{pointer_step(key)}"
            prop = _TYPE if iri == "@type" else iri
            inner = "" if iri[:1] == "@" and iri != "@type" else prop
            at = self.tree.at(step)
            if inner and at is not None:
                self.places.properties.setdefault((own, inner), at)
            self.value(members[key], step, own, inner, terms)
        return own


def _plain_value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain_value(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain_value(item) for item in node.value]
    return node.value if node.tag.endswith(("str", "null")) and node.value != "null" else None
