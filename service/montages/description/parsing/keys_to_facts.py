"""A tree of our keys checked, as plain JSON-LD, then as facts: what a JSON-LD processor would read, sooner.

What is unknown is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import count
from typing import Any

import pyoxigraph as ox
from rdflib import RDF, XSD

from montages.bilingual import message
from montages.description.blank_nodes import name_blank_nodes
from montages.description.facts import BLANK, Facts, Term, numeric_properties, typed_literal
from montages.description.limits import check_count, check_faults, check_number
from montages.description.parsing.key_faults import KeyNotes, unknown_value, wrong_value
from montages.description.parsing.key_values import (
    WORD,
    choice,
    items,
    listing,
    mapping,
    node_values,
)
from montages.description.reader import read_sentence
from montages.description.reader.sentence_project import SENTENCE, sentence_project
from montages.description.readings import pointer_step
from montages.description.well_formed import check_facts
from montages.errors import UnusableInput
from montages.knowledge import description_keys
from montages.knowledge.description_keys import jsonld_context, key_properties
from montages.names import MTG, PROJECT, slug, slugify


def keys_to_json_ld(tree: dict[str, Any], notes: KeyNotes) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a tree of our keys as JSON-LD, and where each node stood (IRI fragment → JSON pointer).

    Raises UnusableInput naming the field, the value, what is accepted and the nearest to it. Where `notes`
    wants every fault, they are gathered there, and what is at fault is left out; what is read otherwise
    than written is noted there too.
    """
    tree = with_sentence_read(tree)
    order = list(tree)
    _check_counts(tree)
    name = "projet"
    with notes.gathered():
        name = _project_name(tree)
    places = {name: ""}
    own = {k: v for k, v in tree.items() if k not in ("id", "holder", "layers", "perimeters")}
    if not isinstance(tree.get("project", ""), str):
        own.pop("project")
    out = node_values(own, "", description_keys.PROJECT_KEYS, notes)
    out |= {
        "@context": description_keys.jsonld_context()["@context"],
        "@id": name,
        "type": "Project",
    }
    if tree.get("holder") is not None:
        with notes.gathered():
            out["holder"] = _holder(tree["holder"], "/holder", name, notes)
            places[f"{name}#holder"] = "/holder"
    areas: dict[str, Any] = {}
    with notes.gathered():
        areas = mapping(tree.get("perimeters"), "/perimeters")
    if areas:
        out["perimeters"] = _perimeters(areas, name, places, notes)
    layers = listing(tree.get("layers"))
    if layers:
        out["layers"] = _layers(layers, name, areas, places, notes)
    notes.readings.sort(key=lambda reading: order.index(reading.place.split("/")[1]))
    return {k: v for k, v in out.items() if v is not None}, places


def with_sentence_read(tree: dict[str, Any]) -> dict[str, Any]:
    """Return a tree with what its sentence says, where it has one: what else it says comes first."""
    if SENTENCE not in tree:
        return tree
    sentence, rest = tree[SENTENCE], {k: v for k, v in tree.items() if k != SENTENCE}
    if not isinstance(sentence, str) or not sentence.strip():
        raise wrong_value(f"/{SENTENCE}", sentence, message("a sentence is needed"))
    read = sentence_project(read_sentence(sentence))
    if isinstance(rest.get("answers"), dict):
        rest["answers"] = read.get("answers", {}) | rest["answers"]
    return {"project": sentence} | read | rest


def _check_counts(tree: dict[str, Any]) -> None:
    """Raise TooLarge for more keys than can be ours, or more things than may be described."""
    keys = set(description_keys.jsonld_context()["@context"])
    for level in (tree, tree.get("answers")):
        if isinstance(level, dict) and len(level) > len(keys):
            check_faults(sum(1 for key in level if key not in keys))
    parts = (tree.get("layers"), tree.get("perimeters"))
    check_count("max_nodes", sum(len(part) for part in parts if isinstance(part, (list, dict))))


def _project_name(tree: dict[str, Any]) -> str:
    if not isinstance(tree.get("project", ""), str) or not isinstance(tree.get("id", ""), str):
        raise wrong_value("/project", tree.get("project"), message("a name is needed"))
    name = str(tree.get("id") or slugify(tree.get("project") or "projet"))
    if not WORD.fullmatch(name):
        raise wrong_value(
            "/id",
            name,
            message(
                "a word without spaces or accents is needed, for example {name}", name=slugify(name)
            ),
            suggestion=slugify(name),
        )
    return name


def _holder(value: Any, pointer: str, project: str, notes: KeyNotes) -> dict[str, Any] | None:
    tree = {"type": value} if isinstance(value, str) else mapping(value, pointer)
    out = node_values(tree, pointer, description_keys.HOLDER_KEYS, notes)
    # A form left empty says nothing of the holder, not that there is one without a name.
    filled = any(value is not None for value in out.values())
    return {"@id": f"{project}#holder", **out} if filled else None


def _perimeters(
    areas: dict[str, Any], name: str, places: dict[str, str], notes: KeyNotes
) -> dict[str, Any]:
    out = {}
    for key, area in areas.items():
        pointer = f"/perimeters/{pointer_step(str(key))}"
        with notes.gathered():
            node = node_values(
                mapping(area, pointer), pointer, description_keys.PERIMETER_KEYS, notes
            )
            out[f"{name}#{key}"] = {"type": "Perimeter", "name": str(key), **node}
            places[f"{name}#{key}"] = pointer
    return out


