"""Entries found by words of their names, for the search of the service (G1, L4)."""

from __future__ import annotations

from montages.knowledge.thing_labels import plain_form
from montages.registry.entry_names import entry_iri
from montages.store.disk.name_index import NamedThing
from montages.web.registry.entry_index import entry_index
from montages.web.registry.list_query import has_words

MOST = 50


def found_entries(text: str, lang: str) -> list[NamedThing]:
    """Return the public entries whose name or holder has all words of a phrase, by name; at most so many."""
    words = plain_form(text).split()
    lines = sorted(
        (line for line in entry_index().lines if has_words(line, words)),
        key=lambda it: (it.summary.label[lang].casefold(), it.slug),
    )
    return [NamedThing(entry_iri(it.slug), it.summary.label[lang]) for it in lines[:MOST]]
