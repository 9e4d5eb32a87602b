"""The addresses of all there is: its lists, the two tables, the search, the tree of terms."""

from __future__ import annotations

from functools import partial

from flask import Response, request

from montages.bilingual import Text, message
from montages.web.app_state import current_state
from montages.web.pages import list_forms, tree_page
from montages.web.pages.lists import listings, matrices, search_page
from montages.web.pages.page_context import html_response, page_context
from montages.web.route import (
    ANY_JSON,
    FREE_LANG,
    JSON,
    PAGE,
    PAGE_NUMBER,
    TEXT,
    Media,
    Route,
    RouteParameter,
    refused,
    routes_by_ending,
)

# The two tables: each as a page, and as rows of data.
_TABLES = {
    "matrix": (matrices.sheet_page, matrices.sheet_rows),
    "layer-matrix": (matrices.layer_matrix_page, matrices.layer_matrix_rows),
}
_LISTS = {
    "contracts": message("Contracts and other arrangements"),
    "criteria": message("Criteria", context="title of a catalogue"),
    "layers": message("Layers", context="title of a catalogue"),
    "requirements": message("Rules", context="title of a catalogue"),
    "sources": message("Sources", context="title of a catalogue"),
    "panel": message("Textbook cases", context="title of a catalogue"),
    "projects": message("Real projects", context="title of a catalogue"),
    "releases": message("Versions, and what changes"),
    "terms": message("The vocabulary"),
    "matrix": message("The sheet: contracts × criteria"),
    "layer-matrix": message("Layers × modes of management"),
}


def list_of_things(name: str, ending: str = "") -> Response:
    """Answer a list as a page, one page at a time; as JSON or CSV, in one piece."""
    context = page_context(current_state())
    if _wants_json(ending):
        return list_forms.json_answer(listings.listing_json(name, context))
    if ending == ".csv":
        return list_forms.csv_answer(listings.listing_json(name, context)["items"])
    response = html_response(listings.listing(name, context))
    for rel, address in listings.neighbours(name, context):
        response.headers.add("Link", f'<{address}>; rel="{rel}"')
    return response


def table(name: str, ending: str = "") -> Response:
    """Answer one of the two matrices as a page, as JSON or as CSV."""
    context, (page, rows) = page_context(current_state()), _TABLES[name]
    if _wants_json(ending):
        return list_forms.json_answer(rows(context))
    if ending == ".csv":
        return list_forms.csv_answer(rows(context))
    return html_response(page(context))


def search(ending: str = "") -> Response:
    """Answer the things whose texts hold the words looked for, as a page or as JSON."""
    context = page_context(current_state())
    if _wants_json(ending):
        return list_forms.json_answer(search_page.tree(context))
    return html_response(search_page.page(context))


def tree_of_terms(ending: str = "") -> Response:
    """Answer the tree of all terms, as a page or as JSON."""
    context = page_context(current_state())
    if _wants_json(ending):
        return list_forms.json_answer(tree_page.as_tree(context))
    return html_response(tree_page.page(context))


def _wants_json(ending: str) -> bool:
    """Tell whether the client asked for JSON, by the address or by what it accepts."""
    if ending:
        return ending == ".json"
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], "text/html")
    return best == "application/json"


_REFUSED = refused(400, 404)
_ENDINGS: dict[str, Media] = {
    "": {**PAGE, **JSON, **ANY_JSON},
    ".json": ANY_JSON,
    ".csv": {"text/csv": TEXT},
}
_PAGE_OR_JSON: dict[str, Media] = {"": {**PAGE, **ANY_JSON}, ".json": ANY_JSON}
_SEARCH_PARAMETERS = (
    RouteParameter("q", message("words looked for"), example="mpgp"),
    RouteParameter("type", message("kind of thing"), example="contract"),
    PAGE_NUMBER,
    FREE_LANG,
)
_SEARCH = Route(
    "get",
    "/search",
    "pages",
    message("Search labels and definitions"),
    search,
    _SEARCH_PARAMETERS,
    _REFUSED,
)
_TREE = Route(
    "get",
    "/tree",
    "pages",
    message("All terms, as one tree"),
    tree_of_terms,
    (FREE_LANG,),
    _REFUSED,
)


def _operation(name: str, summary: Text) -> Route:
    handler = partial(table if name in _TABLES else list_of_things, name)
    return Route("get", f"/{name}", "pages", summary, handler, (FREE_LANG, PAGE_NUMBER), _REFUSED)


ROUTES = (
    *(
        operation
        for name, summary in _LISTS.items()
        for operation in routes_by_ending(_operation(name, summary), _ENDINGS)
    ),
    *routes_by_ending(_SEARCH, _PAGE_OR_JSON),
    *routes_by_ending(_TREE, _PAGE_OR_JSON),
)
