"""What a request asks of the SPARQL endpoint: one query, and the dataset to put it to (S1)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs

from flask import Request

from montages.bilingual import Text, message
from montages.errors import MontagesError, QueryMissing, UnreadableInput
from montages.store.sparql.query_errors import text_too_long, update_refused
from montages.store.sparql.query_pool import QueryDataset
from montages.web.requests.body_syntax import unsupported_type

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"
_FORMAT = ("format", "_format", "output")
_MOST_FIELDS = 1000
_ENCODED = 3  # bytes that one byte takes at most in a form
_OTHER_FIELDS = 50_000  # bytes: room for the names of graphs


@dataclass(frozen=True)
class SparqlRequest:
    """A query as it came, the dataset to put it to, and the format asked for, empty if none."""

    query: str
    dataset: QueryDataset
    format: str


def sparql_request(request: Request, most: int) -> SparqlRequest | None:
    """Return what is asked, None where a GET carries no query: then the service itself is asked about.

    The text of a query has at most so many bytes; a body that cannot hold less is not read. Raises
    QueryTooLong, QueryMissing, QueryRefused for an update, UnsupportedSyntax or UnreadableInput.
    """
    encoded = request.mimetype == _FORM
    _require_length(
        request.content_length or 0, most * _ENCODED + _OTHER_FIELDS if encoded else most, most
    )
    fields = _fields(request.query_string, _URL)
    queries = fields.get("query", [])
    if request.method == "POST":
        media = request.mimetype
        if media == _FORM:
            data = request.get_data(cache=False)
            _require_length(len(data), most * _ENCODED + _OTHER_FIELDS, most)
            body = _fields(data, _BODY)
            queries = queries + body.pop("query", [])
            for name, values in body.items():
                fields.setdefault(name, []).extend(values)
        elif media == _DIRECT:
            queries = [*queries, _text(request)]
        elif media == _UPDATE:
            raise update_refused("Une mise à jour (UPDATE)")
        else:
            raise unsupported_type(media, (_FORM, _DIRECT))
    if "update" in fields:
        raise update_refused("update=")
    if len(queries) > 1:
        raise QueryMissing(
            message("{count} queries received: send one at a time.", count=len(queries))
        )
    if not queries and request.method == "POST":
        raise QueryMissing(message("No query: give it in the parameter query."))
    if not queries:
        return None
    _require_length(len(queries[0].encode(errors="surrogatepass")), most, most)
    form = next((fields[name][0] for name in _FORMAT if name in fields), "")
    # Default graphs and named graphs, or neither (protocol, 2.1.4).
    default, named = (
        tuple(dict.fromkeys(filter(None, fields.get(name, []))))
        for name in ("default-graph-uri", "named-graph-uri")
    )
    return SparqlRequest(queries[0], (default, named) if default or named else (None, None), form)


def format_parameter(request: Request) -> str:
    """Return the format named in the address, empty if none."""
    return next((request.args[name] for name in _FORMAT if name in request.args), "")


def _require_length(size: int, most: int, limit: int) -> None:
    if size > most:
        raise text_too_long(size, limit)


def _fields(text: bytes, where: Text) -> dict[str, list[str]]:
    try:
        return parse_qs(
            text.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except UnicodeError as error:
        raise _not_utf8(where) from error
    except ValueError as error:
        raise UnreadableInput(message("More than {most} parameters.", most=_MOST_FIELDS)) from error


def _text(request: Request) -> str:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise _not_utf8(_BODY)
    try:
        return request.get_data(cache=False).decode("utf-8")
    except UnicodeError as error:
        raise _not_utf8(_BODY) from error


def _not_utf8(part: Text) -> MontagesError:
    return UnreadableInput(message("{part}: a SPARQL query is written in UTF-8.", part=part))


_URL, _BODY = message("address"), message("body")
