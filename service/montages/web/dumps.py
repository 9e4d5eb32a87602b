"""The dumps for download, with their checksums: `/dump/<name>.<ext>` and `/dump/SHA256SUMS`."""

from __future__ import annotations

from flask import Flask, Response

from montages.errors import UnknownName
from montages.publish.documents import documents
from montages.publish.dumps import Dumps, File, dumps
from montages.publish.licence import LICENCE
from montages.web.conditional import conditional, etag
from montages.web.site import Site

SUMS = "SHA256SUMS"


def of(site: Site) -> Dumps:
    """Return the dumps of a site, the same object each time."""
    return dumps(documents(site.dataset))


def register(app: Flask, site: Site) -> None:
    """Give an application the addresses of its dumps."""

    @app.get(f"/dump/{SUMS}")
    def dump_sums() -> Response:
        return conditional(
            site, etag(site), "text/plain; charset=utf-8", lambda: of(site).sums_text()
        )

    @app.get("/dump/<name>")
    def dump_file(name: str) -> Response:
        file = of(site).files.get(name)
        if file is None:
            raise UnknownName(
                f"Pas de fichier « {name} ». /dump/{SUMS} donne la liste de tous.",
                f"No file “{name}”. /dump/{SUMS} lists them all.",
                accepted=sorted(of(site).files),
            )
        return conditional(
            site,
            etag(site),
            file.content_type,
            lambda: of(site).body(file),
            headers=lambda: _links(file),
        )


def _links(file: File) -> list[tuple[str, str]]:
    return [("Link", f'<{LICENCE}>; rel="license"')]
