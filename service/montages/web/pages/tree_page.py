"""The page of the tree of terms, and the same as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from montages.store.term_tree import Branch, branch_anchor
from montages.web.pages.page_context import Link, PageContext


@dataclass(frozen=True)
class TreeItem:
    """One line of the tree: its link, its anchor, what is under it, how much; open at first or not."""

    link: Link
    anchor: str
    size: int
    is_open: bool
    items: tuple[TreeItem, ...]


def page(context: PageContext) -> str:
    """Return the page of the whole tree."""
    root = _item(context.lookups.tree, context)
    return context.render("tree.html", title=root.link.text, boughs=root.items, total=root.size)


def as_tree(context: PageContext) -> dict[str, Any]:
    """Return the whole tree as data."""
    return _data(context.lookups.tree, context)


def branch_link(branch: Branch, context: PageContext) -> Link:
    """Return a branch as a link: to its page, to its list, or to where it stands in the tree."""
    if branch.iri:
        link = context.link(branch.iri)
        return Link(link.text[:1].upper() + link.text[1:], link.href)
    return Link(
        branch.title[context.lang], context.href(branch.path or f"/tree#{branch_anchor(branch)}")
    )


def _item(branch: Branch, context: PageContext) -> TreeItem:
    items = tuple(_item(child, context) for child in branch.children)
    link = branch_link(branch, context)
    # A group without a page of its own leads nowhere from the tree itself.
    shown = link if branch.iri or branch.path else Link(link.text, None)
    return TreeItem(shown, branch_anchor(branch), branch.size, not branch.counts, items)


def _data(branch: Branch, context: PageContext) -> dict[str, Any]:
    data: dict[str, Any] = {"label": branch_link(branch, context).text}
    if branch.iri:
        data["id"] = branch.iri
    if branch.children:
        data |= {"count": branch.size, "children": [_data(c, context) for c in branch.children]}
    return data
