"""What a change of answers does to the verdicts on all arrangements: which move, from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from montages.assessment.verdict.diagram_walks import reads_of
from montages.assessment.verdict.judgement import sole_verdict
from montages.assessment.verdict.stated_answers import StatedAnswers, stated
from montages.engine.units import Unit
from montages.knowledge.logic import Verdict
from montages.knowledge.periods import Rules

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
    _known: dict[tuple[str, int], Verdict] = field(default_factory=dict, repr=False)

    @cached_property
    def slugs(self) -> tuple[str, ...]:
        """Return the arrangements looked at, in display order."""
        arrangements = self.rules.arrangements.values()
        return tuple(a.slug for a in arrangements if a.kind in KINDS and not a.abstract)

    @cached_property
    def _before(self) -> list[StatedAnswers]:
        return [stated(unit.answers, self.rules) for unit in self.units]

    def answers(self, unit: int) -> StatedAnswers:
        """Return the answers of a unit by its place, as verdicts read them."""
        return self._before[unit]

    def verdict(self, slug: str, unit: int) -> Verdict:
        """Return the verdict on an arrangement for a unit by its place, as the answers stand."""
        key = slug, unit
        if key not in self._known:
            self._known[key] = self.verdict_after(slug, unit, self._before[unit])
        return self._known[key]

    def verdict_after(self, slug: str, unit: int, after: StatedAnswers) -> Verdict:
        """Return the verdict on an arrangement for a unit by its place, where it answers so."""
        return sole_verdict(slug, after, self.rules, self.units[unit].asserted)

    def best(self, slug: str) -> Verdict:
        """Return the verdict on an arrangement for the unit it does best for."""
        return _best(self.verdict(slug, n) for n in range(len(self.units)))

    def moves(self, after: Mapping[int, StatedAnswers]) -> Iterator[VerdictMove]:
        """Yield the verdicts that move where some units, by their place, have other answers."""
        reading = _reading(self.rules)
        moving = {
            n: {
                slug
                for name in self._before[n].differing(answers)
                for slug in reading.get(name, ())
            }
            for n, answers in after.items()
        }
        for slug in self.slugs:
            changed = {
                n: self.verdict_after(slug, n, after[n])
                for n, slugs in moving.items()
                if slug in slugs
            }
            if any(verdict is not self.verdict(slug, n) for n, verdict in changed.items()):
                every = (changed.get(n) or self.verdict(slug, n) for n in range(len(self.units)))
                before_all, after_all = self.best(slug), _best(every)
                if before_all is not after_all:
                    yield VerdictMove(slug, before_all, after_all)


@cache
def _reading(rules: Rules) -> Mapping[str, Sequence[str]]:
    """Return criterion → the arrangements whose verdict it may decide."""
    out: dict[str, list[str]] = {}
    for slug in rules.arrangements:
        for name in reads_of(slug, rules):
            out.setdefault(name, []).append(slug)
    return out


def _best(verdicts: Iterable[Verdict]) -> Verdict:
    return min(verdicts, key=lambda verdict: verdict.rank)
