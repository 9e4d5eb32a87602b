"""What an assessment says of its own ground: the facts it rests on, and the link that contests it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NotRequired, TypedDict
from urllib.parse import urlencode

from rdflib import URIRef

from montages import settings
from montages.assessment.arrangement_result import plain_number
from montages.engine.units import Unit
from montages.knowledge.files import library
from montages.knowledge.logic import NO_ANSWER, Answer
from montages.knowledge.periods import Rules
from montages.mirror import link_target
from montages.names import slug


class StatedFact(TypedDict):
    """An answer by its criterion, the state it is known in, and its units where they differ."""

    criterion: str
    value: str | list[str] | None
    number: NotRequired[int | float]
    state: str
    units: NotRequired[list[str]]


def stated_facts(units: Sequence[Unit], rules: Rules) -> tuple[StatedFact, ...]:
    """Return every answer with its state; `units` only where units differ."""
    out = []
    for name, criterion in rules.criteria.items():
        alike: dict[Answer, list[str]] = {}
        for unit in units:
            alike.setdefault(unit.answer(name), []).append(unit.id)
        for given, ids in alike.items():
            if given == NO_ANSWER:
                continue
            values = [v.slug for v in criterion.values if v.slug in given.values]
            value = values[0] if len(values) == 1 else values or None
            fact: StatedFact = {"criterion": name, "value": value, "state": given.state}
            if given.number is not None:
                number = plain_number(given.number)
                fact = {"criterion": name, "value": value, "number": number, "state": given.state}
            if len(alike) > 1:
                fact["units"] = ids
            out.append(fact)
    return tuple(out)


def contest_link(project: URIRef, as_of: date, facts: Sequence[StatedFact]) -> str:
    """Return the link by which a reader contests a result: the project's state, the date, the version."""
    state = [
        (f["criterion"], f.get("number", f["value"])) for f in facts if f["state"] == "explicit"
    ]
    query = [
        ("project", slug(project)),
        ("as_of", as_of.isoformat()),
        ("rulebook", library.version()),
    ]
    return f"{link_target(settings.get('contest_url'))}?{urlencode([*query, *state], doseq=True)}"
