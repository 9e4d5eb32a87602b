"""The precedents that are nearest to a project: how near, in what alike, in what not, and how they ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from montages.advice.advice_json import ProjectAdvice, advice_head
from montages.advice.counts_shown import SIMILAR
from montages.advice.similar.gower_similarity import (
    FactSimilarity,
    Similarity,
    similarity,
    stated_weight,
)
from montages.advice.similar.precedents import Precedent, PrecedentKind, precedents
from montages.advice.similar.project_traits import ProjectTraits, project_traits
from montages.advice.similar.similarity_words import (
    alike_words,
    ending_words,
    fact_value,
    is_near,
    unlike_words,
)
from montages.bilingual import Text
from montages.description.description import Description
from montages.description.facts import label
from montages.knowledge.comparison_facts import USAGES
from montages.knowledge.rulebook import rulebook
from montages.one_line import OneLine

_DIGITS = 4


@dataclass(frozen=True)
class FactRow:
    """A fact that two projects state: how near they are in it, and what each states."""

    slug: str
    label: Text
    weight: int
    similarity: float
    here: Text
    there: Text

    def to_json(self, lang: str) -> dict[str, object]:
        """Return the row as JSON."""
        return {
            "fact": self.slug,
            "label": self.label[lang],
            "weight": self.weight,
            "similarity": round(self.similarity, _DIGITS),
            "here": self.here[lang],
            "there": self.there[lang],
        }


@dataclass(frozen=True, eq=False)
class SimilarProject(OneLine):
    """A precedent beside the project: how near they are, by which facts."""

    precedent: Precedent
    similarity: Similarity
    traits: ProjectTraits

    @property
    def alike(self) -> tuple[FactSimilarity, ...]:
        """Return the facts in which they are alike, or nearly, the weightiest first."""
        return tuple(fact for fact in self.similarity.facts if is_near(fact))

    @property
    def unlike(self) -> tuple[FactSimilarity, ...]:
        """Return the facts in which they are not, those that count most first."""
        others = [fact for fact in self.similarity.facts if not is_near(fact)]
        return tuple(sorted(others, key=lambda fact: -fact.fact.weight * (1 - fact.similarity)))

    @property
    def like_yours(self) -> bool:
        """Tell whether the two serve a usage in common, where one is stated, and are of a like size."""
        near = {fact.fact.slug: fact for fact in self.similarity.facts}
        apart = any(fact.fact.ratio is not None and not fact.similarity for fact in near.values())
        shared = USAGES in near and near[USAGES].similarity > 0
        return not apart and (shared or USAGES not in self.traits.stated)

    @property
    def likeness(self) -> float:
        """Return how much is alike of all that the project states, by weight; a silence is not."""
        near, stated = self.similarity, stated_weight(self.traits)
        return near.value * near.weight / stated if stated else 0.0

    @property
    def nearness(self) -> Text:
        """Return in words what the two have in common."""
        return alike_words(self.alike, self.precedent.traits)

    @property
    def difference(self) -> Text:
        """Return in few words what differs; no text where nothing does."""
        return unlike_words(self.unlike, self.precedent.traits)

    @property
    def ending(self) -> Text:
        """Return in words what was retained, or what a practitioner expects."""
        return ending_words(self.precedent)

    def to_json(self, lang: str, *, brief: bool) -> dict[str, object]:
        """Return the precedent as JSON; brief: without the facts one by one."""
        precedent, arrangements = self.precedent, rulebook().arrangements
        out: dict[str, Any] = {
            "project": precedent.iri,
            "label": precedent.label[lang],
            "kind": precedent.kind.value,
            "similarity": round(self.similarity.value, _DIGITS),
            "compared": len(self.similarity.facts),
            "alike": self.nearness[lang],
            "differs": self.difference[lang],
            "ending": self.ending[lang],
            "set_ups": [
                {"set_up": name, "label": arrangements[name].label[lang]}
                for name in precedent.set_ups
            ],
            "expected": precedent.expected or None,
            "signed_on": precedent.signed_on,
            "state": precedent.state,
            "query": precedent.query,
        }
        if brief:
            return out
        return out | {"facts": [row.to_json(lang) for row in self.fact_rows()]}

    def fact_rows(self) -> list[FactRow]:
        """Return the facts that both state, one by one, with what each of them states."""
        return [
            FactRow(
                fact.fact.slug,
                fact.fact.label,
                fact.fact.weight,
                fact.similarity,
                fact_value(fact.fact, self.traits),
                fact_value(fact.fact, self.precedent.traits),
            )
            for fact in self.similarity.facts
        ]


@dataclass(frozen=True, eq=False)
class SimilarProjects(ProjectAdvice):
    """A project with its nearest precedents: real projects, and cases of the panel, the nearest first."""

    real: tuple[SimilarProject, ...]
    panel: tuple[SimilarProject, ...]
    stated: int

    @property
    def nearest(self) -> tuple[SimilarProject, ...]:
        """Return both kinds, real projects first."""
        return (*self.real, *self.panel)

    def to_json(self, lang: str | None = None, *, brief: bool = False) -> dict[str, object]:
        """Return the JSON that every door gives; brief: without the facts of each one by one."""
        lang = lang or self.lang
        return {
            **advice_head(self, lang, brief=brief),
            "stated": self.stated,
            "real": [project.to_json(lang, brief=brief) for project in self.real],
            "panel": [project.to_json(lang, brief=brief) for project in self.panel],
            "scope": self.scope[lang],
            "disclaimer": self.disclaimer[lang],
        }


def similar_projects(
    description: Description, as_of: date, lang: str, top: int = SIMILAR
) -> SimilarProjects:
    """Return the `top` nearest precedents of each kind; the project itself is none."""
    traits, project = project_traits(description), description.project
    others = [precedent for precedent in precedents() if precedent.iri != str(project)]
    pairs = [
        SimilarProject(precedent, similarity(traits, precedent.traits), traits)
        for precedent in others
    ]
    nearest = {
        kind: _nearest([pair for pair in pairs if pair.precedent.kind is kind], top)
        for kind in PrecedentKind
    }
    return SimilarProjects(
        project=project,
        label=label(description.facts, str(project)),
        as_of=as_of,
        lang=lang,
        real=nearest[PrecedentKind.REAL],
        panel=nearest[PrecedentKind.PANEL],
        stated=len(traits.stated),
    )


def _nearest(pairs: Iterable[SimilarProject], top: int) -> tuple[SimilarProject, ...]:
    """Return the nearest of some precedents, of those that have something in common with a project.

    Those of a like usage and size come first; then those with which most is shared of what the project
    states; then the nearest, by slug.
    """
    alike = [pair for pair in pairs if pair.alike]
    alike.sort(
        key=lambda pair: (
            not pair.like_yours,
            -pair.likeness,
            -pair.similarity.value,
            pair.precedent.slug,
        )
    )
    return tuple(alike[:top])
