"""Where a description says that its project is: coordinates, départements, and nothing worked out (G1).

No place is guessed from a name: what no description states, no map shows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rdflib.namespace import DCTERMS

from montages.description.facts import Facts
from montages.names import ALIGNED, VOCABULARIES

_WGS84 = "http://www.w3.org/2003/01/geo/wgs84_pos#"
_SCHEMA = VOCABULARIES["schema"]
# Pairs of properties that state a point in degrees, the latitude first.
_POINTS = ((f"{_WGS84}lat", f"{_WGS84}long"), (f"{_SCHEMA}latitude", f"{_SCHEMA}longitude"))
_WKT = (f"{ALIGNED['geo']}asWKT", f"{VOCABULARIES['dcat']}centroid")
_POINT = re.compile(
    r"^\s*(?:<[^>]{1,200}CRS84>\s*)?POINT\s*\(\s*(-?[\d.]{1,20})\s+(-?[\d.]{1,20})\s*\)\s*$",
    re.IGNORECASE,
)
_MOST = 50  # places looked at
# A commune or a département as INSEE names it: the code tells the département.
_AREA = re.compile(
    r"^https?://id\.insee\.fr/geo/(?:departement/(?P<code>\d[\dAB]\d?)|commune/(?P<commune>\d[\dAB]\d{3}))$"
)
# What leads from a project to where it is.
_LEADING = (
    str(DCTERMS.spatial),
    f"{_SCHEMA}location",
    f"{_SCHEMA}geo",
    f"{ALIGNED['geo']}hasGeometry",
    f"{_WGS84}location",
)


@dataclass(frozen=True)
class EntryPlace:
    """A point (longitude, latitude in degrees of WGS 84), None where none is stated; départements by code."""

    point: tuple[float, float] | None = None
    departments: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the place as JSON, which `from_json` reads."""
        return {"point": self.point and list(self.point), "departments": list(self.departments)}

    @classmethod
    def from_json(cls, tree: Mapping[str, Any]) -> EntryPlace:
        """Return the place that `to_json` has written."""
        point = tree["point"]
        return cls((point[0], point[1]) if point else None, tuple(tree["departments"]))


def entry_place(facts: Facts, project: str) -> EntryPlace:
    """Return where the facts say that a project is."""
    nodes = list(_places(facts, project))
    points = (point for node in nodes for point in _points(facts, node))
    codes = {_department(node) for node in nodes}
    return EntryPlace(next(points, None), tuple(sorted(codes - {""})))


def _places(facts: Facts, project: str) -> list[str]:
    """Return the project, then what it is said to be in, at most a few dozen."""
    nodes = [project]
    for node in nodes:  # grows as it is read
        if len(nodes) > _MOST:
            break
        for prop in _LEADING:
            terms = facts.objects(node, prop)
            nodes += [t for t in terms if isinstance(t, str) and t not in nodes][:_MOST]
    return nodes


def _points(facts: Facts, node: str) -> Iterator[tuple[float, float]]:
    """Yield each point that is stated of a node, longitude first."""
    for latitude, longitude in _POINTS:
        point = _point(_first(facts, node, longitude), _first(facts, node, latitude))
        if point:
            yield point
    for prop in _WKT:
        written = _POINT.match(_first(facts, node, prop))
        if written and (point := _point(*written.groups())):
            yield point


def _point(longitude: str, latitude: str) -> tuple[float, float] | None:
    try:
        east, north = float(longitude), float(latitude)
    except ValueError:
        return None
    sound = math.isfinite(east) and math.isfinite(north) and abs(east) <= 180 and abs(north) <= 90
    return (east, north) if sound else None


def _first(facts: Facts, node: str, prop: str) -> str:
    return next((t.value for t in facts.objects(node, prop) if not isinstance(t, str)), "")


def _department(iri: str) -> str:
    """Return the code of the département that an IRI of INSEE names or lies in; no text for another."""
    area = _AREA.match(iri)
    if not area:
        return ""
    commune = area["commune"]
    # Overseas, the code of a département has three signs.
    return area["code"] or commune[: 3 if commune.startswith(("97", "98")) else 2]
