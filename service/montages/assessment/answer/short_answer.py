"""The answer in short: which contracts are named, what is still to be found out, by which procedure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated

from montages.assessment.answer.alternatives import MOST, Alternative, OtherEntry, alternatives
from montages.assessment.answer.asked import asked_first
from montages.assessment.answer.calendar import Calendar, CalendarEntry, Wanted, calendar, longest
from montages.assessment.answer.cautions import AvoidEntry, Cautions, cautions
from montages.assessment.answer.ending import (
    Deciding,
    DecidingEntry,
    Ending,
    OpenQuestions,
    deciding,
    ending_sentence,
)
from montages.assessment.answer.joint_ending import may_change_together
from montages.assessment.answer.named_rows import (
    AnswerFork,
    ForkEntry,
    NamedContract,
    Nearest,
    NearestEntry,
    answer_fork,
    answer_rows,
    nearest,
    once_lifted,
)
from montages.assessment.answer.next_steps import (
    Action,
    NextStep,
    not_expressed,
    nothing_stated,
    steps_before,
    steps_to_verify,
    steps_where_closed,
    steps_where_unknown,
)
from montages.assessment.answer.row_duties import (
    ViewsEntry,
    deciding_duties,
    due_duties,
    writing_duties,
)
from montages.assessment.answer.row_json import AnswerRowEntry, RowForm, answer_row_json
from montages.assessment.answer.sentences import (
    NOTHING_DECIDED,
    forbidden_sentence,
    headline_sentence,
    if_doubt_changes_nothing,
    nothing_open_sentence,
    nothing_stated_sentence,
    opening_sentence,
    why_sentence,
)
from montages.assessment.answer.unsure_words import UnsureEntry, UnsureWords, unsure_words
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.check import DutyResult
from montages.assessment.entry_types import VerdictKind
from montages.assessment.naming import NOTHING_FORBIDDEN, Prohibitions
from montages.assessment.parts import Part, Parts
from montages.assessment.procedures import ProcedureAdvice
from montages.assessment.ranking import Row
from montages.assessment.verdict.unknown_facts import nothing_decided
from montages.bilingual import NO_TEXT, Text, in_both
from montages.engine.units import Unit
from montages.json_schema import Rule, Slug
from montages.knowledge.law import Duty
from montages.knowledge.logic import Verdict
from montages.knowledge.model import Criterion, Prohibition, Proviso
from montages.one_line import OneLine


class LineAnswerEntry(ViewsEntry):
    """The answer in a line of a batch: without how it ends, which is worked out question by question."""

    affirms: Annotated[
        bool,
        "Whether the answer says that one may do something; while words that decide are in doubt it does "
        "not.",
    ]
    sentence: str
    verdict: Annotated[VerdictKind, "The worst of its rows; closed where no contract is named."]
    rows: Annotated[
        list[AnswerRowEntry],
        "The contracts named: one for the whole, or one for each part; none where none is to be named.",
    ]
    calendar: CalendarEntry | None
    other: Annotated[list[OtherEntry], "Other ways, the best first.", Rule(maxItems=MOST)]
    prohibited_by: Annotated[
        Sequence[Slug], "What the law forbids: the whole purchase, or a part of it."
    ]
    avoid: Annotated[
        list[AvoidEntry],
        "What not to do: what the facts of the project call for, then what is said of every purchase; in "
        "brief, the first ones, without sources.",
    ]
    nearest: Annotated[NearestEntry | None, "Where no contract is named."]
    fork: ForkEntry | None
    common: Annotated[list[Slug], "The facts to find out whatever is bought."]
    next: Annotated[list[Slug], "The facts to find out next, the first one first."]
    not_understood: Annotated[
        list[str], "The words stated of the project that none of ours can say."
    ]
    unsure: Annotated[list[UnsureEntry], "Words that decide and are in doubt, with their class."]


class AnswerEntry(LineAnswerEntry):
    """The answer: the sentence, and the rows that it is read from."""

    ending: Annotated[Ending, "Whether something that is left to say can change what is named."]
    deciding: Annotated[
        list[DecidingEntry],
        "The open questions that can, with what each answer would name instead; in brief, by name only.",
    ]
    provisos: Annotated[
        list[Slug],
        "What the answer supposes without asking, each as long as its criteria are unanswered.",
    ]


@dataclass(frozen=True)
class ShortAnswer(OneLine):
    """The contracts named, one for each part of the project; none where none is to be named (R41, R45).

    `nearest` is then the row that a change of choices brings closest, if one does. `headline` says what one
    may do, `why` the reason and the terms, `opening` both and by which procedure; `steps` what to do next.
    """

    parts: Parts
    headline: Text
    rows: tuple[NamedContract, ...] = ()
    steps: tuple[NextStep, ...] = ()
    common: tuple[str, ...] = ()
    nearest: Nearest | None = None
    prohibitions: Prohibitions = NOTHING_FORBIDDEN
    fork: AnswerFork | None = None
    wanted: Wanted | None = None
    words: str = ""
    unsure: tuple[UnsureWords, ...] = ()
    why: Text = NO_TEXT
    told: Text = NO_TEXT

    @cached_property
    def opening(self) -> Text:
        """Return what one may do, why and by which procedure, as one text."""
        if self.told.fr:
            return self.told
        return in_both(lambda lang: f"{self.headline[lang]} {self.why[lang]}".rstrip())

    @property
    def first(self) -> Row | None:
        """Return the row that is named first, None where no contract is."""
        return self.rows[0].row if self.rows else None

    def asked(self, asks: str) -> ShortAnswer:
        """Return the answer with what is asked answered first."""
        first = asked_first(asks, self.rows, self.calendar) if self.affirms else NO_TEXT
        if not first.fr:
            return self
        headline = in_both(lambda lang: f"{first[lang]} {self.headline[lang]}")
        opening = in_both(lambda lang: f"{first[lang]} {self.opening[lang]}")
        return replace(self, headline=headline, told=opening)

    @property
    def prohibition(self) -> Prohibition | None:
        """Return what forbids the whole purchase, None where nothing does."""
        return self.prohibitions.first

    @property
    def affirms(self) -> bool:
        """Tell whether the answer says that one may do something: no refusal, nothing in doubt."""
        refused = any(one.row.definition and one.row.definition.refusal.fr for one in self.rows)
        return bool(self.rows) and not self.names_none and not refused

    @property
    def procedure(self) -> ArrangementVerdict | None:
        """Return the procedure that is enough for the first row, none where a channel takes its place."""
        award = self.rows[0].award if self.rows else None
        return award.enough if award and not award.channel else None

    @property
    def advice(self) -> ProcedureAdvice | None:
        """Return why that procedure is enough."""
        return self.rows[0].award.advice if self.procedure else None

    @cached_property
    def calendar(self) -> Calendar | None:
        """Return how long the row that takes longest takes, None where practice says nothing of it."""
        return longest([calendar(named, self.wanted) for named in self.rows])

    @property
    def verdict(self) -> Verdict:
        """Return the verdict of the answer: the worst of its rows; closed where none is named."""
        if self.rows:
            return max((named.shown.verdict for named in self.rows), key=lambda v: v.rank)
        return Verdict.CLOSED_BY_CHOICE if self.nearest else Verdict.CLOSED

    @cached_property
    def deciding(self) -> tuple[Deciding, ...]:
        """Return the questions that are open and may change what is named."""
        untold = [one.part for one in self.rows if one.row.contract is None]
        return deciding(self.parts, self._named_parts, untold)

    @property
    def _named_parts(self) -> Sequence[Part]:
        return [named.part for named in self.rows] or [self.parts.project]

    def turns_on(self, criterion: Criterion) -> bool:
        """Tell whether what is named rests on what is presumed of a criterion."""
        return any(
            OpenQuestions(self.parts, part).turns_on(criterion) for part in self._named_parts
        )

    @cached_property
    def ending(self) -> Ending:
        """Return how far the answer is decided."""
        if self.fork is not None or self.names_none:
            return Ending.UNDECIDED
        return Ending.FEW_FACTS if self.deciding else Ending.NOTHING_CHANGES

    @cached_property
    def provisos(self) -> tuple[Proviso, ...]:
        """Return what the answer supposes without asking; nothing where it is a refusal or not given yet."""
        out_of_scope = bool(self.unsure) and not self.rows
        if self.names_none or self.prohibition is not None or out_of_scope:
            return ()
        rules, asked = self.parts.rules, {one.criterion.slug for one in self.deciding}

        def stands(proviso: Proviso, named: NamedContract) -> bool:
            lineage = rules.lineage(named.shown.arrangement.slug)
            return not proviso.contracts.isdisjoint(lineage) and unknown(proviso, named.part)

        def unknown(proviso: Proviso, part: Part) -> bool:
            return any(n not in asked and not part.unit.answer(n).values for n in proviso.criteria)

        book, whole = rules.book.provisos, self.parts.project
        if not self.rows:
            return tuple(one for one in book if unknown(one, whole))
        return tuple(one for one in book if any(stands(one, named) for named in self.rows))

    @property
    def ending_sentence(self) -> Text:
        """Return how far the answer is decided, in a sentence."""
        procedure, advice = self.procedure, self.advice
        ends = procedure is not None and procedure.arrangement.ends_questions
        bounds = advice.why if ends and advice else None
        return ending_sentence(
            self.ending,
            self.deciding,
            named=bool(self.rows),
            together=self.may_change_together,
            bounds=bounds,
        )

    @cached_property
    def may_change_together(self) -> bool:
        """Tell whether several answers at once may change what no other answer by itself does."""
        if self.ending is not Ending.NOTHING_CHANGES:
            return False
        questions = (OpenQuestions(self.parts, part) for part in self._named_parts)
        return any(map(may_change_together, questions))

    @cached_property
    def sentence(self) -> Text:
        """Return what one may do, by which procedure, and what to do next, as one text."""
        return in_both(
            lambda lang: " ".join((self.opening[lang], *(s.sentence(lang) for s in self.steps)))
        )

    @cached_property
    def cautions(self) -> Cautions:
        """Return what not to do, and what to see to first."""
        return cautions(self.parts.project, self.rows)

    @property
    def drawn(self) -> dict[str, Unit]:
        """Return what is drawn of each row, once, with its unit: its channel, in place of a procedure."""
        return {
            (named.award.channel or named.shown).arrangement.slug: named.part.unit
            for named in self.rows
        }

    @cached_property
    def alternatives(self) -> tuple[Alternative, ...]:
        """Return the other ways, the best first; none where no contract is named yet."""
        return () if self.names_none else alternatives(self.rows)

    @property
    def next(self) -> tuple[str, ...]:
        """Return the criteria to answer next; those that are common to all where no row is first."""
        asked = self._about("describe", "find-out", "verify")
        if self.fork is not None:
            return tuple(dict.fromkeys((self.fork.criterion.slug, *asked)))
        return asked if asked or self.first else self.common

    @property
    def undecided(self) -> bool:
        """Tell whether so much is unknown that nothing can be decided yet."""
        return any(step.kind == "find-out" for step in self.steps)

    @property
    def facts_to_find_out(self) -> tuple[str, ...]:
        """Return the facts to find out first, by slug, where nothing can be decided yet."""
        return self._about("find-out")

    @property
    def names_none(self) -> bool:
        """Tell whether no contract is named yet: something is to be described or found out before."""
        return any(step.precedes for step in self.steps)

    @property
    def duties(self) -> tuple[DutyResult, ...]:
        """Return the duties of all rows."""
        return tuple(duty for named in self.rows for duty in named.duties)

    @cached_property
    def due(self) -> tuple[Duty, ...]:
        """Return the duties of all rows that surely are due, each once, in the order of doing."""
        return due_duties(self.duties)

    def _about(self, *kinds: str) -> tuple[str, ...]:
        steps = (step for step in self.steps if step.kind in kinds)
        return tuple(a.about for step in steps for a in step.actions if a.about)

    def to_json(self, lang: str) -> AnswerEntry:
        """Return the answer as JSON, the object that every door reads (R50)."""
        return {
            **self.line_json(lang),
            "ending": self.ending,
            "deciding": [question.to_json() for question in self.deciding],
            "provisos": [one.slug for one in self.provisos],
        }

    def line_json(self, lang: str, row: RowForm = answer_row_json) -> LineAnswerEntry:
        """Return the answer as JSON without how it ends, which is worked out question by question."""
        return {
            "affirms": self.affirms,
            "sentence": self.sentence[lang],
            "verdict": self.verdict,
            "rows": [row(named, self.parts, lang) for named in self.rows],
            "calendar": self.calendar.to_json(lang) if self.calendar else None,
            "decides": [duty.slug for duty in deciding_duties(self.due)],
            "write": [
                *(duty.slug for duty in writing_duties(self.due)),
                *(point.slug for point in self.cautions.clauses),
            ],
            "other": [one.to_json(lang) for one in self.alternatives],
            "prohibited_by": self.prohibitions.slugs,
            "avoid": self.cautions.avoid_json(lang),
            "nearest": self.nearest.to_json(lang) if self.nearest else None,
            "fork": self.fork.to_json(lang) if self.fork else None,
            "common": list(self.common),
            "next": list(self.next),
            "not_understood": [self.words] if self.words else [],
            "unsure": [one.to_json() for one in self.unsure],
        }


def short_answer(
    parts: Parts,
    wanted: Wanted | None = None,
    words: str = "",
    unsure: str = "",
    *,
    in_sentence: bool = False,
) -> ShortAnswer:
    """Return the answer to a project: what the law forbids, what is named, else what to change (R44).

    `wanted` is the day by which the project wants to sign, if it says one; `words` are those that it could
    not say otherwise, `unsure` those that decide, each after its class. Where they are of a sentence
    (`in_sentence`), what decides of the other words was looked for when it was read.
    """
    rules, whole = parts.rules, parts.project
    left = not_expressed(words)
    common = whole.ranking.common
    if (prohibition := whole.prohibitions.first) is not None:
        closest = once_lifted(prohibition, parts)
        closing = () if prohibition.lifted_by else steps_where_closed(whole.rows, rules)
        return ShortAnswer(
            parts,
            prohibition.refusal,
            steps=(*closing, *left),
            common=common,
            nearest=closest,
            prohibitions=whole.prohibitions,
            words=words,
            why=forbidden_sentence(prohibition, closest, rules),
        )
    in_doubt = unsure_words(unsure, "" if in_sentence else words, rules)
    if in_doubt and in_doubt[0].out_of_scope:
        doubt = in_doubt[0]
        return ShortAnswer(
            parts, doubt.headline, steps=left, words=words, unsure=in_doubt, why=doubt.where_to_turn
        )
    named = answer_rows(parts)
    if not named:
        closest = nearest(whole)
        return ShortAnswer(
            parts,
            nothing_open_sentence(whole.rows, closest, rules),
            steps=(*steps_where_closed(whole.rows, rules), *left),
            common=common,
            nearest=closest,
            words=words,
            unsure=in_doubt,
        )
    answer = ShortAnswer(
        parts,
        NOTHING_DECIDED,
        named,
        common=common,
        prohibitions=whole.prohibitions,
        wanted=wanted,
        words=words,
        unsure=in_doubt,
    )
    first, units = named[0], parts.units
    if in_doubt:
        asked = dict.fromkeys(Action(one.where_to_turn, one.criterion) for one in in_doubt)
        return replace(
            answer,
            headline=in_doubt[0].headline,
            why=if_doubt_changes_nothing(named, units),
            steps=(NextStep("find-out", tuple(asked)[:2]), *left),
        )
    if nothing_stated(units):
        steps = steps_before(first.shown, first.award.awaited[:1], rules)
        return replace(answer, headline=nothing_stated_sentence(first), steps=steps)
    if nothing_decided(first.shown.to_verify, whole.unit, rules):
        return replace(answer, steps=steps_where_unknown(whole.rows, whole.unit, rules))
    fork = answer_fork(parts, named)
    return replace(
        answer,
        headline=headline_sentence(named, units),
        why=why_sentence(named, fork),
        told=opening_sentence(named, fork, units),
        steps=(*steps_to_verify(first.shown.to_verify, rules), *left),
        fork=fork,
    )


def named_first(parts: Parts) -> Row | None:
    """Return the row that the answer names first, None where it names none."""
    if parts.project.prohibitions.first is not None:
        return None
    return next((named.row for named in answer_rows(parts)), None)
