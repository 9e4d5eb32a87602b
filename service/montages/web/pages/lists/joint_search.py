"""The search over all that is served: what is published, then entries of the registry, then further data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import current_app

from montages.names import BASE
from montages.store.disk.name_index import NamedThing, find_names
from montages.store.search_index import Hit, Hits
from montages.web.pages.page_context import Link, PageContext
from montages.web.pages.things.resource_page import PATH

FURTHER = "data"  # the kind of what further data name
ENTRY = "entry"  # the kind of an entry of the registry
# Where an application has what finds entries by a phrase, in a language.
ENTRY_FINDER = "montages-entry-finder"
EntryFinder = Callable[[str, str], Sequence[NamedThing]]


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
        return self._own(0, 0).total + len(self._beside)

    def page(self, start: int, number: int) -> SearchResults:
        """Return some of the things that fit, best first, what is published before further data."""
        own = self._own(start, number)
        others = {ENTRY: self._entries, FURTHER: self._further}
        kinds = own.kinds | {kind: len(things) for kind, things in others.items() if things}
        begin = max(0, start - own.total)
        beside = self._beside[begin : begin + number - len(own.hits)]
        hits = (*own.hits, *(Hit(thing.iri, kind, "") for kind, thing in beside))
        own_links = (self.context.link(hit.iri) for hit in own.hits)
        links = (*own_links, *(_link(kind, thing, self.context) for kind, thing in beside))
        return SearchResults(Hits(hits, own.total + len(self._beside), kinds, own.mended), links)

    def _own(self, start: int, number: int) -> Hits:
        index = self.context.lookups.search_index
        own = index.find(self.text, self.context.lang, self.kind, start, number)
        found_beside = self._further or self._entries
        return Hits((), 0, {}, {}) if found_beside and own.mended else own

    @cached_property
    def _further(self) -> list[NamedThing]:
        store = self.context.state.store
        return find_names(store.names, self.text) if store else []

    @cached_property
    def _entries(self) -> list[NamedThing]:
        find: EntryFinder | None = current_app.extensions.get(ENTRY_FINDER)
        return list(find(self.text, self.context.lang)) if find and self.text.strip() else []

    @property
    def _beside(self) -> list[tuple[str, NamedThing]]:
        things = {ENTRY: self._entries, FURTHER: self._further}
        kinds = [kind for kind in things if self.kind in ("", kind)]
        return [(kind, thing) for kind in kinds for thing in things[kind]]


def _link(kind: str, thing: NamedThing, context: PageContext) -> Link:
    if kind == ENTRY:
        return Link(thing.name, context.href(thing.iri.removeprefix(BASE.rstrip("/"))), thing.iri)
    return Link(thing.name, context.href(PATH, iri=thing.iri), thing.iri)
