"""What a change of answers does to the verdicts on all arrangements: which move, from what to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from montages.assessment.verdict.answers import StatedAnswers, stated
from montages.assessment.verdict.arrangement_diagram import reads_of
from montages.assessment.verdict.judgement import sole_verdict
from montages.engine.units import Unit
from montages.knowledge.files.caching import FunctionCache
from montages.knowledge.logic import Verdict
from montages.knowledge.periods import Rules
from montages.one_line import OneLine

# What one loses or gains beside a contract; procedures follow from what is bought, and are told with it.
KINDS = ("contract", "channel", "vehicle", "activity")


@dataclass(frozen=True)
class VerdictMove(OneLine):
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
    """The verdicts on the arrangements of a period for a whole project, and how answers move them."""

    whole: Unit
    rules: Rules

    @cached_property
    def slugs(self) -> tuple[str, ...]:
        """Return the arrangements looked at, in display order."""
        arrangements = self.rules.arrangements.values()
        return tuple(a.slug for a in arrangements if a.kind in KINDS and not a.abstract)

    @cached_property
    def answers(self) -> StatedAnswers:
        """Return the answers of the project, as verdicts read them."""
        return stated(self.whole.answers, self.rules)

    def verdict(self, slug: str) -> Verdict:
        """Return the verdict on an arrangement, as the answers stand."""
        return self._verdicts[slug]

    @cached_property
    def _verdicts(self) -> FunctionCache[str, Verdict]:
        return FunctionCache(lambda slug: self.verdict_after(slug, self.answers))

    def verdict_after(self, slug: str, after: StatedAnswers) -> Verdict:
        """Return the verdict on an arrangement where the project answers so."""
        return sole_verdict(slug, after, self.rules, self.whole.asserted)

    def moves(self, after: StatedAnswers) -> Iterator[VerdictMove]:
        """Yield the verdicts that move where the project has other answers."""
        reading = _reading(self.rules)
        moving = {slug for name in self.answers.differing(after) for slug in reading.get(name, ())}
        for slug in self.slugs:
            if slug in moving:
                before, verdict = self.verdict(slug), self.verdict_after(slug, after)
                if verdict is not before:
                    yield VerdictMove(slug, before, verdict)


@cache
def _reading(rules: Rules) -> Mapping[str, Sequence[str]]:
    """Return criterion → the arrangements whose verdict it may decide."""
    out: dict[str, list[str]] = {}
    for slug in rules.arrangements:
        for name in reads_of(slug, rules):
            out.setdefault(name, []).append(slug)
    return out
