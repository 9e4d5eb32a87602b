"""An interview as data: the questions in their order, what is presumed, what to find out; and its JSON."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from montages.advice.questions.parts_to_describe import DescribedPart
from montages.advice.questions.question_words import answer_words, example, question_json, why_asked
from montages.advice.questions.refinements import Refinement
from montages.advice.questions.undecided import AnswerChange
from montages.advice.request import (
    ProjectAdvice,
    advice_head,
    answer_key,
    source_json,
    written_value,
)
from montages.assessment.premises import NoteToAsk
from montages.description.parsing.key_values import listing
from montages.knowledge.model import Arrangement, Criterion
from montages.knowledge.rulebook import rulebook
from montages.one_line import OneLine


@dataclass(frozen=True)
class Question(OneLine):
    """A question to ask now: a fact to look up or a choice to make.

    `waits` are the arrangements, by slug, whose verdict it may change; `score` how many of them an answer
    settles at once, on average over the answers; `key` where the answer stands in a description.
    """

    criterion: Criterion
    kind: str
    key: str
    changes: tuple[AnswerChange, ...]
    waits: tuple[str, ...] = ()
    score: float = 0
    notes: tuple[NoteToAsk, ...] = ()

    @classmethod
    def of(cls, criterion: str) -> Question:
        """Return the question about a criterion, by slug, whatever a project says of it and waits for."""
        return cls.about(rulebook().criteria[criterion])

    @classmethod
    def about(cls, criterion: Criterion, kind: str = "", waits: tuple[str, ...] = ()) -> Question:
        """Return the question about a criterion, whatever its answers change."""
        changes = tuple(AnswerChange(value) for value in criterion.values)
        return cls(criterion, kind, answer_key(criterion.slug), changes, waits)

    def written(self, value: str) -> str:
        """Return how a value of the criterion is written in a description."""
        return written_value(self.criterion.slug, value)

    def to_json(
        self, lang: str, arrangements: Mapping[str, Arrangement], *, brief: bool
    ) -> dict[str, object]:
        """Return the question as JSON; brief: what one needs to put it and to read its answer."""
        asked = self.criterion
        why = why_asked(self.waits, arrangements)
        out = question_json(asked, self.kind, self.key, why, lang) | {"unknown_allowed": True}
        if asked.numeric_property:
            out["unit"] = asked.unit[lang]
        out["answers"] = [self._answer(c, lang, arrangements, brief) for c in self.changes]
        if brief:
            return out
        return out | {
            "help": asked.help[lang],
            "example": example(asked.help)[lang],
            "where_to_turn": asked.where_to_turn[lang],
            "sources": [source_json(source, lang) for source in asked.sources],
            "notes": [note.to_json(lang) for note in self.notes],
            "waits": list(self.waits),
            "score": round(self.score, 2),
        }

    def _answer(
        self, change: AnswerChange, lang: str, arrangements: Mapping[str, Arrangement], brief: bool
    ) -> dict[str, Any]:
        value = change.value
        out: dict[str, Any] = {"value": self.written(value.slug), "label": value.label[lang]}
        if not brief:
            out["changes"] = answer_words(change, arrangements)[lang]
            out |= {"closes": list(change.closes), "fits": list(change.fits), "names": change.names}
        return out


@dataclass(frozen=True)
class ToFindOut:
    """A fact that nobody knows yet, and the arrangements that stay to be verified for the lack of it."""

    criterion: Criterion
    waits: tuple[str, ...]

    def to_json(self, lang: str) -> dict[str, object]:
        """Return the fact as JSON: where to turn, and the sources that say what it is."""
        return {
            "criterion": self.criterion.slug,
            "label": self.criterion.label[lang],
            "question": self.criterion.question[lang],
            "where_to_turn": self.criterion.where_to_turn[lang],
            "sources": [source_json(source, lang) for source in self.criterion.sources],
            "waits": list(self.waits),
        }


@dataclass(frozen=True, eq=False)
class Interview(ProjectAdvice):
    """Which questions are next for a project, best first; none where no answer changes what is named (R19).

    Where it is about some arrangements, they are those that may change their verdicts. `describe` are the
    parts of a description that answers are read off and that it lacks; none is needed. `to_refine` are the
    questions that change no verdict and tell better how well contracts suit. `undecided` are the
    arrangements whose verdict an answer may still change; `standings` the verdict of each arrangement in
    scope, both closed ones as `closed`. `opened` are the criteria that words in doubt ask about.
    """

    arrangements: Mapping[str, Arrangement]
    describe: tuple[DescribedPart, ...]
    questions: tuple[Question, ...]
    find_out: tuple[ToFindOut, ...]
    to_refine: tuple[Refinement, ...]
    undecided: tuple[str, ...]
    standings: Mapping[str, str]
    opened: frozenset[str] = frozenset()

    @property
    def done(self) -> bool:
        """Tell whether no answer that one is asked for can change the result any more."""
        return not self.questions

    def to_json(self, lang: str | None = None, *, brief: bool = False) -> dict[str, object]:
        """Return the JSON that every door gives; brief: without help, sources and effects."""
        lang = lang or self.lang
        return {
            **advice_head(self, lang, brief=brief),
            "done": self.done,
            "describe": [part.to_json(lang) for part in self.describe],
            "questions": [q.to_json(lang, self.arrangements, brief=brief) for q in self.questions],
            "find_out": [fact.to_json(lang) for fact in self.find_out],
            "to_refine": [
                refinement.to_json(lang, self.arrangements) for refinement in self.to_refine
            ],
            "arrangements": [
                {
                    "arrangement": slug,
                    "label": self.arrangements[slug].label[lang],
                    "kind": self.arrangements[slug].kind,
                    "verdict": verdict,
                    "decided": slug not in self.undecided,
                }
                for slug, verdict in self.standings.items()
            ],
        }


# So many questions may follow from the answers to those that are known; no way is longer than the second.
_WAY, _MOST_QUESTIONS = 3, 12


@dataclass(frozen=True)
class Journey:
    """How far a project is on its way: `tree` is what it says, `passed` the parts that were passed over.

    `before` is how many questions were left, at most, when the last one was put; None before the first.
    """

    interview: Interview
    tree: Mapping[str, Any]
    passed: Collection[str] = ()
    before: int | None = None

    @property
    def left(self) -> int:
        """Return how many questions are left at most: no more than was said before one was answered.

        What a longer way would still ask stands on the result, with the answers that can change it.
        """
        known = len(self.interview.questions) + len(self.interview.describe)
        if self.before is None:
            return min(known + _WAY * bool(known), _MOST_QUESTIONS)
        return max(min(known, self.before - 1), 0)

    @property
    def next(self) -> DescribedPart | Question | None:
        """Return the next question, None at the end: what words in doubt open, who and what for, the rest."""
        if not self.left:
            return None
        first = next(iter(self.interview.questions), None)
        if first is not None and first.criterion.slug in self.interview.opened:
            return first
        passed = {*self.passed, *listing(self.tree.get("unknown"))}
        parts = (part for part in self.interview.describe if part.name not in passed)
        return next(parts, None) or first
