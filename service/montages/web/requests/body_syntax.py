"""The syntax of a body: by its Content-Type, else the one that its text looks like."""

from __future__ import annotations

from flask import request

from montages.description.parsing.media_types import (
    MEDIA_TYPES,
    PLAIN,
    guess_syntax,
    likely_syntax,
    readable,
)
from montages.errors import MontagesError

# What is read of the text itself is found here too, by those who have a request to read.
__all__ = [
    "FORMS",
    "MEDIA_TYPES",
    "PLAIN",
    "UnsupportedSyntax",
    "guess_syntax",
    "is_form",
    "likely_syntax",
    "readable",
    "syntax",
]

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


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
