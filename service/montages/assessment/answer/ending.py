"""Where an answer ends: no question that is left changes it, only some facts do, or it is not decided yet.

Each open question is answered in every way, and what the answer would then name is compared: the contract,
its procedure, its channel, what the law forbids. What is presumed then is presumed here too.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, partial
from itertools import chain
from typing import NotRequired, TypedDict

from montages.assessment.naming import Naming, NamingEntry, forbidding_criteria, naming
from montages.assessment.nearby_naming import NearbyNaming
from montages.assessment.parts import Part, Parts
from montages.assessment.qualification import said_bits
from montages.assessment.supposed_answers import Supposing
from montages.assessment.verdict.answers import Pair, coherent, stated
from montages.assessment.verdict.unknown_facts import of_unstated_use, unanswered
from montages.assessment.wording import enumerated, lower
from montages.bilingual import Text, in_both, message
from montages.json_schema import Slug
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
    Ending.NOTHING_CHANGES: message("No other question can change this answer."),
    Ending.UNDECIDED: message(
        "Not decidable yet: what you do not know yet may change this answer."
    ),
}
_UNLESS = message(
    "No other question can change this answer, unless a presumption is wrong or you take another way."
)
_BOUNDED = message(
    "No other question will change this answer {bounds}, unless a presumption is wrong or you take "
    "another way."
)
_ALONE = {
    True: message(
        "No other question by itself can change this answer, unless a presumption is wrong or you take "
        "another way."
    ),
    False: message("No other question by itself can change this answer."),
}
_BOUNDED_ALONE = message(
    "No other question by itself will change this answer {bounds}, unless a presumption is wrong or you "
    "take another way."
)
_ONLY = message("Questions that are left and may change it: {}.")
_ONE = message("One question is left that may change it: {}.")
_MORE = message("{} others")


class DecidingAnswerEntry(NamingEntry):
    """An answer to an open question, and what it would name instead."""

    value: Slug


class DecidingEntry(TypedDict):
    """An open question that can change what is named; in brief, by name only."""

    criterion: Slug
    answers: NotRequired[list[DecidingAnswerEntry]]


@dataclass(frozen=True, eq=False)
class Deciding(OneLine):
    """A question that is open and may change the answer: what each answer would name instead of `now`.

    `changing` yields the answers that change it, the later ones worked out when they are asked for.
    """

    criterion: Criterion
    now: Naming
    changing: Iterable[tuple[Value, Naming]] = field(default=(), repr=False)

    @cached_property
    def others(self) -> tuple[tuple[Value, Naming], ...]:
        """Return each answer that names something else, with what it names."""
        return tuple(self.changing)

    def names_instead(self, value: Value) -> str | None:
        """Return what an answer would name instead, "" for nothing; None where it changes nothing."""
        other = next((after for v, after in self.others if v == value), None)
        if other is None:
            return None
        if other.contract != self.now.contract:
            return other.contract or ""
        return other.channel or other.procedure or ""

    def to_json(self) -> DecidingEntry:
        """Return the question as JSON."""
        return {
            "criterion": self.criterion.slug,
            "answers": [{"value": v.slug, **other.to_json()} for v, other in self.others],
        }


def deciding(
    parts: Parts, named: Sequence[Part], untold: Sequence[Part] = ()
) -> tuple[Deciding, ...]:
    """Return the questions that may change what is named for some part of a project, in author order.

    Of the parts whose kind of contract is `untold`, the first question on the project tells it (R48).
    """
    out: dict[str, Deciding] = {}
    for part in named:
        for question in OpenQuestions(parts, part).deciding:
            out.setdefault(question.criterion.slug, question)
    for part in untold:
        asked = [c for c in part.rules.criteria.values() if c.asked_first]
        first = min(asked, key=lambda criterion: criterion.asked_first)
        if first.slug not in out and unanswered(first.slug, part.unit.answers, part.rules):
            out[first.slug] = Deciding(first, OpenQuestions(parts, part).now)
    return tuple(sorted(out.values(), key=lambda question: question.criterion.order))


@dataclass(frozen=True, eq=False)
class OpenQuestions:
    """The questions of a part of a project that are open, and which may change what is named for it."""

    parts: Parts
    part: Part

    @cached_property
    def deciding(self) -> tuple[Deciding, ...]:
        """Return the questions that may change what is named, in author order."""
        read = self._naming.criteria | self.suppositions.premises
        return tuple(self._deciding(read))

    def _deciding(self, among: Container[str]) -> Iterator[Deciding]:
        for criterion in self.open_among(among):
            others = self._others(criterion)
            first = next(others, None)
            if first is not None:
                yield Deciding(criterion, self.now, chain([first], others))

    @cached_property
    def now(self) -> Naming:
        """Return what is named."""
        return self._naming.now

    @cached_property
    def _naming(self) -> NearbyNaming:
        part = self.part
        return NearbyNaming(part.outcomes.stated, part.qualified.stated, part.unit.asserted)

    @cached_property
    def suppositions(self) -> Supposing:
        """Return what gives the answers that the part would have."""
        return self.parts.suppositions(self.part)

    def turns_on(self, criterion: Criterion) -> bool:
        """Tell whether something else would be named by another answer than the one presumed."""
        unit, rules = self.part.unit, self.part.rules
        presumed = unit.answers.get(criterion.slug, NO_ANSWER).values
        others = (value.slug for value in criterion.values if value.slug not in presumed)
        supposed = (self.suppositions.answers([(criterion.slug, value)]) for value in others)
        return any(
            naming(stated(answers, rules), said_bits(answers, rules), unit.asserted) != self.now
            for answers in supposed
        )

    def open_among(self, among: Container[str]) -> Iterator[Criterion]:
        """Yield the questions, no steps, that may be put and that nothing answers, not even a presumption."""
        answers, rules = self.part.unit.answers, self.part.rules
        for name, criterion in rules.criteria.items():
            if name in among and self.may_be_put(criterion):
                conditions = (*criterion.asked_when, *criterion.suggested_when)
                if all(logic.holds(condition, answers, rules) for condition in conditions):
                    yield criterion

    def may_be_put(self, criterion: Criterion) -> bool:
        """Tell whether a question may be put, once what it is asked after holds and something suggests it.

        Where the procedure ends the questions, only what a prohibition reads is.
        """
        unit, rules, name = self.part.unit, self.part.rules, criterion.slug
        if unit.answer(name).values:
            return False
        if criterion.answer_origin == "Derived" or criterion.nature == "step":
            return False
        if of_unstated_use(criterion, unit) and unanswered(name, unit.answers, rules):
            return False
        procedure = rules.arrangements.get(self.now.procedure or "")
        ended = procedure is not None and procedure.ends_questions
        return not ended or name in forbidding_criteria(rules)

    def _others(self, criterion: Criterion) -> Iterator[tuple[Value, Naming]]:
        """Yield the answers to a question by which something else would be named."""
        for value in criterion.values:
            pair = (criterion.slug, value.slug)
            if coherent(pair, self.part.unit.answers, self.part.rules):
                after = self.after(pair)
                # What is forbidden stays so, whatever else forbids it too.
                if after != self.now and not (after.forbidden and self.now.forbidden):
                    yield value, after

    def after(self, pair: Pair) -> Naming:
        """Return what would be named by one more answer."""
        part, rules = self.part, self.part.rules
        given = part.outcomes.stated
        if not self.suppositions.presumes_otherwise(pair):
            stated_bits = part.qualified.stated | masks(rules).of_criterion[pair[0]]
            return self._naming.after(given.changed_to([pair]), stated_bits, pair[0])
        answers = self.suppositions.answers([pair])
        return self._naming.after(given.otherwise(answers), said_bits(answers, rules))


def ending_sentence(
    ending: Ending,
    deciding: Sequence[Deciding],
    *,
    named: bool,
    together: bool = False,
    bounds: Text | None = None,
) -> Text:
    """Return how an answer ends, and by which facts alone it may change.

    `named` tells whether it names a contract, `together` whether several answers at once may change it;
    `bounds` are the amounts within which its procedure ends the questions, if it does.
    """
    if ending is Ending.FEW_FACTS:
        return in_both(partial(_facts, [question.criterion for question in deciding]))
    if ending is Ending.UNDECIDED:
        return _ENDS[ending]
    if bounds is not None:
        bounded = _BOUNDED_ALONE if together else _BOUNDED
        return in_both(lambda lang: bounded[lang].format(bounds=bounds[lang]))
    if together:
        return _ALONE[named]
    return _UNLESS if named else _ENDS[ending]


def _facts(criteria: Sequence[Criterion], lang: str) -> str:
    names = [lower(criterion.label[lang]) for criterion in criteria]
    first = names[:_TOLD] if len(names) > _TOLD + 1 else names
    more = [_MORE[lang].format(len(names) - len(first))] if len(first) < len(names) else []
    return (_ONE if len(names) == 1 else _ONLY)[lang].format(enumerated([*first, *more], lang))