def _layers(
    layers: list[Any], name: str, areas: dict[str, Any], places: dict[str, str], notes: KeyNotes
) -> list[dict[str, Any]]:
    out, counts = [], dict.fromkeys(areas, 1)
    for n, layer in enumerate(layers):
        pointer = f"/layers/{n}"
        with notes.gathered():
            node = _layer(layer, pointer, name, areas, notes)
            if node is None:
                continue
            own = slug(str(node["layer"]))
            counts[own] = counts.get(own, 0) + 1
            fragment = own if counts[own] == 1 else f"{own}-{counts[own]}"
            places[f"{name}#{fragment}"] = pointer
            out.append({"@id": f"{name}#{fragment}", "type": "LayerUse", **node})
    return out


def _layer(
    layer: Any, pointer: str, name: str, areas: dict[str, Any], notes: KeyNotes
) -> dict[str, Any] | None:
    tree = {"layer": layer} if isinstance(layer, str) else mapping(layer, pointer)
    node = node_values(tree, pointer, description_keys.LAYER_KEYS, notes)
    if "layer" not in node:
        raise wrong_value(pointer, tree, message("the “layer” key is missing"))
    node["perimeter"] = []
    for area in listing(tree.get("perimeter")):
        with notes.gathered():
            if not isinstance(area, str) or area not in areas:
                raise _unknown_perimeter(f"{pointer}/perimeter", area, areas)
            node["perimeter"].append(f"{name}#{area}")
    named, mode = node.pop("layer"), node.pop("mode", None)
    with notes.gathered():
        node["layer"] = choice(named, "layer", f"{pointer}/layer", notes)
    with notes.gathered():
        node["mode"] = choice(mode, "management-mode", f"{pointer}/mode", notes)
    return node if "layer" in node else None


def _unknown_perimeter(pointer: str, value: Any, areas: dict[str, Any]) -> UnusableInput:
    if areas:
        return unknown_value(pointer, value, [str(area) for area in areas])
    return wrong_value(
        pointer,
        value,
        message(
            "this perimeter is not described: add it under the project's “perimeters” key, for "
            "example “perimeters: {{{value}: {{}}}}”",
            value=value,
        ),
    )


_TYPE = str(RDF.type)
# The keys under which `keys_to_json_ld` writes nodes.
_NODES = ("holder", "layers", "asserts", "assumes")


@dataclass(frozen=True)
class KeyDefinition:
    """The definition of a key in the context: its property, and how its values are read."""

    property: str
    words_in: str | None
    language: str | None
    references: bool
    by_id: bool
    nodes: bool


@cache
def _keys() -> dict[str, KeyDefinition]:
    """Return the definition of each key of the context that has a property."""
    definitions, context = {}, jsonld_context()["@context"]
    for key, iri in key_properties().items():
        entry = context[key] if isinstance(context[key], dict) else {}
        definitions[key] = KeyDefinition(
            str(iri),
            words_in=entry["@context"][-1]["@vocab"] if "@context" in entry else None,
            language=entry.get("@language"),
            references=entry.get("@type") == "@id",
            by_id=entry.get("@container") == "@id",
            nodes=key in _NODES,
        )
    return definitions


def keys_to_facts(tree: dict[str, Any]) -> Facts:
    """Return the facts of a tree that `keys_to_json_ld` wrote; raises TooLarge or IllFormed."""
    facts = Facts()
    _node(tree, facts, count(1))
    check_count("max_triples", len(facts))
    check_facts(facts)
    return name_blank_nodes(facts)


def _node(tree: dict[str, Any], facts: Facts, blanks: Iterator[int]) -> str:
    name = tree.get("@id")
    subject = f"{BLANK}b{next(blanks)}" if name is None else f"{PROJECT}{name}"
    _properties(subject, tree, facts, blanks)
    return subject


def _properties(subject: str, tree: dict[str, Any], facts: Facts, blanks: Iterator[int]) -> None:
    definitions = _keys()
    for key, value in tree.items():
        if value is None or key in ("@id", "@context"):
            continue
        if key == "type":
            for item in items(value):
                facts.add(subject, _TYPE, f"{MTG}{item}")
            continue
        if key == "answers":  # they are the subject's own
            _properties(subject, value, facts, blanks)
            continue
        definition = definitions[key]
        if definition.by_id:
            for name, item in value.items():
                facts.add(subject, definition.property, _node({"@id": name, **item}, facts, blanks))
        else:
            for item in items(value):
                facts.add(subject, definition.property, _term(item, definition, facts, blanks))


def _term(value: Any, definition: KeyDefinition, facts: Facts, blanks: Iterator[int]) -> Term:
    numeric = definition.property in numeric_properties()
    if isinstance(value, dict):
        if definition.nodes:
            return _node(value, facts, blanks)
        return typed_literal(value["@value"], value["@type"], numeric)
    if isinstance(value, bool):
        return ox.Literal(value)
    if isinstance(value, (int, float, Decimal)):
        return _number(value, numeric)
    if definition.words_in is not None or definition.references:
        return f"{definition.words_in or PROJECT}{value}"
    return ox.Literal(value, language=definition.language)


def _number(value: float | Decimal, numeric: bool) -> ox.Literal:
    exact = Decimal(str(value))
    if exact.is_finite():
        check_number(exact)
        if exact == exact.to_integral_value():
            return ox.Literal(int(exact))
    # JSON-LD has no other numbers than binary ones.
    return typed_literal(repr(float(exact)), str(XSD.double), numeric)
