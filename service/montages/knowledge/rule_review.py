"""The review of a rule: what an outside organisation says of one version of it, and until when that stands.

A review is tied to a digest of what the version says, and of the version of each article that it cites. Once
either has changed the review has lapsed: nobody is said to vouch for what they have not read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from rdflib import DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, BNode, Graph, URIRef
from rdflib.term import Node

from montages.bilingual import Text, message, plural
from montages.knowledge.files import library
from montages.knowledge.graphs import label, one
from montages.knowledge.periods import Rules
from montages.names import MTG, REQUIREMENT, iris

# What may change without the rule saying anything else: its name, where it stands, how far we verified it.
_NOT_CONTENT = frozenset(
    {RDFS.label, SKOS.definition, RDFS.isDefinedBy, MTG.certainty, MTG.officialAddress, MTG.copyAt}
)


_NONE = message("No rule here was reviewed by an outside organisation.")
_SOME = plural(
    "{n} rule of {all} was reviewed by an outside organisation.",
    "{n} rules of {all} were reviewed by an outside organisation.",
)


@dataclass(frozen=True)
class RuleReview:
    """What an organisation said on a day of a version of a rule; `path` is the file that holds it."""

    iri: URIRef
    path: Path
    version: URIRef
    digest: str
    opinion: URIRef
    remark: str
    organisation: str
    day: date

    @property
    def rule(self) -> str:
        """Return the slug of the rule."""
        return str(self.version).removeprefix(str(REQUIREMENT)).partition("/")[0]

    @property
    def lapsed(self) -> bool:
        """Tell whether the rule no longer is what was read."""
        return rule_digest(self.version) != self.digest

    @property
    def opinion_words(self) -> Text:
        """Return the opinion in words."""
        return label(library.ontology(), self.opinion)

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the review as JSON."""
        return {
            "id": str(self.iri),
            "organisation": self.organisation,
            "day": self.day.isoformat(),
            "opinion": self.opinion_words[lang],
            "remark": self.remark,
        }


@cache
def rule_reviews() -> tuple[RuleReview, ...]:
    """Return the reviews of data/reviews, lapsed ones too; the shapes tell of what lacks a part."""
    return tuple(review for path in library.files(library.REVIEWS) for review in _reviews_in(path))


def _reviews_in(path: Path) -> Iterator[RuleReview]:
    graph = library.read([path])
    for iri in iris(graph.subjects(RDF.type, MTG.RuleReview)):
        organisation = graph.value(iri, PROV.wasAssociatedWith)
        given = {
            "version": one(graph, iri, MTG.reviewOf),
            "digest": one(graph, iri, MTG.reviewedDigest),
            "opinion": one(graph, iri, MTG.opinion),
            "organisation": one(graph, organisation, FOAF.name) if organisation else None,
            "day": one(graph, iri, DCTERMS.date),
        }
        if all(given.values()) and isinstance(given["day"], date):
            yield RuleReview(iri, path, remark=str(one(graph, iri, MTG.remark, "")), **given)


@cache
def standing_reviews() -> tuple[RuleReview, ...]:
    """Return the reviews that have not lapsed, the earliest first."""
    standing = (review for review in rule_reviews() if not review.lapsed)
    return tuple(sorted(standing, key=lambda review: (review.day, review.iri)))


def reviews_of(version: URIRef) -> tuple[RuleReview, ...]:
    """Return the reviews of a version of a rule that have not lapsed."""
    return tuple(review for review in standing_reviews() if review.version == version)


def reviews_counted(rules: Rules) -> Text:
    """Return how many of the rules of a period were reviewed, in one sentence."""
    number = sum(bool(reviews_of(r.version)) for r in rules.requirements)
    return _SOME.fill(n=number, all=len(rules.requirements)) if number else _NONE


def published_reviews() -> list[Path]:
    """Return the files of the reviews that are published: a lapsed one is not."""
    return sorted({review.path for review in standing_reviews()})


def rule_digest(version: URIRef) -> str | None:
    """Return the SHA-256 of what a version of a rule says, in hexadecimal; None where there is none."""
    data = library.data()
    if (version, RDF.type, MTG.RequirementVersion) not in data:
        return None
    sources = sorted(iris(data.objects(version, MTG.source)))
    read = (
        f"{source} {article} {_content(data, article)}"
        for source in sources
        for article in sorted(iris(data.objects(source, MTG.versionRead)))
    )
    return hashlib.sha256("\n".join([_content(data, version), *read]).encode()).hexdigest()


def _content(graph: Graph, thing: Node) -> str:
    """Return what is said of a thing and its unnamed parts, in an order of its own."""
    statements = (
        f"{predicate} {_content(graph, value) if isinstance(value, BNode) else value.n3()}"
        for predicate, value in graph.predicate_objects(thing)
        if predicate not in _NOT_CONTENT
    )
    return f"[{' ; '.join(sorted(statements))}]"
