"""The places of a description by our keys: where in its text each finding belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import RDF

from montages.description.places.place_index import Place
from montages.description.places.text_tree import TextTree, value_at
from montages.knowledge.description_keys import jsonld_context
from montages.names import PROJECT

_TYPE = str(RDF.type)


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
    keys = []
    for key, definition in jsonld_context()["@context"].items():
        iri = definition.get("@id") if isinstance(definition, dict) else definition
        if iri == path:
            keys.append(key)
    return keys
