"""The calls of a query to another service, in every way in which an engine may cut its text (S3).

Where engines may cut otherwise than the grammar does (`trueSERVICE<…>`, `?a<'x>…'`: `query_readings`), the
check takes the reading that calls out: it may refuse a text that no one writes, and lets no call through.
A reading is followed only until it joins the grammar's own, so that all of them together grow with the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from montages.bilingual import message
from montages.store.sparql.query_errors import QueryRefused
from montages.store.sparql.sparql_tokens import (
    Token,
    TokenisedQuery,
    code_between,
    place,
    prefixed_iri,
    tokens_from,
)

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
        message(
            "Line {line}, column {column}: SERVICE{target} is not allowed here. Query that "
            "other service apart, then join the answers.",
            line=line,
            column=column,
            target=target,
        ),
        line=line,
        column=column,
    )


_CLOSES = {")": "(", "}": "{", "]": "["}
# The last character of a token's code, where it is another than that of its text.
_LAST = {"iri": ">", "string": '"', "variable": "v", "language": "l", "blank": "b"}
_AFTER = 4  # tokens beyond a reading's own that a call begun in it can reach
# All readings together, in lengths of the text; beyond it nobody wrote it in good faith.
_READINGS, _ALWAYS = 3, 20_000


@dataclass(frozen=True)
class QueryReading:
    """What one reading cuts otherwise than those before it: its tokens, and its code from `start` on."""

    tokens: tuple[Token, ...]
    code: str
    start: int


def query_readings(query: TokenisedQuery) -> Iterator[QueryReading]:
    """Yield the query as the grammar cuts it, then what other readings cut otherwise, each by itself.

    Raises QueryRefused where they are longer, all together, than anyone's query is.
    """
    text, brackets = query.text, _Brackets()
    yield QueryReading(query.tokens, query.code, 0)
    # Where the grammar's own reading stands at each of its tokens: another that comes there goes on alike.
    main = [step for step in _walk(text, query.tokens, 0, 0, brackets) if step.matched]
    joints = {step.token.start: index for index, step in enumerate(main)}
    todo = [step for step in main if step.in_doubt(brackets)]
    seen = {(step.token.start, step.brackets) for step in todo}
    room = _READINGS * len(text) + _ALWAYS
    while todo:
        doubt = todo.pop()
        start = doubt.token.start + 1
        own, after, end = list[_Step](), list[Token](), len(text)
        for step in _walk(text, tokens_from(text, start), start, doubt.brackets, brackets):
            joint = joints.get(step.token.start)
            if joint is not None and main[joint].goes_on_as(step):
                after, end = _next_tokens(query.tokens, joint, end)
                break
            own.append(step)
            if step.token.end - start > room:
                raise _too_many()
        room -= (own[-1].token.end if own else end) - start
        if room < 0:
            raise _too_many()
        if not own or own[-1].matched:
            tokens = (*(step.token for step in own), *after)
            yield QueryReading(tokens, code_between(text, tokens, start, end), start)
        for step in own:
            if step.in_doubt(brackets) and (key := (step.token.start, step.brackets)) not in seen:
                seen.add(key)
                todo.append(step)


def _next_tokens(tokens: Sequence[Token], first: int, end: int) -> tuple[list[Token], int]:
    """Return the tokens from one on, until some of them are more than comments, and where the next starts."""
    some, count = list[Token](), 0
    for index in range(first, len(tokens)):
        if count == _AFTER:
            return some, tokens[index].start
        some.append(tokens[index])
        count += some[-1].kind != "comment"
    return some, end


class _Brackets:
    """The brackets that are open at a place, as a number: equal where they are."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, str], int] = {}
        self._tops: list[tuple[int, str]] = [(0, "")]

    def after(self, number: int, code: str) -> int:
        """Return what is open after some code, from what was before it; -1 where it closes another."""
        for character in code:
            if character in _CLOSES:
                below, top = self._tops[number]
                if top != _CLOSES[character]:
                    return -1
                number = below
            elif character in "({[":
                key = (number, character)
                if key not in self._numbers:
                    self._numbers[key] = len(self._tops)
                    self._tops.append(key)
                number = self._numbers[key]
        return number

    def inmost(self, number: int) -> str:
        """Return the bracket opened last."""
        return self._tops[number][1]


@dataclass(frozen=True)
class _Step:
    """A token of a reading, what is open before it, and whether an operator may come next."""

    token: Token
    brackets: int
    operand: bool

    @property
    def matched(self) -> bool:
        """Tell whether the brackets before it match: where they do not, the reading is none."""
        return self.brackets >= 0

    def in_doubt(self, brackets: _Brackets) -> bool:
        """Tell whether its `<` opens an IRI for the grammar, and might be an operator that shows code."""
        iri = self.token.text if self.token.kind == "iri" else ""
        return self.operand and ("'" in iri or "#" in iri) and brackets.inmost(self.brackets) == "("

    def goes_on_as(self, other: _Step) -> bool:
        """Tell whether two readings that come to one token are the same from there on."""
        return (self.brackets, self.operand) == (other.brackets, other.operand)


def _walk(
    text: str, tokens: Iterable[Token], at: int, open_before: int, brackets: _Brackets
) -> Iterator[_Step]:
    """Yield the steps of a reading, until its brackets do not match: no engine reads it then."""
    last = ""
    for token in tokens:
        between = text[at : token.start]
        open_before = brackets.after(open_before, between)
        if open_before < 0:
            yield _Step(token, open_before, operand=False)
            return
        last = between.rstrip()[-1:] or last
        yield _Step(token, open_before, last.isalnum() or last in tuple('_)>"'))
        at = token.end
        if token.kind == "name":
            last = "x" if token.local else ":"
        elif token.kind != "comment":
            last = _LAST.get(token.kind) or token.text[-1:]


def _too_many() -> QueryRefused:
    return QueryRefused(
        message(
            "Too many “<” that could be operators, in a text that speaks of SERVICE: write "
            "IRIs with prefixes.",
        ),
    )
