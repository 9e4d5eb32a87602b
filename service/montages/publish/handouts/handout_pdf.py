"""A paper as a PDF, from the page that a browser prints: tagged, in its language, the same each time."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from montages.publish.handouts.document_extras import library_of
from montages.publish.handouts.handout_page import Paper, handout_page

# PDF/UA-1: read aloud by those who cannot see it, its tables and headings named.
_VARIANT = "pdf/ua-1"


def handout_pdf(papers: Iterable[Paper], pages: int) -> bytes:
    """Return the first of some papers that has so many pages at most as a PDF, else the last.

    Raises NotInstalled.
    """
    document: Any = None
    for paper in papers:
        document = rendered(handout_page(paper))
        if len(document.pages) <= pages:
            break
    assert document is not None
    pdf: bytes = document.write_pdf(pdf_variant=_VARIANT, pdf_tags=True)
    return pdf


def rendered(page: str) -> Any:
    """Return a page laid out on paper; nothing is fetched for it."""
    library = library_of("pdf")
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    return library.HTML(string=page, url_fetcher=_fetcher()).render(
        pdf_variant=_VARIANT, pdf_tags=True
    )


def _fetcher() -> Any:
    """Return what refuses to fetch anything: a paper has in itself all that it shows."""
    from weasyprint.urls import URLFetcher

    class NoFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            raise ValueError(f"nothing is fetched for a paper: {url[:80]}")

    return NoFetcher()
