"""A description accepted once, its values put into the form that is accepted now."""

from __future__ import annotations

import re

from montages.description.parsing.media_types import MEDIA_TYPES, readable
from montages.description.well_formed import IllFormed, IllFormedValue, iri_fault, percent_encoded
from montages.engine.protocol import Engine
from montages.errors import MontagesError
from montages.hidden_signs import HIDDEN
from montages.registry.version import Content

# What stands for a character in Turtle, JSON and YAML, and in XML.
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|&#x([0-9A-Fa-f]{1,6});")


def mended(content: Content, engine: Engine) -> Content | None:
    """Return a content whose values can stand in RDF: signs nobody sees left out, IRIs percent-encoded.

    None where that does not make it one that can be read.
    """
    media_type = content.media_type.split(";")[0].strip().lower()
    if media_type not in MEDIA_TYPES:
        return None
    body = content.body
    while True:
        try:
            engine.parse(*readable(body, MEDIA_TYPES[media_type]))
        except IllFormed as error:
            better = _better(body.decode(), error.values).encode()
            if better == body:
                return None
            body = better
        except MontagesError:
            return None
        else:
            return Content(body, content.media_type)


def _better(text: str, values: tuple[IllFormedValue, ...]) -> str:
    for value in values:
        for iri in (value.subject, value.path, value.value):
            encoded = percent_encoded(iri)
            if iri and iri_fault(iri) and iri_fault(encoded) is None:
                text = _written(iri).sub(encoded, text)
    return HIDDEN.sub("", _ESCAPE.sub(_without_sign, text))


def _written(iri: str) -> re.Pattern[str]:
    """Return the pattern of an IRI between its delimiters, each character as it is or escaped."""
    signs = (rf"(?:{re.escape(sign)}|(?i:\\u{ord(sign):04X}|\\U{ord(sign):08X}))" for sign in iri)
    return re.compile(rf"""(?<=[<"']){"".join(signs)}(?=[>"'])""")


def _without_sign(escape: re.Match[str]) -> str:
    code = next(group for group in escape.groups() if group)
    number = int(code, 16)
    hidden = number < 0x110000 and HIDDEN.match(chr(number))
    return "" if hidden else escape[0]
