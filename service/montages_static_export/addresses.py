"""The addresses of a static copy: those that it answers, each with its file; those that need the service."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from montages.names import MODULE
from montages.publish.linked_data.documents import documents
from montages.publish.linked_data.dump_files import dumps
from montages.publish.linked_data.formats import ALL, CATALOGUES, GEO_JSON, HTML
from montages.publish.linked_data.namespace_index import NAMESPACES
from montages.store.questions import ask
from montages.web.api_page import operation_paths
from montages.web.app_state import AppState
from montages.web.pages.page_context import STATIC, page_context
from montages.web.pages.review_page import review_paths
from montages.web.pages.things import ontology
from montages.web.route import Route

LANGUAGES = ("fr", "en")
# The language of what is at an address without `lang`, as in the service.
FIRST_LANGUAGE = "fr"
# The forms of the list of projects that only a registry has.
REGISTRY_LISTS = tuple(f"/projects.{form.extension}" for form in (GEO_JSON, *CATALOGUES))
# Paths that no copy holds, and what stands below them: tools, queries, health, entries of the registry.
LIVE = (
    "/p", "/P", "/projet", "/sparql", "/search", "/search.json", "/describe", "/contest", "/validate",
    "/check", "/try", "/shacl", "/healthz", "/readyz", "/metrics",
    "/projects/", *REGISTRY_LISTS, "/publishers/",
)  # fmt: skip
# The parameters that choose among files; any other that an route declares needs the service.
CHOOSING = frozenset({"lang", "page", "_format", "_mediatype", "format"})
# The forms of the list of questions, and those of an answer.
_LISTED = ("json", "html", "ttl", "jsonld")
_ANSWERED = ("json", "html", "csv", "tsv", "xml", "rq", "ttl", "jsonld")


@dataclass(frozen=True)
class CopiedAddress:
    """A path with its extension if it has one, a language, and the number of a page."""

    path: str
    lang: str = FIRST_LANGUAGE
    page: int = 1

    @property
    def url(self) -> str:
        """Return the address as it is asked for."""
        query = {} if self.lang == FIRST_LANGUAGE else {"lang": self.lang}
        if self.page > 1:
            query["page"] = str(self.page)
        return self.path + (f"?{urlencode(query)}" if query else "")

    def file(self, extension: str) -> str:
        """Return the name of its file: the second page of `/terms` in English is `terms.page-2.en.html`."""
        path = self.path.strip("/") or "index"
        stem = path.removesuffix(f".{extension}")
        page = f".page-{self.page}" if self.page > 1 else ""
        language = "" if self.lang == FIRST_LANGUAGE else f".{self.lang}"
        return f"{stem}{page}{language}.{extension}" if extension else stem

    def next_page(self) -> CopiedAddress:
        """Return the address of the page after it."""
        return CopiedAddress(self.path, self.lang, self.page + 1)


def is_live(path: str) -> bool:
    """Tell whether an address needs the service."""
    return any(
        path.startswith(one)
        if one.endswith("/")
        else path == one or path.startswith((f"{one}/", f"{one}."))
        for one in LIVE
    )


def live_parameters(routes: Iterable[Route]) -> tuple[str, ...]:
    """Return the parameters of the other addresses that need the service, sorted."""
    return tuple(
        sorted(
            {
                parameter.name
                for route in routes
                if route.method == "get" and not is_live(route.path)
                for parameter in route.parameters
                if parameter.place == "query" and parameter.name not in CHOOSING
            }
        )
    )


def posted_paths(routes: Iterable[Route]) -> tuple[str, ...]:
    """Return the addresses that only take what is sent to them, sorted."""
    got = {route.path for route in routes if route.method == "get"}
    return tuple(
        sorted(
            {
                route.path
                for route in routes
                if route.method != "get" and route.path not in got and "<" not in route.path
            }
        )
    )


def copied_addresses(state: AppState, routes: Iterable[Route]) -> list[CopiedAddress]:
    """Return them in a fixed order, first pages only; what is read in both languages is there twice.

    Must be called within a request.
    """
    both = [
        *_pages(routes),
        *operation_paths(routes),
        *review_paths(),
        *_views(state),
        *_diagrams(state),
        *_questions(),
    ]
    once = [*_documents(state), *_files(state)]
    return [
        *(CopiedAddress(path, lang) for path in dict.fromkeys(both) for lang in LANGUAGES),
        *dict.fromkeys(once),
    ]


def _pages(routes: Iterable[Route]) -> Iterator[str]:
    """Yield what has an address of its own: no part of its path is to be filled in."""
    for route in routes:
        path = route.path
        if route.method == "get" and "<" not in path and not is_live(path):
            if path.endswith("/") and path != "/":
                continue  # a namespace, whose documents have their extensions
            yield path


def _views(state: AppState) -> Iterator[str]:
    for name in (*NAMESPACES, "catalog", "void"):
        for form in ALL:
            if name != "void" or form is not HTML:
                yield f"/{name}.{form.extension}"


def _diagrams(state: AppState) -> Iterator[str]:
    context, prefix = page_context(), str(MODULE)
    for iri in sorted(context.graphs):
        name = iri.removeprefix(prefix)
        if name != iri and "/" not in name and ontology.module_drawing(iri, context, styled=True):
            yield f"/diagram/{name}.svg"


def _questions() -> Iterator[str]:
    yield from (f"/queries.{form}" for form in _LISTED)
    for query in ask.listing():
        yield from (f"/queries/{query.key}.{form}" for form in _ANSWERED)


def _documents(state: AppState) -> Iterator[CopiedAddress]:
    for path in sorted(documents(state.dataset).paths):
        for form in ALL:
            for lang in LANGUAGES if form is HTML else LANGUAGES[:1]:
                yield CopiedAddress(f"/{path}.{form.extension}", lang)


def _files(state: AppState) -> Iterator[CopiedAddress]:
    published = dumps(documents(state.dataset))
    yield from (CopiedAddress(f"/dump/{file.path}") for file in published.files.values())
    for path in sorted(STATIC.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield CopiedAddress(f"/static/{path.relative_to(STATIC).as_posix()}")
