"""What a request sends to be validated: a body, a form, a file, or the address of a document."""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import request

from montages.decision.parse import MEDIA_TYPES, SUFFIXES
from montages.errors import UnreadableInput
from montages.web.fetching import fetched
from montages.web.parameters import UnsupportedSyntax

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
CSV, LINES = "csv", "ndjson"
ACCEPTED = {
    **MEDIA_TYPES,
    "text/csv": CSV,
    "application/x-ndjson": LINES,
    "application/ndjson": LINES,
    "application/jsonl": LINES,
}
# What a form's `syntax` may say, beside media types.
NAMES = {
    "turtle": "turtle", "ttl": "turtle", "json-ld": "json-ld", "jsonld": "json-ld", "json": "json",
    "rdfxml": "xml", "rdf": "xml", "xml": "xml", "ntriples": "nt", "nt": "nt", "yaml": "yaml", "yml": "yaml",
    "csv": CSV, "ndjson": LINES, "jsonl": LINES,
}  # fmt: skip
_ENDINGS = {**SUFFIXES, ".csv": CSV, ".ndjson": LINES, ".jsonl": LINES}


@dataclass(frozen=True)
class Received:
    """A text, its syntax, and what to call it."""

    text: bytes
    syntax: str
    name: str = "-"


def received() -> Received:
    """Return what a request sends.

    Raises UnreadableInput for a form without content, UnsupportedSyntax for one that no parser reads, and
    as `fetched` for an address.
    """
    if request.mimetype in FORMS:
        return _form()
    body = request.get_data(cache=False)
    if request.mimetype == "application/json" and (url := _url(body)) is not None:
        found = fetched(url)
        return Received(found.text, _syntax(found.media_type, url, found.text), url)
    if request.mimetype not in ACCEPTED:
        raise _unsupported(request.mimetype)
    return Received(body, ACCEPTED[request.mimetype])


def _url(body: bytes) -> str | None:
    """Return the address that a body asks to fetch: `{"url": "https://…"}` and nothing else."""
    if len(body) > 4096:
        return None
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    alone = isinstance(said, dict) and list(said) == ["url"]
    return said["url"] if alone and isinstance(said["url"], str) else None


def _form() -> Received:
    sent, named = request.files.get("file"), request.form.get("syntax", "").strip()
    if sent is not None and sent.filename:
        text, name, kind = sent.read(), sent.filename.rpartition("/")[2], sent.mimetype
    else:
        text, name, kind = request.form.get("content", "").encode("utf-8", "replace"), "-", ""
    if not text.strip():
        raise UnreadableInput(
            "Rien à contrôler : donnez un texte (champ « content ») ou un fichier (champ « file »).",
            "Nothing to check: give a text (field “content”) or a file (field “file”).",
        )
    return Received(text, _syntax(named or kind, name, text, bool(named)), name)


def _syntax(said: str, name: str, text: bytes, strict: bool = False) -> str:
    """Return the syntax that is named, else that of a file's ending, else the one a text looks like."""
    said = said.partition(";")[0].strip().lower()
    if said in ACCEPTED or said in NAMES:
        return ACCEPTED.get(said) or NAMES[said]
    if strict:
        raise _unsupported(said)
    ending = "." + name.rpartition(".")[2].lower()
    return _ENDINGS.get(ending) or _guessed(text)


def _guessed(text: bytes) -> str:
    from montages.web.pages.pasted import guessed

    found = guessed(text)
    return "json-ld" if found == "json" and b"@context" in text[:4000] else found


def _unsupported(given: str) -> UnsupportedSyntax:
    listed, shown = ", ".join([*ACCEPTED, *FORMS]), given[:80] or "-"
    return UnsupportedSyntax(
        f"Syntaxe non prise en charge : {shown}. Acceptées : {listed}.",
        f"Unsupported syntax: {shown}. Accepted: {listed}.",
        accepted=[*ACCEPTED, *FORMS],
    )
