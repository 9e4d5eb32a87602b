"""The page for the elected members: what and why, what is voted by when, what to choose, what to avoid.

It has so many words at most: the fullest draft within them is the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from montages.assessment.answer.row_duties import deciding_duties
from montages.assessment.answer.short_answer import ShortAnswer
from montages.assessment.assessment import Assessment
from montages.assessment.coherence import Coherence
from montages.assessment.wording import first_sentence, lower
from montages.bilingual import message
from montages.knowledge.law import Duty
from montages.publish.text.answer_lines import AnswerLine, answer_lines
from montages.publish.text.calendar_stops import moment_day
from montages.publish.text.checklist import DutyLine, duty_line
from montages.publish.text.reasons import Reason
from montages_handouts import PAPER_TITLES
from montages_handouts.handout_source import HandoutHead, HandoutSource, handout_head

FILE = message("page-for-elected-members")
# The lines of the answer that tell what it is, what comes before any, what would go wrong, what is left open.
_ANSWER, _BEFORE = ("forbidden", "procedure", "calendar"), ("describe", "find-out", "open")
_WRONG, _OPEN = ("avoid", "plan"), ("verify", "unexpressed")
# So many words are read in a minute.
MOST_WORDS = 180
_CHOICE = message("{other} rather than {first}? Better if {better}.")
_SIGNED = message("signature {}")


@dataclass(frozen=True)
class MayorLimits:
    """How many votes, choices and lines of what is left open there are; is a procedure told in `full`?"""

    votes: int = 8
    choices: int = 2
    left_open: int = 2
    full: bool = True


# From the fullest.
LIMITS = (
    MayorLimits(),
    MayorLimits(full=False),
    MayorLimits(choices=1, left_open=1, full=False),
    MayorLimits(choices=1, left_open=0, full=False),
    MayorLimits(6, 1, 0, full=False),
    MayorLimits(6, 0, 0, full=False),
    MayorLimits(4, 0, 0, full=False),
)


@dataclass(frozen=True)
class MayorPage:
    """What the page says; `votes` are the acts of a body, `alerts` what is wrong with the project.

    `choices` are ways that are open too, each with what it would be better for.
    """

    head: HandoutHead
    title: str
    assessment: Assessment
    answer: tuple[AnswerLine, ...]
    before: tuple[AnswerLine, ...]
    votes: tuple[DutyLine, ...]
    choices: tuple[str, ...]
    wrong: tuple[AnswerLine, ...]
    left_open: tuple[AnswerLine, ...]
    alerts: tuple[str, ...]

    @property
    def words(self) -> int:
        """Return how many words it has under its head, those of the drawn calendar aside."""
        answer, lang = self.assessment.answer, self.head.lang
        lines = (*self.answer, *self.before, *self.wrong, *self.left_open)
        texts = [answer.headline[lang], answer.why[lang], *self.choices, *self.alerts]
        texts += [text for line in lines for text in (line.title, *(r.text for r in line.reasons))]
        texts += [text for vote in self.votes for text in (vote.text, vote.day)]
        return len(" ".join(texts).split())


def mayor_page(source: HandoutSource, limits: MayorLimits = LIMITS[0]) -> MayorPage:
    """Return the page of a project, within limits."""
    assessment, lang = source.assessment, source.lang
    lines = answer_lines(assessment, lang)

    def kept(kinds: tuple[str, ...]) -> tuple[AnswerLine, ...]:
        return tuple(line for line in lines if line.kind in kinds)

    return MayorPage(
        head=handout_head(source, FILE[lang]),
        title=PAPER_TITLES["mayor"][lang],
        assessment=assessment,
        answer=tuple(_answer(kept(_ANSWER), assessment.answer, lang, full=limits.full)),
        before=kept(_BEFORE),
        votes=_votes(assessment.answer, lang)[: limits.votes],
        choices=tuple(_choices(assessment.answer, lang))[: limits.choices],
        wrong=kept(_WRONG),
        left_open=kept(_OPEN)[: limits.left_open],
        alerts=alerts(assessment.coherence, lang),
    )


def _answer(
    lines: Iterable[AnswerLine], answer: ShortAnswer, lang: str, *, full: bool
) -> Iterator[AnswerLine]:
    """Yield the lines of the answer: a calendar only where no vote has its day, a procedure after its name.

    That is in short where not in `full`.
    """
    dated = bool(moment_day("before-launch", answer, lang))
    for line in lines:
        if line.kind == "procedure":
            texts = [r.text if full else first_sentence(r.text) for r in line.reasons]
            yield replace(line, reasons=tuple(map(Reason, (*map(lower, texts[:1]), *texts[1:]))))
        elif line.kind != "calendar" or not dated:
            yield line


def _votes(answer: ShortAnswer, lang: str) -> tuple[DutyLine, ...]:
    """Return what somebody surely votes, gives an opinion on or controls, in the order of doing, by when."""
    if answer.names_none:
        return ()
    return tuple(
        replace(duty_line(duty, lang), day=_day(duty, answer, lang))
        for duty in deciding_duties(answer.due)
    )


def _day(duty: Duty, answer: ShortAnswer, lang: str) -> str:
    day = moment_day(duty.due_at, answer, lang)
    if day and duty.due_at == "at-signature":
        day = _SIGNED[lang].format(day)
    return f"{day[:1].upper()}{day[1:]}." if day else ""


def _choices(answer: ShortAnswer, lang: str) -> Iterator[str]:
    """Yield the ways that are as open as the answer, with what each would be better for."""
    for one in answer.alternatives if answer.first else ():
        if one.open and answer.first:
            first = lower(answer.first.shown.arrangement.label[lang])
            name = one.arrangement.label[lang]
            yield _CHOICE[lang].format(other=name, first=first, better=one.better_if[lang])


def alerts(coherence: Coherence, lang: str) -> tuple[str, ...]:
    """Return what is so wrong with the project that it is told before anything else."""
    return tuple(f.message[lang] for f in coherence.findings if f.pressing)[:2]


def drafts(source: HandoutSource) -> Iterator[MayorPage]:
    """Yield the page with ever fewer lines, the first within its words; the shortest where none is."""
    pages = [mayor_page(source, limits) for limits in LIMITS]
    yield from [page for page in pages if page.words <= MOST_WORDS] or pages[-1:]
