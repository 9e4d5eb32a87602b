"""What a presumed answer rests on: the presumption with its source, and the facts it bears on (R35)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rdflib import RDF, URIRef

from montages.knowledge.compiled.owl_compiler import module
from montages.knowledge.files import library
from montages.knowledge.model import Presumption
from montages.knowledge.periods import Rules
from montages.names import ID, MTG, iris

Fact = tuple[str, str, str]
BySubject = Mapping[tuple[str, str], list[str]]
FALLS_UNDER, USAGE = str(MTG.fallsUnder), str(MTG.usage)
_OF_USE, _LAYER, _HOLDER = str(MTG.ofLayerUse), str(MTG.layer), str(MTG.holder)
_PARTS = (_OF_USE, str(MTG.inPerimeter), str(MTG.ofProject))


def published_presumptions(rules: Rules) -> set[Fact]:
    """Return what is published of the presumptions in force: what they say, by which source, of whom."""
    data, period = library.data(), str(module(rules))
    facts = set()
    for presumption in rules.presumptions:
        facts.add((period, str(MTG.appliesPresumption), str(presumption.iri)))
        for p, o in data.predicate_objects(presumption.iri):
            if isinstance(o, URIRef):
                facts.add((str(presumption.iri), str(p), str(o)))
    return facts


def of_answer(unit: str, presumption: str) -> list[Fact]:
    """Return the premises of an answer to be completed by its source: the unit falls under a presumption."""
    sources = iris(library.data().objects(URIRef(presumption), MTG.source))
    value = library.data().value(URIRef(presumption), MTG.presumes)
    basis = library.data().value(URIRef(presumption), MTG.presumptionBasis)
    return [
        (unit, FALLS_UNDER, presumption),
        (presumption, str(MTG.presumes), str(value)),
        (presumption, str(MTG.presumptionBasis), str(basis)),
        *((presumption, str(MTG.source), str(source)) for source in sources),
    ]


def of_bearing(unit: str, presumption: Presumption, own: BySubject, rules: Rules) -> list[Fact]:
    """Return why a unit falls under a presumption: the period, its holder, usages, layer and answers."""
    applies = (str(module(rules)), str(MTG.appliesPresumption), str(presumption.iri))
    return [applies, *_bearing(unit, presumption, own, rules)]


def _bearing(unit: str, presumption: Presumption, own: BySubject, rules: Rules) -> Iterator[Fact]:
    bearing, kind_of = presumption.bearing, str(RDF.type)
    for project in own.get((unit, _PARTS[-1]), ()):
        for holder in own.get((project, _HOLDER), ()) if bearing.holders else ():
            for kind in own.get((holder, kind_of), ()):
                if kind in {str(MTG[name]) for name in bearing.holders}:
                    yield project, _HOLDER, holder
                    yield holder, kind_of, kind
    usages = {str(ID[f"usage/{name}"]) for name in bearing.usages}
    for usage in own.get((unit, USAGE), ()):
        if usage in usages:
            yield unit, USAGE, usage
    for use in own.get((unit, _OF_USE), ()) if bearing.layers else ():
        for layer in own.get((use, _LAYER), ()):
            yield unit, _OF_USE, use
            yield use, _LAYER, layer
    for clause in bearing.when:
        criterion = rules.criteria[clause.criterion]
        accepted = {str(criterion.value(name).iri) for name in clause.accepts}
        for value in own.get((unit, str(criterion.property)), ()):
            if value in accepted:
                yield unit, str(criterion.property), value


def of_usage(unit: str, usage: str, own: BySubject) -> list[Fact]:
    """Return where the usage of a unit is stated: on its nearest part."""
    for prop in _PARTS:
        for part in own.get((unit, prop), ()):
            if usage in own.get((part, USAGE), ()):
                return [(unit, prop, part), (part, USAGE, usage)]
    return []
