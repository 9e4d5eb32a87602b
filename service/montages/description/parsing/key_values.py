"""The values of our keys: answers, words of closed lists and dates, checked and written out as JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import cache, partial
from typing import Any

from rdflib import RDF, XSD, URIRef

from montages.bilingual import Text, message
from montages.description.parsing.answer_values import (
    ClosedList,
    criterion_list,
    read_number,
    read_word,
)
from montages.description.parsing.key_faults import KeyNotes, unknown_key, wrong_value
from montages.description.readings import ValueReading
from montages.knowledge import description_keys
from montages.knowledge.actor_kinds import kinds_above
from montages.knowledge.description_keys import key_labels
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import ACTORS, YES_NO, label_index, name_of, plain_form
from montages.names import ID, MTG, slug

WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_DATES = {r"\d{4}": XSD.gYear, r"\d{4}-\d{2}": XSD.gYearMonth, r"\d{4}-\d{2}-\d{2}": XSD.date}
# Keys whose values are things of a class.
_THINGS = {
    "usages": MTG.Usage,
    "retained": MTG.ContractType,
    "retained-procedure": MTG.Procedure,
    "retained-channels": MTG.Channel,
    "retained-vehicle": MTG.Vehicle,
    "contract-state": MTG.ContractState,
}
# Keys whose values are key: value pairs.
_PAIRED = ("answers", "asserts", "assumes")
_SPACED_SIREN = re.compile(r"\s*[0-9](?:[\s.]?[0-9]){8}\s*")
# Where yes and no stand.
_YES_OR_NO = YES_NO.replace("scheme/", "") + "/"
_SIREN = message("SIREN number")
_HOLDER = message("Type of holder")
_CRITERION = message("Criterion")


def node_values(
    tree: dict[str, Any], pointer: str, accepted: Collection[str], notes: KeyNotes
) -> dict[str, Any]:
    """Return a project or a part of it with its keys checked and its short forms written out."""
    out: dict[str, Any] = {}
    for key, value in tree.items():
        with notes.gathered():
            if key not in accepted:
                raise unknown_key(pointer, key, accepted)
            if key not in _PAIRED and any(isinstance(item, dict) for item in items(value)):
                needed = message("a word or a number is needed, no key: value pairs")
                raise wrong_value(f"{pointer}/{key}", value, needed)
            read = _READERS.get(key)
            out[key] = read(value, key, f"{pointer}/{key}", notes) if read else value
    return out


def items(value: Any) -> Iterator[Any]:
    """Yield what a list holds, in lists of it too; a value itself, nothing for none."""
    if isinstance(value, list):
        for item in value:
            yield from items(item)
    elif value is not None:
        yield value


def mapping(value: Any, pointer: str) -> dict[str, Any]:
    """Return a value that has to be key: value pairs, none for an empty one; raises UnusableInput."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise wrong_value(pointer, value, message("key: value pairs are needed"))
    return value


