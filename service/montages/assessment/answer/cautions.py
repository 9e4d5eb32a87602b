"""What a project must not do, must see to first and must write: the points of attention whose facts hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, NotRequired, TypedDict

from montages.assessment.answer.award import Award
from montages.assessment.answer.named_rows import NamedContract
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.entry_types import Name
from montages.assessment.parts import Part
from montages.json_schema import Slug
from montages.knowledge.model import EVERYTHING, Attention
from montages.one_line import OneLine

# What is said of every contract is said where nothing is named, too.
_ANY = "any-contract"
# So many of the points that hold by a usage alone are told in short.
_OTHERS = 2


class AvoidEntry(TypedDict):
    """What not to do."""

    slug: Slug
    text: str
    general: Annotated[bool, "Whether it is said whatever the project."]
    sources: NotRequired[list[Name]]


@dataclass(frozen=True)
class Cautions(OneLine):
    """What not to do, and what to see to first.

    What holds by an answer of the project stands before what holds by its usage. `general` is what not to do
    whatever the project, `clauses` what to write and its papers put into words.
    """

    avoid: tuple[Attention, ...]
    general: tuple[Attention, ...]
    warnings: tuple[Attention, ...]
    clauses: tuple[Attention, ...]

    @property
    def told(self) -> tuple[Attention, ...]:
        """Return what not to do, in short: all that holds by an answer of the project, two of the rest."""
        held = sum(bool(point.when) for point in self.avoid)
        return self.avoid[: held + _OTHERS]

    def avoid_json(self, lang: str) -> list[AvoidEntry]:
        """Return what not to do as JSON."""
        return [
            {
                "slug": point.slug,
                "text": point.text[lang],
                "general": point in self.general,
                "sources": [source.slug for source in point.sources],
            }
            for point in (*self.avoid, *self.general)
        ]


def cautions(whole: Part, rows: Sequence[NamedContract]) -> Cautions:
    """Return the cautions of what is named, each once; of any contract where nothing is."""
    points: dict[str, Attention] = {}
    for named in rows:
        for result in (*_awarding(named.award), named.shown):
            for point in result.to_the_point:
                points.setdefault(point.slug, point)
    if not rows:
        of_any = (point for point in whole.rules.attentions if _ANY in point.arrangements)
        points = {p.slug: p for p in of_any if whole.outcomes.to_the_point[p.slug]}
    # Bought through channels alone, what is owed to competitors is theirs to see to.
    by_channel = bool(rows) and all(named.award.channel is not None for named in rows)
    own = sorted(filter(_has_facts, points.values()), key=lambda point: not point.when)
    return Cautions(
        tuple(point for point in own if point.to_avoid),
        () if by_channel else tuple(p for p in points.values() if p.to_avoid and not _has_facts(p)),
        tuple(point for point in own if not point.to_avoid and point.bearing.usages),
        # About what is named, not about every contract whatever its use.
        tuple(
            p
            for p in points.values()
            if p.model_wording.fr and (_ANY not in p.arrangements or p.bearing != EVERYTHING)
        ),
    )


def _has_facts(point: Attention) -> bool:
    return bool(point.when) or point.bearing != EVERYTHING


def _awarding(award: Award) -> Iterator[ArrangementVerdict]:
    """Yield the procedures by which a contract may be awarded: what they forbid is told first."""
    if award.channel is None:
        yield from filter(None, [award.enough] if award.enough else [*award.awaited, award.allowed])
