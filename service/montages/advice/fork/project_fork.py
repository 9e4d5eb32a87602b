"""Two assessments side by side: answers that differ, statuses and verdicts that move, and the causes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from montages.advice.advice_json import source_json
from montages.assessment.arrangement_result import ArrangementResult, Check
from montages.assessment.assessment import Assessment
from montages.bilingual import Text
from montages.knowledge.model import Criterion, Requirement
from montages.knowledge.periods import rules_at
from montages.one_line import OneLine

NO_ANSWER = Text("aucune information", "no information")


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
        return out if brief else out | {"because": [each.to_json(lang) for each in self.because]}


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
                    "project": str(it.project),
                    "label": it.label[lang],
                    "sentence": it.answer.sentence[lang],
                    "first": it.answer.first.slug if it.answer.first else None,
                }
                for it in sides
            ],
            "as_of": self.before.as_of.isoformat(),
            "rulebook_version": self.before.rulebook_version,
            "detail": "brief" if brief else "full",
            "answers": [each.to_json(lang) for each in self.answers],
            "moves": [each.to_json(lang, brief=brief) for each in self.moves],
            "unmoved": len(self.before.verdicts) - len(self.moves),
            "scope": self.before.scope[lang],
            "disclaimer": self.before.disclaimer[lang],
        }


def fork_of(before: Assessment, after: Assessment) -> Fork:
    """Return two assessments under the law of one day side by side."""
    results = {result.arrangement.slug: result for result in after.verdicts}
    answers = tuple(_answers(before, after))
    names = {each.criterion.slug for each in answers}
    moves = [
        ArrangementMove(result, other, _because(result, other, names))
        for result in before.verdicts
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
    moving = [each for each in every if each.before != each.after]
    return tuple(
        moving
        or (
            each
            for each in every
            if not {"satisfied", "not-applicable"}.issuperset(each.after)
            and any(clause.criterion in changed for clause in each.requirement.clauses())
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
    rules = rules_at(before.as_of)
    for criterion in rules.criteria.values():
        one, other = (_answers_text(it, criterion) for it in (before, after))
        if one != other:
            yield AnswerDifference(criterion, one, other)


def _answers_text(it: Assessment, criterion: Criterion) -> Text:
    """Return what the units of a project answer, in words."""
    words: dict[Text, None] = {}
    for unit in it.units:
        given = unit.unit.answer(criterion.slug)
        for value in criterion.values:
            if value.slug in given.values:
                words[value.label] = None
    if not words:
        return NO_ANSWER
    return Text(*(" / ".join(text[x] for text in words) for x in ("fr", "en")))
