"""What changed in the rulebook between two days: requirements, thresholds, arrangements (R26).

And what that moves: how many descriptions have another verdict, with the shortest one (D6).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from rdflib import URIRef

from montages.advice.thresholds.timeline_json import amount_json
from montages.bilingual import Text
from montages.knowledge.compiled.decision_diagram import leaf
from montages.knowledge.compiled.diagram_variables import answer_variables, deciding_criteria
from montages.knowledge.compiled.gate_diagrams import GateDiagrams
from montages.knowledge.compiled.verdict_compiler import VERDICTS, VerdictCompiler
from montages.knowledge.compiled.verdict_diagram import in_order
from montages.knowledge.files import library
from montages.knowledge.graphs import label, passage
from montages.knowledge.law import Bound, Passage, Requirement
from montages.knowledge.logic import Verdict
from montages.knowledge.model import Arrangement, Rulebook
from montages.knowledge.periods import Rules, rules_at
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, slug
from montages.quality.checks.counted_verdicts import CountedVerdicts, Stated

# What a reader wants to know of two versions: each part that may differ, and its name.
_PARTS = {
    "own": "accepts",
    "when": "when",
    "unless": "unless",
    "strength": "strength",
    "weight": "weight",
    "basis": "basis",
    "certainty": "certainty",
    "label": "label",
    "reading": "reading",
    "sources": "sources",
}


@dataclass(frozen=True)
class RequirementChange:
    """One requirement that is added, removed or changed."""

    slug: str
    before: Requirement | None
    after: Requirement | None

    @property
    def kind(self) -> str:
        """Return added, removed or changed."""
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def latest(self) -> Requirement:
        """Return the later version, else the earlier one."""
        version = self.after or self.before
        assert version is not None, self.slug
        return version

    @property
    def parts(self) -> tuple[str, ...]:
        """Return what differs between the two versions."""
        if self.before is None or self.after is None:
            return ()
        names = [f.name for f in fields(Requirement) if f.name in _PARTS]
        return tuple(_PARTS[n] for n in names if getattr(self.before, n) != getattr(self.after, n))

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the change as JSON."""
        versions = {"before": self.before, "after": self.after}
        return {
            "requirement": self.slug,
            "of": self.latest.arrangement,
            "label": self.latest.label[lang],
            "change": self.kind,
            "differs": list(self.parts),
            **{name: str(v.version) if v else None for name, v in versions.items()},
            "reading": self.latest.reading[lang],
            "sources": [source.label[lang] for source in self.latest.sources],
        }


