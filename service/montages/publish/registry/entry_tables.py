"""The list of entries as rows, for CSV and JSON, and as features of GeoJSON (RFC 7946)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from montages.publish.registry.entry_line import EntryLine
from montages.publish.registry.time_map import iso_time


def entry_row(line: EntryLine, lang: str, address: Callable[[str], str]) -> dict[str, Any]:
    """Return an entry as a row of names and slugs; `address` gives that of an entry by its slug."""
    summary = line.summary
    return {
        "slug": line.slug,
        "url": address(line.slug),
        "label": summary.label[lang],
        "holder": [holder[lang] for holder in summary.holders],
        "holder_kind": list(summary.holder_kinds),
        "retained": list(summary.contracts),
        "fitting": list(summary.fitting),
        "proposed": summary.proposed,
        "verdict": summary.verdict,
        "layers": list(summary.layers),
        "year": summary.year,
        "department": list(summary.place.departments),
        "publisher": line.publisher,
        "version": line.number,
        "public_from": iso_time(line.moment),
    }


def feature_collection(
    lines: Iterable[EntryLine], lang: str, address: Callable[[str], str]
) -> dict[str, Any]:
    """Return entries as GeoJSON: the point that a description states, null where it states none."""
    features = []
    for line in lines:
        point = line.summary.place.point
        features.append(
            {
                "type": "Feature",
                "id": address(line.slug),
                "geometry": {"type": "Point", "coordinates": list(point)} if point else None,
                "properties": entry_row(line, lang, address),
            }
        )
    return {"type": "FeatureCollection", "features": features}
