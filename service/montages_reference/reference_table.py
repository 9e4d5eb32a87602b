"""A table of a set: its columns, its rows as CSV, and its Table Schema (Frictionless)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from montages.bilingual import Text
from montages.names import BASE
from montages.publish.json_text import dump
from montages.publish.spreadsheets import csv_text
from montages.store.licence import LICENCE, LICENCE_NAME

# What stands between several values of one cell.
SEPARATOR = "|"


@dataclass(frozen=True)
class TableColumn:
    """One column: its name, what it holds, its type in Table Schema; `choices` are all that it may hold."""

    name: str
    text: Text
    kind: str = "string"
    required: bool = False
    choices: tuple[str, ...] = ()

    def field(self, lang: str) -> dict[str, Any]:
        """Return it as a field of Table Schema."""
        constraints: dict[str, Any] = {"required": True} if self.required else {}
        if self.choices:
            constraints["enum"] = list(self.choices)
        more = {"constraints": constraints} if constraints else {}
        kind = {"type": "string", "format": "uri"} if self.kind == "uri" else {"type": self.kind}
        return {"name": self.name, "description": self.text[lang], **kind, **more}


@dataclass(frozen=True)
class ReferenceTable:
    """A table by the name of its set: its title, columns, those that tell a row from others, its rows."""

    name: str
    title: Text
    columns: Sequence[TableColumn]
    key: Sequence[str]
    rows: Sequence[Mapping[str, object]]

    def csv(self) -> bytes:
        """Return it as CSV, titles first; several values of a cell are separated by a bar."""
        names = [column.name for column in self.columns]
        lines = ([_cell(row[name]) for name in names] for row in self.rows)
        return csv_text([names, *lines]).encode()

    def schema(self, lang: str) -> bytes:
        """Return the Table Schema, its texts in one language."""
        content = {
            "$schema": "https://frictionlessdata.io/schemas/table-schema.json",
            "name": self.name,
            "title": self.title[lang],
            "path": f"{BASE}reference/{self.name}.schema.json",
            "licenses": [{"title": LICENCE_NAME, "path": str(LICENCE)}],
            "fields": [column.field(lang) for column in self.columns],
            "missingValues": [""],
            "primaryKey": list(self.key),
        }
        return dump(content).encode()


def _cell(value: object) -> str:
    if isinstance(value, str | int):
        return str(value)
    return SEPARATOR.join(value) if isinstance(value, tuple) else ""
