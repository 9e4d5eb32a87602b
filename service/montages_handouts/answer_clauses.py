"""Why the answer is what it is, in two clauses: the contract's, then that of the procedure or the channel.

Then what a paper says not to do, and what it tells to see to before all else.
"""

from __future__ import annotations

from collections.abc import Iterator

from montages.assessment.arrangement_result import ArrangementResult, Check
from montages.assessment.conclusions import Conclusions
from montages.assessment.verdict.unknown_facts import of_unstated_use
from montages.assessment.wording import lower
from montages.publish.text.assessment_rows import against
from montages.publish.text.reasons import Reason
from montages.publish.text.typography import colon

_CLAUSES = 2
# So many by the facts of the project; of what nobody may do, one is enough on paper.
_MOST, _GENERAL = 2, 1
# A clause whose answer was stated says more than one that follows from what was not.
_STATED = "explicit"


def answer_clauses(conclusions: Conclusions, lang: str) -> tuple[Reason, ...]:
    """Return what the answer rests on, each with its article: where nothing is open, what closes.

    Where the law forbids it whatever the contract, that alone.
    """
    first, prohibition = conclusions.answer.first, conclusions.answer.prohibition
    if prohibition is not None:
        return (Reason(prohibition.label[lang], prohibition.sources),)
    if first is None:
        return tuple(_closing(conclusions, lang))[:_CLAUSES]
    if conclusions.answer.names_none:
        return ()
    by_way = tuple(_way(conclusions, lang))
    by_contract = tuple(_own(conclusions, first.shown, lang))[: _CLAUSES - len(by_way)]
    return (*by_contract, *by_way)


def _way(conclusions: Conclusions, lang: str) -> Iterator[Reason]:
    """Yield why the channel takes the place of a procedure, else why the procedure is enough."""
    channel, advice = conclusions.answer.ways[0].channel, conclusions.answer.advice
    checks = channel.checks if channel else ()
    met = [c for c in checks if c.requirement.hard and c.outcome == "satisfied"]
    if met:
        stated = min(met, key=lambda check: check.state != _STATED).requirement
        yield Reason(stated.reading[lang], stated.sources)
    elif advice:
        yield Reason(advice.why[lang], advice.sources[-1:])


def _own(conclusions: Conclusions, result: ArrangementResult, lang: str) -> Iterator[Reason]:
    """Yield the legal requirements that are met, those of the contract itself first; else what it is.

    What is asked of a use that the project has not, and that it says nothing of, is left out.
    """
    criteria = conclusions.premises.rules.criteria
    met = [
        c
        for c in result.checks
        if c.requirement.hard
        and c.outcome == "satisfied"
        and not of_unstated_use(criteria[c.requirement.own.criterion], conclusions.premises.whole)
    ]
    met.sort(key=lambda check: _weight(check, result))
    for check in met:
        yield Reason(check.requirement.reading[lang], check.requirement.sources[:1])
    if not met:
        arrangement = result.arrangement
        yield Reason(arrangement.definition[lang], arrangement.basis[:1])


def _weight(check: Check, result: ArrangementResult) -> tuple[bool, bool, bool]:
    requirement = check.requirement
    return (
        requirement.arrangement != result.arrangement.slug,
        check.state != _STATED,
        not any(source.url for source in requirement.sources[:1]),
    )


def closing_checks(conclusions: Conclusions) -> Iterator[tuple[ArrangementResult, Check]]:
    """Yield what closes each of the contracts that come first, a requirement once."""
    seen = set()
    for row in conclusions.rows:
        for check in row.shown.checks:
            requirement = check.requirement
            if check.outcome == "violated" and requirement.hard and requirement.slug not in seen:
                seen.add(requirement.slug)
                yield row.shown, check
                break


def _closing(conclusions: Conclusions, lang: str) -> Iterator[Reason]:
    for result, check in closing_checks(conclusions):
        label = f"{result.arrangement.label[lang]}{colon(lang)}"
        text = f"{label} {lower(check.requirement.label[lang])} ({against(check, lang)})"
        yield Reason(text, check.requirement.sources[:1])


def practices_to_avoid(conclusions: Conclusions, lang: str) -> tuple[Reason, ...]:
    """Return what not to do by the facts of the project; where they forbid nothing, what nobody may do."""
    answer = conclusions.answer
    general = () if answer.names_none else answer.cautions.general[:_GENERAL]
    points = answer.cautions.avoid[:_MOST] or general
    return tuple(Reason(point.text[lang], point.sources[:1]) for point in points)


def warnings(conclusions: Conclusions, lang: str) -> tuple[Reason, ...]:
    """Return what the facts of the project ask to see to before anything else."""
    points = conclusions.answer.cautions.warnings
    return tuple(Reason(point.text[lang], point.sources[:1]) for point in points[:_MOST])
