"""What the fields of other formats say of a project: their values, names, titles, codes and numbers.

What each says is data, `data/imports/`; a SIREN alone is known by its digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from rdflib import SKOS, Graph, URIRef
from rdflib.term import Node

from montages.bilingual import message
from montages.errors import BrokenKnowledge
from montages.knowledge.actor_kinds import classes_of_holders
from montages.knowledge.description_keys import criterion_keys
from montages.knowledge.files import library
from montages.knowledge.thing_labels import plain_form
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
# What the words of a notice say is the same in all families.
_TED = "ted"


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
FieldMeanings = Mapping[str, tuple[Meaning, ...]]


@cache
def import_fields(format_slug: str) -> Mapping[str, FieldMeanings]:
    """Return the values of each field of a format, by the name of the field."""
    graph = library.imports()
    fields: dict[str, FieldMeanings] = {}
    for field in graph.subjects(MTG.fieldOf, ID[f"import-format/{format_slug}"]):
        for name in graph.objects(field, MTG.fieldName):
            fields[str(name)] = _values(graph, field)
    return fields


def meanings(values: FieldMeanings, written: str) -> tuple[Meaning, ...] | None:
    """Return what a value says as a file writes it, None where it is none of the list."""
    return values.get(plain_form(written))


def _values(graph: Graph, field: Node) -> FieldMeanings:
    values: dict[str, tuple[Meaning, ...]] = {}
    for row in graph.objects(field, MTG.importedValue):
        criterion = graph.value(row, MTG.aboutCriterion)
        row_meanings = tuple(
            sorted(
                [_meaning(thing, criterion) for thing in iris(graph.objects(row, MTG.importedAs))],
                key=lambda meaning: meaning.key,
            )
        )
        for written in graph.objects(row, MTG.writtenAs):
            form = plain_form(str(written))
            values[form] = values.get(form, ()) + row_meanings
    return values


def _meaning(thing: URIRef, criterion: Node | None) -> Meaning:
    if criterion is not None:
        return Meaning(criterion_keys()[slug(str(criterion))], slug(thing), is_answer=True)
    folder = thing.removeprefix(str(ID)).rsplit("/", 1)[0]
    if folder not in _KEYS:
        raise BrokenKnowledge(
            message(
                "data/imports: {thing} cannot be imported without a criterion "
                "(mtg:aboutCriterion).",
                thing=slug(thing),
            )
        )
    value = classes_of_holders()[slug(thing)] if folder == "actor-kind" else slug(thing)
    return Meaning(_KEYS[folder], value)


@cache
def noted_values(format_slug: str) -> Mapping[tuple[str, str], str]:
    """Return the code of the note by the name of the field and the plain form of the value. Do not modify."""
    graph = library.imports()
    return {
        (str(name), plain_form(str(written))): str(note)
        for field in graph.subjects(MTG.fieldOf, ID[f"import-format/{format_slug}"])
        for name in graph.objects(field, MTG.fieldName)
        for row in graph.objects(field, MTG.importedValue)
        for note in graph.objects(row, MTG.notedAs)
        for written in graph.objects(row, MTG.writtenAs)
    }


def named_holder(name: str, format_slug: str) -> tuple[Meaning, ...]:
    """Return the kind of holder that a name begins with, nothing where it tells none; longest words win."""
    holders, written = import_fields(format_slug)["BUYER_NAME"], f"{plain_form(name)} "
    beginnings = [words for words in holders if written.startswith(f"{words} ")]
    return holders[max(beginnings, key=len)] if beginnings else ()


def named_contract(title: str, concession: bool, works: bool) -> tuple[Meaning, ...]:
    """Return the contract that a title names, nothing where it names none; the first named wins.

    A contract other than for works is named at the head of the title only: help with a global contract is
    none.
    """
    contracts = import_fields(_TED)["CONCESSION_TITLE" if concession else "CONTRACT_TITLE"]
    written = f" {plain_form(title)} "
    places = [(written.find(f" {words} "), -len(words), words) for words in contracts]
    anywhere = concession or works
    named = [p for p in places if p[0] >= 0 and (anywhere or p[0] == 0)]
    return contracts[min(named)[2]] if named else ()


def named_service(codes: Sequence[str]) -> tuple[Meaning, ...]:
    """Return what the main code of CPV says of the service, nothing where it says nothing."""
    services = import_fields(_TED)["CPV"]
    families = [digits for digits in services if codes and codes[0].startswith(digits)]
    return services[max(families, key=len)] if families else ()


def departements(codes: Iterable[str]) -> list[str]:
    """Return the départements of codes of NUTS, such as “Bas-Rhin (67)”, each once; others are left out."""
    known = _departements_by_code()
    return list(dict.fromkeys(known[code] for code in codes if code in known))


@cache
def _departements_by_code() -> Mapping[str, str]:
    graph = library.imports()
    names = {}
    for departement, code in graph.subject_objects(MTG.nutsCode):
        name = next(n for n in graph.objects(departement, SKOS.prefLabel) if n.language == "fr")  # type: ignore[attr-defined]
        names[str(code)] = f"{name} ({graph.value(departement, SKOS.notation)})"
    return names


def siren_in(number: str) -> str | None:
    """Return the SIREN in a SIREN or a SIRET, None where the number is neither."""
    digits = re.sub(r"[\s.]", "", number[:40])
    if re.fullmatch(r"\d{9}(?:\d{5})?", digits, re.ASCII) is None:
        return None
    siren = digits[:9]
    # Luhn's check: every second digit counts double, from the right.
    doubled = (int(digit) * (1 + n % 2) for n, digit in enumerate(reversed(siren)))
    return siren if sum(value // 10 + value % 10 for value in doubled) % 10 == 0 else None
