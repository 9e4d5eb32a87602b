"""Three sentences for the mayor, on one page: the answer and why, what to decide, what would change it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from montages.assessment.coherence import Coherence
from montages.assessment.conclusions import Conclusions
from montages.bilingual import message
from montages.knowledge.logic import Verdict
from montages.publish.text.reasons import Reason
from montages_handouts import PAPER_TITLES
from montages_handouts.answer_clauses import answer_clauses, practices_to_avoid, warnings
from montages_handouts.answer_turns import answer_turns
from montages_handouts.handout_source import HandoutHead, HandoutSource, handout_head
from montages_handouts.handout_words import word
from montages_handouts.next_decisions import next_decisions

# Where no mayor decides.
ELSEWHERE = message("Three sentences for the elected members")
FILE = message("three-sentences")


@dataclass(frozen=True)
class MayorLimits:
    """How many lines each part of the page has at most."""

    decisions: int = 4
    turns: int = 4
    others: int = 4
    clauses: int = 2


# From the fullest; what would be longer than a page takes the next.
LIMITS = (
    MayorLimits(),
    MayorLimits(3, 3, 4),
    MayorLimits(2, 2, 2),
    MayorLimits(2, 1, 0),
    MayorLimits(1, 1, 0),
    MayorLimits(1, 1, 0, 1),
    MayorLimits(1, 1, 0, 0),
)


@dataclass(frozen=True)
class MayorPage:
    """What the page says; `alerts` is what is wrong with the project.

    `others` names the contracts that are open too, under how open they are.
    """

    head: HandoutHead
    title: str
    answer: str
    clauses: tuple[Reason, ...]
    decisions: tuple[Reason, ...]
    avoid: tuple[Reason, ...]
    turns: tuple[Reason, ...]
    others: tuple[tuple[str, str], ...]
    alerts: tuple[str, ...]


def mayor_page(source: HandoutSource, limits: MayorLimits = LIMITS[0]) -> MayorPage:
    """Return the page of a project."""
    assessment, lang = source.assessment, source.lang
    return MayorPage(
        head=handout_head(source, FILE[lang]),
        title=(PAPER_TITLES["mayor"] if source.has_a_mayor else ELSEWHERE)[lang],
        answer=assessment.answer.headline[lang],
        clauses=answer_clauses(assessment.conclusions, lang)[: limits.clauses],
        decisions=(
            *warnings(assessment.conclusions, lang),
            *next_decisions(assessment.conclusions, lang, limits.decisions),
        ),
        avoid=practices_to_avoid(assessment.conclusions, lang),
        turns=answer_turns(assessment.conclusions, lang, limits.turns),
        others=_others(assessment.conclusions, lang, limits.others),
        alerts=alerts(assessment.coherence, lang),
    )


def _others(conclusions: Conclusions, lang: str, most: int) -> tuple[tuple[str, str], ...]:
    """Return the names of the contracts that are open too, apart from those to be verified.

    Where nothing can be decided, what stays possible is told after what is to be found out.
    """
    if conclusions.answer.undecided:
        return ()
    rows = conclusions.rows[len(conclusions.answer.rows) :]
    results = [row.shown for row in rows if row.shown.verdict.open and not row.shown.folded][:most]
    groups: dict[str, list[str]] = {}
    for result in results:
        title = "to-verify" if result.verdict is Verdict.TO_VERIFY else "open-too"
        groups.setdefault(title, []).append(result.arrangement.label[lang])
    return tuple((word(title, lang), " · ".join(names)) for title, names in groups.items())


def alerts(coherence: Coherence, lang: str) -> tuple[str, ...]:
    """Return what is so wrong with the project that it is told before anything else."""
    return tuple(f.message[lang] for f in coherence.findings if f.pressing)[:2]


def drafts(source: HandoutSource) -> Iterator[MayorPage]:
    """Yield the page with ever fewer lines."""
    return (mayor_page(source, limits) for limits in LIMITS)


# Millimetres: a page of A4 within its margins; what titles take, a line of text, of the answer, of the name.
ROOM = 258
_TITLES, _LINE, _LARGE, _NAME, _BETWEEN = 82, 5.4, 7.0, 8.1, 1.4
# How many signs each of these lines holds.
_SIGNS, _LARGE_SIGNS, _NAME_SIGNS = 92, 60, 46
# The code of an address, and how it grows with what the address has beyond a sturdy one.
_CODE, _STURDY, _GROWS = 30, 287, 38
_TALLEST_CODE = 62


def page_height(page: MayorPage) -> float:
    """Return about how many millimetres of paper a page takes."""
    beyond = max(0, len(page.head.address) - _STURDY)
    height = _TITLES + min(_TALLEST_CODE, _CODE + beyond / _GROWS)
    height += _NAME * ceil(len(page.head.project) / _NAME_SIGNS)
    height += _LARGE * ceil(len(page.answer) / _LARGE_SIGNS)
    texts = [" · ".join(page.head.in_short), *page.alerts, *(n + t for t, n in page.others)]
    texts += [
        _reason_text(one) for one in (*page.clauses, *page.decisions, *page.avoid, *page.turns)
    ]
    return height + sum(_BETWEEN + _LINE * ceil(len(text) / _SIGNS) for text in texts if text)


def _reason_text(reason: Reason) -> str:
    return reason.text + "".join(f" [{source.label.fr}]" for source in reason.sources)
