"""Data that shows itself in a line, however much it holds: in a notebook, a debugger or a log."""

from __future__ import annotations

from collections.abc import Sized
from dataclasses import fields
from typing import Any, ClassVar

# Characters of a whole line, and of one value in it.
LONGEST, _VALUE = 200, 60


def cut(text: str, longest: int = _VALUE) -> str:
    """Return a text, or its beginning where it is longer than that."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


class OneLine:
    """A dataclass whose `repr` is one line: values that are short, and of several things their number."""

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Any]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        # A dataclass keeps the one that its class has, and would not keep one that it inherits.
        if "__repr__" not in cls.__dict__:
            cls.__repr__ = OneLine.__repr__  # type: ignore[method-assign]

    def __repr__(self) -> str:
        values = ((field.name, getattr(self, field.name)) for field in fields(self) if field.repr)
        parts = [f"{name}={_shown(value)}" for name, value in values if not _nothing(value)]
        line = f"{type(self).__name__}({', '.join(parts)})"
        return line if len(line) <= LONGEST else f"{line[: LONGEST - 2]}…)"


def _nothing(value: object) -> bool:
    return value is None or (isinstance(value, Sized) and not len(value))


def _shown(value: object) -> str:
    """Return a value in short: a text cut, an object by what it is called, several things by their number."""
    if hasattr(value, "fr") and hasattr(value, "en"):
        return cut(repr(value.fr))
    if isinstance(value, (str, bytes)):
        return cut(repr(str(value) if isinstance(value, str) else value[:_VALUE]))
    if isinstance(value, Sized):
        return f"<{len(value)}>"
    if isinstance(value, OneLine) or callable(value):
        return cut(str(getattr(value, "slug", "…")))
    return cut(repr(value))
