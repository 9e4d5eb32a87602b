"""What lists and catalogues say of an entry: name, description, holders, and the values of its facets.

It is read off a description once, as it is let in, and written as JSON with the version. What an assessment
says is no part of it: the law moves on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypedDict

import pyoxigraph as ox
from rdflib.namespace import DCTERMS

from montages.advice.similar.precedents import TOLD_ELSEWHERE
from montages.assessment.retained import RETAINING
from montages.bilingual import Text
from montages.description.address.project_address import ProjectAddress
from montages.description.address.write_address import address_pairs
from montages.description.description import Description
from montages.description.facts import Facts, Term, label
from montages.description.to_keys import to_keys
from montages.knowledge.thing_labels import plain_form
from montages.names import MTG, slug
from montages_registry.entry_names import own_name

Pair = dict[str, str]
# A commune or a département as INSEE names it: the code tells the département.
_AREA = re.compile(
    r"https?://id\.insee\.fr/geo/(?:departement/|commune/(?=.{5}$))(97\d|98\d|\d[\dAB])\w{,3}"
)


class EntrySummary(TypedDict):
    """The IRI of a project, texts by language, the values of facets, and its parameters in a link."""

    project: str
    label: Pair
    description: Pair
    holders: list[Pair]
    facets: dict[str, list[str]]
    address: list[tuple[str, str]]


_NO_TEXT = {"fr": "", "en": ""}
NOTHING = EntrySummary(
    project="", label=_NO_TEXT, description=_NO_TEXT, holders=[], facets={}, address=[]
)


def words(summary: EntrySummary, entry: str) -> str:
    """Return what the search looks in, the name first: plain words of the name and of the holders."""
    texts = (summary["label"], *summary["holders"])
    return plain_form(" ".join([*(text[lang] for text in texts for lang in text), entry]))


def entry_summary(description: Description, entry: str) -> EntrySummary:
    """Return the summary of the project of a description."""
    facts, project = description.facts, str(description.project)
    holders = _iris(facts.objects(project, str(MTG.holder)))
    tree = to_keys(description.graph, description.project)
    address = ProjectAddress({k: v for k, v in tree.items() if k not in TOLD_ELSEWHERE})
    return {
        "project": own_name(project, entry),
        "label": _pair(label(facts, project)),
        "description": _described(facts, project),
        "holders": [_pair(label(facts, node)) for node in holders],
        "facets": {
            "contract": _slugs(_said(facts, str(RETAINING["contract"]))),
            "layer": _slugs(_said(facts, str(MTG.layer))),
            "department": _departments(facts.objects(project, str(DCTERMS.spatial))),
        },
        "address": address_pairs(address),
    }


def _described(facts: Facts, project: str) -> Pair:
    """Return what a project says of itself in words, the same in both languages where it has one."""
    texts = {
        term.language or "": term.value
        for term in facts.objects(project, str(DCTERMS.description))
        if isinstance(term, ox.Literal)
    }
    some = next(iter(texts.values()), "")
    return {lang: texts.get(lang, some) for lang in ("fr", "en")}


def _said(facts: Facts, prop: str) -> Iterator[Term]:
    """Yield what any part of the project says by a property."""
    for node in facts.by_subject:
        yield from facts.objects(node, prop)


def _iris(terms: Iterable[Term]) -> list[str]:
    return [term for term in terms if isinstance(term, str)]


def _slugs(terms: Iterable[Term]) -> list[str]:
    return sorted({slug(iri) for iri in _iris(terms)})


def _departments(areas: Iterable[Term]) -> list[str]:
    """Return the codes of the départements that a project is said to be in, by names of INSEE alone."""
    return sorted({known[1] for area in _iris(areas) if (known := _AREA.fullmatch(area))})


def _pair(text: Text) -> Pair:
    return {"fr": text.fr, "en": text.en}
