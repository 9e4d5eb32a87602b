"""The scoping note: the printed result, the scenarios side by side, the clauses, what to verify."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from montages.assessment.answer.calendar import months_text
from montages.assessment.answer.short_answer import ShortAnswer
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.assessment import Assessment
from montages.assessment.conclusions import Conclusions
from montages.assessment.wording import answer_text, lower
from montages.bilingual import message
from montages.knowledge.law import Duty, Passage
from montages.knowledge.model import EVERYTHING, Arrangement, Attention
from montages.knowledge.periods import Rules
from montages.publish.text.answer_lines import answer_lines
from montages.publish.text.checklist import DutyGroup, DutyLine, duty_groups
from montages.publish.text.reasons import Reason
from montages.publish.text.typography import colon
from montages_handouts import PAPER_TITLES
from montages_handouts.handout_source import HandoutHead, HandoutSource, handout_head
from montages_handouts.mayor_page import alerts

FILE = message("scoping-note")
_BASIS = {"law": message("presumed, by law"), "practice": message("presumed, by practice")}
_MORE = message("and {} more, at the address of the project")
_VERIFY = message("Verify {}.")
_THAT = message("that")
# The answer stands beside so many other ways.
_OTHERS = 2


@dataclass(frozen=True)
class NoteLimits:
    """How many lines each part of a note has at most; what is beyond is counted.

    Clauses and points of attention have a number of `paragraphs` together, the clauses all of theirs.
    """

    presumed: int = 8
    verify: int = 5
    paragraphs: int = 8
    sources: int = 6
    clauses: int = 12


# From the fullest; a note that would be longer than its pages takes the next.
LIMITS = (NoteLimits(), NoteLimits(5, 5, 6, 4), NoteLimits(4, 4, 0, 2, clauses=5))


@dataclass(frozen=True)
class Scenario:
    """A way of doing it: its contract, what it would be better for, what it asks, how long it takes."""

    arrangement: Arrangement
    better_if: str
    asks: str
    months: str
    sources: tuple[Passage, ...]


@dataclass(frozen=True)
class ScopingNote:
    """What the note says beside the printed result; `cut` tells by part what was left out."""

    head: HandoutHead
    title: str
    assessment: Assessment
    alerts: tuple[str, ...]
    scenarios: tuple[Scenario, ...]
    duties: tuple[tuple[str, tuple[DutyGroup, ...]], ...]
    clauses: tuple[ModelClause, ...]
    verify: tuple[Reason, ...]
    presumed: tuple[Reason, ...]
    attention: tuple[Reason, ...]
    sources: tuple[Passage, ...]
    cut: dict[str, str]


def scoping_note(source: HandoutSource, limits: NoteLimits = LIMITS[0]) -> ScopingNote:
    """Return the note of a project."""
    assessment, lang = source.assessment, source.lang
    answer, conclusions = assessment.answer, assessment.conclusions
    result = answer.first.shown if answer.first and not answer.names_none else None
    scenarios = tuple(_scenarios(answer, result, lang))
    duties = tuple(_duties(answer, lang))
    clauses = model_clauses(answer, lang)
    verify = list(_verify(result, conclusions.premises.rules, lang)) if result else []
    presumed = list(_presumed(conclusions, lang))
    attention = _attention(result, lang) if result else []
    points = max(limits.paragraphs - len(clauses), 0)
    first = [one for line in answer_lines(assessment, lang) for one in line.reasons]
    listed = [duty for _, groups in duties for group in groups for duty in group.duties]
    others: list[Reason | Scenario] = [*listed, *clauses, *verify, *attention, *scenarios]
    cited = list(_cited(first, others))
    return ScopingNote(
        head=handout_head(source, FILE[lang]),
        title=PAPER_TITLES["note"][lang],
        assessment=assessment,
        alerts=alerts(assessment.coherence, lang),
        scenarios=scenarios if len(scenarios) > 1 else (),
        duties=duties,
        clauses=clauses[: limits.clauses],
        verify=tuple(verify[: limits.verify]),
        presumed=tuple(presumed[: limits.presumed]),
        attention=tuple(attention[:points]),
        sources=tuple(cited[: limits.sources]),
        cut=_cut(
            lang,
            presumed=len(presumed) - limits.presumed,
            verify=len(verify) - limits.verify,
            attention=len(attention) - points,
            sources=len(cited) - limits.sources,
            clauses=len(clauses) - limits.clauses,
        ),
    )


def _scenarios(
    answer: ShortAnswer, first: ArrangementVerdict | None, lang: str
) -> Iterator[Scenario]:
    """Yield the answer as a scenario, then the other ways, the best first."""
    if first is None:
        return
    channel, calendar = answer.rows[0].award.channel, answer.calendar
    kind = (channel or first).arrangement
    months = months_text((calendar.least, calendar.most), lang) if calendar else ""
    yield Scenario(kind, "", answer.why[lang], months, kind.basis[:1])
    for one in answer.alternatives[:_OTHERS]:
        months = months_text(one.months, lang) if one.months else ""
        better, asks = one.better_if[lang], one.asks[lang]
        yield Scenario(one.arrangement, better, asks, months, one.arrangement.basis[:1])


def _duties(answer: ShortAnswer, lang: str) -> Iterator[tuple[str, tuple[DutyGroup, ...]]]:
    """Yield the duties that all contracts named have, under their names, then those of each its own."""
    if answer.names_none or not answer.rows:
        return
    names = [named.row.shown.arrangement.label[lang] for named in answer.rows]
    tables = [duty_groups(named.duties, lang) for named in answer.rows]
    pairs = [{(group.title, duty) for group in table for duty in group.duties} for table in tables]
    shared = set.intersection(*pairs) if len(tables) > 1 else set()
    for name, groups, wanted in (
        (" · ".join(dict.fromkeys(names)), tables[0], shared),
        *((name, tables[n], pairs[n] - shared) for n, name in enumerate(names)),
    ):
        kept = tuple(_only(groups, wanted))
        if kept:
            yield name, kept


def _only(groups: Iterable[DutyGroup], wanted: set[tuple[str, DutyLine]]) -> Iterator[DutyGroup]:
    """Yield groups of duties with those alone that are wanted, each under the title of its group."""
    for group in groups:
        duties = tuple(duty for duty in group.duties if (group.title, duty) in wanted)
        if duties:
            yield replace(group, duties=duties)


def _presumed(conclusions: Conclusions, lang: str) -> Iterator[Reason]:
    """Yield what is presumed, each once, with what it rests on."""
    for answer in {a.criterion.slug: a for a in conclusions.premises.presumed}.values():
        line = f"{answer.criterion.label[lang]}{colon(lang)} {lower(answer.value.label[lang])}"
        yield Reason(f"{line} ({_BASIS[answer.basis][lang]})")


def _verify(result: ArrangementVerdict, rules: Rules, lang: str) -> Iterator[Reason]:
    """Yield each fact that the contract waits for, whom to turn to for it, and the clause that asks it."""
    asking = {check.requirement.own.criterion: check.requirement for check in result.checks}
    for term in result.to_verify:
        if not term.ordinary:
            criterion = rules.criteria[term.criterion]
            fact = _VERIFY[lang].format(answer_text(term, rules, _THAT)[lang])
            requirement = asking.get(term.criterion)
            yield Reason(
                f"{fact} {criterion.where_to_turn[lang]}".rstrip(),
                requirement.sources[:1] if requirement else (),
            )


def _attention(result: ArrangementVerdict, lang: str) -> list[Reason]:
    """Return the points of attention of a contract: those whose conditions hold, then the others.

    Those said of few contracts come first; what has a condition not known to hold is left to the page, and
    what says what to write to the clause that does.
    """
    points = [
        p
        for p in result.to_the_point
        if not (p.to_avoid or p.model_wording.fr) and p.bearing == EVERYTHING
    ]
    points.sort(key=lambda point: (not point.when, len(point.arrangements)))
    return [Reason(f"{p.label[lang]}. {p.text[lang]}", p.sources[:1]) for p in points]


def _cited(first: Iterable[Reason], others: Sequence[Reason | Scenario]) -> Iterable[Passage]:
    """Return what has an official address, and what the first page rests on that is named nowhere else.

    The others are named where they are cited, and there is no more to say of them.
    """
    later = [source for one in others for source in one.sources]
    passages = [source for reason in first for source in reason.sources]
    kept = [source for source in passages if source.url or source not in later]
    kept += [source for source in later if source.url]
    return {passage.slug: passage for passage in kept}.values()


def _cut(lang: str, **beyond: int) -> dict[str, str]:
    return {part: f"… {_MORE[lang].format(n)}" if n > 0 else "" for part, n in beyond.items()}


def drafts(source: HandoutSource) -> Iterator[ScopingNote]:
    """Yield the note with ever fewer lines."""
    return (scoping_note(source, limits) for limits in LIMITS)


@dataclass(frozen=True)
class ModelClause(Reason):
    """A clause or criteria to adapt, under the name of what asks for it, with where that is written."""

    title: str = ""


def model_clauses(answer: ShortAnswer, lang: str) -> tuple[ModelClause, ...]:
    """Return the clauses of an answer: those of duties in the order of doing, then those of its contracts."""
    if answer.names_none:
        return ()
    asking: list[Duty | Attention] = [*answer.due, *_points(answer)]
    clauses = (
        ModelClause(
            asks.model_wording[lang], asks.sources[:1], asks.model_title[lang] or asks.label[lang]
        )
        for asks in asking
        if asks.model_wording[lang]
    )
    return tuple({clause.text: clause for clause in clauses}.values())


def _points(answer: ShortAnswer) -> Iterator[Attention]:
    """Yield the points of attention of the contracts named, those of the nearest kind first.

    What depends on the parts of the project is given where no part was described, too: no question asks.
    """
    rules, parts = answer.parts.rules, answer.parts.project.unit.layers
    for named in answer.rows:
        result = named.row.shown
        applying = {point.slug for point in result.to_the_point}
        for slug in rules.lineage(result.arrangement.slug):
            for point in rules.attentions:
                applies = point.slug in applying or (point.bearing.layers and not parts)
                if slug in point.arrangements and applies:
                    yield point
