"""What a request sends to be validated: a body, a form, a file, or the address of a document."""

from __future__ import annotations

import json
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
from montages.web.validation.remote_document import fetch

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

    Raises UnreadableInput for a form without content, UnsupportedSyntax for one that no parser reads, and
    as `fetched` for an address.
    """
    if is_form():
        return _form()
    body = request.get_data(cache=False)
    if request.mimetype == "application/json" and (url := _url(body)) is not None:
        document = fetch(url)
        return RequestBody(document.text, _syntax(document.media_type, url, document.text), url)
    if request.mimetype not in ACCEPTED:
        raise unsupported_syntax(request.mimetype)
    return RequestBody(body, ACCEPTED[request.mimetype])


def _url(body: bytes) -> str | None:
    """Return the address that a body asks to fetch: `{"url": "https://…"}` and nothing else."""
    if len(body) > 4096:
        return None
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return None
    alone = isinstance(content, dict) and list(content) == ["url"]
    return content["url"] if alone and isinstance(content["url"], str) else None


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
