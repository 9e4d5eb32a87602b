"""What all advice shares: what it is asked about, as it is checked and derived, and the head of its JSON."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from rdflib import URIRef

from montages.assessment.assess import refusal
from montages.assessment.premises import DISCLAIMER, SCOPE, Premises
from montages.bilingual import Text, message
from montages.description.description import Description
from montages.description.facts import Facts, Term
from montages.engine.protocol import Engine
from montages.knowledge.actor_kinds import classes_of_kinds
from montages.knowledge.description_keys import criterion_keys
from montages.knowledge.did_you_mean import unknown_name
from montages.knowledge.files import library
from montages.knowledge.law import Passage
from montages.knowledge.model import Criterion
from montages.knowledge.periods import rules_at
from montages.names import MTG
from montages.one_line import OneLine

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


_HOLDER = "/holder/type"


@dataclass(frozen=True, eq=False)
class ProjectAdvice(OneLine):
    """Advice on a project under the law of a day; `lang` is the language where no other is asked for."""

    project: URIRef
    label: Text
    as_of: date
    lang: str

    scope = SCOPE
    disclaimer = DISCLAIMER

    @property
    def rulebook_version(self) -> str:
        """Return the version of the rules."""
        return library.version()


def advice_head(project: ProjectAdvice | Premises, lang: str, *, brief: bool) -> dict[str, Any]:
    """Return what the JSON begins with: the project, the day, the rules, the size."""
    return {
        "project": str(project.project),
        "label": project.label[lang],
        "as_of": project.as_of.isoformat(),
        "rulebook_version": project.rulebook_version,
        "detail": "brief" if brief else "full",
    }


def source_json(source: Passage, lang: str) -> dict[str, Any]:
    """Return a source as JSON: its name, its label, its document, and where it can be read."""
    out = {"source": source.slug, "label": source.label[lang], "document": source.document[lang]}
    return out | ({"url": source.url} if source.url else {})


def answer_key(name: str) -> str:
    """Return where the answer to a criterion stands in a description of our keys, as a JSON pointer."""
    return _HOLDER if name == "holder" else f"/answers/{criterion_keys()[name]}"


def written_value(name: str, value: str) -> str:
    """Return how a value of a criterion is written at its key: the class of a holder, else its slug."""
    return classes_of_kinds().get(value, value) if name == "holder" else value
