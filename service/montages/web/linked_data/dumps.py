"""The dumps for download, with their checksums: `/dump/<name>.<ext>` and `/dump/SHA256SUMS`."""

from __future__ import annotations

import json
import time
from dataclasses import astuple

from flask import Response

from montages.bilingual import message
from montages.errors import Busy, UnknownName
from montages.publish.linked_data.dump_files import Checksum, Dumps, dumps
from montages.publish.linked_data.formats import CASES, NAMING, VERDICTS
from montages.publish.verdicts.verdict_schema import NAMING_SCHEMA, VERDICTS_SCHEMA
from montages.store.licence import LICENCE
from montages.web.app_state import current_state
from montages.web.description_pool import made_apart, patience
from montages.web.linked_data.conditional import conditional, etag
from montages.web.route import GRAPHS, TEXT, Media, Routes, document_answers, path_parameter

SUMS = "SHA256SUMS"
ROUTES = Routes("linked data")
_FILES: Media = {
    **GRAPHS,
    "text/plain": TEXT,
    "application/gzip": TEXT,
    "application/octet-stream": TEXT,
    VERDICTS.media_type: VERDICTS_SCHEMA,
    NAMING.media_type: NAMING_SCHEMA,
    CASES.media_type: TEXT,
}


def current_dumps() -> Dumps:
    """Return the dumps of the site at work, the same object each time."""
    return dumps(current_state().documents)


@ROUTES.get(
    f"/dump/{SUMS}",
    message("The checksums of the files"),
    answers=document_answers({"text/plain": TEXT}, 503),
)
def dump_sums() -> Response:
    """Answer the checksums of all dumps."""
    return conditional(etag(), "text/plain; charset=utf-8", _sums_text)


def _sums_text() -> str:
    """Return the checksums as `sha256sum --check` reads them; raises Busy while files are to be made."""
    published, end = current_dumps(), time.monotonic() + patience()
    missing = published.missing()
    for n, name in enumerate(missing):
        if time.monotonic() > end:
            raise Busy(message("{n} files are still to be made: ask again.", n=len(missing) - n))
        checksums = json.loads(made_apart(sums_answer, name=name))
        published.learn(name, {path: Checksum(*values) for path, values in checksums.items()})
    sums = published.sums
    return "".join(f"{sums[path].sha256}  {path}\n" for path in published.files)


def sums_answer(body: bytes, name: str) -> Response:
    """Answer the checksum and the size of the files of a name, made for that."""
    sums = current_dumps().sums_of(name)
    return Response(json.dumps({path: astuple(checksum) for path, checksum in sums.items()}))


@ROUTES.get(
    "/dump/<name>",
    message("A file to download"),
    path_parameter("name", message("name of the file"), "actors.ttl"),
    answers=document_answers(_FILES, 404, 503),
)
def dump_file(name: str) -> Response:
    """Answer a dump by the name of its file; raises UnknownName."""
    published = current_dumps()
    file = published.files.get(name)
    if file is None:
        raise UnknownName(
            message("No file “{name}”. /dump/{file} lists them all.", name=name, file=SUMS),
            accepted=sorted(published.files),
        )
    return conditional(
        etag(),
        file.content_type,
        # What is made of the rules compiles the law of other days.
        lambda: made_apart(file_answer, name=name) if file.about else published.body(file),
        headers=lambda: [("Link", f'<{LICENCE}>; rel="license"')],
        key=file.path,
        compressed=published.compressed(file),
    )


def file_answer(body: bytes, name: str) -> Response:
    """Answer the content of a file."""
    published = current_dumps()
    return Response(published.body(published.files[name]))
