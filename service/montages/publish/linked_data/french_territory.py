"""France as the territory that the data are about: its name for people, its shape for maps (L5).

data.gouv.fr reads the shape alone, from a text of GeoJSON; CKAN reads the address, the name and the shape.
"""

from __future__ import annotations

import json

from rdflib import RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from montages.names import VOCABULARIES

FRANCE = URIRef("http://publications.europa.eu/resource/authority/country/FRA")
_DCAT = Namespace(VOCABULARIES["dcat"])
_GEO_JSON = URIRef("https://www.iana.org/assignments/media-types/application/vnd.geo+json")
# West, south, east, north in degrees, rounded outwards to a tenth: the mainland with Corsica, Guadeloupe,
# Martinique, Guyane, La Réunion, Mayotte.
_BOXES = (
    (-5.2, 41.3, 9.6, 51.1),
    (-61.9, 15.8, -61.0, 16.6),
    (-61.3, 14.3, -60.8, 14.9),
    (-54.7, 2.1, -51.6, 5.8),
    (55.2, -21.4, 55.9, -20.8),
    (44.9, -13.1, 45.4, -12.6),
)


def add_france(graph: Graph, subject: Node, lang: str) -> None:
    """Say in a graph that a dataset is about France."""
    name = Literal("France", lang=lang)
    graph.add((subject, DCTERMS.spatial, FRANCE))
    graph.add((FRANCE, RDF.type, DCTERMS.Location))
    graph.add((FRANCE, RDFS.label, name))
    graph.add((FRANCE, SKOS.prefLabel, name))
    graph.add((FRANCE, _DCAT.bbox, Literal(_geo_json(), datatype=_GEO_JSON)))


def _geo_json() -> str:
    """Return the boxes as one geometry, each corner named against the clock (RFC 7946)."""
    polygons = [
        [[[west, south], [east, south], [east, north], [west, north], [west, south]]]
        for west, south, east, north in _BOXES
    ]
    return json.dumps({"type": "MultiPolygon", "coordinates": polygons}, separators=(",", ":"))
