"""Three sentences for the mayor, on one page: the answer and why, what to decide, what would change it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from montages.assessment.assessment import Assessment
from montages.bilingual import Text
from montages.knowledge.logic import Verdict
from montages.publish.handouts.answer_clauses import answer_clauses
from montages.publish.handouts.answer_turns import answer_turns
from montages.publish.handouts.handout_head import HandoutHead, handout_head
from montages.publish.handouts.handout_source import HandoutSource
from montages.publish.handouts.handout_words import word
from montages.publish.handouts.next_decisions import next_decisions
from montages.publish.text.reasons import Reason

TITLE = Text("Trois phrases pour le maire", "Three sentences for the mayor")
# Where no mayor decides.
ELSEWHERE = Text("Trois phrases pour les élus", "Three sentences for the elected members")
FILE = Text("trois-phrases", "three-sentences")


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
    turns: tuple[Reason, ...]
    others: tuple[tuple[str, str], ...]
    alerts: tuple[str, ...]


def mayor_page(source: HandoutSource, limits: MayorLimits = LIMITS[0]) -> MayorPage:
    """Return the page of a project."""
    assessment, lang = source.assessment, source.lang
    return MayorPage(
        head=handout_head(source, FILE[lang]),
        title=(TITLE if source.has_a_mayor else ELSEWHERE)[lang],
        answer=assessment.answer.headline[lang],
        clauses=answer_clauses(assessment, lang)[: limits.clauses],
        decisions=next_decisions(assessment, lang, limits.decisions),
        turns=answer_turns(assessment, lang, limits.turns),
        others=_others(assessment, lang, limits.others),
        alerts=alerts(assessment, lang),
    )


def _others(assessment: Assessment, lang: str, most: int) -> tuple[tuple[str, str], ...]:
    """Return the names of the contracts that are open too, apart from those to be verified.

    Where nothing can be decided, what stays possible is told after what is to be found out.
    """
    if assessment.answer.undecided:
        return ()
    rows = assessment.rows[len(assessment.answer.rows) :]
    results = [row.shown for row in rows if row.shown.verdict.open and not row.shown.folded][:most]
    groups: dict[str, list[str]] = {}
    for result in results:
        title = "to-verify" if result.verdict is Verdict.TO_VERIFY else "open-too"
        groups.setdefault(title, []).append(result.arrangement.label[lang])
    return tuple((word(title, lang), " · ".join(names)) for title, names in groups.items())


def alerts(assessment: Assessment, lang: str) -> tuple[str, ...]:
    """Return what is so wrong with the project that it is told before anything else."""
    return tuple(f.message[lang] for f in assessment.findings if f.pressing)[:2]


def drafts(source: HandoutSource) -> Iterator[MayorPage]:
    """Yield the page with ever fewer lines."""
    return (mayor_page(source, limits) for limits in LIMITS)
