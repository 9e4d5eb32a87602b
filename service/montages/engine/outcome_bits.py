"""The outcomes of a unit, one bit a requirement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from montages.knowledge.logic import outcome_of


class OutcomeBits(Mapping[str, str]):
    """Requirement slug → outcome, from what was concluded: satisfied, violated, not applicable.

    The bit of a requirement is that of its place in the rules, which `position` gives.
    """

    __slots__ = ("exempt", "position", "satisfied", "violated")

    def __init__(
        self, satisfied: int, violated: int, exempt: int, position: Mapping[str, int]
    ) -> None:
        self.satisfied, self.violated, self.exempt = satisfied, violated, exempt
        self.position = position

    @classmethod
    def of(cls, outcomes: Mapping[str, str], position: Mapping[str, int]) -> OutcomeBits:
        """Return outcomes by name as bits."""
        if isinstance(outcomes, OutcomeBits):
            return outcomes
        found = dict.fromkeys(("satisfied", "violated", "contradicted", "not-applicable"), 0)
        for slug, outcome in outcomes.items():
            if outcome in found:
                found[outcome] |= 1 << position[slug]
        satisfied, violated, both, exempt = found.values()
        return cls(satisfied | both, violated | both, exempt, position)

    @property
    def holding(self) -> int:
        """Return the requirements that hold: satisfied or not applicable, and nothing against them."""
        return (self.satisfied | self.exempt) & ~self.violated

    @property
    def against(self) -> int:
        """Return the requirements that are violated, but for those that are contradicted."""
        return self.violated & ~self.satisfied

    @property
    def contradicted(self) -> int:
        """Return the requirements that are both satisfied and violated."""
        return self.violated & self.satisfied

    @property
    def settled(self) -> int:
        """Return the requirements that are not undetermined."""
        return self.satisfied | self.violated | self.exempt

    def __getitem__(self, slug: str) -> str:
        n = self.position[slug]
        return outcome_of(self.satisfied >> n & 1, self.violated >> n & 1, self.exempt >> n & 1)

    def __iter__(self) -> Iterator[str]:
        return iter(self.position)

    def __len__(self) -> int:
        return len(self.position)
