"""What is asked of the list of entries: facets, words, a page; by words alone, the search asks (G1, L4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request

from montages.knowledge.thing_labels import plain_form
from montages.web.requests.request_parameters import parameters
from montages.web.service_part import ServiceThing
from montages_registry.entry_names import entry_iri
from montages_registry.publish.entry_facets import FACETS, matching
from montages_registry.publish.entry_summary import EntryLine
from montages_registry.web.entry_index import EntryIndex, entry_index

_OTHERS = ("q", "page", "lang", "_format", "_mediatype")
SIZE = 20  # entries of a page, for people and in a catalogue
_LONGEST, _MOST_VALUES = 200, 20
_MOST_FOUND = 50


@dataclass(frozen=True)
class ListQuery:
    """The facets asked with their values, the words looked for, and the entries that have both."""

    asked: Mapping[str, Sequence[str]]
    words: str
    index: EntryIndex
    named: tuple[EntryLine, ...]

    @property
    def lines(self) -> list[EntryLine]:
        """Return the entries asked for, by name."""
        return matching(self.named, self.asked)

    def pairs(self) -> list[tuple[str, str]]:
        """Return what is asked as parameters of an address."""
        pairs = [(key, value) for key, values in self.asked.items() for value in values]
        return [*pairs, ("q", self.words)] if self.words else pairs


def list_query() -> ListQuery:
    """Return what the request at work asks; raises UnreadableInput for an unknown parameter."""
    parameters(*(facet.key for facet in FACETS), *_OTHERS)
    asked = {
        facet.key: tuple(dict.fromkeys(filter(None, values)))[:_MOST_VALUES]
        for facet in FACETS
        if any(values := request.args.getlist(facet.key))
    }
    words = request.args.get("q", "").strip()[:_LONGEST]
    index = entry_index()
    lines = sorted(index.lines, key=lambda line: (line.summary.label.fr.casefold(), line.slug))
    wanted = plain_form(words).split()
    named = tuple(line for line in lines if has_words(line, wanted))
    return ListQuery(asked, words, index, named)


def has_words(line: EntryLine, words: Sequence[str]) -> bool:
    """Tell whether the name or the holder of an entry has all words, given in their plain form."""
    text = _text(line) if words else ""
    return all(word in text for word in words)


def _text(line: EntryLine) -> str:
    summary = line.summary
    texts = [summary.label, *summary.holders]
    return plain_form(" ".join([line.slug, *(t[x] for t in texts for x in ("fr", "en"))]))


def found_entries(text: str, lang: str) -> list[ServiceThing]:
    """Return the public entries whose name or holder has all words of a phrase, by name; at most so many."""
    words = plain_form(text).split()
    lines = sorted(
        (line for line in entry_index().lines if has_words(line, words)),
        key=lambda line: (line.summary.label[lang].casefold(), line.slug),
    )
    return [
        ServiceThing(entry_iri(line.slug), line.summary.label[lang]) for line in lines[:_MOST_FOUND]
    ]
