"""The catalogue, the VoID description, the context, the sitemap: what the whole says of itself (L5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from flask import Flask, Response, request
from rdflib import Graph

from montages import settings
from montages.errors import UnknownName, UnreadableInput
from montages.publish.catalogue import CATALOGUE, View, catalogue_graph, entries, pages
from montages.publish.context import document_context, whole_context
from montages.publish.documents import WHOLE, Documents, documents
from montages.publish.dump import dump
from montages.publish.formats import BY_EXTENSION, GRAPH, HTML, JSON_LD, Context, Format, write
from montages.publish.sitemap import sitemap
from montages.publish.void import void_graph
from montages.web import dumps
from montages.web.catalogue_page import catalogue_page
from montages.web.conditional import conditional, etag, last_modified
from montages.web.negotiation import best, by_parameter, not_acceptable
from montages.web.pages.frame import frame
from montages.web.pages.home import home
from montages.web.pages.routes import html
from montages.web.parameters import lang as language
from montages.web.site import Site
from montages.web.things import CONTEXT_PATH, address

# Pages that list things, and say what the service is.
LISTINGS = (
    "", "catalog.html", "contracts", "criteria", "layers", "requirements", "sources", "projects", "terms",
    "matrix", "layer-matrix", "queries", "sparql", "validate", "search", "contest",
)  # fmt: skip


def register(app: Flask, site: Site) -> None:
    """Give an application its catalogue, its VoID description, its context and its sitemap."""

    def catalog(extension: str = "") -> Response:
        return catalogue(site, _form(site, "catalog", extension, (*GRAPH, HTML)))

    def void(extension: str = "") -> Response:
        return _void(site, _form(site, "void", extension, GRAPH))

    for path, view in (("catalog", catalog), ("void", void)):
        app.add_url_rule(f"/{path}", path, view)
        app.add_url_rule(f"/{path}.<extension>", f"{path}-document", view)
    app.add_url_rule("/.well-known/void", "well-known-void", void)

    @app.get("/")
    def home_page() -> Response:
        """Return the front page to people, the catalogue to machines."""
        form = _form(site, "catalog", "", (*GRAPH, HTML))
        response = html(home(frame(site))) if form is HTML else catalogue(site, form)
        response.vary.update(("Accept", "Accept-Language"))
        return response

    @app.get(f"/{CONTEXT_PATH}")
    @app.get("/context")
    def context() -> Response:
        return conditional(
            site,
            etag(site, "context"),
            JSON_LD.content_type,
            lambda: dump(document_context(documents(site.dataset).coercions)),
        )

    @app.get("/sitemap.xml")
    def site_map() -> Response:
        base = site.base_url()
        day = datetime.fromtimestamp(last_modified(site), UTC).date().isoformat()
        return conditional(
            site,
            etag(site, "sitemap", base),
            "application/xml",
            lambda: sitemap(page_addresses(app, site, base), day),
        )

    @app.get("/robots.txt")
    def robots() -> Response:
        base = site.base_url()
        text = f"User-agent: *\nDisallow: /sparql?\nDisallow: /search?\n\nSitemap: {base}/sitemap.xml\n"
        return conditional(
            site, etag(site, "robots", base), "text/plain; charset=utf-8", lambda: text
        )


def page_addresses(app: Flask, site: Site, base: str) -> list[str]:
    """Return the address of every page: those that list, then one a thing."""
    answered = {
        rule.rule.strip("/")
        for rule in app.url_map.iter_rules()
        if rule.methods and "GET" in rule.methods
    }
    answered.add("catalog.html")
    listed = [f"{base}/{path}" for path in LISTINGS if path in answered]
    html = BY_EXTENSION["html"]
    return listed + [address(base, path, html) for path in sorted(documents(site.dataset).paths)]


def _form(site: Site, path: str, extension: str, offered: Sequence[Format]) -> Format:
    """Return the format of a view: by extension, else by negotiation."""
    if extension:
        form = BY_EXTENSION.get(extension)
        if form is None or form not in offered:
            raise UnknownName(
                f"Pas de format « {extension} » ici.", f"No format “{extension}” here."
            )
        return form
    given = request.args
    if given.get("_format") or given.get("_mediatype"):
        found = by_parameter(given.get("_format"), given.get("_mediatype"), offered)
    else:
        found = best(request.headers.get("Accept"), offered)
    if found is None:
        raise not_acceptable([(f, f"{site.base_url()}/{path}.{f.extension}") for f in offered])
    return found


def _page(site: Site, found: Documents) -> int:
    """Return the page asked for; raises UnreadableInput for a word, UnknownName past the last."""
    given, last = request.args.get("page", "1"), pages(entries(found, dumps.of(site)))
    if not given.isascii() or not given.isdigit():
        raise UnreadableInput(
            f"page : un nombre de 1 à {last}.", f"page: a number from 1 to {last}."
        )
    if not 1 <= int(given[:9]) <= last:
        raise UnknownName(
            f"Pas de page {given[:9]} : de 1 à {last}.", f"No page {given[:9]}: 1 to {last}."
        )
    return int(given)


def catalogue(site: Site, form: Format) -> Response:
    """Return a page of the catalogue in a format, for machines or for people."""
    if form is HTML:
        return conditional(
            site,
            etag(site, "catalogue", language(), site.base_url()),
            form.content_type,
            lambda: catalogue_page(site),
            vary="Accept, Accept-Language",
            headers=lambda: [("Content-Language", language())],
        )
    found, base = documents(site.dataset), site.base_url()
    lang = "en" if request.args.get("lang") == "en" else "fr"
    view = View(_page(site, found), lang, form, base, settings.get("contact_url"))
    links = [("self", view.url(view.page), form.media_type)]
    if view.page < pages(entries(found, dumps.of(site))):
        links.append(("next", view.url(view.page + 1), form.media_type))
    if view.page > 1:
        links.append(("prev", view.url(view.page - 1), form.media_type))
    links += [
        ("alternate", f"{base}/catalog.{f.extension}", f.media_type)
        for f in (*GRAPH, HTML)
        if f != form
    ]
    return _answer(
        site,
        form,
        etag(site, form.extension, lang, str(view.page), base, view.contact_url),
        CATALOGUE,
        lambda: catalogue_graph(found, dumps.of(site), view),
        view.url(view.page),
        [*_link_headers(links), ("Content-Language", lang)],
    )


def _void(site: Site, form: Format) -> Response:
    found, base = documents(site.dataset), site.base_url()
    return _answer(
        site,
        form,
        etag(site, form.extension, base),
        WHOLE,
        lambda: void_graph(found, dumps.of(site), base),
        f"{base}/void.{form.extension}",
        _link_headers(
            ("alternate", f"{base}/void.{f.extension}", f.media_type) for f in GRAPH if f != form
        ),
    )


def _answer(
    site: Site,
    form: Format,
    tag: str,
    about: str,
    make: Callable[[], Graph],
    location: str,
    headers: Sequence[tuple[str, str]],
) -> Response:
    response = conditional(
        site,
        tag,
        form.content_type,
        lambda: _written(documents(site.dataset), make(), form, about),
        vary="Accept",
        headers=lambda: headers,
    )
    response.headers["Content-Location"] = location
    return response


def _written(found: Documents, graph: Graph, form: Format, about: str) -> str:
    """Return a graph in a format; its context is in full, since harvesters may not fetch one."""
    context = Context(*whole_context(graph, found.coercions))
    return write(graph, form, context, about)


def _link_headers(links: Iterable[tuple[str, str, str]]) -> list[tuple[str, str]]:
    found = [f'<{url}>; rel="{rel}"; type="{kind}"' for rel, url, kind in links]
    return [("Link", ", ".join(found))]
