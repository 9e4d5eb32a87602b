"""Syntax errors: where in a text one is, what the parsers say of it, and the same in French."""

from __future__ import annotations

import re

from montages.bilingual import NO_TEXT, Text, message
from montages.errors import UnreadableInput

# What the engine's parsers put before their reason, and what they quote in it.
_PLACE = re.compile(r"Parser error (?:at|between) line \d+ .*?: ")
_QUOTED = re.compile(r"[\"'`](.{2,40}?)[\"'`]")


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


def parser_fault(error: Exception, text: str = "") -> tuple[int | None, int | None, str]:
    """Return line, column (from 1) and what is wrong, from an error of the engine's parsers.

    Where they tell no line, what they quote is looked for in the text.
    """
    detail = _PLACE.sub("", getattr(error, "msg", None) or str(error))
    line, column = getattr(error, "lineno", None), getattr(error, "offset", None)
    quoted = _QUOTED.search(detail)
    if line is None and quoted and (at := text.find(quoted[1])) >= 0:
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return line, column, detail


def french(detail: str) -> str:
    """Return in French what a parser says in English, or as it is where no translation is known."""
    for pattern, text in _TRANSLATIONS:  # compiled on a fault only: a start has none
        match = re.fullmatch(pattern, detail, re.IGNORECASE)
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
    (
        r"Invalid \\+(u?X{0,4})?escape.*|Invalid \\.*|Unexpected escape.*|UTF-16 surrogate escape.*",
        message("wrong escape with “\\”"),
    ),
    (
        r"Illegal trailing comma before end of (object|array)",
        message("a comma too many before the end"),
    ),
    (r"not well-formed \(invalid token\)", message("this is no well-formed XML")),
    (r"mismatched tag", message("the end tag does not match the start tag")),
    (r"no element found", message("the text ends too early: a tag is not closed")),
    (r"unbound prefix", message("a prefix is not declared (xmlns)")),
    (
        r"The prefix (.*): has not been declared|Unknown prefix (.*):",
        message("the prefix “{}” is not declared"),
    ),
    (
        r"A dot is expected at the end of statements|Triples should be followed by a dot",
        message("a “.” is missing at the end of a statement"),
    ),
    (r"blank node property lists should end with a '\]'", message("a “]” is missing")),
    (r"Unexpected end of file", message("the text ends too early")),
    (r"'(.+)' is of RDF 1\.2, which is not read", message("“{}” is of RDF 1.2, which is not read")),
    (r"The predicate of a triple must be an IRI", message("an address (<…>) is expected here")),
    (r"XML namespaces are required in RDF/XML", message("this XML is no RDF")),
    (
        r"(.+) is not a valid (?:subject or graph name|predicate|RDF object)|Unexpected character '(.+)'",
        message("“{}” cannot stand here"),
    ),
)
