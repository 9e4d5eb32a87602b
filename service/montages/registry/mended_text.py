"""A description accepted once, its values put into the form that is accepted now."""

from __future__ import annotations

import re

from montages.description.parsing.source import TABLE_SYNTAXES
from montages.description.well_formed import IllFormed, IllFormedValue, iri_fault, percent_encoded
from montages.engine.protocol import Engine
from montages.errors import MontagesError
from montages.hidden_signs import HIDDEN
from montages.registry.entry_quads import stored_text
from montages.registry.version import Content

# What stands for a character in Turtle, JSON and YAML, and in XML.
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|&#x([0-9A-Fa-f]{1,6});")


def mended(content: Content, engine: Engine) -> Content | None:
    """Return a content whose values can stand in RDF: signs nobody sees left out, IRIs percent-encoded.

    None where that does not make it one that can be read.
    """
    while True:
        try:
            text, syntax = stored_text(content)
            if syntax in TABLE_SYNTAXES:
                return None
            engine.parse(text, syntax)
        except IllFormed as error:
            body = _better(content.body.decode(), error.values).encode()
            if body == content.body:
                return None
            content = Content(body, content.media_type)
        except MontagesError:
            return None
        else:
            return content


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
