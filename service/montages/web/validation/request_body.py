"""What a request sends to be validated: a body, a form or a file."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from montages.bilingual import message
from montages.description.parsing.source_text import CSV, XLSX
from montages.errors import UnreadableInput, UnsupportedSyntax
from montages.web.requests.body_syntax import (
    FILE_ENDINGS,
    FORMS,
    MEDIA_TYPES,
    is_form,
    likely_syntax,
)

LINES = "ndjson"
ACCEPTED = {
    **MEDIA_TYPES,
    "application/x-ndjson": LINES,
    "application/ndjson": LINES,
    "application/jsonl": LINES,
}
# What a form's `syntax` may say, beside media types.
NAMES = {
    "turtle": "turtle", "ttl": "turtle", "json-ld": "json-ld", "jsonld": "json-ld", "json": "json",
    "rdfxml": "xml", "rdf": "xml", "xml": "xml", "ntriples": "nt", "nt": "nt", "yaml": "yaml", "yml": "yaml",
    "n3": "turtle", "trig": "trig", "nquads": "nq", "nq": "nq",
    "csv": CSV, "tsv": CSV, "xlsx": XLSX, "ndjson": LINES, "jsonl": LINES,
}  # fmt: skip
_ENDINGS = {**FILE_ENDINGS, ".ndjson": LINES, ".jsonl": LINES}


@dataclass(frozen=True)
class RequestBody:
    """A text, its syntax, and what to call it."""

    text: bytes
    syntax: str
    name: str = "-"


def request_body() -> RequestBody:
    """Return what a request sends.

    Raises UnreadableInput for a form without content, UnsupportedSyntax for one that no parser reads.
    """
    if is_form():
        return _form()
    if request.mimetype not in ACCEPTED:
        raise unsupported_syntax(request.mimetype)
    return RequestBody(request.get_data(cache=False), ACCEPTED[request.mimetype])


def _form() -> RequestBody:
    file, syntax = request.files.get("file"), request.form.get("syntax", "").strip()
    if file is not None and file.filename:
        text, name, kind = file.read(), file.filename.rpartition("/")[2], file.mimetype
    else:
        text, name, kind = request.form.get("content", "").encode("utf-8", "replace"), "-", ""
    if not text.strip():
        raise UnreadableInput(
            message("Nothing to check: give a text (field “content”) or a file (field “file”).")
        )
    return RequestBody(text, _syntax(syntax or kind, name, text, bool(syntax)), name)


def _syntax(label: str, name: str, text: bytes, strict: bool = False) -> str:
    """Return the syntax that is named, else that of a file's ending, else the one a text looks like."""
    label = label.partition(";")[0].strip().lower()
    if label in ACCEPTED or label in NAMES:
        return ACCEPTED.get(label) or NAMES[label]
    if strict:
        raise unsupported_syntax(label)
    ending = "." + name.rpartition(".")[2].lower()
    return _ENDINGS.get(ending) or likely_syntax(text)


def unsupported_syntax(syntax: str) -> UnsupportedSyntax:
    """Return the error of a syntax that no parser here reads, by its name."""
    listed, name = ", ".join([*ACCEPTED, *FORMS]), syntax[:80] or "-"
    return UnsupportedSyntax(
        message("Unsupported syntax: {name}. Accepted: {listed}.", name=name, listed=listed),
        accepted=[*ACCEPTED, *FORMS],
    )
