"""The dumps for download, with their checksums: `/dump/<name>.<ext>` and `/dump/SHA256SUMS`."""

from __future__ import annotations

from flask import Response

from montages.bilingual import message
from montages.errors import UnknownName
from montages.publish.linked_data.documents import documents
from montages.publish.linked_data.dump_files import Dumps, dumps
from montages.publish.linked_data.formats import CASES, VERDICTS
from montages.publish.verdicts.verdict_schema import VERDICTS_SCHEMA
from montages.store.licence import LICENCE
from montages.web.app_state import AppState, current_state
from montages.web.linked_data.conditional import conditional, etag
from montages.web.route import (
    GRAPHS,
    TEXT,
    Media,
    Route,
    document_answers,
    path_parameter,
)

SUMS = "SHA256SUMS"


def of(state: AppState) -> Dumps:
    """Return the dumps of a site, the same object each time."""
    return dumps(documents(state.dataset))


def dump_sums() -> Response:
    """Answer the checksums of all dumps."""
    state = current_state()
    return conditional(
        state, etag(state), "text/plain; charset=utf-8", lambda: of(state).sums_text()
    )


def dump_file(name: str) -> Response:
    """Answer a dump by the name of its file; raises UnknownName."""
    state = current_state()
    file = of(state).files.get(name)
    if file is None:
        raise UnknownName(
            message("No file “{name}”. /dump/{file} lists them all.", name=name, file=SUMS),
            accepted=sorted(of(state).files),
        )
    return conditional(
        state,
        etag(state),
        file.content_type,
        lambda: of(state).body(file),
        headers=lambda: [("Link", f'<{LICENCE}>; rel="license"')],
        key=file.path,
        compressed=of(state).compressed(file),
    )


_TEXTS: Media = {
    "text/plain": TEXT,
    "application/gzip": TEXT,
    "application/octet-stream": TEXT,
    VERDICTS.media_type: VERDICTS_SCHEMA,
    CASES.media_type: TEXT,
}
ROUTES = (
    Route(
        "get",
        f"/dump/{SUMS}",
        "linked data",
        message("The checksums of the files"),
        dump_sums,
        answers=document_answers({"text/plain": TEXT}),
    ),
    Route(
        "get",
        "/dump/<name>",
        "linked data",
        message("A file to download"),
        dump_file,
        (path_parameter("name", message("name of the file"), "actors.ttl"),),
        document_answers({**GRAPHS, **_TEXTS}, 404),
    ),
)
