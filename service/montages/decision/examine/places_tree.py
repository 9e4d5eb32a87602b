"""Where each value of a JSON or YAML text stands, by its JSON pointer, and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import yaml
from rdflib import RDF

from montages.decision.examine.places import Place, Places
from montages.decision.keys import escaped
from montages.knowledge.context import context
from montages.names import PROJECT

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_TYPE = str(RDF.type)
# Half a character in JSON, which YAML refuses: as long as what stands for it.
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


class Tree:
    """The nodes of a text by JSON pointer; JSON is read as the YAML it nearly is."""

    def __init__(self, text: str) -> None:
        self.nodes: dict[str, yaml.Node] = {}
        self.keys: dict[str, yaml.Node] = {}
        try:
            # Tabs may not indent YAML: in JSON they only stand between tokens.
            plain = _SURROGATE.sub("??????", text.replace("\t", " "))
            root = yaml.compose(plain, Loader=_LOADER)
        except (yaml.YAMLError, RecursionError):
            root = None
        if root is not None:
            self._walk(root, "")

    def _walk(self, node: yaml.Node, pointer: str) -> None:
        self.nodes[pointer] = node
        for name, child in children(node):
            step = f"{pointer}/{name}"
            if isinstance(node, yaml.MappingNode):
                self.keys[step] = next(k for k, v in node.value if v is child)
            self._walk(child, step)

    def at(self, pointer: str) -> Place | None:
        """Return the place of a pointer, at its key where it has one; that of what is above it otherwise."""
        while True:
            node = self.keys.get(pointer) or self.nodes.get(pointer)
            if node is not None:
                mark = node.start_mark
                return Place(mark.line + 1, mark.column + 1, pointer)
            if not pointer:
                return None
            pointer = pointer.rpartition("/")[0]


def children(node: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
    """Yield what is in a node, each with its step of a JSON pointer."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield escaped(str(key.value)), value
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield str(number), value


def value_at(tree: Tree, pointer: str, value: str) -> Place | None:
    """Return the place of a value in a list, or of the key where there is no such item."""
    node = tree.nodes.get(pointer)
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            if isinstance(item, yaml.ScalarNode) and item.value == value:
                return tree.at(f"{pointer}/{number}")
    return tree.at(pointer)


@dataclass(frozen=True)
class KeyedPlaces:
    """The places of a description by our keys: nodes by the pointers that reading it noted."""

    tree: Tree
    pointers: Mapping[str, str]

    def of(self, focus: str, path: str = "", value: str = "") -> Place | None:
        """Return the nearest place of what a finding is about."""
        tree, node = self.tree, self.pointers.get(focus.removeprefix(str(PROJECT)))
        word = value.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
        tops = [node] if node is not None else ["", *_parts(tree)]
        for top in tops:
            for key in _keys_of(path):
                for pointer in (f"{top}/answers/{key}", f"{top}/{key}", f"{top}/assumes/{key}"):
                    if pointer in tree.nodes:
                        return value_at(tree, pointer, word)
        return tree.at(node or "")


def _parts(tree: Tree) -> list[str]:
    return [
        p for p in tree.nodes if p.count("/") == 2 and p.startswith(("/layers/", "/perimeters/"))
    ]


def _keys_of(path: str) -> list[str]:
    """Return the keys that stand for a property."""
    if path == _TYPE:
        return ["type"]
    found = []
    for key, said in context()["@context"].items():
        iri = said.get("@id") if isinstance(said, dict) else said
        if iri == path:
            found.append(key)
    return found


def json_ld_places(tree: Tree) -> Places:
    """Return the places of a JSON-LD text, as far as its own context tells what its keys mean."""
    walk = _Walk(tree)
    if "" in tree.nodes:
        walk.value(tree.nodes[""], "", "", "", _Terms())
    return Places(walk.nodes, walk.properties, walk.values, walk.anyone)


class _Terms:
    """What the words of a context mean, by plain definitions, prefixes and @vocab."""

    def __init__(self, above: _Terms | None = None, said: Any = None) -> None:
        self.words: dict[str, str] = dict(above.words) if above else {}
        self.vocab: str = above.vocab if above else ""
        self.base: str = above.base if above else str(PROJECT)
        for item in said if isinstance(said, list) else [said]:
            if isinstance(item, str):
                item = context()["@context"]
            for word, meaning in (item or {}).items():
                iri = meaning.get("@id") if isinstance(meaning, dict) else meaning
                if word == "@vocab":
                    self.vocab = str(meaning or "")
                elif word == "@base":
                    self.base = urljoin(self.base, str(meaning or ""))
                elif isinstance(iri, str) and word[:1] != "@":
                    self.words[word] = iri

    def meaning(self, word: str) -> str:
        """Return what a key or a class means."""
        if word in self.words:
            meaning = self.words[word]
            return meaning if meaning == word or meaning[:1] == "@" else self.meaning(meaning)
        prefix, colon, rest = word.partition(":")
        if colon and not rest.startswith("//") and prefix in self.words:
            return self.words[prefix] + rest
        return word if colon or word[:1] == "@" else self.vocab + word

    def name(self, word: str) -> str:
        """Return what an @id names."""
        prefix, colon, rest = word.partition(":")
        if colon and not rest.startswith("//") and prefix in self.words:
            return self.words[prefix] + rest
        return urljoin(self.base, word)


class _Walk:
    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.nodes: dict[str, Place] = {}
        self.properties: dict[tuple[str, str], Place] = {}
        self.values: dict[tuple[str, str, str], Place] = {}
        self.anyone: dict[tuple[str, str], Place] = {}

    def value(self, node: yaml.Node, pointer: str, subject: str, prop: str, terms: _Terms) -> None:
        """Note a value of a property, and what it says itself."""
        place = self.tree.at(pointer)
        assert place is not None
        if isinstance(node, yaml.SequenceNode):
            for name, child in children(node):
                self.value(child, f"{pointer}/{name}", subject, prop, terms)
        elif isinstance(node, yaml.MappingNode):
            own = self._object(node, pointer, place, terms)
            if prop and own:
                self._say(subject, prop, own, place)
        elif prop:
            self._say(subject, prop, node.value, place)
            for said in {terms.name(node.value), terms.meaning(node.value)}:
                self._say(subject, prop, said, place)

    def _say(self, subject: str, prop: str, value: str, place: Place) -> None:
        self.values.setdefault((subject, prop, value), place)
        self.anyone.setdefault((prop, value), place)

    def _object(self, node: yaml.MappingNode, pointer: str, place: Place, terms: _Terms) -> str:
        given = {str(key.value): value for key, value in node.value}
        if "@context" in given:
            terms = _Terms(terms, _plain(given["@context"]))
        meant = {key: terms.meaning(key) for key in given}
        named = [given[key].value for key, iri in meant.items() if iri == "@id"]
        typed = [given[key].value for key, iri in meant.items() if iri == "@value"]
        if typed:
            return str(typed[0])
        own = terms.name(named[0]) if named and isinstance(named[0], str) else f"_:{pointer}"
        self.nodes.setdefault(own, place)
        for key, iri in meant.items():
            if key == "@context" or iri in ("@id", "@context"):
                continue
            step = f"{pointer}/{escaped(key)}"
            prop = _TYPE if iri == "@type" else iri
            inner = "" if iri[:1] == "@" and iri != "@type" else prop
            at = self.tree.at(step)
            if inner and at is not None:
                self.properties.setdefault((own, inner), at)
            self.value(given[key], step, own, inner, terms)
        return own


def _plain(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return node.value if node.tag.endswith(("str", "null")) and node.value != "null" else None
