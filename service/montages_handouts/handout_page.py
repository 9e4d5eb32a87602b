"""A paper as one self-contained page: read on a screen, printed by a browser, made into a PDF (O3)."""

from __future__ import annotations

import base64
import hashlib
import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup

from montages.publish.page_templates import page_templates
from montages.publish.text.calendar_stops import moment_day
from montages.publish.text.typography import colon, day
from montages_handouts.document_extras import library_of
from montages_handouts.handout_words import word
from montages_handouts.mayor_page import MayorPage
from montages_handouts.qr_code import qr_code
from montages_handouts.scoping_note import ScopingNote

Paper = MayorPage | ScopingNote
# So many signs of an address are printed: more would be copied by nobody.
_PRINTED = 2000


@dataclass(frozen=True)
class HandoutLink:
    """A link above a paper on a screen: its text, where it leads, and the language of what is there."""

    text: str
    href: str
    lang: str = ""


def handout_page(paper: Paper, links: Sequence[HandoutLink] = (), note: str = "") -> str:
    """Return a paper as a page; `links` and a `note` stand above it on a screen, and are not printed."""
    lang, address = paper.head.lang, paper.head.address
    code = qr_code(address)
    name = "mayor-page.html" if isinstance(paper, MayorPage) else "scoping-note.html"
    template = _templates().get_template(name)
    return template.render(
        paper=paper,
        head=paper.head,
        lang=lang,
        style=Markup(_style()),  # noqa: S704  # our own file
        links=links,
        note=note,
        code=Markup(code.svg(word("qr", lang))) if code else None,  # noqa: S704  # made by segno
        width=code.millimetres if code else 0,
        dense=bool(code and code.dense),
        printed=address if len(address) <= _PRINTED else "",
        word=lambda key: word(key, lang),
        moment_day=moment_day,
        day=lambda value: day(value, lang),
        colon=colon(lang),
    )


@cache
def _templates() -> Environment:
    """Return our own templates and those of the core, of which the first page of a note is made."""
    own, core = PackageLoader("montages_handouts"), PackageLoader("montages.publish")
    return page_templates().overlay(loader=ChoiceLoader([own, core]))


@cache
def _style() -> str:
    """Return the style of the pictures, then our own, which has them on white."""
    loader = _templates().loader
    assert loader is not None
    names = ("who-pays.css", "handout.css")
    return "".join(loader.get_source(_templates(), name)[0] for name in names)


@cache
def style_source() -> str:
    """Return what the policy of a browser calls the style of a page, which stands in it: its hash."""
    digest = hashlib.sha256(_style().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


_PICTURE, _COLOUR = re.compile(r'<svg[^>]* class="who-pays"[^>]*>'), re.compile(r"--(\w+): (#\w+)")
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
    styled = _PICTURE.sub(lambda svg: f"{svg[0]}<style>{_picture_style()}</style>", page)
    return library.HTML(string=styled, url_fetcher=_fetcher()).render(
        pdf_variant=_VARIANT, pdf_tags=True
    )


@cache
def _picture_style() -> str:
    """Return the style of a picture as WeasyPrint wants it: within the picture, each colour by its value."""
    style, colours = _picture_source(), picture_colours()
    plain = style[style.index(".who-pays text") :]
    return re.sub(r"var\(--(\w+)\)", lambda name: colours[name[1]], plain)


@cache
def picture_colours() -> dict[str, str]:
    """Return the colours of a picture on white, by name."""
    return dict(_COLOUR.findall(_picture_source().partition("@media")[0]))


def _picture_source() -> str:
    loader = _templates().loader
    assert loader is not None
    return loader.get_source(_templates(), "who-pays.css")[0]


def _fetcher() -> Any:
    """Return what refuses to fetch anything: a paper has in itself all that it shows."""
    from weasyprint.urls import URLFetcher

    class NoFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            raise ValueError(f"nothing is fetched for a paper: {url[:80]}")

    return NoFetcher()
