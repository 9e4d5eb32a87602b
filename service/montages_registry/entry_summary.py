"""What lists and catalogues say of an entry: name, description, holders, and the values of its facets.

It is read off a description once, as it is let in, and written with the version. What an assessment says is
no part of it: the law moves on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox
from rdflib import RDF
from rdflib.namespace import DCTERMS

from montages.assessment.retained import RETAINING
from montages.bilingual import NO_TEXT, Text
from montages.description.facts import Facts, label
from montages.knowledge.actor_kinds import kinds_above
from montages.knowledge.thing_labels import plain_form
from montages.names import MTG, slug

# A commune or a département as INSEE names it: the code tells the département.
_AREA = re.compile(
    r"^https?://id\.insee\.fr/geo/(?:departement/(?P<code>\d[\dAB]\d?)|commune/(?P<commune>\d[\dAB]\d{3}))$"
)


@dataclass(frozen=True)
class EntrySummary:
    """The IRI of a project, its name, what is said of it in words, its holders, its facets by key."""

    project: str
    label: Text
    description: Text = NO_TEXT
    holders: tuple[Text, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the summary as JSON, which `from_json` reads."""
        return {
            "project": self.project,
            "label": _pair(self.label),
            "description": _pair(self.description),
            "holders": [_pair(holder) for holder in self.holders],
            "facets": {key: list(values) for key, values in self.facets.items()},
        }

    @classmethod
    def from_json(cls, tree: Mapping[str, Any]) -> EntrySummary:
        """Return the summary that `to_json` has written."""
        return cls(
            tree["project"],
            Text(*tree["label"]),
            Text(*tree["description"]),
            tuple(Text(*holder) for holder in tree["holders"]),
            {key: tuple(values) for key, values in tree["facets"].items()},
        )

    def words(self, entry: str) -> str:
        """Return what the search looks in, the name first: plain words of the name and of the holders."""
        texts = (self.label, *self.holders)
        return plain_form(" ".join([*(t[lang] for t in texts for lang in ("fr", "en")), entry]))


def entry_summary(facts: Facts, project: str) -> EntrySummary:
    """Return the summary of a project by the facts of its description."""
    holders = [node for node in facts.objects(project, str(MTG.holder)) if isinstance(node, str)]
    return EntrySummary(
        project,
        label(facts, project),
        _described(facts, project),
        tuple(label(facts, node) for node in holders),
        {
            "contract": _slugs(facts, str(RETAINING["contract"])),
            "holder": tuple(_kinds(facts, holders)),
            "layer": _slugs(facts, str(MTG.layer)),
            "department": tuple(_departments(facts, project)),
            "year": tuple(_years(facts)),
        },
    )


def _described(facts: Facts, project: str) -> Text:
    texts = {
        term.language: term.value
        for term in facts.objects(project, str(DCTERMS.description))
        if isinstance(term, ox.Literal)
    }
    some = next(iter(texts.values()), "")
    return Text(texts.get("fr", some), texts.get("en", some))


def _kinds(facts: Facts, holders: Iterable[str]) -> list[str]:
    """Return the classes that the holders are said to be of, by name, of those that the rules know."""
    types = (
        slug(t) for h in holders for t in facts.objects(h, str(RDF.type)) if isinstance(t, str)
    )
    return sorted({name for name in types if name in kinds_above()})


def _slugs(facts: Facts, prop: str) -> tuple[str, ...]:
    """Return what any part of the project says by a property, in alphabetical order."""
    terms = {term for node in facts.by_subject for term in facts.objects(node, prop)}
    return tuple(sorted({slug(term) for term in terms if isinstance(term, str)}))


def _departments(facts: Facts, project: str) -> list[str]:
    """Return the codes of the départements that a project is said to be in, by names of INSEE alone."""
    codes = set[str]()
    for area in facts.objects(project, str(DCTERMS.spatial)):
        if isinstance(area, str) and (known := _AREA.match(area)):
            commune = known["commune"]
            # Overseas, the code of a département has three signs.
            overseas = commune and commune.startswith(("97", "98"))
            codes.add(known["code"] or commune[: 3 if overseas else 2])
    return sorted(codes)


def _years(facts: Facts) -> Iterator[str]:
    """Yield the year in which the contract was signed, the first where there are several."""
    days = (
        term.value
        for node in facts.by_subject
        for term in facts.objects(node, str(MTG.signedOn))
        if isinstance(term, ox.Literal) and term.value[:4].isdecimal()
    )
    if first := min(days, default=""):
        yield first[:4]


def _pair(text: Text) -> list[str]:
    return [text.fr, text.en]
