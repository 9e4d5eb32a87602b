"""What a change of answers does to the verdicts on all arrangements: which move, from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache

from montages.assessment.verdict.sole_verdict import sole_verdict
from montages.assessment.verdict.stated_answers import StatedAnswers, stated
from montages.assessment.verdict.verdict_gates import deciding
from montages.engine.units import Unit
from montages.knowledge.compiled.masks import masks
from montages.knowledge.files.caching import CountedCache
from montages.knowledge.logic import Verdict
from montages.knowledge.periods import Rules

# Verdicts: some 300 bytes each, for some thirty arrangements.
_MOST = 3072
# What one loses or gains beside a contract; procedures follow from what is bought, and are told with it.
KINDS = ("contract", "channel", "vehicle", "activity")


@dataclass(frozen=True)
class VerdictMove:
    """An arrangement whose verdict for the project moves."""

    arrangement: str
    before: Verdict
    after: Verdict

    @property
    def gain(self) -> bool:
        """Tell whether the verdict gets better."""
        return self.after.rank < self.before.rank

    def to_json(self) -> dict[str, str]:
        """Return the move as JSON."""
        return {
            "arrangement": self.arrangement,
            "before": self.before.value,
            "after": self.after.value,
        }


@dataclass(frozen=True, eq=False)
class ProjectVerdicts:
    """The verdicts on the arrangements of a period for the units of a project, and how answers move them."""

    units: Sequence[Unit]
    rules: Rules
    _best_verdicts: dict[str, Verdict] = field(default_factory=dict, repr=False)
    _moves_cache: dict[object, tuple[VerdictMove, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def slugs(self) -> tuple[str, ...]:
        """Return the arrangements looked at, in display order."""
        arrangements = self.rules.arrangements.values()
        return tuple(a.slug for a in arrangements if a.kind in KINDS and not a.abstract)

    @cached_property
    def _before(self) -> list[tuple[StatedAnswers, dict[str, Verdict]]]:
        rows = []
        for unit in self.units:
            answers = stated(unit.answers, self.rules)
            rows.append(
                (answers, {slug: self._verdict(slug, answers, unit) for slug in self.slugs})
            )
        return rows

    def answers(self, unit: int) -> StatedAnswers:
        """Return the answers of a unit by its place, with their bits."""
        return self._before[unit][0]

    def verdict(self, slug: str, unit: int) -> Verdict:
        """Return the verdict on an arrangement for a unit by its place, as the answers stand."""
        answers, known = self._before[unit]
        if slug not in known:
            known[slug] = self._verdict(slug, answers, self.units[unit])
        return known[slug]

    def verdict_after(self, slug: str, unit: int, after: StatedAnswers) -> Verdict:
        """Return the verdict on an arrangement for a unit by its place, where it answers so."""
        return self._verdict(slug, after, self.units[unit])

    def best(self, slug: str) -> Verdict:
        """Return the verdict on an arrangement for the unit it does best for."""
        if slug not in self._best_verdicts:
            every = (self.verdict(slug, n) for n in range(len(self.units)))
            self._best_verdicts[slug] = _best(every)
        return self._best_verdicts[slug]

    def moves(self, after: Mapping[int, StatedAnswers]) -> tuple[VerdictMove, ...]:
        """Return the verdicts that move where some units, by their place, have other answers."""
        key = tuple((n, a.bits, a.explicit, a.derived, a.default) for n, a in after.items())
        if key not in self._moves_cache:
            self._moves_cache[key] = tuple(self._moves(after))
        return self._moves_cache[key]

    def _moves(self, changed: Mapping[int, StatedAnswers]) -> Iterator[VerdictMove]:
        differing = [(n, a, _difference(self._before[n][0], a)) for n, a in changed.items()]
        for slug in self.slugs:
            reads = _reads(slug, self.rules)
            after = {
                n: self._verdict(slug, answers, self.units[n])
                for n, answers, difference in differing
                if difference & reads
            }
            if any(verdict is not self.verdict(slug, n) for n, verdict in after.items()):
                every = (after.get(n) or self.verdict(slug, n) for n in range(len(self.units)))
                before_all, after_all = self.best(slug), _best(every)
                if before_all is not after_all:
                    yield VerdictMove(slug, before_all, after_all)

    def _verdict(self, slug: str, answers: StatedAnswers, unit: Unit) -> Verdict:
        """Return a verdict, worked out once for all projects whose answers are alike in what decides it."""
        known = _verdict_cache(slug, unit.asserted, self.rules)
        reads, width = _reads(slug, self.rules), self._width
        key = answers.bits & reads
        for part in (answers.explicit, answers.derived, answers.default):
            key = key << width | part & reads
        verdict = known.get(key)
        if verdict is None:
            verdict = known.add(key, sole_verdict(slug, answers, self.rules, unit.asserted))
        return verdict

    @cached_property
    def _width(self) -> int:
        """Return how many bits answers take."""
        known = masks(self.rules)
        return len(known.answer_bits) + len(known.excluded_bits)


@lru_cache(maxsize=256)
def _verdict_cache(slug: str, asserted: frozenset[str], rules: Rules) -> CountedCache[int, Verdict]:
    return CountedCache(_MOST)


def _best(verdicts: Iterable[Verdict]) -> Verdict:
    return min(verdicts, key=lambda verdict: verdict.rank)


def _difference(one: StatedAnswers, other: StatedAnswers) -> int:
    return (
        one.bits ^ other.bits
        | one.explicit ^ other.explicit
        | one.derived ^ other.derived
        | one.default ^ other.default
    )


@cache
def _reads(slug: str, rules: Rules) -> int:
    """Return the bits of the criteria that may decide the verdict on an arrangement."""
    return sum(masks(rules).of_criterion[name] for name in deciding(slug, rules))
