"""The page for the mayor: what and why, what is voted and who controls, what would go wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from montages.assessment.answer.row_duties import decides
from montages.assessment.assessment import Assessment
from montages.assessment.coherence import Coherence
from montages.bilingual import message
from montages.publish.text.answer_lines import AnswerLine, answer_lines
from montages.publish.text.checklist import DutyLine, duty_line
from montages_handouts import PAPER_TITLES
from montages_handouts.handout_source import HandoutHead, HandoutSource, handout_head

# Where no mayor decides.
ELSEWHERE = message("Three sentences for the elected members")
FILE = message("three-sentences")
# The lines of the answer that tell what it is, what comes before any, what would go wrong, what is left open.
_ANSWER, _BEFORE = ("forbidden", "procedure", "calendar"), ("describe", "find-out", "open")
_WRONG, _OPEN = ("avoid", "plan"), ("verify", "other", "unexpressed")


@dataclass(frozen=True)
class MayorPage:
    """What the page says; `votes` are the acts of a body, `alerts` what is wrong with the project."""

    head: HandoutHead
    title: str
    assessment: Assessment
    answer: tuple[AnswerLine, ...]
    before: tuple[AnswerLine, ...]
    votes: tuple[DutyLine, ...]
    wrong: tuple[AnswerLine, ...]
    left_open: tuple[AnswerLine, ...]
    alerts: tuple[str, ...]


def mayor_page(source: HandoutSource, votes: int = 8, left_open: int = 2) -> MayorPage:
    """Return the page of a project, with so many votes and lines of what is left open at most."""
    assessment, lang = source.assessment, source.lang
    lines = answer_lines(assessment, lang)

    def kept(kinds: tuple[str, ...]) -> tuple[AnswerLine, ...]:
        return tuple(line for line in lines if line.kind in kinds)

    return MayorPage(
        head=handout_head(source, FILE[lang]),
        title=(PAPER_TITLES["mayor"] if source.has_a_mayor else ELSEWHERE)[lang],
        assessment=assessment,
        answer=kept(_ANSWER),
        before=kept(_BEFORE),
        votes=_votes(assessment, lang)[:votes],
        wrong=kept(_WRONG),
        left_open=kept(_OPEN)[:left_open],
        alerts=alerts(assessment.coherence, lang),
    )


def _votes(assessment: Assessment, lang: str) -> tuple[DutyLine, ...]:
    """Return what somebody surely votes, gives an opinion on or controls, in the order of doing."""
    if assessment.answer.names_none:
        return ()
    return tuple(duty_line(duty, lang) for duty in decides(assessment.answer.due))


def alerts(coherence: Coherence, lang: str) -> tuple[str, ...]:
    """Return what is so wrong with the project that it is told before anything else."""
    return tuple(f.message[lang] for f in coherence.findings if f.pressing)[:2]


def drafts(source: HandoutSource) -> Iterator[MayorPage]:
    """Yield the page with ever fewer lines."""
    return (mayor_page(source, *limits) for limits in ((8, 2), (6, 1), (4, 1), (4, 0)))
