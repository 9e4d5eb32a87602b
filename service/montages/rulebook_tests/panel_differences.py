"""What a case of the panel expects that does not come out (R38)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from montages.assessment.answer.short_answer import ShortAnswer
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.conclusions import Conclusions
from montages.assessment.ranking import Row
from montages.knowledge.logic import DutyState, Verdict
from montages.knowledge.panel import BODIES, CHANNEL, PROHIBITED_BY, PanelCase

_TAKEN = (Verdict.FITS, Verdict.FITS_ON_TERMS)


@dataclass(frozen=True)
class PanelDifference:
    """What is expected under a key of a case, of which thing, and what comes out instead."""

    key: str
    name: str
    expected: str
    actual: str

    def message(self, lang: str) -> str:
        """Return the difference in one line."""
        if lang == "fr":
            return f"{self.key}, {self.name} : {self.expected} attendu, {self.actual} obtenu"
        return f"{self.key}, {self.name}: expected {self.expected}, found {self.actual}"


def panel_differences(case: PanelCase, conclusions: Conclusions) -> tuple[PanelDifference, ...]:
    """Return what a case expects that its assessment does not say, key by key."""
    return tuple(
        difference
        for key, expected in case.expected.items()
        for difference in _CHECKS[key](key, expected, conclusions)
    )


_Expected = Mapping[str, tuple[str, ...]]
_Differences = Iterator[PanelDifference]
_Check = Callable[[str, _Expected, Conclusions], _Differences]


def _verdicts(*accepted: Verdict) -> _Check:
    """Return the check of a list of arrangements, each of which has one of the accepted verdicts."""

    def check(key: str, names: _Expected, of: Conclusions) -> _Differences:
        for name in names:
            actual = of.verdict(name).verdict
            if actual not in accepted:
                causes = _causes(of.verdict(name))
                yield PanelDifference(key, name, " / ".join(accepted), f"{actual}{causes}")

    return check


def _causes(result: ArrangementVerdict) -> str:
    """Return what is behind a verdict: gates that close, facts to verify, changes that reopen."""
    closing = list(result.best.closed_by)
    facts = [term.criterion for term in result.to_verify]
    changes = ["+".join(c.criterion for c in reopening.changes) for reopening in result.reopens_to]
    causes = [", ".join(part) for part in (closing, facts, changes) if part]
    return f" ({' ; '.join(causes)})" if causes else ""


def _first(key: str, names: _Expected, of: Conclusions) -> _Differences:
    """Check the contract that is named first, or where none is to be, that which a change brings closest."""
    nearest = of.answer.nearest.row if of.answer.nearest else None
    contracts = _contracts(nearest if key == "nearest" else of.answer.first)
    if (key == "not-first") == bool(contracts & set(names)):
        yield PanelDifference(key, "/".join(names), key, ", ".join(sorted(contracts)) or "—")


def _contracts(row: Row | None) -> set[str]:
    """Return the contract of a row: where the answers do not tell its kind, any of its kinds."""
    if row is None:
        return set()
    return {row.contract} if row.contract else {r.arrangement.slug for r in row.results}


def _parts(key: str, expected: _Expected, of: Conclusions) -> _Differences:
    """Check the contracts named for the parts of a project, and for which units each is."""
    parts = {
        answer_row.row.shown.arrangement.slug: {unit.id for unit in answer_row.part.units}
        for answer_row in of.answer.rows
    }
    for name, units in expected.items():
        actual = parts.get(name, set())
        if actual != set(units):
            yield PanelDifference(key, name, ", ".join(units), ", ".join(sorted(actual)) or "—")
    for name in parts.keys() - expected.keys():
        yield PanelDifference(key, name, "—", ", ".join(sorted(parts[name])))


def _folded(key: str, names: _Expected, of: Conclusions) -> _Differences:
    for name in names:
        if of.verdict(name).folded is None:
            yield PanelDifference(key, name, key, f"{of.verdict(name).verdict}")


def _facts(key: str, expected: _Expected, of: Conclusions) -> _Differences:
    for name, criteria in expected.items():
        result = of.verdict(name)
        actual = {term.criterion for term in result.to_verify}
        if result.verdict is not Verdict.TO_VERIFY or actual != set(criteria):
            outcome = f"{result.verdict} ({', '.join(sorted(actual))})"
            yield PanelDifference(key, name, ", ".join(criteria), outcome)


def _reopenings(key: str, expected: _Expected, of: Conclusions) -> _Differences:
    for name, criteria in expected.items():
        changes = [
            {c.criterion for c in reopening.changes} for reopening in of.verdict(name).reopens_to
        ]
        if set(criteria) not in changes:
            actual = " / ".join("+".join(sorted(change)) for change in changes) or "—"
            yield PanelDifference(key, name, "+".join(criteria), actual)


def _procedures(key: str, expected: _Expected, of: Conclusions) -> _Differences:
    parts = of.answer.rows
    for name, (verdict,) in expected.items():
        actual = of.verdict(name).procedure
        # Of several parts, each is awarded by its own.
        several = {part.part.by_slug[name].procedure for part in parts} if len(parts) > 1 else {}
        if actual != verdict and verdict not in several:
            causes = _causes(of.verdict(name))
            yield PanelDifference(key, name, verdict, f"{actual or '—'}{causes}")


def _duties(key: str, names: _Expected, of: Conclusions) -> _Differences:
    """Check duties that are due, or that are not: neither due nor maybe; of procedures, the named one."""
    others = (r.duties for r in of.verdicts if r.procedure is None)
    states = {duty.requirement.slug: duty.state for duty in chain(*others, of.answer.duties)}
    for name in names:
        state = states.get(name)
        if key == "duties" and state is not DutyState.DUE:
            yield PanelDifference(key, name, "due", f"{state or '—'}")
        if key == "not-due" and state in (DutyState.DUE, DutyState.MAYBE):
            yield PanelDifference(key, name, "—", f"{state}")


def _points(key: str, names: _Expected, of: Conclusions) -> _Differences:
    """Check the points of attention that hold, those that say what not to do, those not called for."""
    answer, first = of.answer, of.answer.first
    own = first.shown.to_the_point if first else ()
    avoid = {point.slug for point in (*answer.cautions.avoid, *answer.cautions.general)}
    called_for = avoid | {point.slug for point in answer.cautions.warnings}
    called_for |= {point.slug for point in own}
    for name in names:
        if (name in (avoid if key == "avoid" else called_for)) == (key == "not-called-for"):
            yield PanelDifference(key, name, key, ", ".join(sorted(called_for)) or "—")


def _without_procedure(key: str, names: _Expected, of: Conclusions) -> _Differences:
    """Check that no procedure goes with an arrangement: it is taken without competition."""
    for name in names:
        kinds = {*of.premises.rules.lineage(name)}
        procedures = (r.arrangement for r in of.verdicts if kinds & {*r.arrangement.applies_to})
        if slugs := ", ".join(procedure.slug for procedure in procedures):
            yield PanelDifference(key, name, "—", slugs)


def _answered(names_in: Callable[[ShortAnswer], Iterable[str]]) -> _Check:
    """Return the check of a list that the answer says whole."""

    def check(key: str, names: _Expected, of: Conclusions) -> _Differences:
        actual = sorted(set(names_in(of.answer)))
        if actual != sorted(names):
            yield PanelDifference(key, ", ".join(names), key, ", ".join(actual) or "—")

    return check


def _bodies(answer: ShortAnswer) -> Iterator[str]:
    """Yield who the duties that are due call upon."""
    for duty in answer.duties:
        if duty.state is DutyState.DUE and duty.requirement.body:
            yield duty.requirement.body


_CHECKS: dict[str, _Check] = {
    "first": _first,
    "not-first": _first,
    "nearest": _first,
    "fits": _verdicts(*_TAKEN),
    "open": _verdicts(*_TAKEN, Verdict.TO_VERIFY),
    "parts": _parts,
    "folded": _folded,
    "closed-by-choice": _verdicts(Verdict.CLOSED_BY_CHOICE),
    "closed": _verdicts(Verdict.CLOSED),
    "to-verify": _facts,
    "reopens-by": _reopenings,
    "procedure": _procedures,
    "duties": _duties,
    "not-due": _duties,
    "attention": _points,
    "avoid": _points,
    "not-called-for": _points,
    "without-procedure": _without_procedure,
    BODIES: _answered(_bodies),
    PROHIBITED_BY: _answered(lambda answer: answer.prohibitions.slugs),
    CHANNEL: _answered(
        lambda answer: [
            named.award.channel.arrangement.slug for named in answer.rows if named.award.channel
        ]
    ),
}
