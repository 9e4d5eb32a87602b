"""Every address whose answer stands in a static copy: documents, lists, catalogue, dumps, files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from montages.names import MODULE
from montages.publish.linked_data.documents import documents
from montages.publish.linked_data.dump_files import dumps
from montages.publish.linked_data.formats import ALL, HTML
from montages.publish.linked_data.namespace_index import NAMESPACES
from montages.store.questions import ask
from montages.web.app_state import AppState
from montages.web.operation import Operation
from montages.web.pages.page_context import page_context
from montages.web.pages.things import module_page
from montages.web.static_export.copied_address import CopiedAddress
from montages.web.static_export.live_addresses import is_live

LANGUAGES = ("fr", "en")
_STATIC = Path(__file__).parents[1] / "static"
# The forms of the list of questions, and those of an answer.
_LISTED = ("json", "html", "ttl", "jsonld")
_ANSWERED = ("json", "html", "csv", "tsv", "xml", "rq", "ttl", "jsonld")


def copied_addresses(state: AppState, operations: Iterable[Operation]) -> list[CopiedAddress]:
    """Return them in a fixed order, first pages only; what is read in both languages is there twice.

    Must be called within a request.
    """
    both = [*_pages(operations), *_views(state), *_diagrams(state), *_questions()]
    once = [*_documents(state), *_files(state)]
    return [
        *(CopiedAddress(path, lang) for path in dict.fromkeys(both) for lang in LANGUAGES),
        *dict.fromkeys(once),
    ]


def _pages(operations: Iterable[Operation]) -> Iterator[str]:
    """Yield what has an address of its own: no part of its path is to be filled in."""
    for operation in operations:
        path = operation.path
        if operation.method == "get" and "<" not in path and not is_live(path):
            if path.endswith("/") and path != "/":
                continue  # a namespace, whose documents have their extensions
            yield path


def _views(state: AppState) -> Iterator[str]:
    for name in (*NAMESPACES, "catalog", "void"):
        for form in ALL:
            if name != "void" or form is not HTML:
                yield f"/{name}.{form.extension}"


def _diagrams(state: AppState) -> Iterator[str]:
    context, prefix = page_context(state), str(MODULE)
    for iri in sorted(context.graphs):
        name = iri.removeprefix(prefix)
        if name != iri and "/" not in name and module_page.drawing(iri, context, styled=True):
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
    for path in sorted(_STATIC.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield CopiedAddress(f"/static/{path.relative_to(_STATIC).as_posix()}")
