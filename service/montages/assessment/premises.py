"""The premises of an assessment: every answer with its state, what is presumed, what is to be asked (R35)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Annotated, NamedTuple, NotRequired, TypedDict
from urllib.parse import urlencode

from rdflib import RDF, URIRef

from montages import settings
from montages.assessment.check import plain_number
from montages.assessment.entry_types import Certainty, SourceNames, State, UnitIds
from montages.bilingual import Text, message
from montages.description.description import Description
from montages.description.facts import Facts, label
from montages.description.reader import read_sentence
from montages.description.readings import ValueReading
from montages.engine.protocol import Derivation
from montages.engine.units import Unit
from montages.engine.whole_project import together
from montages.json_schema import Rule, Slug
from montages.knowledge import logic
from montages.knowledge.actor_kinds import kinds_above
from montages.knowledge.files import library
from montages.knowledge.logic import NO_ANSWER, Answer, Answers
from montages.knowledge.model import Bearing, Criterion, Presumption, QuestionNote, Value
from montages.knowledge.periods import Rules
from montages.knowledge.rule_review import reviews_counted
from montages.mirror import link_target
from montages.names import MTG, kebab, slug
from montages.one_line import OneLine

SCOPE = message(
    "Contractual set-ups of connected, sustainable territories in France: InfraNum 2024 sheet, "
    "the public procurement and local government codes as cited. State aid, tax and defence "
    "contracts are not covered."
)
DISCLAIMER = message("A decision aid: this is not legal advice.")


@dataclass(frozen=True, eq=False)
class Premises(OneLine):
    """What an assessment rests on: a project, at one date, under one version of the rulebook (R26)."""

    description: Description
    derived: Derivation = field(repr=False)
    rules: Rules = field(repr=False)
    as_of: date

    scope = SCOPE
    disclaimer = DISCLAIMER

    @property
    def project(self) -> URIRef:
        """Return the IRI of the project."""
        return self.description.project

    @property
    def reviewed(self) -> Text:
        """Return how many of the rules outside organisations have reviewed."""
        return reviews_counted(self.rules)

    @cached_property
    def rulebook_version(self) -> str:
        """Return the content hash of the knowledge."""
        return library.version()

    @property
    def iri(self) -> URIRef:
        """Return the IRI of the assessment: its project, the day of the law, the version of the rules."""
        return URIRef(f"{self.project}#assessment-{self.as_of.isoformat()}-{self.rulebook_version}")

    @cached_property
    def label(self) -> Text:
        """Return the name of the project."""
        return label(self.description.facts, str(self.project))

    @cached_property
    def whole(self) -> Unit:
        """Return what the units of the project answer together."""
        return together(self.derived.units, self.description.facts, self.rules)

    @cached_property
    def facts(self) -> tuple[FactEntry, ...]:
        """Return every answer with its state."""
        return tuple(_stated_facts(self.derived.units, self.rules))

    @cached_property
    def presumed(self) -> tuple[PresumedAnswer, ...]:
        """Return what is presumed."""
        known = {presumption.slug: presumption for presumption in self.rules.presumptions}
        answers = [
            PresumedAnswer(
                criterion=(criterion := self.rules.criteria[name]),
                value=criterion.value(min(answer.values)),
                presumption=known[presumption],
                basis="practice" if answer.state == "default" else "law",
            )
            for name, presumptions in self.whole.presumed.items()
            for answer in [self.whole.answer(name)]
            for presumption in presumptions
        ]
        return tuple(
            sorted(answers, key=lambda a: (a.basis, a.criterion.order, a.presumption.slug))
        )

    @cached_property
    def notes(self) -> tuple[NoteToAsk, ...]:
        """Return the notes on the questions that nothing answers."""
        facts, units = self.description.facts, self.derived.units
        kinds = frozenset(kinds_of(facts, str(self.project)))
        noted = []
        for note in self.rules.book.question_notes:
            ids = tuple(
                unit.id
                for unit in units
                if not unit.answer(note.criterion).values
                and bears(note.bearing, kinds, extent_of(unit))
                and holds(note.bearing, unit.answers, self.rules)
            )
            if ids and note.span.holds(self.as_of):
                noted.append(NoteToAsk(note, ids if len(ids) < len(units) else ()))
        return tuple(noted)

    @cached_property
    def signed_on(self) -> str | None:
        """Return the signing date as written, the earliest if there are several."""
        return self._earliest(MTG.signedOn)

    @cached_property
    def wanted_by(self) -> str | None:
        """Return the date by which the contract has to be signed, as written, the earliest if several."""
        return self._earliest(MTG.wantedBy)

    @cached_property
    def not_understood(self) -> str:
        """Return the words that the description could not say otherwise, "" for none."""
        return self._earliest(MTG.notUnderstood) or ""

    @cached_property
    def unsure(self) -> str:
        """Return the words that decide and are in doubt, each after its class, "" for none."""
        return self._earliest(MTG.unsure) or ""

    @cached_property
    def own_words(self) -> str:
        """Return the sentence in which the project was told, "" where it was not."""
        return self._earliest(MTG.ownWords) or ""

    @cached_property
    def asks(self) -> str:
        """Return what that sentence asks, "none" for nothing."""
        return read_sentence(self.own_words).asks if self.own_words else "none"

    def _earliest(self, literal_property: URIRef) -> str | None:
        stated = self.description.facts.objects(str(self.project), str(literal_property))
        return min((v if isinstance(v, str) else v.value for v in stated), default=None)

    @property
    def readings(self) -> tuple[ValueReading, ...]:
        """Return the values of the description that were not written in their own form."""
        return self.description.readings

    @cached_property
    def contest(self) -> str:
        """Return the link by which a reader contests the result: what is stated, the day, the version."""
        query: list[tuple[str, object]] = [
            ("project", slug(self.project)),
            ("as_of", self.as_of.isoformat()),
            ("rulebook", self.rulebook_version),
        ]
        query += [
            (fact["criterion"], fact.get("number", fact["value"]))
            for fact in _stated_facts(self.derived.units, self.rules, "explicit")
        ]
        return f"{link_target(settings.get('contest_url'))}?{urlencode(query, doseq=True)}"


class FactEntry(TypedDict):
    """An answer by its criterion, the state it is known in, and its units where they differ."""

    criterion: Slug
    value: Slug | list[Slug] | None
    number: NotRequired[int | float]
    state: State
    units: NotRequired[UnitIds]


def _stated_facts(
    units: Sequence[Unit], rules: Rules, state: str | None = None
) -> Iterator[FactEntry]:
    """Yield every answer, or those in a state, with its state; `units` only where units differ."""
    answered = {n for unit in units for n, a in unit.answers.items() if state in (None, a.state)}
    for name, criterion in rules.criteria.items():
        if name not in answered:
            continue
        alike: dict[Answer, list[str]] = {}
        for unit in units:
            alike.setdefault(unit.answer(name), []).append(unit.id)
        for given, ids in alike.items():
            if given == NO_ANSWER or state not in (None, given.state):
                continue
            values = [v.slug for v in criterion.values if v.slug in given.values]
            value = values[0] if len(values) == 1 else values or None
            fact: FactEntry = {"criterion": name, "value": value, "state": given.state}
            if given.number is not None:
                number = plain_number(given.number)
                fact = {"criterion": name, "value": value, "number": number, "state": given.state}
            if len(alike) > 1:
                fact["units"] = ids
            yield fact


_HOLDER, _TYPE = str(MTG.holder), str(RDF.type)


class PointEntry(TypedDict):
    """What the law or practice says, with its sources."""

    reading: str
    sources: SourceNames
    certainty: NotRequired[Certainty]


class PresumedEntry(PointEntry):
    """An answer that law or practice gives where nothing is stated; any answer sets it aside."""

    criterion: Slug
    value: Slug
    basis: Annotated[str, Rule(enum=["law", "practice"])]
    presumption: Slug


class OfUnitsEntry(TypedDict, total=False):
    """The units that something is of."""

    units: Annotated[UnitIds, "The units it is of; absent where it is of all.", Rule(minItems=1)]


class NoteEntry(PointEntry, OfUnitsEntry):
    """What to look at before answering a question that nothing lets one presume."""

    criterion: Slug
    label: str
    note: Slug


@dataclass(frozen=True)
class PresumedAnswer(OneLine):
    """An answer that a presumption gives.

    `basis` is law where all that presume the answer together do so by law, else practice.
    """

    criterion: Criterion
    value: Value
    presumption: Presumption
    basis: str

    def to_json(self, lang: str) -> PresumedEntry:
        """Return the answer as JSON, with the presumption and its sources."""
        return {
            "criterion": self.criterion.slug,
            "value": self.value.slug,
            "basis": self.basis,
            "presumption": self.presumption.slug,
            **_reading(self.presumption, lang),
        }


@dataclass(frozen=True)
class NoteToAsk(OneLine):
    """A note on a question that nothing answers, for `units` where it is not for all of them."""

    note: QuestionNote
    units: tuple[str, ...] = ()

    def to_json(self, lang: str) -> NoteEntry:
        """Return the note as JSON, with the criterion and its sources."""
        units: OfUnitsEntry = {"units": list(self.units)} if self.units else {}
        return {
            "criterion": self.note.criterion,
            "label": self.note.label[lang],
            "note": self.note.slug,
            **_reading(self.note, lang),
            **units,
        }


def _reading(thing: Presumption | QuestionNote, lang: str) -> PointEntry:
    entry: PointEntry = {
        "reading": thing.reading[lang],
        "sources": [source.slug for source in thing.sources],
    }
    if thing.certainty != "Verified":
        entry["certainty"] = kebab(thing.certainty)
    return entry


def kinds_of(facts: Facts, project: str) -> Iterator[str]:
    """Yield the kinds of holder that a project has, and all that these are kinds of."""
    for holder in facts.objects(project, _HOLDER):
        for kind in facts.objects(holder, _TYPE) if isinstance(holder, str) else ():
            yield from kinds_above().get(slug(str(kind)), ())


class Extent(NamedTuple):
    """What a unit serves and is: usages and layers."""

    usages: tuple[str, ...]
    layers: tuple[str, ...]


def extent_of(unit: Unit) -> Extent:
    """Return the usages and the layers of a unit: its own, or those of the units that it stands for."""
    return Extent(unit.usages, unit.layers if unit.layer is None else (unit.layer,))


def bears(bearing: Bearing, kinds: frozenset[str], extent: Extent) -> bool:
    """Tell whether something bears on the holder, and on what a unit serves and is."""
    named = (
        (bearing.holders, kinds),
        (bearing.usages, extent.usages),
        (bearing.layers, extent.layers),
    )
    return all(not wanted or not set(wanted).isdisjoint(stated) for wanted, stated in named)


def holds(bearing: Bearing, answers: Answers, rules: Rules) -> bool:
    """Tell whether answers meet all that something asks of them, and nothing that sets it aside."""
    met = partial(logic.met, answers=answers, rules=rules)
    return all(map(met, bearing.when)) and not any(map(met, bearing.unless))
