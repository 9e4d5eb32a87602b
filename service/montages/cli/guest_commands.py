"""The commands that guests bring, at their places in the list of `montages --help`.

Guests are looked for where all commands are listed, and for a word that is no command of the core.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import chain

import click

from montages.bilingual import Text
from montages.cli.bilingual_commands import session
from montages.guests import GuestCommand, guests


@cache
def guest_commands() -> dict[str, GuestCommand]:
    """Return the commands of guests by name; says on standard error, once, which guests are not there."""
    if click.get_current_context(silent=True):
        for line in guests().absent:
            click.echo(line[session().lang], err=True)
    return {command.name: command for command in guests().commands}


def with_guest_commands(
    commands: Mapping[str, click.Command | None],
) -> dict[str, click.Command | None]:
    """Return commands by name with those of guests, None for each, behind the command that it follows."""
    followers: dict[str, list[str]] = {}
    for guest in guest_commands().values():
        followers.setdefault(guest.after, []).append(guest.name)
    names = [name for core in commands for name in (core, *followers.pop(core, ()))]
    return {name: commands.get(name) for name in chain(names, *followers.values())}


def guest_summary(name: str) -> Text | None:
    """Return what a guest's command does, in a sentence; None where no guest has it."""
    guest = guest_commands().get(name)
    return guest.summary if guest else None
