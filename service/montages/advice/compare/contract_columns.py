"""Which contracts are compared, and how they compare, from an assessment (R24)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from montages.advice.compare.comparison import Comparison, rows_of
from montages.advice.named_set_ups import named
from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.assessment import Assessment
from montages.assessment.ranking import CLOSED_BY_CHOICE
from montages.assessment.unstated_use import of_unstated_use
from montages.bilingual import Text
from montages.knowledge.periods import rules_at

# So many contracts stand side by side at most; unless some are named, so many of the best.
MOST, BEST = 12, 5
# One contract alone compares with nothing: so many at least, those that choices close among them.
LEAST = 3


def comparison(
    assessment: Assessment, about: Sequence[str] = (), *, differences_only: bool = False
) -> Comparison:
    """Return contracts of an assessment side by side: those named, else the best and those retained.

    Raises UnknownName for one that was not assessed.
    """
    results = {result.arrangement.slug: result for result in assessment.verdicts}
    contracts = named(about, results) or _best(assessment, results)
    shown, rules = contracts[:MOST], rules_at(assessment.as_of)
    useful = [c for c in rules.criteria.values() if not of_unstated_use(c, assessment.whole)]
    rows = rows_of(shown, useful)
    read = {
        clause.criterion
        for result in shown
        for check in result.checks
        for clause in check.requirement.clauses()
    }
    answered = {fact["criterion"] for fact in assessment.facts if fact["value"] is not None}
    kept = tuple(row for row in rows if row.differs or not differences_only)
    return Comparison(
        assessment=assessment,
        contracts=tuple(shown),
        criteria=kept,
        alike=sum(not row.differs for row in rows),
        unread=tuple(c for name, c in rules.criteria.items() if name in answered - read),
        differences_only=differences_only,
        cut=_cut(contracts, bool(about)),
    )


def _best(
    assessment: Assessment, results: Mapping[str, ArrangementResult]
) -> list[ArrangementResult]:
    """Return the contracts that the answer names, those of the best rows, and those retained.

    The best are open and sensible; where these are few, the first of those that choices close join them.
    Where the answer names none, the one that it says is the nearest comes first.
    """
    rows = [r for r in assessment.rows if r.shown.verdict.open and not r.folded][:BEST]
    if len(rows) < LEAST:
        reopened = [r for r in assessment.rows if r.group == CLOSED_BY_CHOICE]
        rows = [*rows, *reopened][:LEAST]
    rows = rows or list(assessment.rows)[:BEST]
    closest = assessment.answer.nearest
    best = [*([closest.row.shown] if closest else []), *_named(assessment, results)]
    shown = {it.arrangement.slug: it for it in (*best, *(row.shown for row in rows))}
    retained = [it.contract for it in assessment.retained_contracts]
    return list(shown.values()) + [results[n] for n in retained if n in results and n not in shown]


def _named(
    assessment: Assessment, results: Mapping[str, ArrangementResult]
) -> Iterator[ArrangementResult]:
    """Yield the contracts that the answer names for parts of the project, by what is told of the whole."""
    whole = {row.slug: row.shown for row in assessment.rows}
    for each in assessment.answer.rows:
        yield results.get(each.row.shown.arrangement.slug, whole[each.row.slug])


def _cut(contracts: Sequence[ArrangementResult], named: bool) -> tuple[Text, ...]:
    sentences = []
    if len(contracts) > MOST:
        left = len(contracts) - MOST
        sentences.append(
            Text(
                f"{MOST} contrats au plus se comparent à la fois : {left} de ceux demandés ne le sont pas.",
                f"{MOST} contracts at most are compared at once: {left} of those asked for are not shown.",
            )
        )
    if not named:
        sentences.append(
            Text(
                f"Sans contrats nommés, les {BEST} meilleurs et ceux retenus sont comparés ; s'ils sont "
                f"moins de {LEAST}, les premiers de ceux que vos choix ferment les rejoignent.",
                f"Where no contracts are named, the best {BEST} and those retained are compared; if they are "
                f"fewer than {LEAST}, the first of those that your choices close join them.",
            )
        )
    return tuple(sentences)
