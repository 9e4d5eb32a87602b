"""Where an answer ends: nothing that is left to say changes it, only some facts do, or it is not decided yet.

Each open question is answered in every way, and what the answer would then name is compared: the contract,
its procedure, its channel, what the law forbids. What is presumed then is presumed here too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, partial

from montages.assessment.answer.naming import Naming, naming, read_for_naming
from montages.assessment.explainer import Concluded, Explainer
from montages.assessment.qualification import said_bits
from montages.assessment.supposed_answers import Supposing
from montages.assessment.verdict.answers import Pair, coherent, stated
from montages.assessment.verdict.unknown_facts import of_unstated_use, unanswered
from montages.assessment.wording import enumerated, lower
from montages.bilingual import Text, in_both, message
from montages.knowledge import logic
from montages.knowledge.compiled.masks import masks
from montages.knowledge.logic import NO_ANSWER
from montages.knowledge.model import Criterion, Value
from montages.one_line import OneLine


class Ending(StrEnum):
    """How far an answer is decided."""

    NOTHING_CHANGES = "nothing-changes"
    FEW_FACTS = "few-facts"
    UNDECIDED = "undecided"


# So many facts are told by name.
_TOLD = 5
_ENDS = {
    Ending.NOTHING_CHANGES: message("Nothing that is left to say can change this answer."),
    Ending.UNDECIDED: message(
        "Not decidable yet: what you do not know yet may change this answer."
    ),
}
_ONLY = message("Only these answers can change it: {}.")
_ONE = message("Only this answer can change it: {}.")
_MORE = message("{} others")


@dataclass(frozen=True, eq=False)
class Deciding(OneLine):
    """A question that is open and may change the answer: what each such answer would name instead."""

    criterion: Criterion
    others: tuple[tuple[Value, Naming], ...]

    def to_json(self) -> dict[str, object]:
        """Return the question as JSON."""
        return {
            "criterion": self.criterion.slug,
            "answers": [{"value": v.slug, **other.to_json()} for v, other in self.others],
        }


def deciding(explainer: Explainer, parts: Sequence[Concluded]) -> tuple[Deciding, ...]:
    """Return the questions that may change what is named for some part of a project, in author order."""
    out: dict[str, Deciding] = {}
    for part in parts:
        for question in OpenQuestions(explainer, part).deciding:
            out.setdefault(question.criterion.slug, question)
    return tuple(sorted(out.values(), key=lambda question: question.criterion.order))


@dataclass(frozen=True, eq=False)
class OpenQuestions:
    """The questions of a part of a project that are open, and which may change what is named for it."""

    explainer: Explainer
    part: Concluded

    @cached_property
    def deciding(self) -> tuple[Deciding, ...]:
        """Return the questions that may change what is named, in author order."""
        questions = (Deciding(c, tuple(self._others(c))) for c in self.open_questions())
        return tuple(question for question in questions if question.others)

    @cached_property
    def now(self) -> Naming:
        """Return what is named."""
        part = self.part
        return naming(part.reading.stated, part.qualified.stated, part.unit.asserted)

    @cached_property
    def _suppositions(self) -> Supposing:
        return self.explainer.suppositions(self.part)

    def open_questions(self) -> Iterator[Criterion]:
        """Yield the questions that may be put and that nothing answers, not even a presumption."""
        unit, rules = self.part.unit, self.part.rules
        read = read_for_naming(self.now.contract, rules) | self._suppositions.premises
        for name, criterion in rules.criteria.items():
            answer = unit.answers.get(name, NO_ANSWER)
            if answer.values or criterion.answer_origin == "Derived" or name not in read:
                continue
            if of_unstated_use(criterion, unit) and unanswered(name, unit.answers, rules):
                continue
            if all(
                logic.holds(condition, unit.answers, rules) for condition in criterion.asked_when
            ):
                yield criterion

    def _others(self, criterion: Criterion) -> Iterator[tuple[Value, Naming]]:
        """Yield the answers to a question by which something else would be named."""
        for value in criterion.values:
            pair = (criterion.slug, value.slug)
            if coherent(pair, self.part.unit.answers, self.part.rules):
                after = self._after(pair)
                if after != self.now:
                    yield value, after

    def _after(self, pair: Pair) -> Naming:
        """Return what would be named by one more answer."""
        part, rules = self.part, self.part.rules
        if pair[0] not in self._suppositions.premises:
            states = part.reading.stated.changed_to([pair])
            stated_bits = part.qualified.stated | masks(rules).of_criterion[pair[0]]
        else:
            answers = self._suppositions.answers([pair])
            states, stated_bits = stated(answers, rules), said_bits(answers, rules)
        return naming(states, stated_bits, part.unit.asserted)


def ending_sentence(ending: Ending, deciding: Sequence[Deciding]) -> Text:
    """Return how an answer ends, and by which facts alone it may change."""
    if ending is not Ending.FEW_FACTS:
        return _ENDS[ending]
    return in_both(partial(_facts, [question.criterion for question in deciding]))


def _facts(criteria: Sequence[Criterion], lang: str) -> str:
    names = [lower(criterion.label[lang]) for criterion in criteria]
    first = names[:_TOLD] if len(names) > _TOLD + 1 else names
    more = [_MORE[lang].format(len(names) - len(first))] if len(first) < len(names) else []
    return (_ONE if len(names) == 1 else _ONLY)[lang].format(enumerated([*first, *more], lang))
