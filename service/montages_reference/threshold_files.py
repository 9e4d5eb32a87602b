"""The set of thresholds: as a table, a row an amount and a period, and as concepts (SKOS)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import RDF, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from montages.api import Knowledge
from montages.bilingual import Text, joined, message, plural
from montages.knowledge.files import library
from montages.knowledge.graphs import describe, label
from montages.names import ID, MTG, slug
from montages_reference.reference_table import ReferenceTable, TableColumn
from montages_reference.threshold_rows import (
    CODE,
    PROCEDURE,
    THRESHOLDS,
    DatedThreshold,
    clause_addresses,
    clause_label,
    dated_thresholds,
)

TITLE = message("Thresholds of French public procurement")
_SET = URIRef(THRESHOLDS)
_COMPLETE = message(
    "{amounts} of {thresholds}: all amounts since 1 April 2019, the code's first day, for {complete} of "
    "them; each row says since when it is complete."
)
_AMOUNTS = plural("{n} amount", "{n} amounts")
_THRESHOLDS = plural("{n} threshold", "{n} thresholds")
# In order: the name of the column, what it holds, its type, whether it is always there.
_COLUMNS = (
    ("id", message("Identifier of the amount."), "uri", True),
    ("threshold", message("Identifier of the threshold: it does not change with the amount."), "uri", True),
    ("label_fr", message("Name in French."), "string", True),
    ("label_en", message("Name in English."), "string", True),
    ("amount", message("Amount, excluding tax."), "integer", True),
    ("currency", message("Currency (ISO 4217)."), "string", True),
    ("valid_from", message("First day; that on which the consultation starts counts."), "date", True),
    ("valid_through", message("Last day included; empty where none is known."), "date", False),
    ("buyer", message("For which buyer; empty for every buyer."), "string", False),
    ("object", message("For which purchase, separated by |; empty for every one."), "string", False),
    ("switches", message("What begins or ends there: {codes}. Separated by |."), "string", True),
    ("switches_since", message("For each of them, the first day of our rules that say so."), "string", False),
    ("rules", message("The rules that say so, by their names, separated by |."), "string", False),
    ("articles", message("What gives the amount, separated by |."), "string", True),
    ("clauses", message("Identifiers of what gives the amount, separated by |."), "string", True),
    ("addresses", message("Where it was read or may be read, separated by |."), "string", False),
    ("certainty", message("How sure: {codes}."), "string", True),
    ("note_fr", message("What is to be known of it, in French."), "string", False),
    ("note_en", message("What is to be known of it, in English."), "string", False),
    ("complete_since", message("Since when every amount of this threshold is here."), "date", True),
    ("complete_fr", message("How complete the record of this threshold is, in French."), "string", True),
    ("complete_en", message("How complete the record of this threshold is, in English."), "string", True),
)  # fmt: skip


def completeness(knowledge: Knowledge) -> Text:
    """Return how complete the set is."""
    thresholds = dated_thresholds()
    return _COMPLETE.fill(
        amounts=_AMOUNTS.fill(n=sum(len(entry.amounts) for entry in thresholds)),
        thresholds=_THRESHOLDS.fill(n=len(thresholds)),
        complete=str(sum(entry.complete_since <= CODE for entry in thresholds)),
    )


def rows_of(entry: DatedThreshold) -> Iterator[dict[str, object]]:
    """Yield the rows of a threshold, earliest first."""
    since: dict[str, str] = {}
    for switch in entry.switches:
        first = switch.since.isoformat() if switch.since else ""
        since[switch.code] = min(first, since.get(switch.code, first))
    for amount in entry.amounts:
        addresses = (a for clause in amount.clauses for a in clause_addresses(clause))
        yield {
            "id": entry.row_iri(amount),
            "threshold": str(entry.iri),
            "label_fr": entry.label.fr,
            "label_en": entry.label.en,
            "amount": amount.amount,
            "currency": entry.currency,
            "valid_from": amount.first.isoformat(),
            "valid_through": amount.last.isoformat() if amount.last else "",
            "buyer": _slugs(entry.buyers),
            "object": _slugs(entry.objects),
            "switches": tuple(since),
            "switches_since": tuple(since.values()),
            "rules": tuple(sorted({switch.rule for switch in entry.switches if switch.rule})),
            "articles": tuple(clause_label(clause).fr for clause in amount.clauses),
            "clauses": tuple(map(str, amount.clauses)),
            "addresses": tuple(dict.fromkeys(addresses)),
            "certainty": slug(amount.certainty),
            "note_fr": amount.note.fr,
            "note_en": amount.note.en,
            "complete_since": entry.complete_since.isoformat(),
            "complete_fr": entry.completeness.fr,
            "complete_en": entry.completeness.en,
        }


def table(knowledge: Knowledge, lang: str) -> ReferenceTable:
    """Return the table of amounts, which says what its codes are."""
    thresholds, graph = dated_thresholds(), library.data() + library.ontology()
    things = {s.code: s.thing for entry in thresholds for s in entry.switches}
    things[PROCEDURE] = ID["axis/procedure"]
    certainties = {slug(a.certainty): a.certainty for entry in thresholds for a in entry.amounts}
    known = {"switches": things, "certainty": certainties}
    columns = []
    for name, about, kind, required in _COLUMNS:
        if codes := known.get(name):
            named = {code: label(graph, thing) for code, thing in sorted(codes.items())}
            about = about.fill(
                codes=joined(Text(f"{c} ({n.fr})", f"{c} ({n.en})") for c, n in named.items())
            )
        choices = tuple(sorted(certainties)) if name == "certainty" else ()
        columns.append(TableColumn(name, about, kind, required, choices))
    rows = [row for entry in thresholds for row in rows_of(entry)]
    return ReferenceTable("thresholds", TITLE, columns, ("id",), rows)


def concepts(knowledge: Knowledge, lang: str) -> Graph:
    """Return the thresholds as concepts, their amounts as narrower ones."""
    graph = Graph()
    describe(graph, _SET, (RDF.type, SKOS.ConceptScheme), (SKOS.prefLabel, TITLE))
    for entry in dated_thresholds():
        graph.add((_SET, SKOS.hasTopConcept, entry.iri))
        describe(
            graph,
            entry.iri,
            (RDF.type, SKOS.Concept),
            (SKOS.topConceptOf, _SET),
            (SKOS.prefLabel, entry.label),
            (SKOS.definition, entry.definition),
            (SKOS.editorialNote, entry.completeness),
            *((MTG.thresholdBuyer, buyer) for buyer in entry.buyers),
            *((MTG.thresholdObject, thing) for thing in entry.objects),
            *((MTG.switches, switch.thing) for switch in entry.switches),
        )
        for amount in entry.amounts:
            name = Text(f"{entry.label.fr}, {amount.first}", f"{entry.label.en}, {amount.first}")
            describe(
                graph,
                URIRef(entry.row_iri(amount)),
                (RDF.type, SKOS.Concept),
                (SKOS.inScheme, _SET),
                (SKOS.broader, entry.iri),
                (SKOS.prefLabel, name),
                (SKOS.note, amount.note if amount.note.fr else None),
                (MTG.thresholdAmount, Literal(amount.amount)),
                (MTG.unitOfMeasure, Literal(entry.currency)),
                (MTG.validFrom, Literal(amount.first)),
                (MTG.validThrough, Literal(amount.last) if amount.last else None),
                (MTG.certainty, amount.certainty),
                *((DCTERMS.source, clause) for clause in amount.clauses),
            )
    return graph


def _slugs(things: Iterable[URIRef]) -> tuple[str, ...]:
    return tuple(slug(thing) for thing in things)
