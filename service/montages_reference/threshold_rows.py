"""Every dated amount of the law that the graph holds, with what it is for and what it switches.

What a threshold switches is read off the rules that name it: a rule of a procedure switches the procedure, a
duty the step that it asks for, a rule of a contract that contract; where no rule says it, the data do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from rdflib import RDF, RDFS, SKOS, Graph, URIRef

from montages.bilingual import Text, message
from montages.knowledge.files import library
from montages.knowledge.graphs import label, need, one, text
from montages.names import BASE, ID, MTG, iris, slug

THRESHOLDS = f"{BASE}reference/thresholds"
PROCEDURE = "procedure"
_STEPS = ID["criterion/steps-done"]
_BOUNDS = (MTG.answerBelow, MTG.answerAtMost, MTG.answerAbove, MTG.answerAtLeast)
_ALL = message("Every amount since {first} is here.")
_NOT_BEFORE = message("Every amount since {first} is here; those before are not recorded.")
_TO_VERIFY = message("{text} Some remain to be verified: see the certainty.")
# The code's first day: what was in force before stood in other texts.
CODE = date(2019, 4, 1)


@dataclass(frozen=True)
class Switch:
    """What begins or ends at an amount: a code, the thing that it is, the rule that says so, since when."""

    code: str
    thing: URIRef
    rule: str = ""
    since: date | None = None


@dataclass(frozen=True)
class AmountPeriod:
    """One amount of a threshold: its period, the clauses that give it, how sure, what is to be known."""

    amount: int
    first: date
    last: date | None
    clauses: tuple[URIRef, ...]
    certainty: URIRef
    note: Text


@dataclass(frozen=True)
class DatedThreshold:
    """A threshold with its amounts, earliest first, what it is for, and what it switches."""

    iri: URIRef
    label: Text
    definition: Text
    currency: str
    buyers: tuple[URIRef, ...]
    objects: tuple[URIRef, ...]
    switches: tuple[Switch, ...]
    amounts: tuple[AmountPeriod, ...]

    def row_iri(self, amount: AmountPeriod) -> str:
        """Return the identifier of one of its amounts."""
        return f"{THRESHOLDS}#{slug(self.iri)}-{amount.first}"

    @property
    def complete_since(self) -> date:
        """Return since when every amount is recorded: the first day without a gap up to the last."""
        first = self.amounts[0].first
        for before, after in pairwise(self.amounts):
            if before.last is None or after.first != before.last + timedelta(days=1):
                first = after.first
        return first

    @property
    def completeness(self) -> Text:
        """Return in words how complete its record is."""
        first = self.complete_since
        text = (_NOT_BEFORE if first > CODE else _ALL).fill(first=first)
        unsure = any(amount.certainty == MTG.Unverified for amount in self.amounts)
        return _TO_VERIFY.fill(text=text) if unsure else text


@cache
def dated_thresholds() -> tuple[DatedThreshold, ...]:
    """Return every threshold of the graph, by name."""
    graph = library.data()
    return tuple(_threshold(graph, iri) for iri in iris(graph.subjects(RDF.type, MTG.Threshold)))


def _threshold(graph: Graph, iri: URIRef) -> DatedThreshold:
    stated = (
        Switch(PROCEDURE, thing)
        for thing in iris(graph.objects(iri, MTG.switches))
        if (thing, RDF.type, MTG.Procedure) in graph
    )
    switches = [*stated, *_derived(graph, iri)]
    amounts = [
        AmountPeriod(
            int(need(graph, value, MTG.thresholdAmount)),
            need(graph, value, MTG.validFrom),
            one(graph, value, MTG.validThrough),
            tuple(iris(graph.objects(value, MTG.source))),
            iris(graph.objects(value, MTG.certainty))[0],
            text(graph, value, MTG.reading),
        )
        for value in graph.objects(iri, MTG.thresholdValue)
    ]
    return DatedThreshold(
        iri,
        label(graph, iri),
        text(graph, iri, SKOS.definition),
        need(graph, iri, MTG.unitOfMeasure),
        tuple(iris(graph.objects(iri, MTG.thresholdBuyer))),
        tuple(iris(graph.objects(iri, MTG.thresholdObject))),
        tuple(sorted(switches, key=lambda switch: (switch.code, switch.rule, switch.thing))),
        tuple(sorted(amounts, key=lambda amount: amount.first)),
    )


def _derived(graph: Graph, threshold: URIRef) -> Iterator[Switch]:
    """Yield what the rules that name a threshold say that it switches; preferences are no law."""
    # The versions of rules that name a threshold: as their bound, or as one of their conditions.
    named = {s for bound in _BOUNDS for s in graph.subjects(bound, threshold)}
    conditions = (MTG.when, MTG.unless)
    named |= {s for node in set(named) for p in conditions for s in graph.subjects(p, node)}
    for version in iris(
        node for node in named if (node, RDF.type, MTG.RequirementVersion) in graph
    ):
        strength = graph.value(version, MTG.strength)
        if strength == MTG.Soft:
            continue
        rule, first = slug(version.rpartition("/")[0]), need(graph, version, MTG.validFrom)
        if strength != MTG.Duty:
            of = iris(graph.objects(version, MTG.requirementOf))[0]
            code = PROCEDURE if (of, RDF.type, MTG.Procedure) in graph else slug(of)
            yield Switch(code, of, rule, first)
            continue
        criteria = iris(graph.objects(version, MTG.criterion))
        steps = iris(graph.objects(version, MTG.accepts)) if criteria == [_STEPS] else criteria
        for step in steps:
            yield Switch(slug(step), step, rule, first)


def clause_label(clause: URIRef) -> Text:
    """Return what a clause is called."""
    return text(library.data(), clause, RDFS.label)


def clause_addresses(clause: URIRef) -> tuple[str, ...]:
    """Return where a clause may be read: at the official address if it is known, else as a copy."""
    graph = library.data()
    for place in (clause, *graph.objects(clause, MTG.document)):
        for predicate in (MTG.officialAddress, MTG.readAt, MTG.copyAt):
            if addresses := iris(graph.objects(place, predicate)):
                return tuple(map(str, addresses))
    return ()
