"""A project beside another, or beside itself with other answers: what moves, and by which checks (R21)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rdflib import RDF, RDFS

from montages.advice.advice_json import source_json
from montages.advice.request import answering
from montages.assessment.arrangement_result import ArrangementResult, Check
from montages.assessment.assessment import Assessment
from montages.assessment.conclusions import Conclusions
from montages.bilingual import Text, message
from montages.description.description import Description
from montages.engine.protocol import Engine
from montages.knowledge.description_keys import answer_keys
from montages.knowledge.law import Requirement
from montages.knowledge.model import Criterion
from montages.knowledge.rulebook import rulebook
from montages.one_line import OneLine

NO_ANSWER = message("no information")


@dataclass(frozen=True, eq=False)
class AnswerDifference(OneLine):
    """A criterion that is answered otherwise: what was said before, and what after."""

    criterion: Criterion
    before: Text
    after: Text

    def to_json(self, lang: str) -> dict[str, object]:
        """Return the difference as JSON."""
        return {
            "criterion": self.criterion.slug,
            "label": self.criterion.label[lang],
            "before": self.before[lang],
            "after": self.after[lang],
        }


@dataclass(frozen=True, eq=False)
class CheckMove(OneLine):
    """A requirement that comes out otherwise, worst first where units differ."""

    requirement: Requirement
    before: tuple[str, ...]
    after: tuple[str, ...]

    def to_json(self, lang: str) -> dict[str, object]:
        """Return the move as JSON."""
        return {
            "requirement": self.requirement.slug,
            "criterion": self.requirement.own.criterion,
            "label": self.requirement.label[lang],
            "before": list(self.before),
            "after": list(self.after),
            "sources": [source_json(source, lang) for source in self.requirement.sources],
        }


@dataclass(frozen=True, eq=False)
class ArrangementMove(OneLine):
    """An arrangement whose status, verdict or procedure moves, and the checks that cause it."""

    before: ArrangementResult
    after: ArrangementResult
    because: tuple[CheckMove, ...]

    @property
    def better(self) -> bool:
        """Tell whether the arrangement is nearer than before."""
        return _place(self.after) < _place(self.before)

    def to_json(self, lang: str, *, brief: bool) -> dict[str, object]:
        """Return the move as JSON; brief: without the checks that cause it."""
        out: dict[str, Any] = {
            "contract": self.before.arrangement.slug,
            "label": self.before.arrangement.label[lang],
            "kind": self.before.arrangement.kind,
            "better": self.better,
            "status": [self.before.status, self.after.status],
            "verdict": [self.before.verdict.value, self.after.verdict.value],
        }
        if self.before.procedure and self.after.procedure:
            out["procedure"] = [self.before.procedure.value, self.after.procedure.value]
        return out if brief else out | {"because": [check.to_json(lang) for check in self.because]}


def _place(result: ArrangementResult) -> tuple[int, ...]:
    procedure = result.procedure.rank if result.procedure else 0
    return (procedure, result.verdict.rank, len(result.to_verify), result.best.unusual)


@dataclass(frozen=True, eq=False)
class Fork(OneLine):
    """A project beside another: what is answered otherwise, and what moves, first what gets better."""

    before: Assessment
    after: Assessment
    answers: tuple[AnswerDifference, ...]
    moves: tuple[ArrangementMove, ...]

    def to_json(self, lang: str | None = None, *, brief: bool = False) -> dict[str, object]:
        """Return the JSON that every door gives; brief: without the checks that cause moves."""
        lang = lang or self.before.lang
        sides = (self.before, self.after)
        return {
            "projects": [
                {
                    "project": str(side.premises.project),
                    "label": side.premises.label[lang],
                    "sentence": side.answer.sentence[lang],
                    "first": side.answer.first.slug if side.answer.first else None,
                }
                for side in sides
            ],
            "as_of": self.before.premises.as_of.isoformat(),
            "rulebook_version": self.before.premises.rulebook_version,
            "detail": "brief" if brief else "full",
            "answers": [answer.to_json(lang) for answer in self.answers],
            "moves": [move.to_json(lang, brief=brief) for move in self.moves],
            "unmoved": len(self.before.conclusions.verdicts) - len(self.moves),
            "scope": self.before.premises.scope[lang],
            "disclaimer": self.before.premises.disclaimer[lang],
        }


def fork_of(before: Assessment, after: Assessment) -> Fork:
    """Return two assessments under the law of one day side by side."""
    results = {result.arrangement.slug: result for result in after.conclusions.verdicts}
    answers = tuple(_answers(before, after))
    names = {answer.criterion.slug for answer in answers}
    moves = [
        ArrangementMove(result, other, _because(result, other, names))
        for result in before.conclusions.verdicts
        if _moves(result, other := results[result.arrangement.slug])
    ]
    moves.sort(key=lambda move: not move.better)
    return Fork(before, after, answers, tuple(moves))


def _moves(one: ArrangementResult, other: ArrangementResult) -> bool:
    return (one.status, one.verdict, one.procedure) != (
        other.status,
        other.verdict,
        other.procedure,
    )


def _because(
    one: ArrangementResult, other: ArrangementResult, changed: Collection[str]
) -> tuple[CheckMove, ...]:
    """Return the gates that come out otherwise; where none does, those open that read what changed."""
    before, after = _outcomes(one.checks), _outcomes(other.checks)
    every = [CheckMove(r, outcomes, after.get(r, ())) for r, outcomes in before.items()]
    moving = [move for move in every if move.before != move.after]
    return tuple(
        moving
        or (
            move
            for move in every
            if not {"satisfied", "not-applicable"}.issuperset(move.after)
            and any(clause.criterion in changed for clause in move.requirement.clauses())
        )
    )


def _outcomes(checks: Sequence[Check]) -> Mapping[Requirement, tuple[str, ...]]:
    out: dict[Requirement, tuple[str, ...]] = {}
    for check in checks:
        if check.requirement.hard and check.outcome not in out.get(check.requirement, ()):
            out[check.requirement] = (*out.get(check.requirement, ()), check.outcome)
    return out


def _answers(before: Assessment, after: Assessment) -> Iterator[AnswerDifference]:
    """Yield the criteria that are answered otherwise, what follows from answers included."""
    rules = before.premises.rules
    for criterion in rules.criteria.values():
        one, other = (_answers_text(side.conclusions, criterion) for side in (before, after))
        if one != other:
            yield AnswerDifference(criterion, one, other)


def _answers_text(conclusions: Conclusions, criterion: Criterion) -> Text:
    """Return what the units of a project answer, in words."""
    words: dict[Text, None] = {}
    for unit in conclusions.units:
        answer = unit.unit.answer(criterion.slug)
        for value in criterion.values:
            if value.slug in answer.values:
                words[value.label] = None
    if not words:
        return NO_ANSWER
    return Text(*(" / ".join(text[x] for text in words) for x in ("fr", "en")))


_NOT_ANSWERS = (str(RDF.type), str(RDFS.label))


def with_answers(
    description: Description, answers: Mapping[str, Any], engine: Engine
) -> Description:
    """Return a description that answers so, whatever its layers and perimeters said.

    Raises UnusableInput, with the place, for a key or a value that cannot be read.
    """
    tree = {"project": "x", "id": description.slug, "answers": dict(answers)}
    read = engine.parse(json.dumps(tree, default=str), "json")
    new_answers = {
        prop: values
        for prop, values in read.facts.by_subject[str(read.project)].items()
        if prop not in _NOT_ANSWERS
    }
    criteria = [rulebook().criteria[answer_keys()[key]] for key in answers if key in answer_keys()]
    changed = answering(description, new_answers, criteria)
    changed.readings, changed.is_written = (*description.readings, *read.readings), False
    return changed
