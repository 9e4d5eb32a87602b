"""The forms of a list: page by page for who reads it, in one piece as CSV or JSON for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request

from montages.bilingual import message
from montages.errors import UnknownName, UnreadableInput
from montages.publish.json_text import dump
from montages.publish.spreadsheets import csv_text
from montages.web.requests.request_parameters import lang
from montages.web.route import ANY_JSON, JSON, PAGE, TEXT, Media

# What each form of a list is answered as, by the ending of its address.
LIST_ENDINGS: dict[str, Media] = {
    "": {**PAGE, **JSON, **ANY_JSON},
    ".json": ANY_JSON,
    ".csv": {"text/csv": TEXT},
}
PAGE_OR_JSON: dict[str, Media] = {"": {**PAGE, **ANY_JSON}, ".json": ANY_JSON}


@dataclass(frozen=True)
class Pages:
    """One page of a list, from `start` to `stop`; pages count from 1."""

    number: int
    count: int
    start: int
    stop: int
    total: int

    @classmethod
    def of(cls, total: int, size: int) -> Pages:
        """Return the page that the request asks for with `page`.

        Raises UnreadableInput if it is not a number, UnknownName if there is no such page.
        """
        page = request.args.get("page", "1")
        if not page.isascii() or not page.isdecimal() or len(page) > 9:
            raise UnreadableInput(
                message("page: a whole number, from 1 (given: {page}).", page=page[:40])
            )
        number, count = int(page), max(1, -(-total // size))
        if not 1 <= number <= count:
            raise UnknownName(
                message("No page {number}: there are {count}.", number=number, count=count)
            )
        start = (number - 1) * size
        return cls(number, count, start, min(start + size, total), total)

    @property
    def before(self) -> int | None:
        """Return the number of the page before, None on the first."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """Return the number of the next page, None on the last."""
        return self.number + 1 if self.number < self.count else None

    def address(self, number: int) -> dict[str, str]:
        """Return the parameters of a page of the same list."""
        parameters = {k: v for k, v in request.args.items() if k not in ("page", "lang")}
        return {**parameters, "page": str(number)} if number > 1 else parameters


def wants_json(ending: str) -> bool:
    """Tell whether the client asked for JSON, by the ending of the address or by what it accepts."""
    if ending:
        return ending == ".json"
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], "text/html")
    return best == "application/json"


def csv_answer(rows: Sequence[dict[str, Any]]) -> Response:
    """Return rows as CSV, one column a key; several values of a cell are separated by a space."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    cells = ([_cell(row.get(column, "")) for column in columns] for row in rows)
    return _data_answer(csv_text([columns, *cells], line_end="\n"), "text/csv")


def _cell(value: Any) -> Any:
    return " ".join(map(str, value)) if isinstance(value, list) else value


def json_answer(tree: Any) -> Response:
    """Return a tree as JSON."""
    return _data_answer(dump(tree), "application/json")


def _data_answer(body: str, media_type: str) -> Response:
    response = Response(body, mimetype=media_type)
    response.headers["Content-Language"] = lang()
    response.vary.add("Accept-Language")
    return response
