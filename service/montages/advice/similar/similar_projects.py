"""The precedents that are nearest to a project: how near, and how they ended.

How near is the general coefficient of similarity (J. C. Gower, Biometrics 27, 1971): the mean, by weight, of
how near two projects are in each fact that both state; what one of them leaves out does not count. Values are
compared by Jaccard's ratio, which is Gower's coefficient over asymmetric binary characters; numbers by
1 − |difference| / range, here of their logarithms.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from montages.advice.counts_shown import SIMILAR
from montages.advice.request import ProjectAdvice, advice_head
from montages.advice.similar.precedents import Precedent, PrecedentKind, precedents
from montages.advice.similar.project_traits import (
    MODES,
    OF_LAYER,
    USAGES,
    ComparisonFact,
    ProjectTraits,
    comparison_facts,
    layers_with_modes,
    project_traits,
)
from montages.assessment.wording import enumerated, lower
from montages.bilingual import Text, in_both, joined, message
from montages.description.description import Description
from montages.description.facts import label
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import name_of
from montages.names import ID
from montages.one_line import OneLine


@dataclass(frozen=True)
class FactSimilarity(OneLine):
    """How near two projects are in one fact, from 0 to 1."""

    fact: ComparisonFact
    similarity: float


@dataclass(frozen=True)
class Similarity(OneLine):
    """How near two projects are, from 0 to 1, by the facts that both state; nothing without such a fact."""

    facts: tuple[FactSimilarity, ...]

    @property
    def weight(self) -> int:
        """Return what the facts that both state weigh together."""
        return sum(fact.fact.weight for fact in self.facts)

    @property
    def value(self) -> float:
        """Return the coefficient, 0 where nothing can be compared."""
        if not self.facts:
            return 0.0
        return sum(fact.fact.weight * fact.similarity for fact in self.facts) / self.weight


def similarity(one: ProjectTraits, other: ProjectTraits) -> Similarity:
    """Return how near two projects are: the same whichever comes first, 1 for one and itself."""
    stated = one.stated & other.stated
    shared = (fact for fact in comparison_facts() if fact.slug in stated)
    pairs = ((fact, _nearness(fact, one, other)) for fact in shared)
    return Similarity(tuple(FactSimilarity(f, near) for f, near in pairs if near is not None))


def stated_weight(traits: ProjectTraits) -> int:
    """Return what the facts that a project states weigh together."""
    return sum(fact.weight for fact in comparison_facts() if fact.slug in traits.stated)


def _nearness(fact: ComparisonFact, one: ProjectTraits, other: ProjectTraits) -> float | None:
    """Return how near two projects are in a fact that both state, None where nothing of it compares."""
    if fact.ratio is not None:
        numbers = (one.numbers[fact.slug], other.numbers[fact.slug])
        least, most = sorted(map(math.log, numbers))
        return max(0.0, 1.0 - (most - least) / math.log(fact.ratio))
    values, others = one.values[fact.slug], other.values[fact.slug]
    if fact.slug == MODES:
        layers = layers_with_modes(values) & layers_with_modes(others)
        values, others = (_of_layers(modes, layers) for modes in (values, others))
    return len(values & others) / len(values | others) if values and others else None


def _of_layers(modes: frozenset[str], layers: frozenset[str]) -> frozenset[str]:
    return frozenset(mode for mode in modes if mode.partition(OF_LAYER)[0] in layers)


_DIGITS = 4
# From here on two projects are alike in a fact: half of the values in common, or, for an amount that is not
# alike at all from a hundredfold on, the same order of magnitude.
_ALIKE = 0.5


_NOTHING_RETAINED = message("the sources do not say which contract was signed")
_RETAINED, _SIGNED = message("retained: {}"), message("in {}")
# What a practitioner expects of the set-ups named, by the word of the panel.
_EXPECTED = {
    "first": message("a practitioner expects first: {}"),
    "nearest": message("a practitioner would change little for: {}"),
    "fits": message("a practitioner expects to fit: {}"),
    "open": message("a practitioner expects open: {}"),
    "to-verify": message("a practitioner would verify: {}"),
    "closed-by-choice": message("a practitioner expects choices to close: {}"),
    "closed": message("a practitioner expects closed: {}"),
}
_NOTHING_EXPECTED = message("a practitioner draws no contract from it")


def _both(pattern: Text, word: Text) -> Text:
    return in_both(lambda lang: pattern[lang].format(word[lang]))


@dataclass(frozen=True, eq=False)
class SimilarProject(OneLine):
    """A precedent beside the project: how near they are, by which facts."""

    precedent: Precedent
    similarity: Similarity
    traits: ProjectTraits

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
    def ending(self) -> Text:
        """Return what was retained by a real project, or what a practitioner expects of a case."""
        precedent, arrangements = self.precedent, rulebook().arrangements
        labels = [arrangements[name].label for name in precedent.set_ups]
        names = in_both(lambda lang: enumerated([lower(label[lang]) for label in labels], lang))
        if precedent.kind is PrecedentKind.PANEL:
            return _both(_EXPECTED[precedent.expected], names) if labels else _NOTHING_EXPECTED
        if not labels:
            return _NOTHING_RETAINED
        details = []
        if precedent.signed_on:
            year = precedent.signed_on[:4]
            details.append(in_both(lambda lang: _SIGNED[lang].format(year)))
        if precedent.state and (precedent.state != "signed" or not details):
            state = name_of(f"{ID}contract-state/{precedent.state}")
            details.append(in_both(lambda lang: lower(state[lang])))
        retained, more = _both(_RETAINED, names), joined(details)
        return in_both(lambda lang: f"{retained[lang]} ({more[lang]})") if details else retained

    def to_json(self, lang: str, *, brief: bool) -> dict[str, object]:
        """Return the precedent as JSON; brief: without the facts one by one."""
        precedent, arrangements = self.precedent, rulebook().arrangements
        out: dict[str, Any] = {
            "project": precedent.iri,
            "label": precedent.label[lang],
            "kind": precedent.kind.value,
            "similarity": round(self.similarity.value, _DIGITS),
            "compared": len(self.similarity.facts),
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
        facts = [
            {
                "fact": one.fact.slug,
                "weight": one.fact.weight,
                "similarity": round(one.similarity, _DIGITS),
            }
            for one in self.similarity.facts
        ]
        return out | {"facts": facts}


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
    alike = [p for p in pairs if any(one.similarity >= _ALIKE for one in p.similarity.facts)]
    alike.sort(
        key=lambda pair: (
            not pair.like_yours,
            -pair.likeness,
            -pair.similarity.value,
            pair.precedent.slug,
        )
    )
    return tuple(alike[:top])
