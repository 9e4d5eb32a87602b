"""A table that is also offered as data: the same rows as a page, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from flask import Response

from montages.publish.json_text import dump
from montages.publish.spreadsheets import safe_cell
from montages.web.requests.request_parameters import lang


def as_csv(rows: Sequence[dict[str, Any]]) -> Response:
    """Return rows as CSV, one column a key; several values of a cell are separated by a space."""
    out = io.StringIO()
    columns = list(dict.fromkeys(key for row in rows for key in row))
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {
                k: safe_cell(" ".join(map(str, v)) if isinstance(v, list) else v)
                for k, v in row.items()
            }
        )
    return _data_answer(out.getvalue(), "text/csv")


def as_json(tree: Any) -> Response:
    """Return a tree as JSON."""
    return _data_answer(dump(tree), "application/json")


def _data_answer(body: str, media_type: str) -> Response:
    response = Response(body, mimetype=media_type)
    response.headers["Content-Language"] = lang()
    response.vary.add("Accept-Language")
    return response
