"""A paper as one self-contained page: read on a screen, printed by a browser, made into a PDF (O3)."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from montages.publish.handouts.handout_words import word
from montages.publish.handouts.mayor_page import MayorPage
from montages.publish.handouts.qr_code import qr_code
from montages.publish.handouts.scoping_note import ScopingNote
from montages.publish.page_templates import page_templates
from montages.publish.text import checklist
from montages.publish.text.signs import OUTCOME_SIGNS
from montages.publish.text.typography import colon, day

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
    template = page_templates().get_template(name)
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
        day=lambda value: day(value, lang),
        colon=colon(lang),
        checklist=checklist,
        outcomes=OUTCOME_SIGNS,
    )


@cache
def _style() -> str:
    loader = page_templates().loader
    assert loader is not None
    return loader.get_source(page_templates(), "handout.css")[0]


@cache
def style_source() -> str:
    """Return what the policy of a browser calls the style of a page, which stands in it: its hash."""
    digest = hashlib.sha256(_style().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
