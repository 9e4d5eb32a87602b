"""What advice is asked about: set-ups by name; a description, checked and derived, or with other answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TypeVar

from montages.assessment.assess import refusal
from montages.assessment.premises import Premises
from montages.bilingual import message
from montages.description.description import Description
from montages.description.facts import Facts, Term
from montages.engine.protocol import Engine
from montages.knowledge.did_you_mean import unknown_name
from montages.knowledge.model import Criterion
from montages.knowledge.periods import rules_at
from montages.names import MTG

T = TypeVar("T")


def set_ups_named(about: Sequence[str], possible: Mapping[str, T]) -> list[T]:
    """Return what some names stand for, each once; raises UnknownName with the nearest for another."""
    for name in about:
        if name not in possible:
            raise unknown_name(message("arrangement"), name, possible)
    return [possible[name] for name in dict.fromkeys(about)]


def premises_of(description: Description, engine: Engine, as_of: date, *, anyway: bool) -> Premises:
    """Return what follows from a description; raises Refused where it does not conform, unless `anyway`."""
    if not anyway:
        report = engine.check(description)
        if not report.conforms():
            raise refusal(description, report)
    rules = rules_at(as_of)
    return Premises(description, engine.derive([description], rules)[0], rules, as_of)


_UNKNOWN = str(MTG.declaresUnknown)


def answering(
    description: Description, answers: Mapping[str, list[Term]], criteria: Collection[Criterion]
) -> Description:
    """Return a description that answers some criteria so, whatever its layers and perimeters said.

    `answers` are what it then states, by property; that one of the criteria is unknown it no longer says.
    """
    properties = {
        p for c in criteria for p in (c.property, c.numeric_property, c.excluded_property)
    }
    dropped, names = {str(prop) for prop in properties if prop}, {str(c.iri) for c in criteria}
    statements = Facts()
    statements.by_subject = dict(description.statements.by_subject)
    for subject, own in description.statements.by_subject.items():
        if dropped.isdisjoint(own) and _UNKNOWN not in own:
            continue
        left = {prop: terms for prop, terms in own.items() if prop not in dropped}
        if unknown := [term for term in left.pop(_UNKNOWN, []) if term not in names]:
            left[_UNKNOWN] = unknown
        statements.by_subject[subject] = left
    project = str(description.project)
    statements.by_subject[project] = {**statements.by_subject.get(project, {}), **answers}
    changed = Description(statements, description.project, description.places)
    changed.readings = description.readings
    return changed
