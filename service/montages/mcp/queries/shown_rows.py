"""What is shown of the answer to a query: as much as fits, from a row on, and how to see the rest."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from montages.bilingual import Text
from montages.door_errors import Overlong
from montages.store.sparql.query_pool import SerialisedAnswer

T = TypeVar("T")

_WHOLE = Text("C'est toute la réponse.", "This is the whole answer.")
_NOTHING = Text("Rien ne répond à cette requête.", "Nothing answers this query.")
_BEYOND = Text(
    "La réponse n'a que {} lignes : offset va au-delà.",
    "The answer has {} rows only: offset is beyond.",
)
_MORE = Text(
    "Coupé : lignes {} à {} sur {}. Pour la suite, rappelez avec offset={}.",
    "Cut: rows {} to {} of {}. For the rest, call again with offset={}.",
)


@dataclass(frozen=True)
class RowWindow:
    """Which rows are wanted: so many from one on, in so many characters."""

    offset: int
    limit: int
    characters: int


def shown_answer(answer: SerialisedAnswer, window: RowWindow, lang: str) -> dict[str, Any]:
    """Return the form of an answer, its first rows or triples, and where to go on; raises Overlong."""
    head: dict[str, Any] = {"form": answer.form}
    if answer.format == "nt":
        lines = [line for line in answer.body.decode().splitlines() if line]
        shown = _fitting(lines, window, len)
        return {**head, "triples": shown, **_extent(len(lines), len(shown), window, lang)}
    tree = json.loads(answer.body)
    if "boolean" in tree:
        extent = {"offset": 0, "shown": 1, "next_offset": None, "note": _WHOLE[lang]}
        return {**head, "boolean": tree["boolean"], **extent}
    columns, bindings = tree["head"].get("vars", []), tree["results"]["bindings"]
    rows = [[_cell(row.get(name)) for name in columns] for row in bindings]
    shown_rows = _fitting(rows, window, lambda row: len(json.dumps(row, ensure_ascii=False)))
    return {
        **head,
        "columns": columns,
        "rows": shown_rows,
        **_extent(len(rows), len(shown_rows), window, lang),
    }


def _cell(term: dict[str, str] | None) -> str | None:
    return None if term is None else term["value"]


def _fitting(rows: Sequence[T], window: RowWindow, size: Callable[[T], int]) -> list[T]:
    """Return the rows of a window that fit in its characters."""
    left, shown = window.characters, list[T]()
    for row in rows[window.offset : window.offset + window.limit]:
        left -= size(row) + 2
        if left < 0:
            break
        shown.append(row)
    if not shown and rows[window.offset :]:
        raise _too_long_a_row(window)
    return shown


def _too_long_a_row(window: RowWindow) -> Overlong:
    return Overlong(
        f"La ligne {window.offset + 1} dépasse à elle seule {window.characters} caractères. Demandez moins "
        "de colonnes, coupez les textes (SUBSTR(STR(?x), 1, 500)), ou augmentez characters.",
        f"Row {window.offset + 1} alone is over {window.characters} characters. Ask for fewer columns, cut "
        "texts (SUBSTR(STR(?x), 1, 500)), or raise characters.",
    )


def _extent(count: int, shown: int, window: RowWindow, lang: str) -> dict[str, Any]:
    """Return which rows are shown of how many, where to go on, and that in words."""
    end = window.offset + shown
    following = end if end < count else None
    if following is not None:
        note = _MORE[lang].format(window.offset + 1, end, count, following)
    elif not count:
        note = _NOTHING[lang]
    else:
        note = _WHOLE[lang] if shown else _BEYOND[lang].format(count)
    return {"offset": window.offset, "shown": shown, "next_offset": following, "note": note}


def things_of(rows: Iterable[Sequence[str | None]]) -> set[str]:
    """Return the cells of rows that may be names of ours."""
    return {cell for row in rows for cell in row if cell and cell.startswith("https://")}
