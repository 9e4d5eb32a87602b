"""The syntax of a body: by its Content-Type, else the one that its text looks like."""

from __future__ import annotations

import re

from flask import request

from montages.description.parsing.parse import MEDIA_TYPES
from montages.errors import MontagesError

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_TURTLE = re.compile(r"^\s*(@prefix|@base|prefix\s|base\s|<[^>]*>\s)", re.IGNORECASE | re.MULTILINE)


class UnsupportedSyntax(MontagesError):
    """The body is in a syntax that no parser here reads."""

    status = 415
    slug = "unsupported-syntax"
    title = {"fr": "Syntaxe non prise en charge", "en": "Unsupported syntax"}


def is_form() -> bool:
    """Tell whether a request comes from a form."""
    return request.mimetype in FORMS


def syntax() -> str:
    """Return the syntax of the body by its Content-Type; raises UnsupportedSyntax if none reads it."""
    if request.mimetype in MEDIA_TYPES:
        return MEDIA_TYPES[request.mimetype]
    listed, media_type = ", ".join(MEDIA_TYPES), request.mimetype or "-"
    raise UnsupportedSyntax(
        f"Content-Type non pris en charge : {media_type}. Acceptés : {listed}.",
        f"Unsupported Content-Type: {media_type}. Accepted: {listed}.",
        accepted=list(MEDIA_TYPES),
    )


def guess_syntax(text: bytes) -> str:
    """Return the syntax that a text is most likely in: JSON, Turtle, RDF/XML, else YAML."""
    start = text.lstrip()[:4000]
    if start.startswith((b"{", b"[")):
        return "json"
    if start.startswith(b"<?xml") or b"<rdf:RDF" in start:
        return "xml"
    return "turtle" if _TURTLE.search(start.decode("utf-8", "replace")) else "yaml"
