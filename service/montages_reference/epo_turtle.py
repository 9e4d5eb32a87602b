"""An assessed project in the words of ePO 5, the eProcurement Ontology of the European Union, as Turtle.

Each part that one contract does is a planned part, which foresees what is bought: a procedure and its lot,
with the buyer, the estimated value, the kind of procedure by the European table, and our contract type. The
purpose is left out: ePO asks of it a classification (CPV) that a description does not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rdflib import DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from montages.assessment.assessment import Assessment
from montages.knowledge.graphs import add_text, new_graph
from montages.names import ALIGNED, MTG
from montages_reference.ocds_project import PlannedPart, planned_project
from montages_reference.procedure_codes import NATURES, SYSTEMS, code_of

_EPO = Namespace(SYSTEMS["epo"])
_TIME = Namespace("http://www.w3.org/2006/time#")
_EURO = URIRef(f"{ALIGNED['eu']}currency/EUR")


def turtle(assessments: Sequence[Assessment]) -> bytes:
    """Return assessed projects together, as Turtle."""
    together = new_graph()
    for assessment in assessments:
        together += epo_graph(assessment)
    for prefix, namespace in (("epo", _EPO), ("time", _TIME)):
        together.bind(prefix, namespace)
    return (together.serialize(format="turtle").rstrip() + "\n").encode()


def epo_graph(assessment: Assessment) -> Graph:
    """Return an assessed project in the terms of ePO; each thing has a name of its own, and none is blank."""
    graph, planned = Graph(), planned_project(assessment)
    buyer = _buyer(graph, planned.buyer) if planned.buyer else None
    if planned.buyer and planned.buyer_name.fr:
        add_text(graph, planned.buyer, FOAF.name, planned.buyer_name)
    for part in planned.parts:
        name = f"{assessment.premises.project}#epo-{part.identifier}"
        _planned_part(graph, name, part, buyer)
    return graph


def _buyer(graph: Graph, holder: URIRef) -> URIRef:
    """Add the role that the holder of a project plays."""
    role = URIRef(f"{holder}-buyer")
    graph.add((role, RDF.type, _EPO.Buyer))
    graph.add((role, _EPO.playedBy, holder))
    graph.add((holder, RDF.type, FOAF.Agent))
    return role


def _planned_part(graph: Graph, name: str, part: PlannedPart, buyer: URIRef | None) -> None:
    planned, procedure, lot = (URIRef(f"{name}{end}") for end in ("", "-procedure", "-lot"))
    for node, kind in (
        (planned, _EPO.PlannedProcurementPart),
        (procedure, _EPO.Procedure),
        (lot, _EPO.Lot),
    ):
        graph.add((node, RDF.type, kind))
        add_text(graph, node, DCTERMS.title, part.title)
    graph.add((planned, _EPO.foreseesProcurementObject, procedure))
    graph.add((procedure, _EPO.hasProcurementScopeDividedIntoLot, lot))
    if buyer:
        graph.add((procedure, _EPO.involvesBuyer, buyer))
    if part.amount is not None:
        value = URIRef(f"{name}-value")
        graph.add((value, RDF.type, _EPO.MonetaryValue))
        graph.add((value, _EPO.hasAmountValue, Literal(Decimal(part.amount), datatype=XSD.decimal)))
        _coded(graph, value, _EPO.hasCurrency, _EURO)
        for node in (planned, procedure):
            graph.add((node, _EPO.hasEstimatedValue, value))
    if part.months is not None:
        duration = URIRef(f"{name}-duration")
        graph.add((duration, RDF.type, _TIME.Duration))
        graph.add(
            (duration, _TIME.numericDuration, Literal(Decimal(part.months), datatype=XSD.decimal))
        )
        graph.add((duration, _TIME.unitType, _TIME.unitMonth))
        graph.add((planned, _EPO.hasPlannedDuration, duration))
    _bought(graph, procedure, lot, part)


def _bought(graph: Graph, procedure: URIRef, lot: URIRef, part: PlannedPart) -> None:
    """Add how a part is bought, what, and by which contract: codes where one fits, our terms beside them."""
    if part.procedure is not None:
        code = code_of(part.procedure.iri, SYSTEMS["eforms"])
        if code is not None:
            _coded(graph, procedure, _EPO.hasProcedureType, code)
        add_text(graph, procedure, _EPO.hasMainFeature, part.procedure.label)
    nature = part.nature and code_of(part.nature, NATURES)
    if nature:
        term = URIRef(f"{lot}-term")
        graph.add((term, RDF.type, _EPO.ContractTerm))
        _coded(graph, term, _EPO.hasContractNatureType, nature)
        graph.add((lot, _EPO.foreseesTerm, term))
    if part.contract is not None:
        graph.add(
            (lot, MTG.retains if part.status == "retained" else RDFS.seeAlso, part.contract.iri)
        )
        add_text(graph, lot, _EPO.hasAdditionalInformation, part.contract.label)


def _coded(graph: Graph, node: URIRef, term: URIRef, code: URIRef) -> None:
    """Add a code of a European table, as a concept of it."""
    graph.add((node, term, code))
    graph.add((code, RDF.type, SKOS.Concept))
    graph.add((code, SKOS.inScheme, URIRef(code.rpartition("/")[0])))
