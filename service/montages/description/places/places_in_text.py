"""The places of a text in any syntax."""

from __future__ import annotations

from montages.description.places.place_index import PlaceLookup


def places_in_text(text: str, syntax: str) -> PlaceLookup:
    """Return where the statements of a text stand; `text` is one that a parser has read without error."""
    # Each reader is imported by those who need it: JSON-LD brings the YAML library.
    if syntax in ("json", "yaml", "json-ld"):
        from montages.description.places.places_in_json_ld import json_ld_places

        return json_ld_places(text)
    if syntax == "xml":
        from montages.description.places.places_in_xml import xml_places

        return xml_places(text)
    from montages.description.places.places_in_turtle import turtle_places

    return turtle_places(text)
