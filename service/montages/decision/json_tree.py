"""A JSON tree made safe for a JSON-LD processor: nothing to fetch, nothing too large or too deep."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from montages import settings
from montages.decision import limits
from montages.errors import TooLarge, UnreadableInput
from montages.knowledge.context import context

# A processor copies the whole context wherever one is changed: terms × changes is what it costs.
_MOST_CONTEXTS, _MOST_TERMS = 100, 2000
_OURS = ("montages/context.jsonld", "montages/context")


class _Safe:
    """Walks a tree, counting what a JSON-LD processor would make of it."""

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
            raise limits.more_triples()
        if isinstance(tree, dict):
            return {
                key: self.context(said, depth + 1)
                if key == "@context"
                else self.value(said, depth + 1)
                for key, said in tree.items()
            }
        if isinstance(tree, str):
            if len(tree) > self.longest:
                limits.check_text(len(tree))
        elif isinstance(tree, (int, Decimal)) and not isinstance(tree, bool):
            return _number(tree)
        return tree

    def context(self, said: Any, depth: int) -> list[Any]:
        """Return a context as a list of contexts that nothing has to be fetched for."""
        out = []
        for item in said if isinstance(said, list) else [said]:
            self.contexts += 1
            if isinstance(item, str):
                out.append(_written_out(item))
                continue
            if item == context()["@context"]:
                out.append(item)
                continue
            if isinstance(item, dict):
                if "@import" in item:
                    raise UnreadableInput("@import est refusé.", "@import is refused.")
                self.terms += len(item)
            if self.contexts > _MOST_CONTEXTS or self.terms > _MOST_TERMS:
                raise TooLarge(
                    f"Trop de contextes JSON-LD : au plus {_MOST_CONTEXTS} contextes et {_MOST_TERMS} "
                    "termes.",
                    f"Too many JSON-LD contexts: at most {_MOST_CONTEXTS} contexts and {_MOST_TERMS} terms.",
                )
            # A term of a context may have a context of its own.
            out.append(self.value(item, depth))
        return out


def safe(tree: Any) -> Any:
    """Return a JSON tree whose contexts are ours or written out in full: none is ever fetched.

    Raises UnreadableInput for a remote context, TooLarge for a tree over the limits, UnusableInput for a
    number too long to be one.
    """
    return _Safe().value(tree, 0)


def _number(number: int | Decimal) -> int | float:
    if isinstance(number, Decimal) and not number.is_finite():
        return float(number)
    limits.check_number(number)
    if isinstance(number, int):
        return number
    return int(number) if number == number.to_integral_value() else float(number)


def _written_out(name: str) -> Any:
    if name.rstrip("/").endswith(_OURS):
        return context()["@context"]
    shown = name[:200]
    raise UnreadableInput(
        f"Contexte JSON-LD distant refusé : {shown}. Écrivez-le dans le fichier, ou utilisez "
        "https://w3id.org/montages/context.jsonld.",
        f"Remote JSON-LD context refused: {shown}. Write it in the file, or use "
        "https://w3id.org/montages/context.jsonld.",
    )
