"""The ways in which engines may cut the text of a query, where `<` may open an IRI or be an operator.

A reading is followed only until it joins the grammar's own, so that all of them together grow with the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from montages.store.sparql.query_errors import QueryRefused
from montages.store.sparql.sparql_tokens import Token, TokenisedQuery, code_between, tokens_from

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
        "Trop de « < » qui pourraient être des opérateurs, dans un texte qui parle de SERVICE : écrivez les "
        "IRI avec des préfixes.",
        "Too many “<” that could be operators, in a text that speaks of SERVICE: write IRIs with prefixes.",
    )
