"""The summaries of entries, kept beside the record: a list need not judge every description again (G1).

It is a cache: what is in it can be worked out again, and an error of its file is no error of the list.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path

from montages_registry.publish.entry_summary import EntrySummary
from montages_registry.record_file import PATIENCE

FILE = "summaries.sqlite3"
_TABLE = (
    "CREATE TABLE IF NOT EXISTS summaries (version TEXT PRIMARY KEY, under TEXT NOT NULL, "
    "summary TEXT NOT NULL) STRICT"
)
_PATIENCE = 1.0  # seconds that it may wait for other processes
_AT_ONCE = 500  # that one statement names


class SummaryStore:
    """Summaries by the hash of their version, under the rules and the day that they were worked out with."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def read(self, versions: Iterable[str], under: str) -> dict[str, EntrySummary]:
        """Return the summaries that are kept of some versions."""
        wanted, kept = list(versions), dict[str, EntrySummary]()
        with suppress(sqlite3.Error), closing(self._connection()) as connection:
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                marks = ",".join("?" * len(some))
                rows = connection.execute(
                    f"SELECT version, summary FROM summaries WHERE under = ? AND version IN ({marks})",  # noqa: S608  # marks alone
                    (under, *some),
                )
                kept |= {name: EntrySummary.from_json(json.loads(text)) for name, text in rows}
        return kept

    def write(self, summaries: Mapping[str, EntrySummary], under: str) -> None:
        """Keep some summaries, and forget those of other rules or days."""
        rows = [
            (name, under, json.dumps(summary.to_json(), ensure_ascii=False))
            for name, summary in summaries.items()
        ]
        with suppress(sqlite3.Error), closing(self._connection()) as connection, connection:
            connection.execute(_TABLE)
            connection.execute("DELETE FROM summaries WHERE under <> ?", (under,))
            connection.executemany("INSERT OR REPLACE INTO summaries VALUES (?, ?, ?)", rows)

    def forget(self, versions: Iterable[str]) -> None:
        """Keep nothing of some versions any more: they were erased. Raises sqlite3.Error."""
        rows = [(name,) for name in versions]
        if not self._path.exists():
            return
        with closing(self._connection(PATIENCE)) as connection, connection:
            connection.execute(_TABLE)
            connection.executemany("DELETE FROM summaries WHERE version = ?", rows)

    def _connection(self, seconds: float = _PATIENCE) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=seconds)
        connection.execute("PRAGMA secure_delete = ON")  # what is erased is written over
        return connection
