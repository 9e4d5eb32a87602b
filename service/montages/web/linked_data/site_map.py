"""The sitemap, which has the page of every thing and the pages that list them; what robots may visit."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.sax.saxutils import escape

from flask import Response

from montages.bilingual import message
from montages.guests import guests
from montages.publish.linked_data.formats import HTML
from montages.web.app_state import current_state
from montages.web.linked_data.conditional import conditional, etag
from montages.web.linked_data.negotiation import document_address
from montages.web.route import TEXT, Routes, document_answers

# Pages that list things, and say what the service is.
LISTINGS = (
    "", "projet", "catalog.html", "contracts", "criteria", "layers", "requirements", "sources",
    "projects", "terms", "tree", "seuils", "schema", "matrix", "layer-matrix", "queries", "sparql",
    "validate", "releases", "search", "contest", "api", "def.html", "module.html", "id.html", "shape.html",
    "requirement.html",
)  # fmt: skip
_SITEMAP_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
_MOST_ADDRESSES = 50_000  # addresses that one sitemap may hold
ROUTES = Routes("pages")


@ROUTES.get(
    "/sitemap.xml", message("The site map"), answers=document_answers({"application/xml": TEXT})
)
def site_map() -> Response:
    """Answer the addresses of all pages."""
    base = current_state().base_url()
    return conditional(etag("sitemap", base), "application/xml", lambda: _sitemap_xml(base))


@ROUTES.get(
    "/robots.txt", message("What robots may visit"), answers=document_answers({"text/plain": TEXT})
)
def robots() -> Response:
    """Answer what robots may visit."""
    base = current_state().base_url()
    text = f"User-agent: *\nDisallow: /sparql?\nDisallow: /search?\n\nSitemap: {base}/sitemap.xml\n"
    return conditional(etag("robots", base), "text/plain; charset=utf-8", lambda: text)


def _sitemap_xml(base: str) -> str:
    """Return the sitemap: pages that list, then one a thing, each with the day of the last change."""
    state = current_state()
    day = datetime.fromtimestamp(state.modified, UTC).date().isoformat()
    addresses = [f"{base}/{path}" for path in LISTINGS]
    addresses += [f"{base}{dataset.path}" for dataset in guests().datasets]
    addresses += [document_address(base, path, HTML) for path in sorted(state.documents.paths)]
    lines = [
        f"<url><loc>{escape(address)}</loc><lastmod>{day}</lastmod></url>\n"
        for address in addresses[:_MOST_ADDRESSES]
    ]
    return f"{_SITEMAP_HEAD}{''.join(lines)}</urlset>\n"
