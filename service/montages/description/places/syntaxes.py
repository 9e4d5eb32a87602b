"""The reader of places for each syntax, imported by those who need it alone."""

from __future__ import annotations

from montages.description.places.place_index import PlaceLookup


def places_in_text(text: str, syntax: str) -> PlaceLookup:
    """Return where the statements of a text stand; `text` is one that a parser has read without error."""
    # JSON-LD brings the YAML library, Turtle a pattern that takes long to compile.
    if syntax in ("json", "yaml", "json-ld"):
        from montages.description.places.json_yaml import json_ld_places

        return json_ld_places(text)
    if syntax == "xml":
        from montages.description.places.rdf_xml import xml_places

        return xml_places(text)
    from montages.description.places.turtle_places import turtle_places

    return turtle_places(text)
