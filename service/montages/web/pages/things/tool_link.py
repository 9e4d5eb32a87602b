"""Where a published project opens in the tool: its address there, with nothing but its result."""

from __future__ import annotations

from montages.advice.similar.precedents import precedent
from montages.web.pages.page_context import PageContext


def tool_link(iri: str, context: PageContext) -> str:
    """Return where a published project opens in the tool, the empty text for what is none."""
    it = precedent(iri)
    if it is None:
        return ""
    path, _, lang = context.href("/projet").partition("?")
    return "&".join(filter(None, (f"{path}?{it.query}", "view=result", lang)))
