"""The premises of an assessment: every answer with its state, what is presumed, what is to be asked (R35).

Then what a project would answer if some criteria were answered so, with what is presumed then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NotRequired, TypedDict
from urllib.parse import urlencode

import pyoxigraph as ox
from rdflib import RDF, URIRef

from montages import settings
from montages.assessment.arrangement_result import plain_number
from montages.assessment.verdict.answers import Pair, changed, without
from montages.description.facts import Facts
from montages.engine.units import Unit
from montages.knowledge import entailment, logic
from montages.knowledge.actor_kinds import kinds_above
from montages.knowledge.entailment import implications
from montages.knowledge.files import library
from montages.knowledge.logic import NO_ANSWER, Answer, Answers
from montages.knowledge.model import Bearing, Criterion, Presumption, QuestionNote, Value
from montages.knowledge.periods import Rules
from montages.mirror import link_target
from montages.names import MTG, kebab, slug
from montages.one_line import OneLine


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


_HOLDER, _TYPE = str(MTG.holder), str(RDF.type)


@dataclass(frozen=True)
class PresumedAnswer(OneLine):
    """An answer that a presumption gives.

    `basis` is law where all that presume the answer together do so by law, else practice.
    """

    criterion: Criterion
    value: Value
    presumption: Presumption
    basis: str

    def to_json(self, lang: str) -> dict[str, object]:
        """Return the answer as JSON, with the presumption and its sources."""
        return {
            "criterion": self.criterion.slug,
            "value": self.value.slug,
            "basis": self.basis,
            **_entry(self.presumption, "presumption", lang),
        }


@dataclass(frozen=True)
class NoteToAsk(OneLine):
    """A note on a question that nothing answers, for `units` where it is not for all of them."""

    note: QuestionNote
    units: tuple[str, ...] = ()

    def to_json(self, lang: str) -> dict[str, object]:
        """Return the note as JSON, with the criterion and its sources."""
        out: dict[str, Any] = {
            "criterion": self.note.criterion,
            "label": self.note.label[lang],
            **_entry(self.note, "note", lang),
        }
        return out | ({"units": list(self.units)} if self.units else {})


def _entry(thing: Presumption | QuestionNote, kind: str, lang: str) -> dict[str, Any]:
    out: dict[str, Any] = {
        kind: thing.slug,
        "reading": thing.reading[lang],
        "sources": [source.slug for source in thing.sources],
    }
    return out | ({"certainty": kebab(thing.certainty)} if thing.certainty != "Verified" else {})


def presumed_answers(unit: Unit, rules: Rules) -> tuple[PresumedAnswer, ...]:
    """Return what is presumed of a project as a whole, by law first, in author order."""
    known = {presumption.slug: presumption for presumption in rules.presumptions}
    answers = [
        PresumedAnswer(
            criterion=(criterion := rules.criteria[name]),
            value=criterion.value(min(answer.values)),
            presumption=known[presumption],
            basis="practice" if answer.state == "default" else "law",
        )
        for name, presumptions in unit.presumed.items()
        for answer in [unit.answer(name)]
        for presumption in presumptions
    ]
    return tuple(sorted(answers, key=lambda a: (a.basis, a.criterion.order, a.presumption.slug)))


def notes_to_ask(
    facts: Facts, project: str, units: Sequence[Unit], rules: Rules, as_of: date
) -> tuple[NoteToAsk, ...]:
    """Return the notes on the questions that nothing answers, for the holder and its usages."""
    kinds = frozenset(kinds_of(facts, project))
    notes = (note for note in rules.book.question_notes if note.span.holds(as_of))
    return tuple(_noted(notes, kinds, units))


def _noted(
    notes: Iterable[QuestionNote], kinds: frozenset[str], units: Sequence[Unit]
) -> Iterator[NoteToAsk]:
    for note in notes:
        ids = [
            unit.id
            for unit in units
            if not unit.answer(note.criterion).values and _bears(note.bearing, kinds, unit)
        ]
        if ids:
            yield NoteToAsk(note, tuple(ids) if len(ids) < len(units) else ())


def kinds_of(facts: Facts, project: str) -> Iterator[str]:
    """Yield the kinds of holder that a project has, and all that these are kinds of."""
    for holder in facts.objects(project, _HOLDER):
        for kind in facts.objects(holder, _TYPE) if isinstance(holder, str) else ():
            yield from kinds_above().get(slug(str(kind)), ())


def bears(bearing: Bearing, kinds: frozenset[str], unit: Unit) -> bool:
    """Tell whether something bears on the holder, the usages and the layer of a unit."""
    layers = () if unit.layer is None else (unit.layer,)
    named = ((bearing.holders, kinds), (bearing.usages, unit.usages), (bearing.layers, layers))
    return all(not wanted or set(wanted) & set(stated) for wanted, stated in named)


def _bears(bearing: Bearing, kinds: frozenset[str], unit: Unit) -> bool:
    return (
        bears(bearing, kinds, unit)
        and all(unit.answer(c.criterion).values & c.accepts for c in bearing.when)
        and not any(unit.answer(c.criterion).values & c.accepts for c in bearing.unless)
    )


_FALSE, _USES_PRESUMPTIONS = ox.Literal(False), str(MTG.usesPresumptions)


@dataclass(frozen=True, eq=False)
class Supposing:
    """Supposes answers of a project: `whole` is what its `units` answer together."""

    whole: Unit
    units: Sequence[Unit]
    facts: Facts
    rules: Rules

    def answers(self, pairs: Sequence[Pair]) -> Answers:
        """Return what the project would answer, presumed answers included."""
        return self._presumed(changed(self._bare, pairs, self.rules))

    @cached_property
    def _bare(self) -> Answers:
        """Return the answers without those that are presumed, and without what followed from them."""
        answers = self.whole.answers
        return without(answers, [name for name in self.whole.presumed if name in answers])

    @cached_property
    def premises(self) -> frozenset[str]:
        """Return the criteria whose answers bear on what is presumed of the project."""
        bearings = [presumption.bearing for presumption in self._near]
        return frozenset(c.criterion for of in bearings for c in (*of.when, *of.unless))

    @cached_property
    def _near(self) -> Sequence[Presumption]:
        """Return the presumptions for the holder, the usages and the layers of the project."""
        project = self.whole.parts[-1]
        if _FALSE in self.facts.objects(project, _USES_PRESUMPTIONS):
            return ()
        kinds = frozenset(kinds_of(self.facts, project))
        return [
            presumption
            for presumption in self.rules.presumptions
            if any(bears(presumption.bearing, kinds, unit) for unit in self.units)
        ]

    def _presumed(self, answers: dict[str, Answer]) -> Answers:
        """Return answers with what law, then practice answers where nothing is answered."""
        firm = {name: answer for name, answer in answers.items() if answer.state != "default"}
        met = [
            presumption
            for presumption in self._near
            if all(logic.met(clause, firm, self.rules) for clause in presumption.bearing.when)
            and not any(
                logic.met(clause, firm, self.rules) for clause in presumption.bearing.unless
            )
        ]
        for state, lawful in (("derived", True), ("default", False)):
            for name, group in self._unanswered(met, answers):
                rows = [row for row in group if row.basis == "law"] if lawful else group
                unknown = name in answers and answers[name].state == "explicit-unknown"
                if rows and self._cover(rows) and (lawful or not unknown):
                    value = rows[0].value
                    answers = entailment.supposing(answers, name, value, self.rules)
                    answers[name] = Answer(frozenset({value}), answers[name].excluded, state)
        return answers

    def _unanswered(
        self, presumptions: Sequence[Presumption], answers: Answers
    ) -> Iterator[tuple[str, list[Presumption]]]:
        """Yield the presumptions of each criterion that nothing answers, where they say one thing."""
        groups: dict[str, list[Presumption]] = {}
        for presumption in presumptions:
            groups.setdefault(presumption.criterion, []).append(presumption)
        for name, group in groups.items():
            one = len({row.value for row in group}) == 1
            answered = name in answers and bool(answers[name].values)
            if one and not answered and not _implies_one(name, answers):
                yield name, group

    def _cover(self, rows: Sequence[Presumption]) -> bool:
        """Tell whether each usage is covered: by one that names it, or by one that names none."""
        if any(not row.bearing.usages for row in rows):
            return True
        return all(any(u in row.bearing.usages for row in rows) for u in self.whole.usages)


def _implies_one(name: str, answers: Answers) -> bool:
    """Tell whether an answer implies one to a criterion."""
    return any(
        other == name
        for criterion, given in answers.items()
        for value in given.values
        for other, _ in implications().get((criterion, value), ())
    )
