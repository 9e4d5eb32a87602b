"""The verdicts of an assessment in words, a row for each contract in law: for the terminal and the page.

Rows stand under their verdict; those that are lawful and hardly sensible come last, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from montages.assessment import ranking
from montages.assessment.arrangement_result import ArrangementResult, Check, DutyResult
from montages.assessment.assessment import Assessment, UnitAssessment
from montages.assessment.terms import Reopening, Term
from montages.knowledge.buckets import Bucket
from montages.knowledge.logic import DutyState, ProcedureVerdict, Verdict
from montages.knowledge.model import Criterion, Passage, Requirement
from montages.knowledge.periods import Rules, rules_at
from montages.publish.text.assessment_rows import against, fit, own_sources
from montages.publish.text.messages import phrase, plural_of
from montages.publish.text.signs import DUE_WORDS, VERDICT_SIGNS
from montages.publish.text.typography import colon, lower

FOLDED = "folded"
# Its value is that of all homogeneous needs; that of a concession is its whole turnover.
_BY_NEEDS = "marche-public"
_DUTY_HEADS = {DutyState.DUE: "to-do", DutyState.MAYBE: "maybe-to-do", DutyState.DONE: "done"}


@dataclass(frozen=True)
class Reason:
    """Why a verdict is what it is, in a few words, with the clauses it rests on."""

    text: str
    sources: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class VerdictRow:
    """One contract in law as a line of a table; `result` is the arrangement that stands for it."""

    result: ArrangementResult
    name: str
    group: str
    fit: str
    reasons: tuple[Reason, ...]
    duties: tuple[Reason, ...]
    covers: str
    contracts: frozenset[str]

    @property
    def slug(self) -> str:
        """Return the slug of the arrangement that stands for the row."""
        return self.result.arrangement.slug


@dataclass(frozen=True)
class ProcedureGroup:
    """The procedures of one family of contracts under their verdicts, and a line of advice."""

    name: str
    verdicts: tuple[tuple[str, tuple[str, ...]], ...]
    advice: Reason | None


def group(result: ArrangementResult) -> str:
    """Return what a result stands under: its verdict, or among those hardly sensible."""
    return FOLDED if result.folded else result.verdict.value


def contract_rows(assessment: Assessment, lang: str) -> list[VerdictRow]:
    """Return the contracts of an assessment, best first, one row each."""
    words = _Words(assessment, lang)
    return [words.row(row) for row in assessment.rows]


def reasons(assessment: Assessment, result: ArrangementResult, lang: str) -> list[Reason]:
    """Return why a verdict on an arrangement is what it is, in words."""
    return list(_Words(assessment, lang).reasons(result, common=()))


def duties(assessment: Assessment, result: ArrangementResult, lang: str) -> list[Reason]:
    """Return the duties of an arrangement in words: those due, perhaps due, done."""
    return list(_Words(assessment, lang).duties(result.duties, tuple(DutyState)))


def by_verdict(rows: Iterable[VerdictRow]) -> list[tuple[str, list[VerdictRow]]]:
    """Return rows under their verdicts, best verdict first, verdicts without rows left out."""
    groups: dict[str, list[VerdictRow]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    return [(name, groups[name]) for name in VERDICT_SIGNS if name in groups]


def names_by_verdict(
    results: Iterable[ArrangementResult], lang: str, kind: str
) -> list[tuple[str, list[str]]]:
    """Return the names of the arrangements of a kind under their verdicts, best verdict first."""
    groups: dict[str, list[str]] = {}
    for result in results:
        if result.arrangement.kind == kind:
            groups.setdefault(group(result), []).append(result.arrangement.label[lang])
    return [(name, groups[name]) for name in VERDICT_SIGNS if name in groups]


def unit_names(
    assessment: Assessment, unit: UnitAssessment, lang: str
) -> list[tuple[str, list[str]]]:
    """Return the names of the contracts of one unit under their verdicts, best verdict first."""
    groups: dict[str, list[str]] = {}
    for row in ranking.rows(unit.verdicts, rules_at(assessment.as_of)):
        groups.setdefault(group(row.shown), []).append(_name(row, lang))
    return [(name, groups[name]) for name in VERDICT_SIGNS if name in groups]


def counted(name: str, number: int, lang: str) -> str:
    """Return how many contracts a verdict has: `2 conviennent à condition`."""
    sign = VERDICT_SIGNS[name]
    return f"{number} {lower((sign.many if number > 1 else sign.one)[lang])}"


def sentence(assessment: Assessment, lang: str) -> str:
    """Return the answer in a sentence: the contract to start from, what it asks, its procedure."""
    answer, words = assessment.answer, _Words(assessment, lang)
    if answer.first is None:
        return phrase("nothing-open", lang)
    result = answer.first.shown
    start = _name(answer.first, lang)
    if facts := words.terms(result.to_verify):
        start += f", {phrase('once-verified', lang)} {facts}"
    if terms := words.terms(result.terms):
        start += f", {phrase('on-terms' if facts else 'terms', lang)} {terms}"
    if answer.procedure is None:
        return f"{start}."
    name = lower(answer.procedure.arrangement.label[lang])
    return f"{start}. {phrase('by-procedure', lang)}{colon(lang)} {name}."


def common(assessment: Assessment, lang: str) -> str:
    """Return the facts to verify for every contract alike, in words; empty if there are none."""
    words = _Words(assessment, lang)
    named: dict[str, Term] = {}
    for row in assessment.rows:
        for term in row.shown.to_verify:
            if term.criterion in assessment.answer.common and row.shown.verdict.open:
                named.setdefault(term.criterion, term)
    return words.terms(tuple(named.values()))


def procedures(assessment: Assessment, lang: str) -> list[ProcedureGroup]:
    """Return the procedures of the contracts that are open, lightest first under each of their verdicts.

    Where no contract is open, those of every contract.
    """
    rules = rules_at(assessment.as_of)
    lineages = {
        slug
        for row in assessment.rows
        if row.shown.verdict.open and not row.shown.folded
        for slug in rules.lineage(row.shown.arrangement.slug)
    }
    families: dict[tuple[str, ...], list[ArrangementResult]] = {}
    for result in assessment.verdicts:
        if result.procedure is not None:
            families.setdefault(result.arrangement.applies_to, []).append(result)
    useful = {to: members for to, members in families.items() if lineages & set(to)}
    return [_procedures(to, members, rules, lang) for to, members in (useful or families).items()]


def _procedures(
    to: Sequence[str], members: Sequence[ArrangementResult], rules: Rules, lang: str
) -> ProcedureGroup:
    names: dict[str, list[str]] = {}
    for result in members:
        if result.procedure:
            names.setdefault(result.procedure.value, []).append(result.arrangement.label[lang])
    enough = next((r for r in members if r.procedure is ProcedureVerdict.SUFFICIENT), None)
    return ProcedureGroup(
        ", ".join(rules.book.arrangements[slug].label[lang] for slug in to),
        tuple((v.value, tuple(names[v.value])) for v in ProcedureVerdict if v.value in names),
        _advice(enough, members, lang) if enough else None,
    )


def _advice(
    enough: ArrangementResult, members: Sequence[ArrangementResult], lang: str
) -> Reason | None:
    """Return why a procedure is enough: the amount stated, and the threshold of the day.

    One without a threshold of its own is enough where the heaviest of the lighter ones is closed by it.
    """
    text, check = "", _bounded(enough, "satisfied")
    if check is not None:
        text = f"{check.shown[lang]}, {phrase('threshold', lang)} {check.accepted[lang]}."
    else:
        order = enough.arrangement.order
        lighter = [r for r in members if r.arrangement.order < order]
        for result in sorted(lighter, key=lambda r: -r.arrangement.order):
            if check := _bounded(result, "violated"):
                text = f"{result.arrangement.label[lang]}{colon(lang)} {against(check, lang)}."
                break
    if check is None:
        return None
    if _BY_NEEDS in enough.arrangement.applies_to:
        text += f" {phrase('homogeneous', lang)}"
    return Reason(text, check.requirement.sources[:1])


def _bounded(result: ArrangementResult, outcome: str) -> Check | None:
    """Return the first check of a stated number that has an outcome."""
    checks = (c for c in result.checks if c.requirement.own.bounds and c.given)
    return next((c for c in checks if c.outcome == outcome), None)


def _name(row: ranking.Row, lang: str) -> str:
    return (row.kind.arrangement.label if row.kind else row.label)[lang]


class _Words:
    """What turns the terms and reasons of an assessment into words of one language."""

    def __init__(self, assessment: Assessment, lang: str) -> None:
        self.assessment, self.lang = assessment, lang
        self.rules = rules_at(assessment.as_of)
        self.units = {u.unit.id: u.unit.label[lang] for u in assessment.units}

    def row(self, row: ranking.Row) -> VerdictRow:
        """Return a ranked row in words."""
        result = row.shown
        covers = result.covers or ()
        partly = result.verdict.open and 0 < len(covers) < len(self.units)
        return VerdictRow(
            result,
            _name(row, self.lang),
            group(result),
            fit(result),
            tuple(self.reasons(result, self.assessment.answer.common)),
            tuple(self.duties(result.duties, [DutyState.DUE])) if result.verdict.open else (),
            ", ".join(self.units[unit] for unit in covers) if partly else "",
            frozenset(r.arrangement.slug for r in row.results),
        )

    def terms(self, terms: Sequence[Term]) -> str:
        """Return the terms that are not ordinary in words, one after the other."""
        return ", ".join([self._term(term) for term in terms if not term.ordinary])

    def _term(self, term: Term) -> str:
        criterion = self.rules.criteria[term.criterion]
        values = f" {phrase('or', self.lang)} ".join(
            _values(criterion, term, self.rules, self.lang)
        )
        return f"{lower(criterion.label[self.lang])} ({values})"

    def reasons(self, result: ArrangementResult, common: Sequence[str]) -> Iterable[Reason]:
        """Return why a verdict is what it is, the facts common to all left out."""
        lang = self.lang
        if result.folded:
            for requirement in result.folded.because:
                yield Reason(requirement.reading[lang], requirement.sources[:1])
            if result.folded.presumed:
                names = [self.rules.criteria[name].label[lang] for name in result.folded.presumed]
                text = ", ".join(lower(name) for name in names)
                yield Reason(f"{phrase('presumed-against', lang)}{colon(lang)} {text}")
        elif result.verdict is Verdict.FITS:
            number = len({c.requirement.slug for c in result.checks if c.requirement.hard})
            text = plural_of(number, "hard", lang) if number else phrase("no-hard", lang)
            yield Reason(text, own_sources(result))
        elif result.verdict.open:
            yield from self._wanted(result, common)
        else:
            yield from self._closing(result)

    def _wanted(self, result: ArrangementResult, common: Sequence[str]) -> Iterable[Reason]:
        """Return the facts that this row alone has to verify, then its terms."""
        lang = self.lang
        mine = [t for t in result.to_verify if t.criterion not in common]
        if facts := self.terms(mine):
            yield Reason(f"{phrase('to-find-out', lang)}{colon(lang)} {facts}")
        if terms := self.terms(result.terms):
            yield Reason(f"{phrase('on-terms' if facts else 'terms', lang)} {terms}")
        elif result.verdict is Verdict.FITS_ON_TERMS:
            yield Reason(phrase("ordinary-terms", lang))
        elif not facts:
            yield Reason(phrase("nothing-else", lang))

    def _closing(self, result: ArrangementResult) -> Iterable[Reason]:
        """Return the first gate that closes a row with its article, and what reopens it."""
        lang = self.lang
        if result.status == "not-in-force":
            yield Reason(result.summary[lang])
            return
        checks = {check.requirement.slug: check for check in result.checks}
        duties = {duty.requirement.slug: duty.requirement for duty in result.duties}
        for slug in result.best.closed_by[:1]:
            if slug in checks:
                check = checks[slug]
                requirement = check.requirement
                text = requirement.label[lang]
                if check.given:
                    text = f"{text} — {against(check, lang)}"
            else:
                requirement = duties.get(slug) or self._requirement(slug)
                text = requirement.label[lang]
            yield Reason(text, requirement.sources[:1])
        for reopening in result.reopens_to[:1]:
            yield Reason(self._reopening(reopening))

    def _requirement(self, slug: str) -> Requirement:
        return next(r for r in self.rules.requirements if r.slug == slug)

    def _reopening(self, reopening: Reopening) -> str:
        changes = ", ".join([self._term(change) for change in reopening.changes])
        after = lower(VERDICT_SIGNS[reopening.verdict.value].one[self.lang])
        return f"{phrase('reopens', self.lang)} {changes} → {after}"

    def duties(self, duties: Sequence[DutyResult], states: Sequence[DutyState]) -> Iterable[Reason]:
        """Return the duties in some states, one state after the other."""
        for state in states:
            for duty in duties:
                if duty.state is state:
                    yield Reason(self._duty(duty), duty.requirement.sources[:1])

    def _duty(self, duty: DutyResult) -> str:
        requirement, lang = duty.requirement, self.lang
        head = phrase(_DUTY_HEADS[duty.state], lang)
        if requirement.due_at and duty.state is not DutyState.DONE:
            head += f" {DUE_WORDS[requirement.due_at][lang]}"
        return f"{head}{colon(lang)} {lower(requirement.label[lang])}"


def _values(criterion: Criterion, term: Term, rules: Rules, lang: str) -> list[str]:
    """Return the values of a term in words; numbers that follow each other are one interval."""
    buckets = rules.buckets.get(term.criterion, ())
    if not buckets:
        return [lower(v.label[lang]) for v in criterion.values if v.slug in term.to]
    out = []
    for wanted, run in groupby(buckets, lambda bucket: bucket.slug in term.to):
        if wanted:
            members = list(run)
            first, last = members[0], members[-1]
            out.append(Bucket(term.criterion, first.low, last.high, first.unit).label[lang])
    return out
