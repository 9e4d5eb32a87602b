"""The calls of a query to another service, in every way in which an engine may cut its text (S3).

Where engines may cut otherwise than the grammar does (`trueSERVICE<…>`), the check takes the reading that
calls out. Where a `<` may be an operator for them, and what follows it other code (`?a<'x>…'`), nobody
may speak of SERVICE further on. So it may refuse a text that no one writes, and lets no call through.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from montages.bilingual import message
from montages.store.sparql.query_errors import QueryRefused, error_at
from montages.store.sparql.sparql_tokens import Token, TokenisedQuery, place, prefixed_iri

# What stands between spaces and brackets, an IRI, a variable, or the brace that opens what is asked.
_PIECE = re.compile(
    r"(?P<iri><i*+>)|(?P<variable>\?v++)|(?P<run>[^\s{}<>\"?()]++)|(?P<brace>\{)|\S", re.A
)
_CALL = re.compile(r"SERVICE(?:SILENT)?", re.I | re.A)
_CALL_AT_THE_END = re.compile(r"SERVICE(?P<silent>SILENT)?\Z", re.I | re.A)
_TAKES_A_NAME = re.compile(r"(?:GRAPH|FROM|NAMED)\s*\Z", re.I | re.A)
_SERVICE, _SILENT = "service", "silent"
_LONGEST_CALL = len("SERVICESILENT")
_LOOK_BACK = 80  # characters: room for a keyword and the spaces after it
# A call: where it starts, then from where to where its endpoint is written.
Call = tuple[int, int, int]


def refuse_services(
    query: TokenisedQuery, prefixes: Mapping[str, str], base: str, allowed: frozenset[str]
) -> None:
    """Check that a query calls no service that is not `allowed`. Raises QueryRefused."""
    if _SERVICE not in query.text.lower():
        return
    names = [token for token in query.tokens if token.kind == "name"]
    starts = [token.start for token in names]
    for call in _service_calls(query.code):
        before = bisect_right(starts, call[0]) - 1
        if before < 0 or not _is_a_name(query, names[before], call, prefixes):
            endpoint = prefixed_iri(query.text[slice(*call[1:])], prefixes, base)
            if endpoint not in allowed:
                raise _refused(query.text, call[0], endpoint)
    doubt = _possible_operator(query)
    if doubt is not None and _SERVICE in query.text[doubt.start :].lower():
        raise _operator_refused(query.text, doubt.start)


def _service_calls(code: str) -> Iterator[Call]:
    """Yield the calls in some code: SERVICE, perhaps SILENT, an endpoint, a brace; glued or apart."""
    last: list[re.Match[str]] = []
    for piece in _PIECE.finditer(code):
        if piece["brace"] and last and (call := _call_before(last)):
            yield call
        last = [*last[-2:], piece]


def _call_before(last: Sequence[re.Match[str]]) -> Call | None:
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
    query: TokenisedQuery, token: Token, call: Call, prefixes: Mapping[str, str]
) -> bool:
    """Tell whether `webservice:x {` can only be a name: nothing else that it holds is one."""
    start, endpoint, _ = call
    colon = token.start + len(token.prefix)
    if start >= token.end or endpoint > colon:
        return False
    before = query.code[max(0, token.start - _LOOK_BACK) : token.start]
    return query.text[endpoint:colon] not in prefixes or _TAKES_A_NAME.search(before) is not None


def _refused(text: str, at: int, endpoint: str | None) -> QueryRefused:
    fault = message(
        "SERVICE{target} is not allowed here. Query that other service apart, then join the answers.",
        target=f" <{endpoint}>" if endpoint else "",
    )
    return error_at(QueryRefused, place(text, at), fault)


_CLOSES = {")": "(", "}": "{", "]": "["}
# The last character of a token's code, where it is another than that of its text.
_LAST = {"iri": ">", "string": '"', "variable": "v", "language": "l", "blank": "b"}


def _possible_operator(query: TokenisedQuery) -> Token | None:
    """Return the first IRI of the grammar whose `<` might be an operator, which would show other code.

    It is looked for until the brackets do not match: no engine reads the text from there on.
    """
    opened, at, last = list[str](), 0, ""
    for token in query.tokens:
        between = query.text[at : token.start]
        for character in between:
            if character in "({[":
                opened.append(character)
            elif character in _CLOSES and (not opened or opened.pop() != _CLOSES[character]):
                return None
        last = between.rstrip()[-1:] or last
        is_after_operand = last.isalnum() or last in tuple('_)>"')
        holds_code = token.kind == "iri" and ("'" in token.text or "#" in token.text)
        if holds_code and is_after_operand and opened[-1:] == ["("]:
            return token
        at = token.end
        if token.kind == "name":
            last = "x" if token.local else ":"
        elif token.kind != "comment":
            last = _LAST.get(token.kind) or token.text[-1:]
    return None


def _operator_refused(text: str, at: int) -> QueryRefused:
    fault = message(
        "this “<” could be an operator, and SERVICE stands further on: write the IRI with a prefix."
    )
    return error_at(QueryRefused, place(text, at), fault)
