"""The lines under the answer, each under its label, always in the same order (officer's door).

By which procedure, when, who decides, what to write, what not to do, what to verify, which other way; every
door tells the same ones. What is empty is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from montages.assessment.answer.alternatives import Alternative
from montages.assessment.answer.named_rows import NamedContract
from montages.assessment.answer.next_steps import NextStep
from montages.assessment.answer.row_duties import (
    deciding_duties,
    due_duties,
    publication_duties,
    writing_duties,
)
from montages.assessment.answer.sentences import award_sentence
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.assessment import Assessment
from montages.assessment.conclusions import Conclusions
from montages.assessment.wording import enumerated, facts_text, lower
from montages.knowledge import logic
from montages.knowledge.law import Duty, Requirement
from montages.knowledge.model import Attention, Proviso
from montages.knowledge.periods import Rules
from montages.publish.text import assessment_rows, presumed_lines
from montages.publish.text.kept_limits import kept_limits
from montages.publish.text.messages import phrase
from montages.publish.text.reasons import Reason
from montages.publish.text.signs import KIND_TITLES, RETAINED_TITLES, VERDICT_SIGNS
from montages.publish.text.typography import colon, semicolon

# Points of attention that a line tells: to see to first, of every purchase, to write; facts to verify.
_WARNINGS, _GENERAL, _CLAUSES, _FACTS = 2, 1, 2, 2


@dataclass(frozen=True)
class AnswerLine:
    """A line under the answer: its kind, its title, and what it says with the clauses behind it."""

    kind: str
    title: str
    reasons: tuple[Reason, ...]


def answer_lines(assessment: Assessment, lang: str) -> list[AnswerLine]:
    """Return the lines under the answer, in their order."""
    conclusions = assessment.conclusions
    answer = conclusions.answer
    steps, others = {step.kind: step for step in answer.steps}, answer.alternatives[:1]
    lines = [
        *_forbidden(conclusions, lang),
        *_first_steps(answer.steps, lang),
        *([] if answer.names_none else _labels(conclusions, lang)),
        *_cautions(conclusions, lang),
        *_step(steps.get("verify"), conclusions, lang),
        *_line("provisos", "provisos", _provisos(answer.provisos, lang), lang),
        *_line("other", "other-way", (Reason(f"{other_way(o, lang)}.") for o in others), lang),
        *_retained(assessment, lang),
        *_line("around", "around", _around(conclusions, lang), lang),
        *_step(steps.get("unexpressed"), conclusions, lang),
    ]
    presumed = presumed_lines.in_short(conclusions, lang)
    return [*lines, *_line("presumed", "presumed", [presumed] if presumed else [], lang)]


def between(before: Sequence[Reason], lang: str) -> str:
    """Return what stands between what a line has said and what it says next."""
    if not before:
        return ""
    return " " if before[-1].text.endswith(("?", ".")) else " ; " if lang == "fr" else "; "


def _line(kind: str, title: str, reasons: Iterable[Reason], lang: str) -> list[AnswerLine]:
    kept = tuple(reason for reason in reasons if reason.text)
    return [AnswerLine(kind, phrase(title, lang), kept)] if kept else []


def _forbidden(conclusions: Conclusions, lang: str) -> list[AnswerLine]:
    """Return what the law forbids, with its clauses: the answer says why of the first that closes all."""
    forbidden = conclusions.answer.prohibitions
    reasons = [Reason(one.label[lang], one.sources) for one in forbidden.of_all[:1]]
    more = (*forbidden.of_all[1:], *forbidden.of_parts)
    reasons += [Reason(one.reading[lang], one.sources) for one in more]
    return [line for reason in reasons for line in _line("forbidden", "forbidden", [reason], lang)]


def _first_steps(steps: Sequence[NextStep], lang: str) -> list[AnswerLine]:
    """Return what is to be described or found out before a contract is named, and what stays possible."""
    lines = []
    for step in steps:
        reasons = [Reason(action.text[lang]) for action in step.actions]
        if step.kind == "open":
            reasons = [Reason(enumerated([reason.text for reason in reasons], lang))]
        elif not step.precedes:
            continue
        # Where to turn for a fact is a sentence of its own: a line for each.
        groups = [[reason] for reason in reasons] if step.kind == "find-out" else [reasons]
        lines += [AnswerLine(step.kind, step.title[lang], tuple(group)) for group in groups]
    return lines


def _labels(conclusions: Conclusions, lang: str) -> Iterator[AnswerLine]:
    """Yield by which procedure, when, who decides and what to write, where a contract is named."""
    answer = conclusions.answer
    yield from _line("procedure", "procedure", _procedures(conclusions, lang), lang)
    months = [Reason(answer.calendar.sentence[lang])] if answer.calendar else []
    yield from _line("calendar", "calendar", months, lang)
    yield from _line("decides", "decides", _listed(deciding_duties(answer.due), lang), lang)
    clauses = answer.cautions.clauses[:_CLAUSES]
    yield from _line(
        "write", "to-write", _listed((*writing_duties(answer.due), *clauses), lang), lang
    )


def _listed(things: Iterable[Duty | Attention], lang: str) -> list[Reason]:
    labels = [thing.label[lang] for thing in things]
    first, rest = labels[:1], [lower(label) for label in labels[1:]]
    return [Reason(f"{semicolon(lang).join([*first, *rest])}.")] if labels else []


def _procedures(conclusions: Conclusions, lang: str) -> Iterator[Reason]:
    """Yield by which procedure each contract is awarded and what is published, parts that do alike once."""
    answer = conclusions.answer
    alike: dict[Reason, list[str]] = {}
    for named in answer.rows:
        reason = _award(named, lang)
        if reason.text:
            alike.setdefault(reason, []).append(named.shown.arrangement.label[lang])
    for reason, names in alike.items():
        several = f"{' · '.join(names)}{colon(lang)} {lower(reason.text)}"
        yield Reason(several, reason.sources) if len(answer.rows) > 1 else reason


def _award(named: NamedContract, lang: str) -> Reason:
    """Return by which procedure and why, and what is published; or why a channel takes its place."""
    award = named.award
    if award.channel is not None:
        met = [c for c in award.channel.checks if c.requirement.hard and c.outcome == "satisfied"]
        stated = min(met, key=lambda check: check.state != "explicit", default=None)
        own = stated.requirement if stated else None
        return Reason(own.reading[lang], own.sources) if own else Reason("")
    if not award.needed:
        limits = kept_limits(named, lang)
        text = " ".join(filter(None, (award_sentence(named)[lang], limits.text)))
        return Reason(text, limits.sources)
    notices = [duty.sentence[lang] for duty in publication_duties(due_duties(named.duties))]
    sources = award.advice.sources[-1:] if award.advice else ()
    return Reason(" ".join(filter(None, (award_sentence(named)[lang], *notices))), sources)


def _cautions(conclusions: Conclusions, lang: str) -> Iterator[AnswerLine]:
    """Yield what not to do, by the facts of the project else whatever it is, then what to see to first."""
    answer, cautions = conclusions.answer, conclusions.answer.cautions
    general = () if answer.names_none else cautions.general[:_GENERAL]
    for kind, points in (
        ("avoid", cautions.told or general),
        ("plan", cautions.warnings[:_WARNINGS]),
    ):
        reason = Reason(" ".join(point.text[lang] for point in points))
        yield from _line(kind, f"to-{kind}", [reason], lang)


def _provisos(provisos: Sequence[Proviso], lang: str) -> list[Reason]:
    """Return what the answer supposes without asking, as one sentence."""
    clauses = [proviso.in_sentence[lang] for proviso in provisos]
    return [Reason(f"{', '.join(clauses)}.")] if clauses else []


def _step(step: NextStep | None, conclusions: Conclusions, lang: str) -> list[AnswerLine]:
    """Return what is to be verified with whom, or what was not understood."""
    if step is None:
        return []
    criteria = conclusions.premises.rules.criteria
    reasons: list[Reason] = []
    for action in step.actions:
        whom = criteria[action.about].where_to_turn[lang] if action.about in criteria else ""
        told_apart = whom and len(reasons) < _FACTS
        text = f"{action.text[lang]}. {whom}" if told_apart else action.text[lang]
        # Behind a full stop it begins a sentence.
        begins = bool(reasons) and reasons[-1].text.endswith((".", "?"))
        reasons.append(Reason(text[:1].upper() + text[1:] if begins else text))
    return [AnswerLine(step.kind, step.title[lang], tuple(reasons))]


def other_way(one: Alternative, lang: str) -> str:
    """Return another way in words: its name, what would make it better, what it asks."""
    asks = f"{semicolon(lang)}{one.asks[lang]}" if one.asks[lang] else ""
    return f"{one.arrangement.label[lang]}{colon(lang)} {one.better[lang]}{asks}"


def _retained(assessment: Assessment, lang: str) -> list[AnswerLine]:
    """Return a line for each contract that was really retained, with its verdict."""
    first = assessment.answer.first
    mine = {result.arrangement.slug for result in first.results} if first else set()
    lines = []
    for retained in assessment.coherence.retained_contracts:
        same = retained.contract in mine
        name = phrase("same", lang) if same else assessment_rows.retained_name(retained, lang)
        verdict = lower(VERDICT_SIGNS[retained.verdict.value].one[lang])
        reason = Reason(f"{name}{colon(lang)} {verdict}")
        lines.append(AnswerLine("retained", RETAINED_TITLES[retained.kind][lang], (reason,)))
    return lines


def _around(conclusions: Conclusions, lang: str) -> Iterator[Reason]:
    """Yield where each arrangement around the contract stands that an answer calls for, by which clause."""
    rules = conclusions.premises.rules
    for result in conclusions.verdicts:
        if result.arrangement.kind not in KIND_TITLES:
            continue
        own = [
            r
            for r in rules.effective(result.arrangement.slug)
            if r.hard and r.arrangement == result.arrangement.slug
        ]
        if called_for := [r for r in own if _is_called_for(r, conclusions, rules)]:
            yield Reason(_standing(result, rules, lang), called_for[0].sources[:1])


def _is_called_for(requirement: Requirement, conclusions: Conclusions, rules: Rules) -> bool:
    """Tell whether an answer that no contract reads meets a requirement, or the condition it has."""
    return any(
        logic.met(clause, unit.unit.answers, rules)
        and unit.unit.answer(clause.criterion).state == "explicit"
        for clause in (requirement.own, *(c for when in requirement.when for c in when.clauses))
        if clause.criterion not in _read_by_contracts(rules)
        for unit in conclusions.units
    )


@cache
def _read_by_contracts(rules: Rules) -> frozenset[str]:
    """Return the criteria that the gates of some contract read."""
    contracts = (a.slug for a in rules.proposed() if a.kind == "contract")
    gates = (r for slug in contracts for r in rules.effective(slug) if r.hard)
    return frozenset(clause.criterion for gate in gates for clause in gate.clauses())


def _standing(result: ArrangementVerdict, rules: Rules, lang: str) -> str:
    """Return an arrangement with its verdict and what is to be verified of it."""
    verdict = lower(VERDICT_SIGNS[result.verdict.value].one[lang])
    facts = facts_text(result.to_verify, rules)[lang]
    standing = f"{verdict} {facts}" if facts else verdict
    return f"{result.arrangement.label[lang]}{colon(lang)} {standing}"
