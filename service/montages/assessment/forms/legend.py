"""The legend of an assessment: what its slugs stand for, written once for all assessments of a period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated, Literal, NotRequired, TypedDict

from montages.assessment.entry_types import Certainty, DueTime, Name, SourceNames
from montages.assessment.json_pieces import member, members
from montages.assessment.wording import accepted_text
from montages.json_schema import Day, Rule, Slug
from montages.knowledge.files.caching import FunctionCache
from montages.knowledge.law import Duty, Passage, Preference, Requirement
from montages.knowledge.model import Criterion
from montages.knowledge.periods import Rules
from montages.names import ID, kebab

KINDS = {"hard": "gate", "soft": "preference", "duty": "duty"}
_BASES = ["statute", "settled-case-law", "definition", "practice-guide", "editorial-decision"]
_VERSIONS = "https://w3id.org/montages/requirement/<slug>/<version>"


class RequirementEntry(TypedDict):
    """A requirement as it stands in a period; what is as usual is left out: a weight of 1, no doubt."""

    kind: Annotated[str, Rule(enum=list(KINDS.values()))]
    basis: Annotated[str, Rule(enum=_BASES)]
    label: str
    criterion: Slug
    accepted: list[Slug]
    version: Annotated[Day, f"The day from which this version holds: that of `{_VERSIONS}`."]
    reading: Annotated[str, "The rule in our own words."]
    sources: Annotated[SourceNames, Rule(minItems=1)]
    due_at: NotRequired[DueTime]
    accepted_label: NotRequired[Annotated[str, "The bounds of a number, in words."]]
    weight: NotRequired[
        Annotated[
            int, "Of a preference; left out where it is 1.", Rule(minimum=1, maximum=3, default=1)
        ]
    ]
    certainty: NotRequired[Certainty]


class CriterionEntry(TypedDict):
    """A criterion with what may be answered to it."""

    label: str
    question: str
    kind: Annotated[
        str,
        "Only found out; set by the buyer; something to do; worked out from others.",
        Rule(enum=["fact", "choice", "step", "consequence"]),
    ]
    values: Annotated[dict[Slug, str], "The label of each value."]
    unit: NotRequired[Annotated[str, "Of a number."]]


class AttentionPointEntry(TypedDict):
    """A point of attention: it never decides, and is shown where it applies."""

    text: str
    sources: SourceNames


class AddressEntry(TypedDict, total=False):
    """How sure a passage is, where in doubt, and where it is read."""

    certainty: Certainty
    url: Annotated[str, Rule(format="iri")]
    copy: Annotated[Literal[True], "What is at the address is a copy, not the official text."]


class SourceEntry(AddressEntry):
    """A source under its slug; its IRI is `base`, its kind, a slash and its slug."""

    document: Name
    locator: str
    kind: Annotated[
        Slug,
        "Its IRI is `base`, this, a slash and its slug: `https://w3id.org/montages/id/<kind>/<slug>`.",
    ]


class LoneSourceEntry(AddressEntry):
    """A source by itself; `id` is its IRI without the base."""

    document: str
    locator: str
    id: str


def source_entry(passage: Passage) -> LoneSourceEntry:
    """Return a source as JSON, by itself."""
    return {
        "document": passage.document_slug,
        "locator": passage.locator,
        "id": _path(passage),
        **_address(passage),
    }


def _path(passage: Passage) -> str:
    return str(passage.iri).removeprefix(ID)


def _address(passage: Passage) -> AddressEntry:
    entry: AddressEntry = {}
    if passage.certainty != "Verified":
        entry["certainty"] = kebab(passage.certainty)
    if passage.address:
        entry["url"] = passage.address
        if not passage.official:
            entry["copy"] = True
    return entry


@dataclass(frozen=True, eq=False)
class Legend:
    """The entries that do not depend on the project, in one language, by slug, in author order.

    Each is written, a member under its slug.
    """

    rules: Rules
    lang: str

    @cached_property
    def requirements(self) -> Mapping[str, bytes]:
        """Return the entry of each requirement."""
        return members({r.slug: self._requirement(r) for r in self.rules.requirements})

    def _requirement(self, requirement: Requirement) -> RequirementEntry:
        lang, own = self.lang, requirement.own
        accepted = self.rules.accepted(own) or frozenset()
        values = self.rules.criteria[own.criterion].values
        entry: RequirementEntry = {
            "kind": KINDS[requirement.strength],
            "basis": kebab(requirement.basis),
            "label": requirement.label[lang],
            "criterion": own.criterion,
            "accepted": [value.slug for value in values if value.slug in accepted],
            "version": requirement.span.first.isoformat(),
            "reading": requirement.reading[lang],
            "sources": _slugs(requirement.sources),
        }
        if isinstance(requirement, Duty):
            entry["due_at"] = requirement.due_at
        if own.bounds:
            entry["accepted_label"] = accepted_text(own, self.rules)[lang]
        if isinstance(requirement, Preference) and requirement.weight != 1:
            entry["weight"] = requirement.weight
        if requirement.certainty != "Verified":
            entry["certainty"] = kebab(requirement.certainty)
        return entry

    @cached_property
    def criteria(self) -> Mapping[str, bytes]:
        """Return the entry of each criterion."""
        return members({slug: self._criterion(c) for slug, c in self.rules.criteria.items()})

    def _criterion(self, criterion: Criterion) -> CriterionEntry:
        lang = self.lang
        entry: CriterionEntry = {
            "label": criterion.label[lang],
            "question": criterion.question[lang],
            "kind": criterion.nature,
            "values": {value.slug: value.label[lang] for value in criterion.values},
        }
        if criterion.numeric_property:
            entry["unit"] = criterion.unit[lang]
        return entry

    @cached_property
    def articles(self) -> Mapping[str, bytes]:
        """Return each requirement in short: its label, and the article or cell that says it first."""
        lang = self.lang
        return {
            r.slug: member(r.slug, {"label": r.label[lang], "article": r.sources[0].label[lang]})
            for r in self.rules.requirements
        }

    @cached_property
    def questions(self) -> Mapping[str, bytes]:
        """Return the question of each criterion."""
        return members({slug: c.question[self.lang] for slug, c in self.rules.criteria.items()})

    @cached_property
    def attention_points(self) -> Mapping[str, bytes]:
        """Return the entry of each point of attention."""
        entries: dict[str, AttentionPointEntry] = {
            point.slug: {"text": point.text[self.lang], "sources": _slugs(point.sources)}
            for point in self.rules.attentions
        }
        return members(entries)

    @cached_property
    def titles(self) -> Mapping[Passage, bytes]:
        """Return the title of the document of each source."""
        lang = self.lang
        return FunctionCache(lambda one: member(one.document_slug, one.document[lang]))


@cache
def source_member(passage: Passage) -> bytes:
    """Return the entry of a source."""
    entry: SourceEntry = {
        "document": passage.document_slug,
        "locator": passage.locator,
        "kind": _path(passage).removesuffix(f"/{passage.slug}"),
        **_address(passage),
    }
    return member(passage.slug, entry)


@cache
def legend_of(rules: Rules, lang: str) -> Legend:
    """Return the legend of a period in a language, one for all its assessments."""
    return Legend(rules, lang)


def _slugs(passages: Iterable[Passage]) -> list[str]:
    return [passage.slug for passage in passages]
