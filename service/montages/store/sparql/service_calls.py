"""The calls of a query to another service, in every way in which an engine may cut its text (S3).

Where engines may cut otherwise than the grammar does (`trueSERVICE<…>`, `?a<'x>…'`: `query_readings`), the
check takes the reading that calls out: it may refuse a text that no one writes, and lets no call through.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from montages.store.sparql.query_errors import QueryRefused
from montages.store.sparql.query_readings import QueryReading, query_readings
from montages.store.sparql.sparql_tokens import Token, TokenisedQuery, place, prefixed_iri

# What stands between spaces and brackets, an IRI, a variable, or the brace that opens what is asked.
_PIECE = re.compile(
    r"(?P<iri><i*+>)|(?P<variable>\?v++)|(?P<run>[^\s{}<>\"?()]++)|(?P<brace>\{)|\S", re.A
)
_CALL = re.compile(r"SERVICE(?:SILENT)?", re.I | re.A)
_CALL_AT_THE_END = re.compile(r"SERVICE(?P<silent>SILENT)?\Z", re.I | re.A)
_TAKES_A_NAME = re.compile(r"(?:GRAPH|FROM|NAMED)\s*\Z", re.I | re.A)
_SILENT = "silent"
_LONGEST_CALL = len("SERVICESILENT")
_LOOK_BACK = 80  # characters: room for a keyword and the spaces after it


@dataclass(frozen=True)
class ServiceCall:
    """A call: where it starts, and from where to where its endpoint is written."""

    start: int
    endpoint: tuple[int, int]


def refuse_services(
    query: TokenisedQuery, prefixes: Mapping[str, str], base: str, allowed: frozenset[str]
) -> None:
    """Check that a query calls no service that is not `allowed`. Raises QueryRefused."""
    if "service" not in query.text.lower():
        return
    for reading in query_readings(query):
        names = [token for token in reading.tokens if token.kind == "name"]
        starts = [token.start for token in names]
        for call in service_calls(reading.code, reading.start):
            before = bisect_right(starts, call.start) - 1
            inside = names[before] if before >= 0 else None
            if (
                inside
                and call.start < inside.end
                and _is_a_name(query.text, reading, inside, call, prefixes)
            ):
                continue
            endpoint = prefixed_iri(query.text[slice(*call.endpoint)], prefixes, base)
            if endpoint not in allowed:
                raise _refused(query.text, call.start, endpoint)


def service_calls(code: str, shift: int = 0) -> Iterator[ServiceCall]:
    """Yield the calls in some code: SERVICE, perhaps SILENT, an endpoint, a brace; glued or apart.

    Their places count from `shift`.
    """
    last: list[re.Match[str]] = []
    for piece in _PIECE.finditer(code):
        if piece["brace"] and last and (span := _call_before(last)):
            start, *endpoint = (shift + at for at in span)
            yield ServiceCall(start, (endpoint[0], endpoint[1]))
        last = [*last[-2:], piece]


def _call_before(last: Sequence[re.Match[str]]) -> tuple[int, int, int] | None:
    """Return where a call starts, and its endpoint from where to where; None if the last pieces are none."""
    *words, endpoint = last
    run = endpoint["run"]
    if endpoint["iri"] is None and endpoint["variable"] is None and ":" not in (run or ""):
        return None
    start, end = endpoint.span()
    *earlier, before = words or (None,)
    if (
        before
        and earlier
        and before[0].lower() == _SILENT
        and (call := _call_at_the_end(earlier[-1]))
    ):
        return call.start(), start, end
    if before and (call := _call_at_the_end(before)):
        glued = run is not None and run.lower().startswith(_SILENT) and ":" in run[len(_SILENT) :]
        return call.start(), start + (len(_SILENT) if glued and not call["silent"] else 0), end
    if run is not None and (call := _CALL.search(endpoint.string, start, start + run.rindex(":"))):
        return call.start(), call.end(), end
    return None


def _call_at_the_end(piece: re.Match[str]) -> re.Match[str] | None:
    start, end = piece.span()
    if piece["run"] is None:
        return None
    return _CALL_AT_THE_END.search(piece.string, max(start, end - _LONGEST_CALL), end)


def _is_a_name(
    text: str, reading: QueryReading, token: Token, call: ServiceCall, prefixes: Mapping[str, str]
) -> bool:
    """Tell whether `webservice:x {` can only be a name: nothing else that it holds is one."""
    colon = token.start + len(token.prefix)
    if call.endpoint[0] > colon:
        return False
    rest = text[call.endpoint[0] : colon]
    at = token.start - reading.start
    before = reading.code[max(0, at - _LOOK_BACK) : at]
    return rest not in prefixes or _TAKES_A_NAME.search(before) is not None


def _refused(text: str, at: int, endpoint: str | None) -> QueryRefused:
    line, column = place(text, at)
    target = f" <{endpoint}>" if endpoint else ""
    return QueryRefused(
        f"Ligne {line}, colonne {column} : SERVICE{target} n'est pas autorisé ici. Interrogez cet autre "
        "service à part, puis joignez les réponses.",
        f"Line {line}, column {column}: SERVICE{target} is not allowed here. Query that other service "
        "apart, then join the answers.",
        line=line,
        column=column,
    )
