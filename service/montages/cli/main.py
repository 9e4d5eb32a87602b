"""The command `montages`: its commands by name, imported when looked up; how a run starts and ends.

What each does is told in a line without importing any. Guests are looked for where all commands are listed,
and for a word that is no command of the core.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from functools import cache
from importlib import import_module
from itertools import chain
from keyword import iskeyword
from pkgutil import resolve_name

import click

from montages import settings
from montages.bilingual import Text, message, paragraphs
from montages.cli.bilingual_commands import (
    BilingualGroup,
    BilingualOption,
    Session,
    lang_option,
    language_of,
    option,
    session,
)
from montages.cli.failures import exit_code
from montages.errors import UnusableInput
from montages.guests import GuestCommand, guests
from montages.operations.descriptions import CHECK
from montages.operations.graph import QUERY
from montages.operations.table import ADVICE, offered_by

_OF_TABLE = {operation.name: operation.summary for operation in offered_by("cli")}

# What each command does, under whom it serves, in the order of the list.
GROUPS: tuple[tuple[Text, Mapping[str, Text]], ...] = (
    (
        message("Your project"),
        {
            "demo": message("A guided tour of two projects."),
            "ask": message("Ask, one question at a time, what can still change the answer."),
            "new": message("Write a description to fill in."),
            "assess": _OF_TABLE.pop("assess"),
            **{name: _OF_TABLE.pop(name) for name in ("what-if", "compare", "compose", "similar")},
        },
    ),
    (
        message("The law"),
        {
            "explain": _OF_TABLE.pop("explain"),
            "rules": message("The rules: check them, read one, compare two dates."),
            "facts": message("Write the facts of a project as Turtle, concluding nothing."),
            "verify-proof": message("Check a proof again, step by step."),
        },
    ),
    (
        message("Data"),
        {
            CHECK.name: CHECK.summary,
            "schema": message("Describe the columns of a table of projects."),
            "batch": message("Assess many projects, in their order."),
            "query": QUERY.summary,
            **_OF_TABLE,
            "dump": message("Write all that is published to a file."),
        },
    ),
    (
        message("Running the service"),
        {
            "serve": message("Start the HTTP service on this machine."),
            "load": message("Load RDF into a store on disk, or into a SPARQL engine."),
        },
    ),
)
SUMMARIES = {name: text for _, group in GROUPS for name, text in group.items()}


def command_text(name: str, text: Text) -> Text:
    """Return the help of a command: its summary, then its details in both languages."""
    return paragraphs(SUMMARIES[name], text)


# The files of `commands/` that hold several commands; any other command has a file named after it.
_SHARED_FILES = {
    "new": "template_commands",
    "schema": "template_commands",
    "demo": "assess_command",
    "dump": "load_command",
    "explain": "proof_commands",
    "facts": "proof_commands",
    "verify-proof": "proof_commands",
}
# The operations whose commands are made of their entries alone.
_ADVISING = {operation.name: operation for operation in ADVICE if "cli" in operation.doors}


class LazyCommands(MutableMapping[str, click.Command]):
    """Commands by name, in their order, imported when first looked up: a run needs one, `--help` none.

    Those of guests are among them once all are listed, or a word is asked for that the core has not. The
    command `a-name` of the core is the function `a_name` of `montages.cli.commands.a_name_command`, or of the
    module that it shares; where Python has that word for itself, an underscore follows it.
    """

    def __init__(self, *names: str) -> None:
        self._commands: dict[str, click.Command | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._commands:
            self._add_guests()
        command = self._commands[name]
        if command is None and name in _ADVISING:
            from montages.cli.operation_commands import advice_command

            command = self._commands[name] = advice_command(_ADVISING[name])
        elif command is None and name not in SUMMARIES:
            command = self._commands[name] = resolve_name(guest_commands()[name].function)
        if command is None:
            function = name.replace("-", "_")
            file = _SHARED_FILES.get(name, f"{function}_command")
            module = import_module(f"montages.cli.commands.{file}")
            command = self._commands[name] = getattr(module, function + "_" * iskeyword(function))
        return command

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._commands[name] = command

    def __delitem__(self, name: str) -> None:
        del self._commands[name]

    def __contains__(self, name: object) -> bool:
        return name in self._commands or name in guest_commands()

    def __iter__(self) -> Iterator[str]:
        self._add_guests()
        return iter(self._commands)

    def __len__(self) -> int:
        self._add_guests()
        return len(self._commands)

    def _add_guests(self) -> None:
        self._commands = with_guest_commands(self._commands)


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


@click.group(
    "montages",
    cls=BilingualGroup,
    commands=LazyCommands(*SUMMARIES),
    summary_of=lambda name: SUMMARIES.get(name) or guest_summary(name),
    groups=GROUPS,
    no_args_is_help=True,
    text=message(
        "Which contractual set-ups fit a smart-territory project, and why. A decision aid: this is not "
        "legal advice. Begin with montages ask; of each command: montages COMMAND --help."
    ),
)
@option(
    "--debug",
    is_flag=True,
    expose_value=False,
    callback=lambda ctx, _, value: setattr(ctx.find_root().obj, "debug", value),
    text=message("Show where an unexpected error comes from."),
)
@click.version_option(
    package_name="montages",
    message="%(prog)s %(version)s",
    cls=BilingualOption,
    text=message("Show the version."),
)
@lang_option
def montages() -> None:
    """Group all the commands."""


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line and exit with its code."""
    words = list(sys.argv[1:] if args is None else args)
    # What is odd in a description is reported by its findings, not by rdflib's log.
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)
    session = Session(lang=language_of(words, os.environ))
    sys.exit(exit_code(lambda: _run(words, session), session))


def _run(args: list[str], session: Session) -> int:
    """Run a command; raises UnusableInput for a number in the environment that is none."""
    for setting in settings.TABLE:
        value = settings.get(setting.name)
        if setting.default.isdigit() and not value.isdigit():
            name = f"MONTAGES_{setting.name.upper()}"
            raise UnusableInput(
                message("{name}={value}: a whole number is needed.", name=name, value=value)
            )
    code = montages.main(args, prog_name="montages", standalone_mode=False, obj=session)
    return code if isinstance(code, int) else 0
