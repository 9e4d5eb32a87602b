"""What an assessment comes to for a reader: the few facts that the terminal and the page both show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from montages.decision.assessment import (
    STATUSES,
    Assessment,
    Check,
    Retained,
    UnitAssessment,
    Verdict,
)
from montages.knowledge.model import Criterion, Passage
from montages.knowledge.rulebook import rulebook
from montages.names import kebab, slug
from montages.publish.words import STATUS, lower, plural_of, quoted, say

# A line names this many missing answers, and counts the others.
NAMED = 3


@dataclass(frozen=True)
class Reason:
    """Why a status is what it is, in a few words, with the clauses it rests on."""

    text: str
    sources: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Row:
    """One arrangement as a line of a table."""

    verdict: Verdict
    name: str
    fit: str
    reasons: tuple[Reason, ...]
    covers: str = ""

    @property
    def slug(self) -> str:
        """Return the slug of the arrangement."""
        return self.verdict.arrangement.slug

    @property
    def status(self) -> str:
        """Return the status of the arrangement."""
        return self.verdict.status


def rows(
    verdicts: Iterable[Verdict], lang: str, kind: str, units: Iterable[UnitAssessment] = ()
) -> list[Row]:
    """Return the arrangements of a kind, in their order, one row each.

    With the project's `units`, an arrangement that does not fit all of it names the units it fits.
    """
    named = {u.unit.id: u.unit.label[lang] for u in units}
    return [
        Row(
            v,
            v.arrangement.label[lang],
            fit(v),
            tuple(_reasons(v, lang)),
            ""
            if v.status == "eligible"
            else ", ".join(named[u] for u in v.covers or () if u in named),
        )
        for v in verdicts
        if v.arrangement.kind == kind
    ]


def by_status(found: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Return rows under their status, best status first, statuses without rows left out."""
    groups: dict[str, list[Row]] = {}
    for line in found:
        groups.setdefault(line.status, []).append(line)
    return [(status, groups[status]) for status in STATUSES if status in groups]


def has_soft(verdict: Verdict) -> bool:
    """Tell whether an arrangement has soft requirements at all."""
    return any(not check.requirement.hard for check in verdict.checks)


def fit(verdict: Verdict) -> str:
    """Return the soft score as a small interval, a dash where there is nothing to score."""
    if not has_soft(verdict):
        return "—"
    low, high = (round(100 * x) for x in verdict.soft)
    return f"{low} %" if low == high else f"{low} – {high} %"


def against(check: Check, lang: str) -> str:
    """Return what a check found against what it wants: `Aucun, au lieu de « Réel »`."""
    return f"{check.shown[lang]}, {say('instead', lang)} {quoted(check.accepted[lang], lang)}"


def _reasons(verdict: Verdict, lang: str) -> Iterable[Reason]:
    wanted = {"ineligible": "violated", "conflict": "contradicted"}.get(verdict.status)
    hard = [check for check in verdict.checks if check.requirement.hard]
    if wanted:
        for check in hard:
            if check.outcome == wanted:
                name = check.requirement.label[lang]
                yield Reason(f"{name} — {against(check, lang)}", check.requirement.sources[:1])
    elif verdict.status == "undetermined":
        yield Reason(missing(verdict, lang))
    elif verdict.status == "eligible":
        number = len({check.requirement.slug for check in hard})
        said = plural_of(number, "hard", lang) if number else say("no-hard", lang)
        yield Reason(said, _own_sources(verdict))


def _own_sources(verdict: Verdict) -> tuple[Passage, ...]:
    """Return the first clauses of an arrangement's own legal requirements, each once."""
    own = [c.requirement for c in verdict.checks if c.requirement.hard]
    own.sort(key=lambda r: r.of != verdict.arrangement.slug)
    found = dict.fromkeys(r.sources[0] for r in own)
    return tuple(found)[:NAMED]


def missing(verdict: Verdict, lang: str) -> str:
    """Return the missing answers of a verdict, the first few by name."""
    names = [lower(criterion(m.criterion).label[lang]) for m in verdict.missing]
    said = ", ".join(names[:NAMED])
    if len(names) > NAMED:
        said += f" {say('and', lang)} {plural_of(len(names) - NAMED, 'other', lang)}"
    return f"{say('missing', lang)} {said}"


def counted(status: str, number: int, lang: str) -> str:
    """Return how many arrangements have a status: `3 possibles`."""
    sign = STATUS[status]
    return f"{number} {lower((sign.many if number > 1 else sign.one)[lang])}"


def waits_for(check: Check, verdict: Verdict, lang: str) -> str:
    """Return the other answers an undetermined check waits for, when its own is known."""
    if check.outcome != "undetermined" or not check.given:
        return ""
    names = [m.criterion for m in verdict.missing if check.requirement.slug in m.because]
    return ", ".join(lower(criterion(name).label[lang]) for name in names)


def criterion(name: str) -> Criterion:
    """Return a criterion by slug."""
    return rulebook().criteria[name]


def key(found: Criterion) -> str:
    """Return the key under which people answer a criterion: `duration-months`."""
    return kebab(slug(found.numeric_property or found.property))


def accepted(found: Criterion, lang: str) -> str:
    """Return what may be answered to a criterion: its values, or a number and its unit."""
    if found.numeric_property:
        return f"{say('number', lang)} ({found.unit[lang]})"
    more = f" ({say('several', lang)})" if found.multiple else ""
    return ", ".join(v.slug for v in found.values) + more


def useful(assessments: Iterable[Assessment], most: int = 5) -> list[tuple[Criterion, int]]:
    """Return the criteria that most undetermined contracts still wait for, most awaited first."""
    waiting: Counter[str] = Counter()
    for assessment in assessments:
        for verdict in assessment.verdicts:
            if verdict.arrangement.kind == "contract" and verdict.status == "undetermined":
                waiting.update(m.criterion for m in verdict.missing)
    found = sorted(waiting.items(), key=lambda pair: (-pair[1], criterion(pair[0]).order))
    return [(criterion(name), number) for name, number in found[:most]]


def retained_verdict(assessment: Assessment, retained: Retained) -> Verdict | None:
    """Return the verdict to show of a retained contract: the project's, or that of its gravest unit.

    None for a contract that is never proposed, such as a mere `marche-public`.
    """
    try:
        if len(retained.units) == len(assessment.units):
            return assessment.verdict(retained.contract)
        found = [assessment.verdict(retained.contract, unit) for unit in retained.units]
    except KeyError:
        return None
    return next((v for v in found if v.status == retained.status), found[0])


def known(assessment: Assessment, lang: str) -> str:
    """Return how many criteria have an answer given, derived, assumed or declared unknown."""
    states = {
        "explicit": "given",
        "derived": "derived",
        "default": "assumed",
        "explicit-unknown": "unknown",
    }
    pairs = {(f["criterion"], states[f["state"]]) for f in assessment.facts if f["state"] in states}
    counts = Counter(state for _, state in pairs)
    always = ("given", "derived")
    names = [name for name in states.values() if counts[name] or name in always]
    return ", ".join(plural_of(counts[name], name, lang) for name in names)


def name_of(assessment: Assessment) -> str:
    """Return the slug of the project of an assessment."""
    return slug(assessment.project)
