"""The values of our keys: answers, words of closed lists and dates, checked and written out as JSON-LD."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from rdflib import RDF, RDFS, XSD, URIRef

from montages.description.limits import is_long
from montages.description.parsing.key_faults import (
    KeyFaults,
    unknown_key,
    unknown_value,
    wrong_value,
)
from montages.knowledge.compiled import jsonld_context as ctx
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.model import Criterion
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, slug

WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_DATES = {r"\d{4}": XSD.gYear, r"\d{4}-\d{2}": XSD.gYearMonth, r"\d{4}-\d{2}-\d{2}": XSD.date}
# Keys whose values become IRIs: what cannot be one would vanish without a word.
_THINGS = {
    "usages": MTG.Usage,
    "retained": MTG.ContractType,
    "retained-procedure": MTG.Procedure,
    "retained-channels": MTG.Channel,
    "retained-vehicle": MTG.Vehicle,
    "contract-state": MTG.ContractState,
}


def node_values(
    tree: dict[str, Any], pointer: str, accepted: Iterable[str], faults: KeyFaults
) -> dict[str, Any]:
    """Return a project, perimeter or layer use with its keys checked and its short forms written out."""
    out: dict[str, Any] = {}
    for key, value in tree.items():
        with faults.gathered():
            if key not in accepted:
                raise unknown_key(pointer, key, accepted)
            where = f"{pointer}/{key}"
            if key in _THINGS:
                check_words(value, things_of(_THINGS[key]), where)
            read = _READERS.get(key)
            out[key] = read(value, where, faults) if read else value
    return out


def mapping(value: Any, pointer: str) -> dict[str, Any]:
    """Return a value that has to be key: value pairs, none for an empty one; raises UnusableInput."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise wrong_value(
            pointer, value, "il faut des paires clé: valeur", "key: value pairs are needed"
        )
    return value


def listing(value: Any) -> list[Any]:
    """Return a value as a list: a single one may stand without brackets, an empty one is no value."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _answers(tree: dict[str, Any], pointer: str, faults: KeyFaults) -> dict[str, Any]:
    slugs = ctx.answer_keys()
    out: dict[str, Any] = {}
    for key, value in tree.items():
        with faults.gathered():
            if key not in slugs:
                raise unknown_key(pointer, key, slugs)
            criterion = rulebook().criteria[slugs[key]]
            for item in listing(value):
                _check_answer(item, criterion, f"{pointer}/{key}")
            out[key] = value
    return out


def _check_answer(item: Any, criterion: Criterion, where: str) -> None:
    allowed = [v.slug for v in criterion.values]
    if criterion.numeric_property:
        number = isinstance(item, (int, float, Decimal))
        if isinstance(item, bool) or not number or not math.isfinite(item) or is_long(item):
            raise wrong_value(where, item, "il faut un nombre", "a number is needed")
    elif isinstance(item, bool) and set(allowed) == {"yes", "no"}:
        raise wrong_value(
            where, item, "écrivez yes ou no", "write yes or no", suggestion="yes" if item else "no"
        )
    elif item not in allowed:
        raise unknown_value(where, item, allowed)


def check_choice(value: Any, criterion: str, pointer: str) -> None:
    """Raise UnusableInput for a value, or one of a list, that is none of a criterion's."""
    allowed = [v.slug for v in rulebook().criteria[criterion].values]
    for item in listing(value):
        if item not in allowed:
            raise unknown_value(pointer, item, allowed)


def _read_answers(value: Any, where: str, faults: KeyFaults) -> Any:
    return _answers(mapping(value, where), where, faults)


def _read_asserts(value: Any, where: str, faults: KeyFaults) -> Any:
    return [
        {"type": "Assertion", "requirement": name, **({"note": str(note)} if note else {})}
        for name, note in sorted(mapping(value, where).items())
    ]


def _read_assumes(value: Any, where: str, faults: KeyFaults) -> Any:
    assumed = _answers(mapping(value, where), where, faults)
    return [{"type": "Assumption", "answers": {k: v}} for k, v in assumed.items()]


def _read_criteria(value: Any, where: str, faults: KeyFaults) -> Any:
    criteria = rulebook().criteria
    names = ctx.answer_keys() | {name: name for name in criteria}
    slugs = []
    for item in listing(value):
        with faults.gathered():
            if not isinstance(item, str) or item not in names:
                raise unknown_key(where, str(item), criteria)
            slugs.append(names[item])
    return slugs


def _read_date(value: Any, where: str, faults: KeyFaults) -> Any:
    """Return a year, a month or a day as a typed literal; anything else as it is, for the shapes to tell."""
    for pattern, datatype in _DATES.items():
        if re.fullmatch(pattern, str(value)):
            return {"@value": str(value), "@type": str(datatype)}
    return value


def check_words(value: Any, allowed: Iterable[str], pointer: str) -> None:
    """Raise UnusableInput for a value, or one of a list, that is no single word and cannot be in an IRI."""
    for item in listing(value):
        if not isinstance(item, str) or not WORD.fullmatch(item):
            raise unknown_value(pointer, item, sorted(allowed))


@disk_cache
def things_of(kind: str) -> list[str]:
    """Return the slugs of the things of a kind, sorted."""
    return sorted(slug(str(t)) for t in library.data().subjects(RDF.type, URIRef(kind)))


@disk_cache
def actor_classes() -> list[str]:
    """Return the slugs of the kinds of holder, sorted."""
    below = library.ontology().transitive_subjects(RDFS.subClassOf, MTG.Actor)
    return sorted(slug(str(cls)) for cls in below if isinstance(cls, URIRef))


# How the value of a key is read, where it is not taken as it is.
_READERS: dict[str, Callable[[Any, str, KeyFaults], Any]] = {
    "answers": _read_answers,
    "asserts": _read_asserts,
    "assumes": _read_assumes,
    "unknown": _read_criteria,
    "complete": _read_criteria,
    "signed-on": _read_date,
    "contract-state-on": _read_date,
}
