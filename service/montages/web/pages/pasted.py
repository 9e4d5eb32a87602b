"""What a browser's form carries: a description pasted, a file, or the name of an example."""

from __future__ import annotations

import re

from flask import request

from montages.decision.description import Description
from montages.errors import UnreadableInput
from montages.knowledge import library
from montages.store.parameters import unknown
from montages.web.site import Site

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_TURTLE = re.compile(r"^\s*(@prefix|@base|prefix\s|base\s|<[^>]*>\s)", re.IGNORECASE | re.MULTILINE)


def is_form() -> bool:
    """Tell whether a request comes from a form."""
    return request.mimetype in FORMS


def description(site: Site) -> Description:
    """Return the description that a form carries; raises UnreadableInput without one."""
    example = request.form.get("example")
    if example:
        known = library.projects()
        if example not in known:
            raise unknown("exemple", "example", example, known)
        return site.knowledge.read(known[example])
    sent = request.files.get("file")
    text = sent.read() if sent else request.form.get("description", "").encode()
    if not text.strip():
        raise UnreadableInput(
            "Collez une description, ou choisissez un exemple.",
            "Paste a description, or choose an example.",
        )
    return site.knowledge.read(text, guessed(text))


def guessed(text: bytes) -> str:
    """Return the syntax that a text is most likely in: JSON, Turtle, RDF/XML, else YAML."""
    start = text.lstrip()[:4000]
    if start.startswith((b"{", b"[")):
        return "json"
    if start.startswith(b"<?xml") or b"<rdf:RDF" in start:
        return "xml"
    return "turtle" if _TURTLE.search(start.decode("utf-8", "replace")) else "yaml"