@dataclass(frozen=True)
class ThresholdChange:
    """One threshold whose amount differs; None is an amount that is not known on that day."""

    slug: str
    label: Text
    before: Decimal | None
    after: Decimal | None
    sources: tuple[Passage, ...]
    requirements: tuple[str, ...]

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the change as JSON."""
        return {
            "threshold": self.slug,
            "label": self.label[lang],
            "before": amount_json(self.before),
            "after": amount_json(self.after),
            "sources": [source.label[lang] for source in self.sources],
            "requirements": list(self.requirements),
        }


@dataclass(frozen=True)
class RulesDiff:
    """What differs between the rules of two days."""

    first: date
    second: date
    requirements: tuple[RequirementChange, ...]
    thresholds: tuple[ThresholdChange, ...]
    arrangements_added: tuple[str, ...]
    arrangements_removed: tuple[str, ...]

    @cached_property
    def verdicts(self) -> VerdictShares:
        """Return what that moves: worked out when it is asked for, which takes seconds."""
        before = rules_at(self.first)
        after = rules_at(self.second)
        one, other = (_with_cuts(rules, before, after) for rules in (before, after))
        names = in_order(dict.fromkeys([*deciding_criteria(one), *deciding_criteria(other)]))
        first = VerdictCompiler(GateDiagrams(one, answer_variables(names, one)))
        second = VerdictCompiler(GateDiagrams(other, answer_variables(names, other)), first.diagram)
        shares = sorted(_shares(first, second), key=lambda share: -share.moved)
        return VerdictShares(one, tuple(shares))

    @property
    def empty(self) -> bool:
        """Tell whether the rules of both days are the same."""
        arrangements = (*self.arrangements_added, *self.arrangements_removed)
        return not (self.requirements or self.thresholds or arrangements)

    def to_json(self, lang: str = "fr") -> dict[str, Any]:
        """Return the differences as JSON."""
        return {
            "first": self.first.isoformat(),
            "second": self.second.isoformat(),
            "requirements": [change.to_json(lang) for change in self.requirements],
            "thresholds": [change.to_json(lang) for change in self.thresholds],
            "arrangements_added": list(self.arrangements_added),
            "arrangements_removed": list(self.arrangements_removed),
            "verdicts": [share.to_json(lang) for share in self.verdicts.moving],
        }


def rules_diff(first: date, second: date) -> RulesDiff:
    """Return what differs between the rules in force on two days."""
    book, before, after = rulebook(), rules_at(first), rules_at(second)
    old = {r.slug: r for r in before.requirements}
    new = {r.slug: r for r in after.requirements}
    return RulesDiff(
        first=first,
        second=second,
        requirements=tuple(
            RequirementChange(name, old.get(name), new.get(name))
            for name in sorted(old.keys() | new.keys())
            if old.get(name) != new.get(name)
        ),
        thresholds=_thresholds(book, before, after),
        arrangements_added=tuple(a for a in after.arrangements if a not in before.arrangements),
        arrangements_removed=tuple(a for a in before.arrangements if a not in after.arrangements),
    )


def _thresholds(book: Rulebook, before: Rules, after: Rules) -> tuple[ThresholdChange, ...]:
    changes = []
    for iri in sorted(book.thresholds):
        old, new = _amount(before, iri), _amount(after, iri)
        if old != new:
            readers = {
                requirement.slug
                for requirement in (*before.requirements, *after.requirements)
                for clause in requirement.clauses()
                if any(bound.limit == iri for bound in clause.bounds)
            }
            changes.append(
                ThresholdChange(
                    slug=slug(iri),
                    label=label(library.data(), iri),
                    before=old,
                    after=new,
                    sources=_sources(iri, after if new is not None else before),
                    requirements=tuple(sorted(readers)),
                )
            )
    return tuple(changes)


def _amount(rules: Rules, threshold: URIRef) -> Decimal | None:
    return rules.limit(Bound("below", threshold))


def _sources(threshold: URIRef, rules: Rules) -> tuple[Passage, ...]:
    """Return the sources of the amount of a threshold in a period."""
    data, dated = library.data(), []
    for node in data.objects(threshold, MTG.thresholdValue):
        first = data.value(node, MTG.validFrom)
        if first is not None and date.fromisoformat(str(first)) <= rules.period.first:
            cited = [iri for iri in data.objects(node, MTG.source) if isinstance(iri, URIRef)]
            dated.append((str(first), sorted(cited)))
    _, latest = max(dated, default=("", []))
    return tuple(passage(data, iri) for iri in latest)


@dataclass(frozen=True)
class VerdictShare:
    """A set-up whose verdict moves between two days: for how many descriptions of all, and the shortest."""

    arrangement: Arrangement
    moved: int
    total: int
    smallest: Stated
    before: Verdict
    after: Verdict

    @property
    def share(self) -> float:
        """Return the share of coherent descriptions whose verdict moves; no share of real projects."""
        return self.moved / self.total

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the share as JSON: whole numbers of so many digits travel as text."""
        return {
            "arrangement": self.arrangement.slug,
            "label": self.arrangement.label[lang],
            "moved": str(self.moved),
            "descriptions": str(self.total),
            "share": self.share,
            "smallest": {name: list(values) for name, values in self.smallest.items()},
            "before": self.before.value,
            "after": self.after.value,
        }


@dataclass(frozen=True)
class VerdictShares:
    """The set-ups whose verdicts move between two days, with the rules by which descriptions are told."""

    rules: Rules
    moving: tuple[VerdictShare, ...]


def _shares(first: VerdictCompiler, second: VerdictCompiler) -> Iterator[VerdictShare]:
    counted, later = CountedVerdicts(first, first.read | second.read), CountedVerdicts(second)
    for arrangement in first.rules.proposed():
        old, new = (of.verdicts.get(arrangement.slug, leaf(0)) for of in (counted, later))
        moving = counted.where(lambda a, b: a != b, old, new)
        smallest = counted.smallest(moving)
        if smallest is not None:
            places = (counted.value(node, smallest) for node in (old, new))
            yield VerdictShare(
                arrangement,
                counted.count(moving),
                counted.total,
                smallest,
                *(VERDICTS[place] for place in places),
            )


def _with_cuts(rules: Rules, *others: Rules) -> Rules:
    """Return rules in which numbers are cut into the ranges of all: their descriptions are the same."""
    cuts: dict[str, set[tuple[str, Decimal]]] = {}
    for other in others:
        for name, bounds in other.bounds.items():
            cuts.setdefault(name, set()).update(bounds)
    return Rules(rules.book, rules.period, {name: frozenset(of) for name, of in cuts.items()})
