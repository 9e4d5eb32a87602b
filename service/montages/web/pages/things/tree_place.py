"""The place of a thing in the tree of terms: what it is under, what stands beside it and under it."""

from __future__ import annotations

from dataclasses import dataclass

from montages.store.term_tree import Branch
from montages.web.pages.page_context import Link, PageContext
from montages.web.pages.tree_page import branch_link


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
    place = context.lookups.places.get(iri)
    if place is None:
        return None
    above, branch = place

    def links(branches: tuple[Branch, ...]) -> tuple[Link, ...]:
        return tuple(branch_link(each, context) for each in branches)

    return TreePlace(
        links(above[1:]),
        links(above[-1].children),
        links(branch.children),
        branch_link(branch, context),
    )


def crumbs(place: TreePlace | None, listing: Link | None, context: PageContext) -> list[Link]:
    """Return the way from the home page to a thing: by the tree, else by the list it is in."""
    if place is not None:
        return [context.home, *place.above]
    return [context.home, *([listing] if listing else [])]
