"""Where the answer to a criterion stands in a description of our keys, and how it is written there."""

from __future__ import annotations

from functools import cache

from montages.knowledge.actor_kinds import classes_of_kinds
from montages.knowledge.description_keys import answer_keys

_HOLDER = "/holder/type"


def answer_key(name: str) -> str:
    """Return where the answer to a criterion stands in a description of our keys, as a JSON pointer."""
    return _HOLDER if name == "holder" else f"/answers/{_keys()[name]}"


def written_value(name: str, value: str) -> str:
    """Return how a value of a criterion is written at its key: the class of a holder, else its slug."""
    return classes_of_kinds().get(value, value) if name == "holder" else value


@cache
def _keys() -> dict[str, str]:
    return {criterion: key for key, criterion in answer_keys().items()}
