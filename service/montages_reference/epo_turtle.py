"""An assessed project in the words of ePO 4.2.0, the eProcurement Ontology of the European Union, as Turtle.

Each part that one contract does is a planned part, which foresees what is bought: a procedure and its lot,
with the buyer, the estimated value, the kind of procedure by the European table, and our contract type. Where
no code of that table fits, it foresees the lot alone: ePO has no procedure without one. The purpose is left
out: ePO asks of it a classification (CPV) that a description does not say.
"""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from montages.assessment.assessment import Assessment
from montages.knowledge.graphs import describe, new_graph
from montages.names import ALIGNED, MTG
from montages.publish.linked_data.dcat_writer import ADMS
from montages_reference.ocds_project import RETAINED, PlannedPart, planned_project
from montages_reference.procedure_codes import NATURES, SYSTEMS, code_of

_EPO = Namespace(SYSTEMS["epo"])
_TIME = Namespace("http://www.w3.org/2006/time#")
_EURO = URIRef(f"{ALIGNED['eu']}currency/EUR")


def turtle(assessments: Sequence[Assessment]) -> bytes:
    """Return assessed projects together, as Turtle."""
    together = new_graph()
    for assessment in assessments:
        graph, planned = Graph(), planned_project(assessment)
        buyer = None
        if planned.buyer:
            agent, named = URIRef(planned.buyer.iri), planned.buyer.name
            buyer = URIRef(f"{agent}-buyer")
            describe(graph, buyer, (RDF.type, _EPO.Buyer), (_EPO.playedBy, agent))
            describe(graph, agent, (RDF.type, FOAF.Agent), (FOAF.name, named if named.fr else None))
        for part in planned.parts:
            name = f"{assessment.premises.project}#epo-{part.identifier}"
            _planned_part(graph, name, part, buyer)
        together += graph
    for prefix, namespace in (("epo", _EPO), ("time", _TIME)):
        together.bind(prefix, namespace)
    return (together.serialize(format="turtle").rstrip() + "\n").encode()


def _planned_part(graph: Graph, name: str, part: PlannedPart, buyer: URIRef | None) -> None:
    planned, procedure, lot = (URIRef(f"{name}{end}") for end in ("", "-procedure", "-lot"))
    value = None if part.amount is None else URIRef(f"{name}-value")
    if value is not None:
        amount = Literal(part.amount, datatype=XSD.decimal)
        describe(graph, value, (RDF.type, _EPO.MonetaryValue), (_EPO.hasAmountValue, amount))
        _coded(graph, value, _EPO.hasCurrency, _EURO)
    duration = None if part.months is None else URIRef(f"{name}-duration")
    if duration is not None:
        describe(
            graph,
            duration,
            (RDF.type, _TIME.Duration),
            (RDF.type, _EPO.Duration),
            (_TIME.numericDuration, Literal(part.months, datatype=XSD.decimal)),
            (_TIME.unitType, _TIME.unitMonth),
        )
    code = part.procedure and code_of(part.procedure.iri, SYSTEMS["eforms"])
    describe(
        graph,
        planned,
        (RDF.type, _EPO.PlannedProcurementPart),
        (DCTERMS.title, part.title),
        (_EPO.foreseesProcurementObject, procedure if code else lot),
        (_EPO.hasEstimatedValue, value),
        (_EPO.hasPlannedDuration, duration),
    )
    describe(graph, lot, (RDF.type, _EPO.Lot), (DCTERMS.title, part.title))
    bought = lot
    if code and part.procedure:
        bought, procedural = procedure, URIRef(f"{procedure}-term")
        describe(
            graph,
            procedure,
            (RDF.type, _EPO.Procedure),
            (DCTERMS.title, part.title),
            (_EPO.hasProcurementScopeDividedIntoLot, lot),
            (_EPO.hasMainFeature, part.procedure.label),
            (_EPO.isSubjectToProcedureSpecificTerm, procedural),
        )
        graph.add((procedural, RDF.type, _EPO.ProcedureTerm))
        _coded(graph, procedure, _EPO.hasProcedureType, code)
    describe(graph, bought, (_EPO.involvesBuyer, buyer), (_EPO.hasEstimatedValue, value))
    for node in {planned, lot, bought}:
        identifier = URIRef(f"{node}-identifier")
        graph.add((node, ADMS.identifier, identifier))
        text = Literal(node.rpartition("/")[2])
        describe(graph, identifier, (RDF.type, ADMS.Identifier), (SKOS.notation, text))
    nature = part.nature and code_of(part.nature, NATURES)
    if nature:
        term = URIRef(f"{lot}-term")
        graph.add((lot, _EPO.foreseesContractSpecificTerm, term))
        graph.add((term, RDF.type, _EPO.ContractTerm))
        _coded(graph, term, _EPO.hasContractNatureType, nature)
    if part.contract is not None:
        link = MTG.retains if part.status == RETAINED else RDFS.seeAlso
        more = (_EPO.hasAdditionalInformation, part.contract.label)
        describe(graph, lot, (link, part.contract.iri), more)


def _coded(graph: Graph, node: URIRef, term: URIRef, code: URIRef) -> None:
    """Add a code of a European table, as a concept of it."""
    graph.add((node, term, code))
    describe(
        graph, code, (RDF.type, SKOS.Concept), (SKOS.inScheme, URIRef(code.rpartition("/")[0]))
    )
