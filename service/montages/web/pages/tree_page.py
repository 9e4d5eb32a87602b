"""The tree of terms: its page, the same as JSON, and the place of a thing in it.

The place is what a thing is under, what stands beside it and under it: its crumbs are made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response

from montages.bilingual import message
from montages.store.term_tree import Branch, branch_anchor
from montages.web.pages.list_forms import PAGE_OR_JSON, json_answer, wants_json
from montages.web.pages.page_context import Link, PageContext, page_context
from montages.web.route import FREE_LANG, Routes, refused

ROUTES = Routes("pages")


@ROUTES.get(
    "/tree",
    message("All terms, as one tree"),
    FREE_LANG,
    answers=refused(400, 404),
    endings=PAGE_OR_JSON,
)
def tree_of_terms(ending: str = "") -> Response:
    """Answer the tree of all terms, as a page or as JSON."""
    context = page_context()
    root = context.state.tree
    if wants_json(ending):
        return json_answer(_data(root, context))
    return context.answer(
        "tree.html",
        root=root,
        link_of=lambda branch: branch_link(branch, context),
        anchor_of=branch_anchor,
    )


def branch_link(branch: Branch, context: PageContext) -> Link:
    """Return a branch as a link: to its page, to its list, or to where it stands in the tree."""
    if branch.iri:
        link = context.link(branch.iri)
        return Link(link.text[:1].upper() + link.text[1:], link.href)
    return Link(
        branch.title[context.lang], context.href(branch.path or f"/tree#{branch_anchor(branch)}")
    )


def _data(branch: Branch, context: PageContext) -> dict[str, Any]:
    data: dict[str, Any] = {"label": branch_link(branch, context).text}
    if branch.iri:
        data["id"] = branch.iri
    if branch.children:
        data |= {"count": branch.size, "children": [_data(c, context) for c in branch.children]}
    return data


@dataclass(frozen=True)
class TreePlace:
    """What is above a thing, the nearest last; what is beside it, itself too; what is under it."""

    above: tuple[Link, ...]
    beside: tuple[Link, ...]
    below: tuple[Link, ...]
    own: Link

    @property
    def up(self) -> Link:
        """Return what the thing is under."""
        return self.above[-1]


def tree_place(iri: str, context: PageContext) -> TreePlace | None:
    """Return the place of a thing, None for one that the tree does not have."""
    place = context.state.places.get(iri)
    if place is None:
        return None
    above, branch = place

    def links(branches: tuple[Branch, ...]) -> tuple[Link, ...]:
        return tuple(branch_link(node, context) for node in branches)

    return TreePlace(
        links(above[1:]),
        links(above[-1].children),
        links(branch.children),
        branch_link(branch, context),
    )
