"""What assessments cover of the rulebook, and what the panel expects of each contract and procedure (R38)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from montages.assessment.answer.named_rows import NamedContract
from montages.assessment.assessment import Assessment
from montages.assessment.conclusions import Conclusions
from montages.knowledge import logic
from montages.knowledge.law import Preference
from montages.knowledge.logic import DutyState
from montages.knowledge.panel import DAY, PanelCase
from montages.knowledge.periods import rules_at
from montages.knowledge.rulebook import rulebook

# Each contract type and each procedure is expected so many times at least.
EXPECTED_TIMES = 2
_USABLE = ("sufficient", "allowed")
# What the cases should show of each kind.
_WANTED = {
    "gates": ("satisfied", "violated"),
    "duties": ("due", "not-due"),
    "folds": ("used",),
    "presumptions": ("applied", "contradicted"),
    "definitions": ("decides",),
}


@dataclass(frozen=True)
class PanelCoverage:
    """What was seen of each rule, by kind and slug; how often each set-up is expected.

    A definition decides where no other line calls the contract that is named.
    """

    seen: Mapping[str, Mapping[str, Set[str]]]
    expected: Mapping[str, int]

    @property
    def lacking(self) -> dict[str, dict[str, list[str]]]:
        """Return what was not seen, by kind and slug; of what is expected, how often it is."""
        out: dict[str, dict[str, list[str]]] = {
            kind: {
                slug: [word for word in words if word not in seen]
                for slug, seen in sorted(self.seen[kind].items())
                if not set(words) <= seen
            }
            for kind, words in _WANTED.items()
        }
        few = {slug: n for slug, n in sorted(self.expected.items()) if n < EXPECTED_TIMES}
        return out | {"expected": {slug: [str(times)] for slug, times in few.items()}}


def panel_coverage(assessments: Iterable[Assessment], cases: Iterable[PanelCase]) -> PanelCoverage:
    """Return what assessments cover of all that was ever in force, and what cases expect."""
    book = rulebook()
    gates = {r.slug: set[str]() for r in book.requirements if r.hard}
    duties = {r.slug: set[str]() for r in book.requirements if r.duty}
    folds = {r.slug: set[str]() for r in book.requirements if isinstance(r, Preference) and r.folds}
    presumptions = {p.slug: set[str]() for p in book.presumptions}
    definitions = {d.slug: set[str]() for d in book.definitions}
    for assessment in assessments:
        for row in assessment.answer.rows:
            for definition in _alone(row):
                definitions[definition].add("decides")
        for slug, word in _presumptions(assessment.conclusions):
            presumptions[slug].add(word)
        for result in assessment.conclusions.verdicts:
            for check in result.checks:
                if check.requirement.slug in gates:
                    gates[check.requirement.slug].add(check.outcome)
            if result.folded is not None:
                for requirement in result.folded.because:
                    folds[requirement.slug].add("used")
        for slug, word in _duty_states(assessment.conclusions):
            duties[slug].add(word)
    kinds = (gates, duties, folds, presumptions, definitions)
    return PanelCoverage(dict(zip(_WANTED, kinds, strict=True)), _expected(cases))


def _alone(named: NamedContract) -> Iterator[str]:
    """Yield the definitions that alone call the contract that is named, or what it is a kind of."""
    slug: str | None = named.row.shown.arrangement.slug
    while slug is not None:
        met = named.part.qualified.met(slug)
        if len(met) == 1:
            yield met[0].slug
        slug = met[0].also if met else None


def _presumptions(conclusions: Conclusions) -> Iterator[tuple[str, str]]:
    """Yield the presumptions that answer for a unit, and those that an answer of it contradicts."""
    presumptions = {p.slug: p for p in conclusions.premises.rules.presumptions}
    for unit_assessment in conclusions.units:
        unit = unit_assessment.unit
        applied = {slug for slugs in unit.presumed.values() for slug in slugs}
        yield from ((slug, "applied") for slug in applied)
        for presumption in (presumptions[slug] for slug in unit.under):
            values = unit.answer(presumption.criterion).values
            if values and presumption.value not in values:
                yield presumption.slug, "contradicted"


def _duty_states(conclusions: Conclusions) -> Iterator[tuple[str, str]]:
    rules = conclusions.premises.rules
    for requirement in (r for r in rules.requirements if r.duty):
        for unit_assessment in conclusions.units:
            state = logic.duty_state(requirement, unit_assessment.unit.answers, rules)
            if state is DutyState.DUE:
                yield requirement.slug, "due"
            elif state is None or state is DutyState.DONE:
                yield requirement.slug, "not-due"


def _expected(cases: Iterable[PanelCase]) -> dict[str, int]:
    """Return in how many cases each contract fits or comes first, each procedure may be used."""
    proposed = rules_at(DAY).proposed()
    times = {a.slug: 0 for a in proposed if a.kind in ("contract", "procedure")}
    for case in cases:
        named = {*case.expected.get("first", ()), *case.expected.get("fits", ())}
        verdicts = case.expected.get("procedure", {})
        named |= {name for name, (verdict,) in verdicts.items() if verdict in _USABLE}
        for name in named & set(times):
            times[name] += 1
    return times
