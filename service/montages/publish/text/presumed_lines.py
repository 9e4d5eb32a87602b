"""What is presumed, how to contradict it, and what to look at where nothing is presumed (R15, R35)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from montages.assessment.conclusions import Conclusions
from montages.assessment.premises import Premises, PresumedAnswer
from montages.assessment.verdict.unit_verdict import Term
from montages.assessment.wording import facts_text, lower
from montages.publish.text import assessment_rows
from montages.publish.text.messages import and_others, phrase
from montages.publish.text.reasons import Reason
from montages.publish.text.typography import colon, semicolon

# The short line names this many answers.
_NAMED = 3
_TITLES = {"law": "presumed-by-law", "practice": "presumed-by-practice"}


@dataclass(frozen=True)
class PresumedGroup:
    """The answers presumed on one basis, each with the passages it rests on."""

    title: str
    answers: tuple[Reason, ...]


def presumed_groups(conclusions: Conclusions, lang: str) -> list[PresumedGroup]:
    """Return what is presumed, by law first, an answer told once whatever presumes it."""
    groups = []
    for basis, key in _TITLES.items():
        alike: dict[tuple[str, str], list[PresumedAnswer]] = {}
        for answer in conclusions.premises.presumed:
            if answer.basis == basis:
                name = (answer.criterion.slug, answer.value.slug)
                alike.setdefault(name, []).append(answer)
        if alike:
            answers = tuple(_line(same, lang) for same in alike.values())
            groups.append(PresumedGroup(phrase(key, lang), answers))
    return groups


def _line(same: Sequence[PresumedAnswer], lang: str) -> Reason:
    first = same[0]
    text = f"{lower(first.criterion.label[lang])}, {lower(first.value.label[lang])}"
    # Practice is our own appreciation: its passage only says why the fact matters.
    cited = (s for a in same for s in a.presumption.sources if a.presumption.basis == "law")
    return Reason(text, tuple({passage.slug: passage for passage in cited}.values()))


@dataclass(frozen=True)
class Presumed:
    """What is presumed, an answer once: what is named rests on, what is read for it, and the others."""

    decides: tuple[PresumedAnswer, ...]
    read: tuple[PresumedAnswer, ...]
    others: tuple[PresumedAnswer, ...]

    @property
    def first(self) -> tuple[PresumedAnswer, ...]:
        """Return those to show beside the answer: all that it rests on, and some that are read."""
        return (*self.decides, *self.read[: max(0, _NAMED - len(self.decides))])


def presumed_of(conclusions: Conclusions) -> Presumed:
    """Return what is presumed, by what it is to the answer."""
    answers = {answer.criterion.slug: answer for answer in conclusions.premises.presumed}
    first, procedure = conclusions.answer.first, conclusions.answer.procedure
    results = ([first.shown] if first else []) + ([procedure] if procedure else [])
    gates = (c.requirement for r in results for c in r.checks if c.requirement.hard)
    read = frozenset(clause.criterion for gate in gates for clause in gate.clauses())
    decides = conclusions.answer.turns_on
    ranked: tuple[list[PresumedAnswer], ...] = ([], [], [])
    for answer in answers.values():
        rank = 0 if decides(answer.criterion) else 1 if answer.criterion.slug in read else 2
        ranked[rank].append(answer)
    return Presumed(*map(tuple, ranked))


def in_short(conclusions: Conclusions, lang: str) -> Reason | None:
    """Return what the answer presumes, in one short line, and how many other answers are presumed.

    What is presumed and bears on nothing that is named is counted only.
    """
    presumed = presumed_of(conclusions)
    rules, named = conclusions.premises.rules, (*presumed.decides, *presumed.read)[:_NAMED]
    if not named:
        return None
    facts = facts_text((Term(a.criterion.slug, (a.value.slug,)) for a in named), rules)[lang]
    others = len(presumed.decides) + len(presumed.read) + len(presumed.others) - len(named)
    more = f" ({and_others(others, lang)})" if others else ""
    return Reason(f"{facts}{more}{semicolon(lang)}{phrase('presumed-else', lang)}")


def contradicting(premises: Premises, lang: str) -> str:
    """Return how to set aside what is presumed: the keys to answer; empty where nothing is."""
    criteria = {answer.criterion.slug: answer.criterion for answer in premises.presumed}
    keys = ", ".join(assessment_rows.key(criterion) for criterion in criteria.values())
    return f"{phrase('presumed-wrong', lang)} {keys}" if keys else ""


def notes(conclusions: Conclusions, lang: str) -> list[Reason]:
    """Return what to look at before answering what nothing lets one presume."""
    reasons = []
    for noted in conclusions.premises.notes:
        label, reading = noted.note.label[lang], noted.note.reading[lang]
        units = (u.unit for u in conclusions.units if u.unit.id in noted.units)
        names = ", ".join(unit.label[lang] for unit in units)
        where = f" [{names}]" if noted.units else ""
        mark = "" if label.endswith("?") else colon(lang)
        reasons.append(Reason(f"{label}{where}{mark} {reading}", noted.note.sources[:1]))
    return reasons
