"""What a phrase in everyday words says of a project: holder, usages, layers and how each is got, amount."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from montages.description.address.project_address import ProjectAddress, Tree
from montages.description.parsing.answer_values import criterion_list, written_amount
from montages.knowledge.actor_kinds import classes_of_holders
from montages.knowledge.measurement_units import answer_units
from montages.knowledge.thing_labels import ACTORS, label_index, plain_form
from montages.names import MTG

_AMOUNT_CRITERION = "estimated-value"
# A number is an amount where its currency stands beside it.
_AMOUNT = re.compile(
    r"€\s?\d[\d., \u00a0\u202f]*(?:k|m|million|billion)?\b|"
    r"(?<![\d.,])(?<!\d[ \u00a0\u202f])\d[\d., \u00a0\u202f]*"
    r"(?:(?:k|m|md|mds|milliers?|millions?|milliards?)\s?(?:d['’]\s?)?)?"
    r"(?:€|euros?\b|eur\b)",
    re.IGNORECASE,
)
_MODE = "mode"
# No name is made of more words; no longer phrase is looked at.
_LONGEST_NAME, _LONGEST = 6, 300
# The names of the usage that is none of the list, which say nothing by themselves.
_SAYS_NOTHING = frozenset({"autre", "autre usage", "other", "other usage"})


def phrase_project(phrase: str) -> ProjectAddress | None:
    """Return the project that a phrase speaks of, None where it names nothing that one may describe.

    A word is understood where it is a name of a value: its label, or one of its everyday names.
    """
    phrase = phrase[:_LONGEST]
    named = _named(_AMOUNT.sub(" ", phrase))
    tree: Tree = {}
    if holders := named.get("holder"):
        tree["holder"] = {"type": holders[0]}
    if usages := named.get("usages"):
        tree["usages"] = usages
    if layers := named.get("layers"):
        mode = {_MODE: named[_MODE][0]} if _MODE in named else {}
        tree["layers"] = [{"layer": layer, **mode} for layer in layers]
    if not tree:
        return None
    if (amount := phrase_amount(phrase)) is not None:
        tree["answers"] = {_AMOUNT_CRITERION: amount}
    return ProjectAddress(tree)


def _named(phrase: str) -> dict[str, list[str]]:
    """Return the values that a phrase names, by what they are values of; a longer name before a shorter."""
    words = _singular(plain_form(phrase)).split()
    named: dict[str, list[str]] = {}
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
            meant = _names().get(" ".join(words[at : at + size]))
            if meant:
                for part, value in meant:
                    if value not in named.setdefault(part, []):
                        named[part].append(value)
                at += size
                break
        else:
            at += 1
    return named


@cache
def _names() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return, by a name in the singular, what it names: a part of a description, and a value of it."""
    lists = {
        "holder": ACTORS,
        "usages": str(MTG.Usage),
        "layers": criterion_list("layer").name,
        _MODE: criterion_list("management-mode").name,
    }
    holders = set(classes_of_holders().values())
    names: dict[str, set[tuple[str, str]]] = {}
    for part, closed in lists.items():
        for form, values in label_index()[closed].items():
            allowed = [v for v in values if part != "holder" or v in holders]
            if len(allowed) == 1 and form not in _SAYS_NOTHING:
                names.setdefault(_singular(form), set()).add((part, allowed[0]))
    return {form: tuple(sorted(pairs)) for form, pairs in names.items()}


def _singular(form: str) -> str:
    """Return words without the mark of the plural, as names and phrases are compared."""
    return " ".join(
        word[:-1] if len(word) > 3 and word[-1] in "sx" else word for word in form.split()
    )


def phrase_amount(phrase: str) -> Decimal | None:
    """Return the amount that a phrase writes with its currency, None where it is in doubt or not there."""
    match = _AMOUNT.search(phrase)
    amount = match and written_amount(match[0].strip(), answer_units()[_AMOUNT_CRITERION])
    return amount.number if amount and amount.doubtful is None else None
