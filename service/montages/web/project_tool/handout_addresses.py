"""Where the two papers of a project are, in each of their forms."""

from __future__ import annotations

from flask import request

from montages.description.address.project_address import ProjectAddress
from montages.description.address.write_address import address_pairs, query_of
from montages.web.pages.page_context import PageContext
from montages.web.project_tool.tool_request import LANG

# What each paper is called in an address.
ADDRESSES = {"mayor": "/projet/maire", "note": "/projet/note"}


def handout_href(
    context: PageContext, address: ProjectAddress, paper: str, form: str = "html", lang: str = ""
) -> str:
    """Return the address of a paper about a project in a form, in the reader's language or in another."""
    pairs = address_pairs(address)
    if lang or request.args.get(LANG) in ("fr", "en"):
        pairs = [*pairs, (LANG, lang or context.lang)]
    ending = "" if form == "html" else f".{form}"
    return f"{context.root}{ADDRESSES[paper]}{ending}?{query_of(pairs)}"
