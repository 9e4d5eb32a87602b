"""The addresses of all there is: its lists, the two tables, the search, the tree of terms."""

from __future__ import annotations

from functools import partial

from flask import Response, request

from montages.bilingual import Text
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
    "contracts": Text("Les contrats et autres montages", "Contracts and other arrangements"),
    "criteria": Text("Les critères", "Criteria"),
    "layers": Text("Les couches", "Layers"),
    "requirements": Text("Les règles", "Rules"),
    "sources": Text("Les sources", "Sources"),
    "panel": Text("Les cas d'école", "Textbook cases"),
    "projects": Text("Les projets réels", "Real projects"),
    "releases": Text("Les versions, et ce qui change", "Versions, and what changes"),
    "terms": Text("Le vocabulaire", "The vocabulary"),
    "matrix": Text("La fiche : contrats × critères", "The sheet: contracts × criteria"),
    "layer-matrix": Text("Couches × modes de gestion", "Layers × modes of management"),
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
    RouteParameter("q", Text("mots cherchés", "words looked for"), example="mpgp"),
    RouteParameter("type", Text("sorte de chose", "kind of thing"), example="contract"),
    PAGE_NUMBER,
    FREE_LANG,
)
_SEARCH = Route(
    "get",
    "/search",
    "pages",
    Text("Cherche dans les libellés et les définitions", "Search labels and definitions"),
    search,
    _SEARCH_PARAMETERS,
    _REFUSED,
)
_TREE = Route(
    "get",
    "/tree",
    "pages",
    Text("Tous les termes, en un arbre", "All terms, as one tree"),
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
