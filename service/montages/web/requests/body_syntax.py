"""The syntax of a body: by its Content-Type, else the one that its text looks like."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request

from montages.bilingual import message
from montages.description.parsing import source_text
from montages.description.parsing.source_text import CSV, FILE_SUFFIXES, TABLE_MEDIA_TYPES, XLSX
from montages.description.tables.csv_rows import DELIMITERS, csv_text
from montages.description.tables.table_header import column_of
from montages.errors import UnsupportedSyntax

MEDIA_TYPES = {**source_text.MEDIA_TYPES, **TABLE_MEDIA_TYPES}
# The endings of a file that is sent, with the syntax of each.
FILE_ENDINGS = {**FILE_SUFFIXES, ".n3": "turtle", ".trig": "trig", ".nq": "nq"}
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def is_form() -> bool:
    """Tell whether a request comes from a form."""
    return request.mimetype in FORMS


def syntax() -> str:
    """Return the syntax of the body by its Content-Type; raises UnsupportedSyntax if none reads it."""
    if request.mimetype in MEDIA_TYPES:
        return MEDIA_TYPES[request.mimetype]
    raise unsupported_type(request.mimetype, MEDIA_TYPES)


def unsupported_type(media_type: str, accepted: Iterable[str]) -> UnsupportedSyntax:
    """Return the error of a body whose media type is none of those accepted."""
    return UnsupportedSyntax(
        message(
            "Unsupported Content-Type: {media_type}. Accepted: {listed}.",
            media_type=media_type or "-",
            listed=", ".join(accepted),
        ),
        accepted=list(accepted),
    )


def likely_syntax(text: bytes) -> str:
    """Return the syntax that bytes are most likely in: a table's, else that of their text."""
    return _table_syntax(text) or source_text.likely_syntax(text)


def guess_syntax(text: bytes) -> str:
    """Return what `likely_syntax` does, all JSON being JSON."""
    return _table_syntax(text) or source_text.guess_syntax(text)


def sent_text() -> tuple[bytes, str]:
    """Return the text of a form, its file or what is pasted, and its syntax; an empty text for none."""
    file = request.files.get("file")
    text = file.read() if file else b""
    name = (file.filename or "").lower() if file and text else ""
    text = text or request.form.get("description", "").encode()
    if not text.strip():
        text, name = b"", ""
    ending = name[name.rfind(".") :] if "." in name else ""
    return text, FILE_ENDINGS.get(ending) or guess_syntax(text)


def _table_syntax(text: bytes) -> str | None:
    """Return the syntax of a table: a workbook, or a text whose first line has two titles of columns."""
    if text.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return XLSX
    start = csv_text(text.lstrip()[:4000])
    if start.startswith(("{", "[", "<", "@")):
        return None
    first = start.partition("\n")[0]
    titles = max((first.split(mark) for mark in DELIMITERS), key=len)
    known = (title.strip(' "\r') for title in titles[:50])
    is_header = len(titles) > 1 and sum(1 for title in known if column_of(title) is not None) > 1
    return CSV if is_header else None
