"""Five calls to the service as `/api` shows them: a command to copy, and what this service answers to it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app

from montages.bilingual import Text, message
from montages.web.request_snippet import RequestSnippet

# So many lines of an answer are shown, so many signs of a line.
_LINES, _SIGNS = 7, 76
_HELD = 32
# An object or a list of JSON that holds none.
_LEAF = re.compile(r"[\[{][^\[\]{}]*[\]}]|[\[{]\s*[\[{][^\[\]{}]*[\]}]\s*[\]}]")
_DESCRIPTION = """\
project: Capteurs
holder: {type: commune}
answers:
  contract-object: supplies
  estimated-value: 20000"""
_QUERY = """\
PREFIX mtg: <https://w3id.org/montages/def/>
SELECT ?slug WHERE {
  ?contract a mtg:ContractType ;
    <http://www.w3.org/2004/02/skos/core#notation> ?slug
} ORDER BY ?slug LIMIT 4"""
# A place in JSON: the names and numbers that lead to it.
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class ApiExample:
    """A call: what it is for, its request without the address of the service, what is shown of JSON."""

    title: Text
    path: str
    accept: str
    query: tuple[tuple[str, str], ...] = ()
    media: str = ""
    body: str = ""
    shown: tuple[Place, ...] = ()

    def snippet(self, lang: str, base: str) -> RequestSnippet:
        """Return the request to copy, in a language."""
        query = urlencode([*self.query, ("lang", lang)])
        method = "post" if self.media else "get"
        return RequestSnippet(
            method, f"{base}{self.path}?{query}", self.accept, self.media, self.body
        )


EXAMPLES = (
    ApiExample(
        message("Which contracts fit a project"),
        "/assess",
        "application/json",
        (("detail", "brief"),),
        "application/yaml",
        _DESCRIPTION,
        (("as_of",), ("answer", "sentence"), ("answer", "rows", 0, "label"),
         ("answer", "rows", 0, "procedure", "articles")),
    ),
    ApiExample(
        message("Which procedure is enough at an amount"),
        "/seuils.json",
        "application/json",
        (("estimated-value", "50000"), ("contract-object", "supplies")),
        shown=(("as_of",), ("point", "amount"), ("point", "procedures", 0, "procedure"),
               ("point", "procedures", 0, "verdict"), ("point", "above", "amount")),
    ),
    ApiExample(
        message("The answer to a published question"), "/queries/thresholds-on-a-day.csv", "text/csv"
    ),
    ApiExample(message("A thing as linked data"), "/id/contract/mpgp.ttl", "text/turtle"),
    ApiExample(
        message("A query of one's own (SPARQL)"), "/sparql", "text/csv", (("query", _QUERY),)
    ),
)  # fmt: skip


@dataclass(frozen=True)
class ApiAnswer:
    """What a call answered: its beginning, or a part of it, and how many bytes it has in all."""

    text: str
    size: int
    whole: bool


def example_answer(example: ApiExample, lang: str, base: str) -> ApiAnswer | None:
    """Return what this service answers to a call, None where it cannot at the moment."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the application itself
    try:
        return _answer(app, example, lang, base, date.today())
    except (ConnectionError, LookupError, TypeError):
        return None


@lru_cache(maxsize=_HELD)
def _answer(app: Flask, example: ApiExample, lang: str, base: str, day: date) -> ApiAnswer:
    """Return the answer to a call on a day; raises ConnectionError where it is a fault."""
    call = example.snippet(lang, base)
    with app.test_client() as client:
        answer = client.open(
            call.url.removeprefix(base),
            base_url=base,
            method=call.method.upper(),
            headers={"Accept": call.accept},
            content_type=call.media or None,
            data=call.body.encode() or None,
        )
        text, status = answer.get_data(as_text=True), answer.status_code
    if status != 200:
        raise ConnectionError(status)
    if example.shown:
        tree = _part(json.loads(text), example.shown)
        return ApiAnswer(_folded(tree), len(text.encode()), False)
    lines = [line for line in text.splitlines() if line and not line.startswith("@prefix")]
    beginning = [line if len(line) <= _SIGNS else f"{line[:_SIGNS]}…" for line in lines[:_LINES]]
    return ApiAnswer("\n".join(beginning), len(text.encode()), beginning == text.splitlines())


def _part(tree: Any, places: Sequence[Place]) -> Any:
    """Return what stands at some places of JSON, with what leads there."""
    if () in places:
        return tree
    firsts = dict.fromkeys(place[0] for place in places)
    below = {first: [place[1:] for place in places if place[0] == first] for first in firsts}
    if isinstance(tree, list):
        return [_part(tree[int(first)], below[first]) for first in firsts]
    return {first: _part(tree[first], below[first]) for first in firsts}


def _folded(tree: Any) -> str:
    """Return JSON in lines, what is short in one."""
    text = json.dumps(tree, ensure_ascii=False, indent=1)
    for _ in range(2):
        text = _LEAF.sub(
            lambda leaf: short if len(short := " ".join(leaf[0].split())) < _SIGNS else leaf[0],
            text,
        )
    return text
