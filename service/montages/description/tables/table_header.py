"""The header of a table: which column of ours each title names, by its French name, its key or its label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from montages.bilingual import joined, message
from montages.description.tables.columns import Column, by_name, columns, nearest_name
from montages.description.tables.table_row import column_letters
from montages.errors import TooLarge, UnusableInput
from montages.knowledge.did_you_mean import suggestion
from montages.names import slugify

# A title is no longer than this, and a table has no more columns: more is nobody's.
_LONGEST, _MOST = 300, 1000
# Of unknown titles, so many are told.
_LISTED = 8
# What a title says beside the name of its column: its unit.
_ASIDE = re.compile(r"(?<!\s)\s*\([^()]*\)\s*$")


@dataclass(frozen=True)
class TableHeader:
    """The titles of a table as they are written, and the key of the column of each, None for an empty one."""

    titles: tuple[str, ...]
    keys: tuple[str | None, ...]

    def place(self, key: str) -> int | None:
        """Return the place of a column, from 0, None where the table does not have it."""
        return self.keys.index(key) if key in self.keys else None

    def letters(self) -> dict[str, str]:
        """Return the letters of each column by its key."""
        return {key: column_letters(n) for n, key in enumerate(self.keys) if key is not None}


def column_of(title: str) -> Column | None:
    """Return the column that a title names, a unit in brackets after it left aside; None for another."""
    exact = by_name().get(title)
    if exact is not None or not title or len(title) > _LONGEST:
        return exact
    return _by_slug().get(slugify(title)) or _by_slug().get(slugify(_ASIDE.sub("", title)))


@cache
def _by_slug() -> dict[str, Column]:
    """Return the columns by each name and label of theirs without accents, those of two left out."""
    of_slug: dict[str, set[str]] = {}
    for column in columns():
        for name in (column.name, column.key, column.title.fr, column.title.en):
            of_slug.setdefault(slugify(name), set()).add(column.key)
    named = {slugify(name): column.key for name, column in by_name().items()}
    keys = {slug: next(iter(keys)) for slug, keys in of_slug.items() if len(keys) == 1}
    return {slug: by_name()[key] for slug, key in (keys | named).items()}


def read_header(file: str, titles: Sequence[str]) -> TableHeader:
    """Return the header that titles make; `file` is what messages call the table.

    Raises UnusableInput for unknown columns, a column written twice, or none that names the project; TooLarge
    for more titles than there can be.
    """
    titles = [" ".join(title.split()) for title in titles]
    while titles and not titles[-1]:
        titles.pop()
    if len(titles) > _MOST:
        raise TooLarge(
            message(
                "{file}: this table has too many columns: {count}, at most {most}.",
                file=file,
                count=len(titles),
                most=_MOST,
            ),
            limit=_MOST,
        )
    matches = [column_of(title) for title in titles]
    unknown = [n for n, column in enumerate(matches) if column is None and titles[n]]
    if unknown:
        raise _unknown(file, titles, unknown)
    keys = tuple(column.key if column else None for column in matches)
    for n, key in enumerate(keys):
        if key is not None and key in keys[:n]:
            cell = f"{column_letters(n)}1"
            raise UnusableInput(
                message(
                    "{file}, {cell}: the column “{title}” ({key}) is there twice.",
                    file=file,
                    cell=cell,
                    title=titles[n],
                    key=key,
                ),
                line=1,
                cell=cell,
            )
    if not {"project", "id"} & set(keys):
        raise UnusableInput(
            message(
                "{file}: a column “projet” or “identifiant” is needed, to name the projects.",
                file=file,
            ),
            line=1,
        )
    return TableHeader(tuple(titles), keys)


def _unknown(file: str, titles: Sequence[str], places: Sequence[int]) -> UnusableInput:
    """Return the error for titles that name no column, each with its cell and the one it may have meant."""
    parts, close = [], None
    for n in places[:_LISTED]:
        title = titles[n] if len(titles[n]) <= _LONGEST else titles[n][:_LONGEST] + "…"
        near, cell = nearest_name(titles[n]), f"{column_letters(n)}1"
        close, hint = close or near, suggestion(near)
        unknown = message(
            "{cell}, unknown column: “{title}”.{hint}", cell=cell, title=title, hint=hint
        )
        parts.append(unknown)
    if len(places) > _LISTED:
        parts.append(message("And {more} more.", more=len(places) - _LISTED))
    return UnusableInput(
        message(
            "{file}, {parts} “montages schema” describes them all.",
            file=file,
            parts=joined(parts, " "),
        ),
        line=1,
        cell=f"{column_letters(places[0])}1",
        **({"suggestion": close} if close else {}),
    )
