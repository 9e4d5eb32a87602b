"""The addresses of the pages that are not a thing's: home, lists, tables, search, forms, style, drawings."""

from __future__ import annotations

from collections.abc import Callable
from mimetypes import guess_type

from flask import Flask, Response, request, send_from_directory
from werkzeug.exceptions import NotFound

from montages.errors import UnknownName
from montages.names import MODULE
from montages.store.parameters import unknown
from montages.store.search import Search
from montages.web.pages import (
    editor_page,
    home,
    layer_matrix,
    listings,
    matrix,
    module,
    search,
    tables,
    translations,
)
from montages.web.pages.frame import STATIC, Frame, frame
from montages.web.site import Site

_TABLES = {"matrix": matrix, "layer-matrix": layer_matrix}
_LISTS = ("contracts", "criteria", "layers", "requirements", "sources", "projects", "terms")
# A drawing styles itself, and does nothing else.
_SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def register(app: Flask, site: Site) -> None:
    """Give an application its pages, and the languages they speak."""
    translations.register(app)
    index = Search(site.dataset)
    for name in _LISTS:
        _list_routes(app, site, name)
    for name in _TABLES:
        _table_routes(app, site, name)
    _single_routes(app, site)

    @app.get("/search")
    @app.get("/search.json", defaults={"ending": ".json"})
    def found(ending: str = "") -> Response:
        if _wants_json(ending):
            return tables.as_json(search.tree(index, frame(site)))
        return html(search.page(index, frame(site)))

    @app.get("/diagram/<name>.svg")
    def drawing(name: str) -> Response:
        return _drawing(site, name)

    @app.get("/static/<path:path>")
    def static(path: str) -> Response:
        return _static(path)

    @app.get("/editor.json")
    def editor_settings() -> Response:
        return tables.as_json(editor_page.settings(site))


def _single_routes(app: Flask, site: Site) -> None:
    pages: dict[str, Callable[[Frame], str]] = {
        "/": home.home,
        "/contest": lambda made: made.render("contest.html"),
        "/validate": lambda made: made.render("validate.html", sample=home.example_text()),
        "/try": lambda made: made.render("try.html", **home.trial(made)),
    }

    def view(make: Callable[[Frame], str]) -> Callable[[], Response]:
        return lambda: html(make(frame(site)))

    taken = {r.rule for r in app.url_map.iter_rules() if "GET" in (r.methods or ())}
    for path, make in pages.items():
        if path not in taken:
            app.add_url_rule(path, f"page-{path}", view(make), methods=["GET"])


def html(body: str) -> Response:
    """Return a page as an answer, with the links to its neighbours that it tells in its head."""
    response = Response(body, mimetype="text/html")
    made_in = "en" if '<html lang="en">' in body[:200] else "fr"
    response.headers["Content-Language"] = made_in
    response.vary.update(("Accept", "Accept-Language"))
    return response


def _list_routes(app: Flask, site: Site, name: str) -> None:
    def view(ending: str = "") -> Response:
        made = frame(site)
        if _wants_json(ending):
            return tables.as_json(listings.listing_json(name, made))
        if ending == ".csv":
            return tables.as_csv(listings.listing_json(name, made)["items"])
        response = html(listings.listing(name, made))
        for rel, address in listings.neighbours(name, made):
            response.headers.add("Link", f'<{address}>; rel="{rel}"')
        return response

    _three(app, name, view)


def _table_routes(app: Flask, site: Site, name: str) -> None:
    table = _TABLES[name]

    def view(ending: str = "") -> Response:
        made = frame(site)
        if _wants_json(ending):
            return tables.as_json(table.rows(made))
        if ending == ".csv":
            return tables.as_csv(table.rows(made))
        return html(table.page(made))

    _three(app, name, view)


def _three(app: Flask, name: str, view: Callable[..., Response]) -> None:
    """Add a page and the same as data; other parts of the service may add more by the same name."""
    app.add_url_rule(f"/{name}", f"list-{name}", view, methods=["GET"])
    for ending in (".json", ".csv"):
        app.add_url_rule(
            f"/{name}{ending}",
            f"list-{name}{ending}",
            view,
            defaults={"ending": ending},
            methods=["GET"],
        )


def _wants_json(ending: str) -> bool:
    """Tell whether the client asked for JSON, by the address or by what it accepts."""
    if ending:
        return ending == ".json"
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], "text/html")
    return best == "application/json"


def _drawing(site: Site, name: str) -> Response:
    made = frame(site)
    iri = str(MODULE[name])
    drawn = module.drawing(iri, made, styled=True) if iri in made.graphs else None
    if drawn is None:
        known = [m.removeprefix(str(MODULE)) for m in made.graphs if m.startswith(str(MODULE))]
        raise unknown("dessin", "diagram", name, [k for k in known if "/" not in k])
    response = Response(drawn, mimetype="image/svg+xml")
    response.headers["Content-Security-Policy"] = _SVG_POLICY
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.vary.add("Accept-Language")
    return response


def _static(path: str) -> Response:
    try:
        response = send_from_directory(STATIC, path, max_age=3600)
    except NotFound as error:
        raise UnknownName(
            f"Pas de fichier {path[:80]}. Les bibliothèques du navigateur s'installent par « make vendor ».",
            f"No file {path[:80]}. Browser libraries are installed by “make vendor”.",
        ) from error
    media_type = guess_type(path)[0] or "application/octet-stream"
    text = "; charset=utf-8" if media_type.startswith("text/") else ""
    response.headers["Content-Type"] = media_type + text
    return response
