"""A registry with some of everything, and all that its record holds, for the tests of the record."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from montages_registry.publishers import Publisher
from montages_registry.registry import Registry
from montages_registry.version import Content, State, WriteCondition

TOWN = Publisher("vernon", "Ville de Vernon")
NEW, ANY = WriteCondition(), WriteCondition("*")
ROWS = {
    "versions": "SELECT * FROM versions ORDER BY sequence",
    "contents": "SELECT * FROM contents ORDER BY digest",
    "publisher_events": "SELECT * FROM publisher_events ORDER BY sequence",
    "erasures": "SELECT * FROM erasures ORDER BY sequence",
}


def turtle(text: str) -> Content:
    return Content(text.encode(), "text/turtle")


def registry_of(folder: Path) -> Registry:
    """Return a registry with some of everything."""
    registry = Registry.create(folder)
    registry.publishers.enrol("vernon", "Ville de Vernon")
    for number in range(8):
        registry.write(f"entry-{number}", turtle(f"project {number} " * 90), TOWN, NEW)
    registry.write("entry-1", turtle("two"), TOWN, ANY, state=State.DRAFT)
    registry.publish("entry-1", TOWN, ANY)
    registry.withdraw("entry-2", TOWN, ANY)
    registry.erase("entry-7", 1, "a telephone number")
    return registry


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all that a record holds."""
    with closing(sqlite3.connect(path)) as connection:
        return {table: connection.execute(query).fetchall() for table, query in ROWS.items()}
