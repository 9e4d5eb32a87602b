"""The addresses of the tool: of a project, alone or beside the one that it was made from."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request

from montages.description.address.address_difference import difference_pairs
from montages.description.address.project_address import ProjectAddress
from montages.description.address.write_address import Pair, address_pairs, query_of
from montages.web.pages.page_context import PageContext

PATH = "/projet"
LANG = "lang"


def project_href(
    context: PageContext,
    address: ProjectAddress,
    original: ProjectAddress | None = None,
    /,
    **controls: str,
) -> str:
    """Return the address of the page of a project; with its original, of that one too."""
    pairs = address_pairs(address)
    if original is not None:
        pairs += difference_pairs(address, original)
    return href_of(context, [*pairs, *((k, v) for k, v in controls.items() if v)])


def href_of(context: PageContext, pairs: Iterable[Pair], project: str = "") -> str:
    """Return the address of the page with some parameters, in the language that the reader chose.

    `project` are those of a project, already written.
    """
    pairs = list(pairs)
    if request.args.get(LANG) in ("fr", "en"):
        pairs.append((LANG, context.lang))
    query = "&".join(part for part in (project, query_of(pairs)) if part)
    return f"{context.root}{PATH}{'?' if query else ''}{query}"
