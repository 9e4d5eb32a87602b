"""What is presumed of a project, and what to look at where nothing lets one presume (R35)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rdflib import RDF

from montages.description.facts import Facts
from montages.engine.units import Unit
from montages.knowledge.actor_kinds import kinds_above
from montages.knowledge.model import Bearing, Criterion, Presumption, QuestionNote, Value
from montages.knowledge.periods import Rules
from montages.names import MTG, kebab, slug
from montages.one_line import OneLine

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
