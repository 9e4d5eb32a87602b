"""What the values of a field of another format say of a project: data, `data/imports/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rdflib import Graph, URIRef
from rdflib.term import Node

from montages.errors import BrokenKnowledge
from montages.knowledge.actor_kinds import classes_of_holders
from montages.knowledge.description_keys import answer_keys
from montages.knowledge.files import library
from montages.knowledge.labels import plain_form
from montages.names import ID, MTG, iris, slug

# Where a thing of each folder is stated in a description.
_KEYS = {
    "contract": "retained",
    "procedure": "retained-procedure",
    "channel": "retained-channels",
    "vehicle": "retained-vehicle",
    "usage": "usages",
    "actor-kind": "holder",
    "contract-state": "contract-state",
}
# Keys of which a description may have several values.
_LISTS = frozenset({"retained-channels", "usages"})


@dataclass(frozen=True)
class Meaning:
    """What one value says: the key of a description, under `answers` where it is an answer, and its value."""

    key: str
    value: str
    is_answer: bool = False

    def state(self, keys: dict[str, Any]) -> None:
        """State it in the keys of a description; where one value stands already, that stays."""
        place = keys.setdefault("answers", {}) if self.is_answer else keys
        if self.key == "holder":
            place.setdefault("holder", {}).setdefault("type", self.value)
        elif self.key not in _LISTS:
            place.setdefault(self.key, self.value)
        elif self.value not in place.setdefault(self.key, []):
            place[self.key].append(self.value)


# By the plain form of a value as files write it: what it says, nothing where it is known and says nothing.
FieldValues = Mapping[str, tuple[Meaning, ...]]


@cache
def import_fields(format_slug: str) -> Mapping[str, FieldValues]:
    """Return the values of each field of a format, by the name of the field."""
    graph = library.imports()
    fields: dict[str, FieldValues] = {}
    for field in graph.subjects(MTG.fieldOf, ID[f"import-format/{format_slug}"]):
        for name in graph.objects(field, MTG.fieldName):
            fields[str(name)] = _values(graph, field)
    return fields


def meanings(values: FieldValues, written: str) -> tuple[Meaning, ...] | None:
    """Return what a value says as a file writes it, None where it is none of the list."""
    return values.get(plain_form(written))


def _values(graph: Graph, field: Node) -> FieldValues:
    values: dict[str, tuple[Meaning, ...]] = {}
    for row in graph.objects(field, MTG.importedValue):
        said = tuple(sorted(_meanings(graph, row), key=lambda meaning: meaning.key))
        for written in graph.objects(row, MTG.writtenAs):
            form = plain_form(str(written))
            values[form] = values.get(form, ()) + said
    return values


def _meanings(graph: Graph, row: Node) -> list[Meaning]:
    criterion = graph.value(row, MTG.aboutCriterion)
    return [_meaning(thing, criterion) for thing in iris(graph.objects(row, MTG.importedAs))]


def _meaning(thing: URIRef, criterion: Node | None) -> Meaning:
    if criterion is not None:
        return Meaning(_answer_key(slug(str(criterion))), slug(thing), is_answer=True)
    folder = thing.removeprefix(str(ID)).rsplit("/", 1)[0]
    if folder not in _KEYS:
        raise BrokenKnowledge(
            f"data/imports : {slug(thing)} ne se reprend pas sans critère (mtg:aboutCriterion).",
            f"data/imports: {slug(thing)} cannot be imported without a criterion (mtg:aboutCriterion).",
        )
    value = classes_of_holders()[slug(thing)] if folder == "actor-kind" else slug(thing)
    return Meaning(_KEYS[folder], value)


def _answer_key(criterion: str) -> str:
    return next(key for key, name in answer_keys().items() if name == criterion)
