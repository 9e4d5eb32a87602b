"""What is wrong with a tree of our keys: unknown keys, wrong values, each at its JSON pointer.

Whoever reads such a tree carries `KeyNotes` along: the faults so far, and the values read by their meaning.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from montages.bilingual import NO_TEXT, Text, message
from montages.description.limits import check_faults
from montages.description.readings import ValueReading, pointer_step
from montages.errors import UnusableInput
from montages.hidden_signs import excerpt
from montages.knowledge.description_keys import answer_keys, keys_by_name
from montages.knowledge.did_you_mean import did_you_mean, nearest, suggestion
from montages.knowledge.thing_labels import plain_form

# A value longer than this is cut in a message; a list longer than this stands beside it.
_LONGEST, _LISTED = 120, 12
_COMMA = message(" In braces, a number with a comma stands between quotes.")


def unknown_key(pointer: str, key: Any, keys: Collection[str]) -> UnusableInput:
    """Return the error for a key that is none of ours, with those accepted and the one it meant."""
    accepted = sorted(keys)
    key = str(key)
    close = key_meant(key, accepted)
    hint = suggestion(close)
    if close is None and key[:1].isdigit():  # `{estimated-value: 20 000,50 €}` ends at its comma
        hint = _COMMA
    listed = NO_TEXT
    if _is_listed(accepted, close):
        names = ", ".join(accepted)
        listed = message(" Keys accepted here: {names}.", names=names)
    return UnusableInput(
        message(
            "{pointer}/{short}: unknown key.{hint}{listed}",
            pointer=pointer,
            short=excerpt(key, _LONGEST),
            hint=hint,
            listed=listed,
        ),
        pointer=f"{pointer}/{pointer_step(key)}",
        accepted=accepted,
        **({"suggestion": close} if close else {}),
    )


def key_meant(key: str, accepted: Sequence[str]) -> str | None:
    """Return which key one that is unknown meant: by a name of it, else by spelling, that of a name too.

    A key that belongs under `answers` is given with it, where answers are accepted.
    """
    if len(key) > _LONGEST:
        return None
    names, form = keys_by_name(), plain_form(key)
    meant = names.get(form, ())
    for name in meant:
        if name in accepted:
            return name
    answers = answer_keys() if "answers" in accepted else {}
    below = next((name for name in meant if name in answers), None)
    if below is not None:
        return f"answers/{below}"
    forms = {f: name for f, of_form in names.items() for name in of_form if name in accepted}
    forms |= {plain_form(name): name for name in accepted}
    close = nearest(form, forms)
    return forms[close] if close else None


def _is_listed(accepted: Sequence[str], close: str | None) -> bool:
    """Tell whether a message lists what is accepted: where that is short, or nothing comes near."""
    return close is None or len(accepted) <= _LISTED


def wrong_value(pointer: str, value: Any, text: Text, **extra: Any) -> UnusableInput:
    """Return the error for a value; `text` tells what is needed instead."""
    try:
        short = str(value) if isinstance(value, Decimal) else repr(value)
    except ValueError:  # of more digits than Python writes out
        short = "…"
    short = excerpt(short, _LONGEST)
    return UnusableInput(
        message("{pointer}: {text} (given: {short}).", pointer=pointer, text=text, short=short),
        pointer=pointer,
        **extra,
    )


def unknown_value(pointer: str, value: Any, allowed: Sequence[str]) -> UnusableInput:
    """Return the error for a value that is none of a list, with the list and the nearest spelling."""
    close = did_you_mean(str(value), allowed)
    hint = listed = NO_TEXT
    if close:
        hint = message("; did you mean “{close}”?", close=close)
    if names := ", ".join(allowed) if _is_listed(allowed, close) else "":
        listed = message(", accepted: {names}", names=names)
    return wrong_value(
        pointer,
        value,
        message("unknown value{listed}{hint}", listed=listed, hint=hint),
        accepted=list(allowed),
        **({"suggestion": close} if close else {}),
    )


def doubtful_word(pointer: str, value: Any, meant: Sequence[str]) -> UnusableInput:
    """Return the error for a word that means two values of one list, with both."""
    listed = list(meant)
    return wrong_value(
        pointer,
        value,
        message(
            "this word means {listed}: write one of them",
            listed=Text(" ou ".join(listed), " or ".join(listed)),
        ),
        accepted=listed,
    )


def doubtful_number(pointer: str, value: Any, readings: tuple[str, str]) -> UnusableInput:
    """Return the error for a number that may be thousands or decimals, with both ways to write it."""
    one, other = readings
    return wrong_value(
        pointer,
        value,
        message(
            "this number may be read {one} or {other}: write one of them", one=one, other=other
        ),
        accepted=[one, other],
    )


class KeyNotes:
    """The faults of a tree of our keys, of which the first is raised unless `every` one is to be gathered.

    `readings` are the values that were not in their own form, as they were read.
    """

    def __init__(self, every: bool = False) -> None:
        self.every = every
        self.errors: list[UnusableInput] = []
        self.readings: list[ValueReading] = []

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Add the fault of one part of the tree, which is then left out, and go on with the next."""
        try:
            yield
        except UnusableInput as fault:
            if not self.every:
                raise
            self.errors.append(fault)
            check_faults(len(self.errors))