def listing(value: Any) -> list[Any]:
    """Return a value as a list: a single one may stand without brackets, an empty one is no value."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _each(value: Any, read: Callable[[Any], Any], notes: KeyNotes) -> Any:
    """Return a value, or each of a list, as it is read; a list goes on without those at fault."""
    if not isinstance(value, list):
        return value if value is None else read(value)
    out = []
    for item in value:
        with notes.gathered():
            out.append(read(item))
    return out


def words(value: Any, closed: ClosedList, where: str, notes: KeyNotes) -> Any:
    """Return a value of a closed list, or a list of them, each by its slug; raises as `read_word`."""
    if isinstance(value, str) and value in closed.known:
        return value
    return _each(value, partial(read_word, closed, where, notes), notes)


def _answers(tree: dict[str, Any], pointer: str, notes: KeyNotes) -> dict[str, Any]:
    slugs, criteria = description_keys.answer_keys(), rulebook().criteria
    out: dict[str, Any] = {}
    for key, value in tree.items():
        with notes.gathered():
            if key not in slugs:
                raise unknown_key(pointer, key, slugs)
            criterion, where = criteria[slugs[key]], f"{pointer}/{key}"
            if criterion.numeric_property is None:
                out[key] = words(value, criterion_list(criterion.slug), where, notes)
            elif isinstance(value, list):
                out[key] = _each(value, partial(read_number, criterion, where, notes), notes)
            elif value is not None:
                out[key] = read_number(criterion, where, notes, value)
    return out


def choice(value: Any, criterion: str, pointer: str, notes: KeyNotes) -> Any:
    """Return a value, or a list of values, of a criterion, each by its slug; raises as `read_word`."""
    return words(value, criterion_list(criterion), pointer, notes)


def _read_siren(value: Any, key: str, where: str, notes: KeyNotes) -> Any:
    """Return a SIREN number without its blanks and points; anything else as it is, for the shapes to tell."""
    if not isinstance(value, str) or _SPACED_SIREN.fullmatch(value) is None:
        return value
    digits = re.sub(r"[\s.]", "", value)
    if digits != value:
        notes.readings.append(ValueReading(where, value, digits, _SIREN, Text(digits, digits)))
    return digits


def _read_asserts(value: Any, key: str, where: str, notes: KeyNotes) -> Any:
    return [
        {"type": "Assertion", "requirement": name, **({"note": str(note)} if note else {})}
        for name, note in sorted(mapping(value, where).items())
    ]


def _read_assumes(value: Any, key: str, where: str, notes: KeyNotes) -> Any:
    assumed = _answers(mapping(value, where), where, notes)
    return [{"type": "Assumption", "answers": {k: v}} for k, v in assumed.items()]


def _read_criteria(value: Any, key: str, where: str, notes: KeyNotes) -> Any:
    """Return criteria by slug, each written by its slug, its key or a name of it."""
    keys, slugs = description_keys.answer_keys(), []
    for item in listing(value):
        with notes.gathered():
            named = keys.get(item, item) if isinstance(item, str) else item
            slugs.append(read_word(_criteria(), where, notes, named))
    return slugs


def _read_date(value: Any, key: str, where: str, notes: KeyNotes) -> Any:
    """Return a year, a month or a day as a typed literal; anything else as it is, for the shapes to tell."""
    for pattern, datatype in _DATES.items():
        if re.fullmatch(pattern, str(value)):
            return {"@value": str(value), "@type": str(datatype)}
    return value


def _read_flag(value: Any, key: str, where: str, notes: KeyNotes) -> Any:
    """Return true or false for a yes or a no in words; anything else as it is, for the shapes to tell."""
    meant = label_index()[YES_NO].get(plain_form(value), ()) if isinstance(value, str) else ()
    if len(meant) != 1:
        return value
    meaning = name_of(f"{_YES_OR_NO}{meant[0]}")
    notes.readings.append(ValueReading(where, value, meant[0] == "yes", key_labels()[key], meaning))
    return meant[0] == "yes"


@cache
def _thing_list(key: str) -> ClosedList:
    slugs = tuple(things_of(_THINGS[key]))
    return ClosedList(str(_THINGS[key]), slugs, key_labels()[key], folder_of(key))


def kind_of(key: str) -> URIRef | None:
    """Return the class of the things that a key takes, None for a key that takes something else."""
    return _THINGS.get(key)


def folder_of(key: str) -> str:
    """Return what the IRIs of the things of a key begin with."""
    return str(description_keys.jsonld_context()["@context"][key]["@context"][-1]["@vocab"])


@cache
def _criteria() -> ClosedList:
    slugs = tuple(rulebook().criteria)
    return ClosedList(str(MTG.Criterion), slugs, _CRITERION, str(ID["criterion/"]))


@cache
def _actor_list() -> ClosedList:
    return ClosedList(ACTORS, tuple(actor_classes()), _HOLDER, str(MTG))


@disk_cache
def things_of(kind: str) -> list[str]:
    """Return the slugs of the things of a kind, sorted."""
    return sorted(slug(str(t)) for t in library.data().subjects(RDF.type, URIRef(kind)))


def actor_classes() -> list[str]:
    """Return the slugs of the kinds of holder, sorted."""
    return sorted(kinds_above())


# How the value of a key is read, where it is not taken as it is.
_READERS: dict[str, Callable[[Any, str, str, KeyNotes], Any]] = {
    "type": lambda value, key, where, notes: words(value, _actor_list(), where, notes),
    "siren": _read_siren,
    "answers": lambda value, key, where, notes: _answers(mapping(value, where), where, notes),
    "asserts": _read_asserts,
    "assumes": _read_assumes,
    "unknown": _read_criteria,
    "complete": _read_criteria,
    "signed-on": _read_date,
    "contract-state-on": _read_date,
    "wanted-by": _read_date,
    "layers-complete": _read_flag,
    "usages-complete": _read_flag,
    "presumptions": _read_flag,
    **dict.fromkeys(
        _THINGS, lambda value, key, where, notes: words(value, _thing_list(key), where, notes)
    ),
}
