"""The scoping note, four pages at most: set-ups compared, terms, duties, what to verify, what is presumed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.conclusions import Conclusions
from montages.assessment.verdict.unknown_facts import of_unstated_use
from montages.assessment.wording import lower
from montages.bilingual import message
from montages.engine.units import Unit
from montages.knowledge.law import Passage
from montages.knowledge.model import EVERYTHING
from montages.knowledge.periods import Rules
from montages.publish.text import checklist
from montages.publish.text.checklist import DutyGroup, duty_groups
from montages.publish.text.procedure_lines import procedures
from montages.publish.text.reasons import Reason
from montages.publish.text.signs import OUTCOME_SIGNS, PROCEDURE_SIGNS
from montages.publish.text.typography import colon
from montages_handouts import PAPER_TITLES
from montages_handouts.answer_clauses import answer_clauses, practices_to_avoid, warnings
from montages_handouts.answer_turns import answer_turns
from montages_handouts.compared_set_ups import ComparedSetUps, compared_set_ups
from montages_handouts.handout_source import HandoutHead, HandoutSource, handout_head
from montages_handouts.mayor_page import alerts
from montages_handouts.next_decisions import facts_to_verify, steps_before_all

FILE = message("scoping-note")
_BASIS = {"law": message("presumed, by law"), "practice": message("presumed, by practice")}
_MORE = message("and {} more, at the address of the project")


@dataclass(frozen=True)
class NoteLimits:
    """How many lines each part of a note has at most; what is beyond is counted."""

    presumed: int = 8
    criteria: int = 8
    terms: int = 9
    duties: int = 12
    verify: int = 5
    attention: int = 5
    turns: int = 4
    sources: int = 26


# From the fullest; a note that would be longer than its pages takes the next.
LIMITS = (NoteLimits(), NoteLimits(6, 6, 7, 12, 5, 3, 3, 18), NoteLimits(4, 4, 5, 12, 4, 0, 2, 10))


@dataclass(frozen=True)
class NoteTerm:
    """A legal requirement of the first contract: its outcome, what it asks, the answer, its clause."""

    outcome: str
    symbol: str
    label: str
    answer: str
    sources: tuple[Passage, ...]


@dataclass(frozen=True)
class ScopingNote:
    """What the note says; `first` is the contract of its terms and duties, empty where there is none.

    `cut` tells by part what was left out.
    """

    head: HandoutHead
    title: str
    answer: str
    clauses: tuple[Reason, ...]
    alerts: tuple[str, ...]
    avoid: tuple[Reason, ...]
    warnings: tuple[Reason, ...]
    presumed: tuple[Reason, ...]
    compared: ComparedSetUps
    procedures: tuple[tuple[str, str, str], ...]
    first: str
    terms: tuple[NoteTerm, ...]
    duties: tuple[DutyGroup, ...]
    verify: tuple[Reason, ...]
    turns: tuple[Reason, ...]
    attention: tuple[Reason, ...]
    sources: tuple[Passage, ...]
    cut: dict[str, str]


def scoping_note(source: HandoutSource, limits: NoteLimits = LIMITS[0]) -> ScopingNote:
    """Return the note of a project."""
    assessment, lang = source.assessment, source.lang
    first, rules = assessment.answer.first, assessment.premises.rules
    result = first.shown if first else None
    presumed = list(_presumed(assessment.conclusions, lang))
    compared = compared_set_ups(assessment, lang, limits.criteria)
    terms = list(_terms(result, assessment.premises.whole, rules, lang)) if result else []
    named = () if assessment.answer.names_none else assessment.answer.duties
    duties = duty_groups(named[0], lang) if named else []
    verify = _verify(assessment.conclusions, result, rules, lang)
    attention = _attention(result, lang) if result else []
    avoid = practices_to_avoid(assessment.conclusions, lang)
    first_of_all = warnings(assessment.conclusions, lang)
    clauses = answer_clauses(assessment.conclusions, lang)
    if assessment.answer.undecided:
        clauses = tuple(steps_before_all(assessment.conclusions, lang))
    turns = answer_turns(assessment.conclusions, lang, limits.turns)
    first_lines = [*clauses, *avoid, *first_of_all]
    cited = _cited([*first_lines, *_reasons(compared, duties), *verify, *turns, *attention], terms)
    return ScopingNote(
        head=handout_head(source, FILE[lang]),
        title=PAPER_TITLES["note"][lang],
        answer=assessment.answer.headline[lang],
        clauses=clauses,
        alerts=alerts(assessment.coherence, lang),
        avoid=avoid,
        warnings=first_of_all,
        presumed=tuple(presumed[: limits.presumed]),
        compared=compared,
        procedures=_procedures(assessment.conclusions, lang),
        first=result.arrangement.label[lang] if result else "",
        terms=tuple(terms[: limits.terms]),
        duties=_within(duties, limits.duties),
        verify=tuple(verify[: limits.verify]),
        turns=turns,
        attention=tuple(attention[: limits.attention]),
        sources=tuple(cited[: limits.sources]),
        cut=_cut(
            lang,
            presumed=len(presumed) - limits.presumed,
            terms=len(terms) - limits.terms,
            duties=sum(len(group.duties) for group in duties) - limits.duties,
            verify=len(verify) - limits.verify,
            attention=len(attention) - limits.attention,
            sources=len(cited) - limits.sources,
        ),
    )


def _presumed(conclusions: Conclusions, lang: str) -> Iterator[Reason]:
    """Yield what is presumed, each once, with what it rests on."""
    for answer in {a.criterion.slug: a for a in conclusions.premises.presumed}.values():
        line = f"{answer.criterion.label[lang]}{colon(lang)} {lower(answer.value.label[lang])}"
        yield Reason(f"{line} ({_BASIS[answer.basis][lang]})")


def _procedures(conclusions: Conclusions, lang: str) -> tuple[tuple[str, str, str], ...]:
    """Return the procedures of the first family under their verdicts: symbol and words, then names."""
    families = procedures(conclusions, lang)[:1]
    return tuple(
        (
            name,
            f"{PROCEDURE_SIGNS[name].symbol} {PROCEDURE_SIGNS[name].one[lang]}",
            ", ".join(names),
        )
        for family in families
        for name, names in family.verdicts
    )


def _terms(result: ArrangementResult, whole: Unit, rules: Rules, lang: str) -> Iterable[NoteTerm]:
    relevant = [
        check
        for check in result.checks
        if not of_unstated_use(rules.criteria[check.requirement.own.criterion], whole)
    ]
    for outcome, checks in checklist.grouped(relevant, hard=True):
        if outcome != "not-applicable":
            for check in checks:
                yield NoteTerm(
                    outcome,
                    OUTCOME_SIGNS[outcome].symbol,
                    check.requirement.label[lang],
                    checklist.answer(check, lang),
                    check.requirement.sources[:1],
                )


def _verify(
    conclusions: Conclusions, first: ArrangementResult | None, rules: Rules, lang: str
) -> list[Reason]:
    """Return the facts to verify with whom to turn to; then those that the other open contracts wait for."""
    open_ones = [row.shown for row in conclusions.rows if row.shown.verdict.open]
    results = [*([first] if first else []), *(r for r in open_ones if not r.folded)]
    lines: dict[str, Reason] = {}
    for result in results:
        name = "" if result is first else f"{result.arrangement.label[lang]}{colon(lang)} "
        for reason in facts_to_verify(result, rules, lang):
            text = lower(reason.text) if name else reason.text
            lines.setdefault(reason.text, Reason(f"{name}{text}", reason.sources))
    return list(lines.values())


def _attention(result: ArrangementResult, lang: str) -> list[Reason]:
    """Return the points of attention of a contract: those whose conditions hold, then the others.

    Those said of few contracts come first; what has a condition not known to hold is left to the page.
    """
    points = [
        p
        for p in result.attention
        if p.slug in result.to_the_point and not p.to_avoid and p.bearing == EVERYTHING
    ]
    points.sort(key=lambda point: (not point.when, len(point.arrangements)))
    return [Reason(f"{p.label[lang]}. {p.text[lang]}", p.sources[:1]) for p in points]


def _within(groups: Iterable[DutyGroup], most: int) -> tuple[DutyGroup, ...]:
    """Return groups of duties with so many duties in all."""
    kept = []
    for group in groups:
        if most > 0:
            kept.append(DutyGroup(group.title, group.duties[:most], group.quiet))
            most -= len(group.duties)
    return tuple(kept)


def _reasons(compared: ComparedSetUps, duties: Iterable[DutyGroup]) -> Iterable[Reason]:
    for set_up in compared.set_ups:
        yield from set_up.reasons
    for group in duties:
        yield from group.duties
    for aside in compared.aside:
        for line in aside.lines:
            yield from line.reasons


def _cited(reasons: Iterable[Reason], terms: Iterable[NoteTerm]) -> list[Passage]:
    """Return the passages that are cited, each once, in their order."""
    passages = [source for reason in reasons for source in reason.sources]
    passages += [source for term in terms for source in term.sources]
    return list({passage.slug: passage for passage in passages}.values())


def _cut(lang: str, **beyond: int) -> dict[str, str]:
    return {part: _MORE[lang].format(n) if n > 0 else "" for part, n in beyond.items()}


def drafts(source: HandoutSource) -> Iterator[ScopingNote]:
    """Yield the note with ever fewer lines."""
    return (scoping_note(source, limits) for limits in LIMITS)
