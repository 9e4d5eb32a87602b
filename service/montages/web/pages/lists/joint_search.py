"""The search over all that is served: what is published first, then further data, by their names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from montages.store.disk.name_index import NamedThing, find_names
from montages.store.search_index import Hit, Hits
from montages.web.pages.page_context import Link, PageContext
from montages.web.pages.things.resource_page import PATH

FURTHER = "data"  # the kind of what further data name


@dataclass(frozen=True)
class SearchResults:
    """One page of what fits a phrase: each thing with its link; and of how many, of which kinds."""

    hits: Hits
    links: tuple[Link, ...]


@dataclass(frozen=True)
class JointSearch:
    """A phrase looked for, in one kind or in all; further data are asked once.

    A word that only they have is not read as another.
    """

    context: PageContext
    text: str
    kind: str

    @property
    def total(self) -> int:
        """Return how many things fit."""
        return self._own(0, 0).total + len(self._shown)

    def page(self, start: int, number: int) -> SearchResults:
        """Return some of the things that fit, best first, what is published before further data."""
        own = self._own(start, number)
        kinds = own.kinds | ({FURTHER: len(self._further)} if self._further else {})
        begin = max(0, start - own.total)
        beside = self._shown[begin : begin + number - len(own.hits)]
        hits = (*own.hits, *(Hit(thing.iri, FURTHER, "") for thing in beside))
        own_links = (self.context.link(hit.iri) for hit in own.hits)
        links = (*own_links, *(_link(thing, self.context) for thing in beside))
        return SearchResults(Hits(hits, own.total + len(self._shown), kinds, own.mended), links)

    def _own(self, start: int, number: int) -> Hits:
        index = self.context.lookups.search_index
        own = index.find(self.text, self.context.lang, self.kind, start, number)
        return Hits((), 0, {}, {}) if self._further and own.mended else own

    @cached_property
    def _further(self) -> list[NamedThing]:
        store = self.context.state.store
        return find_names(store.names, self.text) if store else []

    @property
    def _shown(self) -> list[NamedThing]:
        return self._further if self.kind in ("", FURTHER) else []


def _link(thing: NamedThing, context: PageContext) -> Link:
    return Link(thing.name, context.href(PATH, iri=thing.iri), thing.iri)
