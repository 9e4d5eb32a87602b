"""The names of the things of a store, in an index on disk: what the search asks, and holds nothing of."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import DC, DCTERMS, FOAF, RDFS, SKOS

from montages.knowledge.thing_labels import plain_form
from montages.store.graph_tables import unpacked_tables
from montages.store.search_words import word_expression, words_of

# What names a thing, what is looked at first first.
NAMING = (
    *map(str, (SKOS.prefLabel, RDFS.label, DCTERMS.title, DC.title, FOAF.name)),
    *("https://schema.org/name", "http://schema.org/name", str(SKOS.altLabel)),
)
# Of more things than this, the search ranks no more, and says so many.
MOST = 1000
_SECONDS = 2.0  # an answer that takes longer is left with what it has
_STEPS = 10_000  # of the database, between two looks at the clock
_LOOK_UP = (
    "SELECT iri, thing.name FROM word JOIN thing ON thing.rowid = word.rowid "
    "WHERE word MATCH ? LIMIT ?"
)


@dataclass(frozen=True)
class NamedThing:
    """A thing of a store, by the name that was met."""

    iri: str
    name: str


def write_names(path: Path, store: ox.Store, published: bytes) -> None:
    """Write the index of the names that the default graph of a store gives, but for published things."""
    ours = _subjects(published)
    with closing(sqlite3.connect(path)) as base:
        base.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;"
            "CREATE TABLE thing (iri TEXT NOT NULL, name TEXT NOT NULL);"
            "CREATE VIRTUAL TABLE word USING fts5(name, content = 'thing', detail = 'none', "
            "tokenize = 'unicode61 remove_diacritics 2');"
        )
        base.executemany("INSERT INTO thing VALUES (?, ?)", _names(store, ours))
        base.execute("INSERT INTO word (word) VALUES ('rebuild')")
        base.commit()


def find_names(path: Path, text: str) -> list[NamedThing]:
    """Return the things that have a name with every word of a phrase, best first, each once.

    The whole name before one that begins with the phrase, then the shortest. Case and accents do not count.
    The beginning of the last word is enough, and of any word where nothing has them whole.
    """
    words = words_of(text)
    rows: dict[tuple[str, str], None] = {}
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as base:
        end = time.monotonic() + _SECONDS
        base.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
        with suppress(sqlite3.OperationalError):  # stopped at its end
            for expression in _expressions(words):
                rows |= dict.fromkeys(base.execute(_LOOK_UP, (expression, MOST)))
                if len(rows) >= MOST:
                    break
            if words and not rows:
                every = " AND ".join(map(word_expression, words))
                rows |= dict.fromkeys(base.execute(_LOOK_UP, (every, MOST)))
    phrase = plain_form(text)
    ranked = sorted(rows, key=lambda row: _rank(row[1], row[0], phrase))
    once = dict(reversed(ranked))
    return [NamedThing(iri, once[iri]) for iri in dict.fromkeys(iri for iri, _ in ranked)]


def _expressions(words: Sequence[str]) -> Iterator[str]:
    """Yield what finds all of some words, then what takes the last one for a beginning.

    Words as they are cost little: the index goes from one place to the next that has all of them.
    """
    if words:
        *before, last = (f'"{word}"' for word in words)
        yield " AND ".join((*before, last))
        yield " AND ".join((*before, word_expression(words[-1])))


def _rank(name: str, iri: str, phrase: str) -> tuple[bool, bool, int, str, str]:
    plain = plain_form(name)
    return plain != phrase, not plain.startswith(phrase), len(plain), plain, iri


def _names(store: ox.Store, ours: frozenset[str]) -> Iterator[tuple[str, str]]:
    graph = ox.DefaultGraph()
    for predicate in NAMING:
        for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, graph):
            thing, name = quad.subject, quad.object
            if not isinstance(thing, ox.NamedNode) or not isinstance(name, ox.Literal):
                continue
            if thing.value not in ours:
                yield thing.value, name.value


def _subjects(published: bytes) -> frozenset[str]:
    """Return the IRIs that the published default graph says something of."""
    tables = unpacked_tables(published)
    if None not in tables.columns:
        return frozenset()
    subjects = set(tables.columns[None][0][0])
    return frozenset(tables.iris[number] for number in subjects if number < len(tables.iris))
