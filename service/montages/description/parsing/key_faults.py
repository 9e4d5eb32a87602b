"""What is wrong with a tree of our keys: unknown keys, wrong values, each at its JSON pointer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from montages.errors import UnusableInput
from montages.knowledge.did_you_mean import did_you_mean, nearest, suggestion

# Faults beyond this many are not gathered; a value longer than this is cut in a message.
_MOST_FAULTS, _LONGEST = 200, 120


class KeyFaults:
    """The faults of a tree of our keys: the first one is raised, unless `every` one is to be gathered."""

    def __init__(self, every: bool = False) -> None:
        self.every = every
        self.errors: list[UnusableInput] = []

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Add the fault of one part of the tree, which is then left out, and go on with the next."""
        try:
            yield
        except UnusableInput as fault:
            if not self.every or len(self.errors) >= _MOST_FAULTS:
                raise
            self.errors.append(fault)


def pointer_step(key: str) -> str:
    """Return a key as a step of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


def unknown_key(pointer: str, key: str, keys: Iterable[str]) -> UnusableInput:
    """Return the error for a key that is none of ours, with the keys accepted and the nearest spelling."""
    accepted = sorted(keys)
    close = nearest(key, accepted)
    hint = suggestion(close)
    key = str(key)
    short = key if len(key) <= _LONGEST else f"{key[:_LONGEST]}…"
    return UnusableInput(
        f"{pointer}/{short} : clé inconnue.{hint.fr} Clés acceptées ici : {', '.join(accepted)}.",
        f"{pointer}/{short}: unknown key.{hint.en} Keys accepted here: {', '.join(accepted)}.",
        pointer=f"{pointer}/{pointer_step(key)}",
        accepted=accepted,
        **({"suggestion": close} if close else {}),
    )


def wrong_value(pointer: str, value: Any, fr: str, en: str, **extra: Any) -> UnusableInput:
    """Return the error for a value; `fr` and `en` tell what is needed instead."""
    short = repr(value)
    short = short if len(short) <= _LONGEST else f"{short[:_LONGEST]}…"
    return UnusableInput(
        f"{pointer} : {fr} (reçu : {short}).",
        f"{pointer}: {en} (given: {short}).",
        pointer=pointer,
        **extra,
    )


def unknown_value(pointer: str, value: Any, allowed: list[str]) -> UnusableInput:
    """Return the error for a value that is none of a list, with the list and the nearest spelling."""
    close = did_you_mean(str(value), allowed)
    hint_fr = f" ; vouliez-vous « {close} » ?" if close else ""
    hint_en = f"; did you mean “{close}”?" if close else ""
    return wrong_value(
        pointer,
        value,
        f"valeur inconnue, acceptées : {', '.join(allowed)}{hint_fr}",
        f"unknown value, accepted: {', '.join(allowed)}{hint_en}",
        accepted=allowed,
        **({"suggestion": close} if close else {}),
    )
