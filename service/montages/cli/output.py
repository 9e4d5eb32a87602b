"""Where output goes: data as UTF-8 bytes, text through rich with colours on a terminal only."""

from __future__ import annotations

import sys

import click
from rich.console import Console, RenderableType

from montages.publish.text.typeset import render


def write(data: str | bytes) -> None:
    """Write data to standard output, in UTF-8 whatever the locale."""
    click.echo(data.encode("utf-8") if isinstance(data, str) else data, nl=False)


def show(thing: RenderableType, err: bool = False) -> None:
    """Write a rich thing to standard output, or to standard error."""
    stream = sys.stderr if err else sys.stdout
    console = Console(file=stream, highlight=False, soft_wrap=False)
    text = render(console, thing)
    encoding = getattr(stream, "encoding", None) or "utf-8"
    click.echo(
        text.encode(encoding, "replace").decode(encoding),
        nl=False,
        err=err,
        color=console.is_terminal,
    )
