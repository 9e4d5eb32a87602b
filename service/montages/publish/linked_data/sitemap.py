"""The sitemap: the page of every thing, and the pages that list them."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
MOST = 50_000  # addresses that one sitemap may hold


def sitemap(addresses: Iterable[str], modified: str) -> str:
    """Return a sitemap; `modified` is the day of the last change, YYYY-MM-DD."""
    lines = [
        f"<url><loc>{escape(address)}</loc><lastmod>{modified}</lastmod></url>\n"
        for address in list(addresses)[:MOST]
    ]
    return f"{_HEAD}{''.join(lines)}</urlset>\n"
