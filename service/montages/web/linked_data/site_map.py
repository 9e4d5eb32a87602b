"""The sitemap, which has the page of every thing and the pages that list them; what robots may visit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from flask import Response

from montages.bilingual import message
from montages.publish.linked_data.documents import documents
from montages.publish.linked_data.formats import BY_EXTENSION
from montages.web.app_state import AppState, current_state
from montages.web.linked_data.conditional import conditional, etag, last_modified
from montages.web.linked_data.negotiation import document_address
from montages.web.route import TEXT, Route, document_answers

# Pages that list things, and say what the service is.
LISTINGS = (
    "", "projet", "catalog.html", "contracts", "criteria", "layers", "requirements", "sources",
    "projects", "terms", "tree", "seuils", "schema", "matrix", "layer-matrix", "queries", "sparql",
    "validate", "releases", "search", "contest", "api", "def.html", "module.html", "id.html", "shape.html",
    "requirement.html",
)  # fmt: skip


def site_map() -> Response:
    """Answer the addresses of all pages."""
    state = current_state()
    base = state.base_url()
    day = datetime.fromtimestamp(last_modified(state), UTC).date().isoformat()
    return conditional(
        state,
        etag(state, "sitemap", base),
        "application/xml",
        lambda: sitemap_xml(page_addresses(state, base), day),
    )


def robots() -> Response:
    """Answer what robots may visit."""
    state = current_state()
    base = state.base_url()
    text = f"User-agent: *\nDisallow: /sparql?\nDisallow: /search?\n\nSitemap: {base}/sitemap.xml\n"
    return conditional(
        state, etag(state, "robots", base), "text/plain; charset=utf-8", lambda: text
    )


def page_addresses(state: AppState, base: str) -> list[str]:
    """Return the address of every page: those that list, then one a thing."""
    html, paths = BY_EXTENSION["html"], sorted(documents(state.dataset).paths)
    return [f"{base}/{path}" for path in LISTINGS] + [
        document_address(base, path, html) for path in paths
    ]


ROUTES = tuple(
    Route("get", path, "pages", summary, handler, answers=document_answers({media: TEXT}))
    for path, summary, handler, media in (
        ("/sitemap.xml", message("The site map"), site_map, "application/xml"),
        (
            "/robots.txt",
            message("What robots may visit"),
            robots,
            "text/plain",
        ),
    )
)


_SITEMAP_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
_MOST_ADDRESSES = 50_000  # addresses that one sitemap may hold


def sitemap_xml(addresses: Iterable[str], modified: str) -> str:
    """Return a sitemap; `modified` is the day of the last change, YYYY-MM-DD."""
    lines = [
        f"<url><loc>{escape(address)}</loc><lastmod>{modified}</lastmod></url>\n"
        for address in list(addresses)[:_MOST_ADDRESSES]
    ]
    return f"{_SITEMAP_HEAD}{''.join(lines)}</urlset>\n"
