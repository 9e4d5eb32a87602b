"""Search over names, other names, definitions, questions and readings: two SQLite FTS5 indexes.

One has the words as they are written, the other their stems by SQLite's own Porter stemmer, which takes the
common endings off French words as well: `financements`, `financer` and `financing` are one stem.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Lock

from montages.knowledge.did_you_mean import nearest
from montages.knowledge.thing_labels import FUNCTION_WORDS, plain_form
from montages.store.dataset import Dataset, cached_of_dataset
from montages.store.search_entries import SearchEntry, search_entries

# What a word counts for in a name, another name and a text, in the reader's language and in the other.
_OWN, _OTHER = (10.0, 9.0, 1.0), (4.0, 4.0, 0.4)
# How much more a name counts that is the whole phrase; how near the best is what has some words only.
_WHOLE_NAME, _NEAR = 3.0, 0.35
# What a word counts for as it is written, beside its stem.
_AS_WRITTEN = 0.25

_WORDS = 12  # no search looks at more
# A shorter word begins no other, and a word shorter than the second is read as it is: too many are near it.
_SHORT, _GUESSABLE = 3, 6
_CLOSE = 0.82  # `eclerage` is that near `eclairage`, and `peinture` is not that near `picture`
# `60 000`, `60.000` and `60,000` are one number.
_GROUPED = re.compile(r"(?<=\d)[\s.,](?=\d{3}(?!\d))")


@dataclass(frozen=True)
class SearchHit:
    """One thing found: its IRI, its kind, and where the words were met, marked by ‹ and ›."""

    iri: str
    kind: str
    excerpt: str


@dataclass(frozen=True)
class Hits:
    """One page of what was found, how many in all and of each kind, and the words read otherwise."""

    hits: tuple[SearchHit, ...]
    total: int
    kinds: dict[str, int]
    mended: dict[str, str]


@dataclass(frozen=True)
class _Match:
    """Every thing that fits a phrase, best first: its row, its IRI, its kind; and how the phrase was read."""

    rows: tuple[tuple[int, str, str], ...]
    expression: str
    mended: dict[str, str]


class Search:
    """An index in memory; any thread may ask."""

    def __init__(self, dataset: Dataset) -> None:
        self._lock = Lock()
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        self._base.deserialize(cached_of_dataset(dataset, _index))
        self._match = lru_cache(maxsize=256)(self._matching)

    def find(self, text: str, lang: str, kind: str = "", start: int = 0, number: int = 20) -> Hits:
        """Return things that a phrase fits, best first: by names and everyday names, then by their texts.

        Case, accents and endings do not count, and the beginning of a word is enough; a word that nothing
        holds is read as one that is spelt nearly so. Both languages are searched; the reader's own comes
        first. `kind` keeps the things of one kind.
        """
        match = self._match(text, lang)
        kinds: dict[str, int] = {}
        for _, _, row_kind in match.rows:
            kinds[row_kind] = kinds.get(row_kind, 0) + 1
        rows = [row for row in match.rows if kind in ("", row[2])]
        hits = tuple(
            SearchHit(iri, row_kind, self._excerpt(row, match.expression, lang))
            for row, iri, row_kind in rows[start : start + number]
        )
        by_number = sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
        return Hits(hits, len(rows), dict(by_number), match.mended)

    def alike(self, text: str, folder: str, number: int) -> list[str]:
        """Return things under an address that a phrase fits, best first, in either language."""
        rows = self._match(text, "fr").rows
        return [iri for _, iri, _ in rows if iri.startswith(folder)][:number]

    def _matching(self, text: str, lang: str) -> _Match:
        words = _words_of(text)
        unknown = [word for word in words if not self._rows(_word_expression(word), lang, limit=1)]
        mends = {word: near for word in unknown if (near := misspelt(word, self._vocabulary))}
        words = [mends.get(word, word) for word in words]
        if not words:
            return _Match((), "", {})
        # A short name is looked for as it stands: `bus` is no `business`.
        parts = [
            f'"{word}"' if len(word) == _SHORT and word in self._names else _word_expression(word)
            for word in words
        ]
        some = " OR ".join(parts)
        every = {row for row, *_ in self._rows(" AND ".join(parts), lang)}
        whole = self._names.get(plain_form(text), frozenset())
        scored = sorted(
            (
                (score * (_WHOLE_NAME if row in whole else 1.0), iri, row, kind)
                for row, iri, kind, score in self._rows(some, lang)
            ),
            reverse=True,
            key=lambda entry: (entry[0], entry[1]),
        )
        least = _NEAR * scored[0][0] if scored else 0.0
        rows = [
            (row, iri, kind) for score, iri, row, kind in scored if row in every or score >= least
        ]
        return _Match(tuple(rows), some, mends)

    def _rows(
        self, expression: str, lang: str, limit: int = -1
    ) -> list[tuple[int, str, str, float]]:
        """Return the rows that hold what an expression says, as written or by stems, each with its score."""
        weights = ", ".join(map(str, _OTHER + _OWN if lang == "en" else _OWN + _OTHER))
        scores: dict[int, tuple[str, str, float]] = {}
        for table, share in (("stem", 1.0), ("thing", _AS_WRITTEN)):
            with self._lock:
                rows = self._base.execute(
                    f"SELECT rowid, iri, kind, -bm25({table}, {weights}) * rank_of_kind "  # noqa: S608
                    f"FROM {table} WHERE {table} MATCH ? LIMIT ?",
                    (expression, limit),
                ).fetchall()
            for row, iri, kind, score in rows:
                before = scores[row][2] if row in scores else 0.0
                scores[row] = (iri, kind, before + score * share)
        return [(row, *rest) for row, rest in scores.items()]

    def _excerpt(self, row: int, expression: str, lang: str) -> str:
        """Return what a text of a thing says around the words, its beginning where it has none of them."""
        column = 5 if lang == "en" else 2
        for table in ("stem", "thing"):
            with self._lock:
                record = self._base.execute(
                    f"SELECT snippet({table}, {column}, '‹', '›', '…', 24) FROM {table} "  # noqa: S608
                    f"WHERE {table} MATCH ? AND rowid = ?",
                    (expression, row),
                ).fetchone()
            if record is not None:
                return str(record[0])
        return ""

    @cached_property
    def _vocabulary(self) -> list[str]:
        """Return every word of the names and texts."""
        with self._lock:
            return [term for (term,) in self._base.execute("SELECT term FROM word")]

    @cached_property
    def _names(self) -> dict[str, frozenset[int]]:
        """Return the rows that bear each whole name, in plain form."""
        with self._lock:
            rows = self._base.execute(
                "SELECT rowid, name_fr, other_fr, name_en, other_en FROM thing"
            ).fetchall()
        names: dict[str, set[int]] = {}
        for row, *texts in rows:
            for name in {plain_form(part) for text in texts for part in text.split(" ; ")}:
                names.setdefault(name, set()).add(row)
        return {name: frozenset(bearers) for name, bearers in names.items()}


def _index(dataset: Dataset) -> bytes:
    """Return the indexes of a dataset as the bytes of their database."""
    entries = list(search_entries(dataset))
    columns = ", ".join(
        f"{name} UNINDEXED" if name in ("iri", "kind", "rank_of_kind") else name
        for name in SearchEntry._fields
    )
    marks = ", ".join("?" * len(SearchEntry._fields))
    words = "unicode61 remove_diacritics 2"
    with closing(sqlite3.connect(":memory:")) as base:
        for table, tokens in (("thing", words), ("stem", f"porter {words}")):
            base.execute(
                f"CREATE VIRTUAL TABLE {table} USING fts5({columns}, tokenize = '{tokens}', prefix = '2 3')"
            )
            base.executemany(f"INSERT INTO {table} VALUES ({marks})", entries)  # noqa: S608
        base.execute("CREATE VIRTUAL TABLE word USING fts5vocab(thing, 'row')")
        base.commit()
        return base.serialize()


def _word_expression(word: str) -> str:
    """Return what finds a word, its stem in an index of stems; and what it begins, unless it is short."""
    return f'"{word}"*' if len(word) >= _SHORT else f'"{word}"'


def _words_of(text: str) -> list[str]:
    """Return the words of a phrase that tell something, without capitals and accents; all if none does."""
    words = plain_form(_GROUPED.sub("", text)).split()
    telling = [word for word in words if word not in FUNCTION_WORDS] or words
    return list(dict.fromkeys(telling))[:_WORDS]


def misspelt(word: str, indexed: Iterable[str]) -> str | None:
    """Return which indexed word one that nothing holds is nearly, None where it is nearly none."""
    if len(word) < _GUESSABLE:
        return None
    alike = (w for w in indexed if w[:2] == word[:2] and abs(len(w) - len(word)) <= 1)
    return nearest(word, alike, _CLOSE)
