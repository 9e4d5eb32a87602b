"""Limits on descriptions, checked before anything slow begins: size, triples, depth, lengths, units."""

from __future__ import annotations

import re
from typing import Any

from montages import settings
from montages.bilingual import message
from montages.description.facts import Facts
from montages.errors import TooLarge, UnusableInput
from montages.names import MTG

# Whole numbers beyond this many digits answer nothing, and cost a second each to write out.
MOST_DIGITS = 40
# A declaration in Turtle, in both its forms, and the attribute of XML; each search is linear.
_OF_TURTLE = re.compile(r"@?\b(?:prefix\s+[^\s:<]*:|base)\s*<", re.IGNORECASE)
_DECLARATIONS = {"turtle": _OF_TURTLE, "trig": _OF_TURTLE, "xml": re.compile(r"\bxmlns\b")}
_USES, _PERIMETERS, _PERIMETER = (
    str(MTG[name]) for name in ("hasLayerUse", "hasPerimeter", "perimeter")
)


def most_triples() -> int:
    """Return how many triples a description may hold."""
    return settings.number("max_triples")


# What is counted against a setting.
_COUNTED = {
    "max_batch": message("descriptions at a time"),
    "max_faults": message("wrong keys, names or values"),
    "max_namespaces": message("prefixes declared"),
    "max_nodes": message("things described"),
    "max_triples": message("triples"),
    "max_units": message("units to assess (layers × perimeters)"),
}


def check_count(setting: str, count: int) -> None:
    """Raise TooLarge for more things than a setting allows."""
    if count > settings.number(setting):
        raise too_many(setting, count)


def too_many(setting: str, count: int | None = None) -> TooLarge:
    """Return the error for more things than a setting allows, which may not have been counted to the end."""
    limit, text = settings.number(setting), _COUNTED[setting]
    if count:
        amount = message("{count} {text}, at most {limit}", count=count, text=text, limit=limit)
    else:
        amount = message("more than {limit} {text}", limit=limit, text=text)
    name = f"MONTAGES_{setting.upper()}"
    return TooLarge(
        message("Description too large: {amount} (setting {name}).", amount=amount, name=name),
        limit=limit,
        setting=setting,
    )


def too_many_triples() -> TooLarge:
    """Return the error for a description whose triples were not counted to the end."""
    return too_many("max_triples")


def check_namespaces(text: str, syntax: str) -> None:
    """Raise TooLarge for an RDF text that declares more prefixes, bases or namespaces than the limit."""
    limit, pattern = settings.number("max_namespaces"), _DECLARATIONS.get(syntax)
    if pattern is not None and sum(1 for _ in pattern.finditer(text)) > limit:
        raise too_many("max_namespaces")


def check_faults(count: int) -> None:
    """Raise TooLarge for a description with more faults than are listed."""
    if count > settings.number("max_faults"):
        raise too_many("max_faults")


def check_size(size: int) -> None:
    """Raise TooLarge for a text with more bytes than the limit."""
    limit = settings.number("max_bytes")
    if size > limit:
        raise TooLarge(
            message(
                "File too large: {size} bytes, at most {limit} (setting MONTAGES_MAX_BYTES).",
                size=size,
                limit=limit,
            ),
            limit=limit,
            setting="max_bytes",
        )


def check_marks(text: str) -> None:
    """Raise TooLarge for a JSON text with more braces, brackets and commas than its triples can need."""
    if sum(map(text.count, "{[,")) > 5 * most_triples():
        raise too_many_triples()


def check_text(length: int) -> None:
    """Raise TooLarge for one value with more characters than the limit."""
    limit = settings.number("max_literal")
    if length > limit:
        raise TooLarge(
            message(
                "A text of the description is too long: over {limit} characters (setting "
                "MONTAGES_MAX_LITERAL).",
                limit=limit,
            ),
            limit=limit,
            setting="max_literal",
        )


def too_deep() -> TooLarge:
    """Return the error for a description nested deeper than the limit."""
    limit = settings.number("max_depth")
    return TooLarge(
        message("Nested too deeply: at most {limit} levels.", limit=limit),
        limit=limit,
        setting="max_depth",
    )


def check_depth(tree: Any) -> None:
    """Raise TooLarge for a tree of lists and mappings nested deeper than the limit."""
    deepest, depth = settings.number("max_depth"), 0
    level = [tree]
    while level := [node for node in level if isinstance(node, (dict, list))]:
        depth += 1
        if depth > deepest:
            raise too_deep()
        level = [
            child for node in level for child in (node.values() if isinstance(node, dict) else node)
        ]


def is_long(number: Any) -> bool:
    """Tell whether a number has more digits before its point than any answer."""
    if isinstance(number, (int, float)):
        return bool(abs(number) >= 10**MOST_DIGITS)
    return bool(number.adjusted() >= MOST_DIGITS)


def check_number(number: Any) -> None:
    """Raise UnusableInput for a number too long to be one."""
    if is_long(number):
        raise UnusableInput(
            message("A number of the description has more than {most} digits.", most=MOST_DIGITS)
        )


def check_units(facts: Facts, project: str) -> None:
    """Raise TooLarge for a project with more units to judge than the limit.

    A unit is a layer use in a perimeter, or a perimeter or layer use by itself.
    """
    uses = facts.objects(project, _USES)
    units = sum(max(1, len(facts.objects(u, _PERIMETER))) for u in uses if isinstance(u, str))
    check_count("max_units", max(units, len(facts.objects(project, _PERIMETERS))))
