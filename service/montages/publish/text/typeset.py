"""How text meets the terminal: spaces that never break a line, tables without lines, titles, indents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from montages.hidden_signs import visible

# rich wraps at every kind of space, no-break ones included: this stands for a no-break space until print.
_GLUE = "\ue000"
_NARROWEST = 10
_STUCK = re.compile(
    r"[ \u00a0](?=[:;?!»%€])|(?<=«)[ \u00a0]|(?<=€)[ \u00a0](?=HT)|(?<=art\.)[ \u00a0]|[\u00a0\u202f]"
)


def glue(text: str) -> str:
    """Return a text whose no-break spaces, and those French calls for, will not break a line."""
    return _STUCK.sub(_GLUE, visible(text))


class Line(Text):
    """A text of rich that keeps together what French typography keeps together."""

    def __init__(self, text: str = "", style: str | Style = "", **more: Any) -> None:
        super().__init__(glue(text), style, **more)

    def append(self, text: Text | str, style: str | Style | None = None) -> Line:
        """Add text at the end, and return the line."""
        super().append(glue(text) if isinstance(text, str) else text, style)
        return self


def indent(lines: RenderableType | Iterable[RenderableType], by: int = 2) -> Padding:
    """Return something to print, or several things one under another, moved to the right."""
    inner = lines if not isinstance(lines, (list, tuple)) else Group(*lines)
    return Padding(inner, (0, 0, 0, by))  # type: ignore[arg-type]  # a list or a tuple was turned into a group


def grid(*ratios: int | None) -> Table:
    """Return a table without lines; a ratio shares the width, None takes what it needs."""
    table = Table.grid(expand=True, padding=(0, 2, 0, 0))
    for ratio in ratios:
        table.add_column(ratio=ratio, no_wrap=ratio is None)
    return table


def heading(title: str, aside: str = "") -> Table:
    """Return the title of a section, with a word at its right."""
    table = Table.grid(expand=True)
    table.add_column(ratio=1)
    table.add_column(justify="right")
    table.add_row(Line(title.upper(), style="bold"), Line(aside, style="dim"))
    return table


def section(title: str, content: RenderableType) -> list[RenderableType]:
    """Return a titled part followed by an empty line."""
    return [heading(title), content, Line()]


def link(url: str | None, style: str = "cyan") -> str:
    """Return the style of a place one may follow; terminals that know links open it."""
    return f"{style} link {url}" if url else style


def render(console: Console, thing: RenderableType) -> str:
    """Return what a console would print, with colour codes if it has colours."""
    if console.width < _NARROWEST:  # COLUMNS=0, which some have in their environment, says nothing
        console.width = 80
    with console.capture() as captured:
        console.print(thing, crop=False)
    text = captured.get().replace(_GLUE, "\u00a0" if console.is_terminal else " ")
    return re.sub(r"[ ]+$", "", text, flags=re.MULTILINE)


def plain(thing: RenderableType, width: int = 80) -> str:
    """Return a rich thing as plain text of a given width."""
    return render(
        Console(width=width, color_system=None, force_terminal=False, highlight=False), thing
    )
