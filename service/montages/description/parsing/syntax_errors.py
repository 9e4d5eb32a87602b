"""Syntax errors: where in a text one is, what the parsers say of it, and the same in French."""

from __future__ import annotations

import re

from rdflib import Graph

from montages.bilingual import NO_TEXT, Text, message
from montages.errors import UnreadableInput


def syntax_error(syntax: str, line: int | None, column: int | None, detail: str) -> UnreadableInput:
    """Return the error of a text that breaks its syntax; line and column (from 1) where they are known."""
    where = message(" line {line}, column {column}", line=line, column=column) if line else NO_TEXT
    return UnreadableInput(
        message(
            "{syntax} syntax error{where}: {detail}",
            syntax=syntax,
            where=where,
            detail=Text(french(detail), detail),
        ),
        **({"line": line, "column": column} if line else {}),
    )


def locate(error: Exception, text: str, syntax: str) -> tuple[int | None, int | None, str]:
    """Return line, column (from 1) and what is wrong, from the exception of one of rdflib's parsers."""
    if syntax == "nt":
        return _locate_line(text)
    if isinstance(error, IndexError):  # rdflib's notation3 reads past the end
        rows = text.split("\n")
        return len(rows), len(rows[-1]) + 1, "the text ends too early"
    lines = getattr(error, "lines", None)
    if lines is not None and hasattr(error, "_i"):  # rdflib's notation3 BadSyntax
        before = error._str[: error._i].decode("utf-8", "replace")  # type: ignore[attr-defined]  # private, yet the only place
        column = len(before) - (before.rfind("\n") + 1) + 1
        return before.count("\n") + 1, column, str(error._why)  # type: ignore[attr-defined]  # as above
    line = re.search(r"line (\d+)", str(error))
    if line:
        return int(line[1]), 1, str(error)
    quoted = re.search(r"[\"'](.{2,40}?)[\"']", str(error))
    if quoted and quoted[1] in text:
        return *_line_of(text, text.index(quoted[1])), str(error)
    if "IPv6" in str(error) and "//[" in text:
        return *_line_of(text, text.index("//[")), str(error)
    return None, None, str(error).splitlines()[0] if str(error) else type(error).__name__


def _line_of(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


def _locate_line(text: str) -> tuple[int | None, int | None, str]:
    """Return the first line of N-Triples that cannot be read: the parser does not count lines."""
    for number, line in enumerate(text.split("\n"), 1):
        try:
            Graph().parse(data=line + "\n", format="nt")
        except Exception as error:  # noqa: BLE001  # rdflib raises what it likes
            rest = re.search(r"Invalid line: (.+)", str(error))
            column = line.find(rest[1]) + 1 if rest else 1
            return number, max(column, 1), str(error).splitlines()[0]
    return None, None, "unreadable"


def french(detail: str) -> str:
    """Return in French what a parser says in English, or as it is where no translation is known."""
    for pattern, text in _COMPILED:
        match = pattern.fullmatch(detail)
        if match:
            return text.fr.replace("{}", next((group for group in match.groups() if group), ""))
    return detail


# Pattern of what a parser says, the same in our words; groups are carried over. The first that fits is used.
_TRANSLATIONS = (
    (r"duplicate key: (.+)", message("duplicate key: {}")),
    (
        r"mapping values are not allowed .*",
        message(
            "“key: value” is not possible here: check the indent; a text that contains “:” goes "
            "between quotes"
        ),
    ),
    (
        r"Expecting ':' delimiter|could not find expected ':'|while scanning a simple key.*",
        message("a “:” is missing after a key"),
    ),
    (
        r"expected ',' or '\]', but got .*|did not find expected ',' or '\]'.*",
        message("the list is not closed: “,” or “]” is missing"),
    ),
    (
        r"expected ',' or '\}', but got .*|did not find expected ',' or '\}'.*",
        message("the braces are not closed: “,” or “}” is missing"),
    ),
    (
        r"found character '(.+)' that cannot start any token.*",
        message(
            "a word cannot begin with “{}”: put it between quotes (and indent by spaces, without "
            "tabs)"
        ),
    ),
    (
        r"found character that cannot start any token.*",
        message(
            "this character cannot begin a word: put it between quotes (and indent by spaces, "
            "without tabs)"
        ),
    ),
    (
        r"expected <block end>, but found .*|did not find expected key.*",
        message("the indent is uneven: align the keys of one block"),
    ),
    (
        r"did not find expected '-' indicator.*",
        message("the indent is uneven: align the “-” of one list"),
    ),
    (
        r"Expecting value|expected the node content, but found .*|did not find expected node content.*",
        message("a value is expected here"),
    ),
    (
        r"found unexpected end of stream.*",
        message("the text ends too early: quotes or brackets are not closed"),
    ),
    (
        r"found unknown escape character.*",
        message("unknown escape after “\\”: double it, or use single quotes"),
    ),
    (r"block sequence entries are not allowed.*", message("a list (“-”) is not possible here")),
    (r"found a tab character.*", message("indent by spaces, without tabs")),
    (
        r"expected a single document.*|but found another document",
        message("a single document: remove “---”"),
    ),
    (
        r"special characters are not allowed|control characters are not allowed",
        message("a control character is forbidden"),
    ),
    (r"a number has too many digits", message("a number has too many digits")),
    (
        r"Expecting property name enclosed in double quotes",
        message("a key between quotes is expected here"),
    ),
    (r"Expecting ',' delimiter", message("a “,” is missing between two items")),
    (r"Extra data|junk after document element", message("text is left after the end")),
    (r"Unterminated string starting at", message("the quotes are not closed")),
    (r"Invalid control character at", message("a control character is forbidden in a text")),
    (r"Invalid \\+(u?X{0,4})?escape.*|Invalid \\.*", message("wrong escape with “\\”")),
    (
        r"Illegal trailing comma before end of (object|array)",
        message("a comma too many before the end"),
    ),
    (r"not well-formed \(invalid token\)", message("this is no well-formed XML")),
    (r"mismatched tag", message("the end tag does not match the start tag")),
    (r"no element found", message("the text ends too early: a tag is not closed")),
    (r"unbound prefix", message("a prefix is not declared (xmlns)")),
    (
        r"Prefix \"(.*):\" not bound|The prefix (.*): has not been declared",
        message("the prefix “{}” is not declared"),
    ),
    (
        r"expected '\.' or '\}' or '\]' at end of statement",
        message("a “.” is missing at the end of a statement"),
    ),
    (
        r"'(.*)' does not appear to be an IPv4 or IPv6 address",
        message("“{}” is no IPv4 or IPv6 address"),
    ),
    (r"Invalid IPv6 URL", message("this is no IPv6 address")),
    (
        r"the text ends too early|EOF found in middle of .*|expected item in list|objectList expected",
        message("the text ends too early"),
    ),
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), text) for pattern, text in _TRANSLATIONS)
