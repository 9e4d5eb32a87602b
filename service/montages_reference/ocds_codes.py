"""Codes of other systems for our procedures and objects, by the matches that the graph states, both ways.

A procedure has a match of its own, or that of its code in DECP. A code is given only where one alone is the
same, close or broader: we tell no open call for tenders from a restricted one, which OCDS does.
"""

from __future__ import annotations

from functools import cache

from rdflib import RDF, SKOS, URIRef

from montages.knowledge.files import library
from montages.knowledge.graphs import label
from montages.names import ALIGNED, ID, MTG, iris, slug

OCDS_METHODS = f"{ID}ocds-method/"
EU_PROCEDURES = f"{ALIGNED['eu']}procurement-procedure-type/"
EU_NATURES = f"{ALIGNED['eu']}contract-nature/"
EPO = str(ALIGNED["epo"])
_MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch)
# OCDS calls goods what the European table of contract natures calls supplies.
CATEGORIES = {"works": "works", "supplies": "goods", "services": "services"}


@cache
def code_of(thing: URIRef, system: str) -> URIRef | None:
    """Return the code of a thing in a system, named by how its IRIs begin; None where no single one fits."""
    graph, data = library.apart(), library.data()
    names = {str(name) for name in graph.objects(thing, MTG.decpProcedure)}
    listed = iris(data.subjects(SKOS.inScheme, ID["scheme/decp-procedure"]))
    by_decp = [code for code in listed if label(data, code).fr in names]
    for sources in ([thing], by_decp):
        codes = {
            code
            for source in sources
            for match in _MATCHES
            for code in iris(graph.objects(source, match))
            if code.startswith(system)
        }
        if codes:
            return codes.pop() if len(codes) == 1 else None
    return None


def notation(code: URIRef) -> str:
    """Return a code as the files of its system bear it."""
    return str(library.data().value(code, SKOS.notation) or slug(code))


def procedures_with(code: URIRef, system: str) -> tuple[URIRef, ...]:
    """Return our procedures that have a code in a system."""
    procedures = iris(library.data().subjects(RDF.type, MTG.Procedure))
    return tuple(iri for iri in procedures if code_of(iri, system) == code)
