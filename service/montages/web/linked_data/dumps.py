"""The dumps for download, with their checksums: `/dump/<name>.<ext>` and `/dump/SHA256SUMS`."""

from __future__ import annotations

from flask import Response

from montages.bilingual import message
from montages.errors import UnknownName
from montages.publish.linked_data.dump_files import Dumps, dumps
from montages.publish.linked_data.formats import CASES, VERDICTS
from montages.publish.verdicts.verdict_schema import VERDICTS_SCHEMA
from montages.store.licence import LICENCE
from montages.web.app_state import current_state
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
    CASES.media_type: TEXT,
}


def current_dumps() -> Dumps:
    """Return the dumps of the site at work, the same object each time."""
    return dumps(current_state().documents)


@ROUTES.get(
    f"/dump/{SUMS}",
    message("The checksums of the files"),
    answers=document_answers({"text/plain": TEXT}),
)
def dump_sums() -> Response:
    """Answer the checksums of all dumps."""
    return conditional(etag(), "text/plain; charset=utf-8", lambda: current_dumps().sums_text())


@ROUTES.get(
    "/dump/<name>",
    message("A file to download"),
    path_parameter("name", message("name of the file"), "actors.ttl"),
    answers=document_answers(_FILES, 404),
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
        lambda: published.body(file),
        headers=lambda: [("Link", f'<{LICENCE}>; rel="license"')],
        key=file.path,
        compressed=published.compressed(file),
    )
