"""The rules by which nginx alone answers from a static copy as the service does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from montages.bilingual import message
from montages.door_errors import NotAcceptable
from montages.errors import LiveServiceNeeded, UnknownName
from montages.names import BASE
from montages.publish.json_text import dump
from montages.publish.linked_data.documents import Documents
from montages.publish.linked_data.formats import ALL, DATA
from montages.store.licence import LICENCE
from montages.web.pages.problem_page import problem_page
from montages.web.requests.headers import ALWAYS
from montages.web.route import Route
from montages_static_export.addresses import (
    FIRST_LANGUAGE,
    LANGUAGES,
    LIVE,
    REGISTRY_LISTS,
    live_parameters,
    posted_paths,
)

NAME = "nginx.conf"
_FOLDERS = ("def", "module", "compiled", "shape", "requirement", "id", "query", "problem")
# Beside the formats of documents: what files are sent as, by their extension.
_TYPES = {
    "text/css": "css", "text/javascript": "js", "text/csv": "csv", "text/tab-separated-values": "tsv",
    "image/svg+xml": "svg", "image/png": "png", "font/woff2": "woff2", "image/x-icon": "ico",
    "application/xml": "xml", "application/sparql-query": "rq", "application/gzip": "gz",
    "text/plain": "txt",
}  # fmt: skip
_BINARY = frozenset({"image/png", "font/woff2", "image/x-icon", "application/gzip", "text/html"})


# From the highest quality of a media range to the lowest: as the rules read them.
_QUALITIES = (
    r"(?:;\s*q\s*=\s*1(?:\.0*)?)?",
    *(rf";\s*q\s*=\s*0?\.{tenth}[0-9]*" for tenth in range(9, 0, -1)),
    r";\s*q\s*=\s*0?\.0+[1-9][0-9]*",
)


@dataclass(frozen=True)
class NginxSite:
    """What the rules depend on: the address in the files, their folder, where the service is, if anywhere."""

    base: str
    folder: Path
    day: str
    service: str = ""
    listen: str = "80"

    def text(self, published: Documents, routes: Iterable[Route]) -> str:
        """Return the configuration of the site."""
        routes = tuple(routes)
        templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent),
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701 - no markup: a configuration
            keep_trailing_newline=True,
        )
        types = dict(_types())
        return templates.get_template("nginx.conf.jinja").render(
            base=self.base,
            day=self.day,
            root=self.folder.resolve(),
            listen=self.listen,
            server_name=self.base.partition("://")[2].partition(":")[0],
            first=DATA[0].extension,
            qualities=_QUALITIES,
            media_types=[
                (re.escape(media), form.extension)
                for form in sorted(ALL, key=lambda form: form.extension != "html")
                for media in form.media_types
            ],
            format_names=[
                (name, form.extension) for form in ALL for name in (form.extension, *form.aliases)
            ],
            # In an answer under /queries, .xml is another type than elsewhere.
            types=types.items(),
            text_types=[
                media for media in types if media.startswith("text/") and media != "text/html"
            ],
            packed=[media for media in types if media not in _BINARY],
            extensions=[*types.values()],
            headers=[(name, value) for name, value in ALWAYS],
            licence=LICENCE,
            iri=BASE,
            formats=[form.extension for form in ALL],
            parameters=live_parameters(routes),
            live=[*LIVE, *posted_paths(routes)],
            exact=frozenset(posted_paths(routes))
            | {"/search.json", "/healthz", "/readyz", "/metrics", *REGISTRY_LISTS},
            elsewhere=f"return 307 {self.service}$request_uri;" if self.service else "return 501;",
            folders=_FOLDERS,
            ontology_version=published.ontology_version,
        )


def _types() -> Iterator[tuple[str, str]]:
    for form in ALL:
        yield form.media_type, form.extension
    yield from _TYPES.items()


def error_files(app: Flask, client: FlaskClient) -> Iterator[tuple[str, bytes]]:
    """Yield what the copy answers where it has nothing: as a page and for programs, in both languages."""
    for error in (
        UnknownName(
            message(
                "Nothing at this address of the copy. The front page and /sitemap.xml lead to "
                "all that it has."
            )
        ),
        LiveServiceNeeded(
            message(
                "This copy is files only: it assesses, searches and queries nothing. Install "
                "the service (README), or ask whoever publishes this copy where it is."
            )
        ),
        NotAcceptable(
            message(
                "None of the formats asked for exists here: {formats}. The extension of the "
                "address gives them too.",
                formats=", ".join(form.media_type for form in ALL),
            )
        ),
    ):
        for language in LANGUAGES:
            suffix = "" if language == FIRST_LANGUAGE else f".{language}"
            problem = error.problem(language)
            stem = f".montages/{error.status}{suffix}"
            yield f"{stem}.json", dump(problem).encode()
            with app.test_request_context(f"/?lang={language}"):
                yield f"{stem}.html", problem_page(problem).encode()
