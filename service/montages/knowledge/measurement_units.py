"""The units in which a numeric answer may be written, and what each is worth: data, by criterion."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from rdflib import SKOS, Literal, URIRef

from montages.bilingual import NO_TEXT, Text
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.graphs import label
from montages.knowledge.rulebook import rulebook
from montages.names import MTG

_NAMES = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
_LEFT_OUT = re.compile(r"[\s.'’]+")


@dataclass(frozen=True)
class AnswerUnits:
    """The units of one criterion: what each is worth by its words, and how the list of them reads."""

    worth: Mapping[str, Decimal] = field(default_factory=dict)
    qualifiers: tuple[str, ...] = ()
    listed: Text = NO_TEXT

    def worth_of(self, words: str) -> Decimal | None:
        """Return what a unit is worth, 1 without words, None for words that name none of these units."""
        rest = unit_form(words)
        while rest not in self.worth:
            if not rest:
                return Decimal(1)
            shorter = next((q for q in self.qualifiers if rest.endswith(q)), None)
            if shorter is None:
                return None
            rest = rest.removesuffix(shorter)
        return self.worth[rest]


def unit_form(words: str) -> str:
    """Return the words of a unit as they are compared: no case, accents, blanks or full stops."""
    bare = unicodedata.normalize("NFKD", words.casefold())
    return _LEFT_OUT.sub("", "".join(c for c in bare if not unicodedata.combining(c)))


@disk_cache
def answer_units() -> dict[str, AnswerUnits]:
    """Return the units of each numeric criterion, by its slug."""
    return {
        criterion.slug: _units(criterion.iri)
        for criterion in rulebook().criteria.values()
        if criterion.numeric_property
    }


def _units(criterion: URIRef) -> AnswerUnits:
    data = library.data()
    base = data.value(criterion, MTG.answerUnit)
    if not isinstance(base, URIRef):
        return AnswerUnits()
    units = [base, *(u for u in data.subjects(MTG.multipleOf, base) if isinstance(u, URIRef))]
    worth, labels = dict[str, Decimal](), list[tuple[Decimal, Text]]()
    for unit in units:
        value = Decimal(str(data.value(unit, MTG.multiplier) or 1))
        labels.append((value, label(data, unit)))
        for name in _NAMES:
            worth |= {unit_form(str(o)): value for o in data.objects(unit, name)}
    labels.sort(key=lambda pair: pair[0])
    listed = Text(*(", ".join(text[lang] for _, text in labels) for lang in ("fr", "en")))
    words = data.objects(criterion, MTG.unitQualifier)
    qualifiers = {unit_form(str(o)) for o in words if isinstance(o, Literal)}
    return AnswerUnits(worth, tuple(sorted(qualifiers, key=lambda q: (-len(q), q))), listed)
