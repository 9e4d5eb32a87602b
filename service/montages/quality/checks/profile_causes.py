"""Why profiles leave so little open: the gates that close the contract nearest to being open (R39)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from montages.knowledge.model import Passage, Requirement
from montages.knowledge.rulebook import rulebook
from montages.names import ID
from montages.quality.checks.answer_profiles import Profile

_CLAUSES = f"{ID}clause/"


@dataclass(frozen=True)
class ClosingCause:
    """Gates of one name by one law, whatever their contract: in how many profiles, with an example."""

    gates: tuple[Requirement, ...]
    example: Mapping[str, str]
    profiles: int

    @property
    def clauses(self) -> tuple[Passage, ...]:
        """Return the places of the law that the gates rest on, each once."""
        return tuple(dict.fromkeys(map(clause_of, self.gates)))

    def names(self, lang: str) -> list[str]:
        """Return what the gates are called, each name once."""
        return list(dict.fromkeys(gate.label[lang] for gate in self.gates))

    def contracts(self, lang: str) -> list[str]:
        """Return the names of the contracts that the gates are stated of."""
        labels = (rulebook().arrangements[gate.arrangement].label for gate in self.gates)
        return list(dict.fromkeys(label[lang] for label in labels))

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the cause as JSON."""
        return {
            "requirements": [gate.slug for gate in self.gates],
            "labels": self.names(lang),
            "articles": [clause.label[lang] for clause in self.clauses],
            "contracts": self.contracts(lang),
            "profiles": self.profiles,
            "example": dict(self.example),
        }


def clause_of(gate: Requirement) -> Passage:
    """Return the place of the law that a gate is known by: of those it rests on, one that was read."""
    law = [source for source in gate.sources if source.iri.startswith(_CLAUSES)]
    read = [source for source in law if source.certainty == "Verified"]
    return (read or law or gate.sources)[0]


def causes(closed: Iterable[tuple[Profile, Sequence[Requirement]]]) -> tuple[ClosingCause, ...]:
    """Return the causes of profiles, each with the gates that close it, the most frequent first.

    Gates of one name that rest on one clause are one cause.
    """
    groups: dict[tuple[Any, ...], list[tuple[Profile, Sequence[Requirement]]]] = {}
    for profile, gates in closed:
        alike = {(gate.label.fr, clause_of(gate).slug) for gate in gates}
        groups.setdefault(tuple(sorted(alike)), []).append((profile, gates))
    found = []
    for members in groups.values():
        by_slug = {gate.slug: gate for _, of_profile in members for gate in of_profile}
        example = {name: "+".join(sorted(values)) for name, values in members[0][0].items()}
        found.append(
            ClosingCause(tuple(by_slug[slug] for slug in sorted(by_slug)), example, len(members))
        )
    return tuple(sorted(found, key=lambda cause: (-cause.profiles, cause.gates[0].slug)))
