"""A JSON text as a tree, and a tree made safe for a JSON-LD processor: nothing to fetch or too large."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from montages import settings
from montages.bilingual import message
from montages.description import limits
from montages.description.parsing.syntax_errors import syntax_error
from montages.errors import TooLarge, UnreadableInput
from montages.knowledge.description_keys import jsonld_context

# A processor copies the whole context wherever one is changed: terms × changes is what it costs.
_MOST_CONTEXTS, _MOST_TERMS = 100, 2000
_OURS = ("montages/context.jsonld", "montages/context")


def parse_json(text: str) -> Any:
    """Return the tree of a JSON text; raises UnreadableInput, for a key written twice too, or TooLarge."""
    limits.check_marks(text)
    try:
        tree = json.loads(text, parse_float=Decimal, object_pairs_hook=_unique_keys)
        limits.check_depth(tree)
        return tree
    except json.JSONDecodeError as error:
        raise syntax_error("JSON", error.lineno, error.colno, error.msg) from error
    except ValueError as error:  # a whole number that Python refuses to read
        raise syntax_error("JSON", None, None, "a number has too many digits") from error
    except RecursionError as error:
        raise limits.too_deep() from error


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key, value in pairs:
        if key in mapping:  # one value would be lost
            raise syntax_error("JSON", None, None, f"duplicate key: {key}")
        mapping[key] = value
    return mapping


class _SafeCopy:
    """Copies a tree, counting what a JSON-LD processor would make of it."""

    def __init__(self) -> None:
        self.deepest = settings.number("max_depth")
        self.most, self.longest = limits.most_triples(), settings.number("max_literal")
        self.values = self.contexts = self.terms = 0

    def value(self, tree: Any, depth: int) -> Any:
        """Return a tree with its numbers in plain form and its contexts written out."""
        if depth > self.deepest:
            raise limits.too_deep()
        if isinstance(tree, list):
            return [self.value(item, depth + 1) for item in tree]
        self.values += 1
        if self.values > self.most:
            raise limits.too_many_triples()
        if isinstance(tree, dict):
            return {
                key: self.context(value, depth + 1)
                if key == "@context"
                else self.value(value, depth + 1)
                for key, value in tree.items()
            }
        if isinstance(tree, str):
            if len(tree) > self.longest:
                limits.check_text(len(tree))
        elif isinstance(tree, (int, Decimal)) and not isinstance(tree, bool):
            return _number(tree)
        return tree

    def context(self, value: Any, depth: int) -> list[Any]:
        """Return a context as a list of contexts that nothing has to be fetched for."""
        out = []
        for item in value if isinstance(value, list) else [value]:
            self.contexts += 1
            if isinstance(item, str):
                out.append(_expanded(item))
                continue
            if item == jsonld_context()["@context"]:
                out.append(item)
                continue
            if isinstance(item, dict):
                if "@import" in item:
                    raise UnreadableInput(message("@import is refused."))
                self.terms += len(item)
            if self.contexts > _MOST_CONTEXTS or self.terms > _MOST_TERMS:
                raise TooLarge(
                    message(
                        "Too many JSON-LD contexts: at most {contexts} contexts and {terms} terms.",
                        contexts=_MOST_CONTEXTS,
                        terms=_MOST_TERMS,
                    )
                )
            # A term of a context may have a context of its own.
            out.append(self.value(item, depth))
        return out


def safe_json_ld(tree: Any) -> Any:
    """Return a JSON tree whose contexts are ours or written out in full: none is ever fetched.

    Raises UnreadableInput for a remote context, TooLarge for a tree over the limits, UnusableInput for a
    number too long to be one.
    """
    return _SafeCopy().value(tree, 0)


def _number(number: int | Decimal) -> int | float:
    if isinstance(number, Decimal) and not number.is_finite():
        return float(number)
    limits.check_number(number)
    if isinstance(number, int):
        return number
    return int(number) if number == number.to_integral_value() else float(number)


def _expanded(name: str) -> Any:
    if name.rstrip("/").endswith(_OURS):
        return jsonld_context()["@context"]
    raise UnreadableInput(
        message(
            "Remote JSON-LD context refused: {name}. Write it in the file, or use "
            "https://w3id.org/montages/context.jsonld.",
            name=name[:200],
        )
    )
