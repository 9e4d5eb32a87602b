"""The command `montages`: the group of its commands, and how a run of one starts and ends."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, MutableMapping, Sequence
from importlib import import_module
from keyword import iskeyword
from pkgutil import resolve_name

import click

from montages import settings
from montages.bilingual import message
from montages.cli.bilingual_commands import (
    BilingualGroup,
    BilingualOption,
    Session,
    lang_option,
    language_of,
    option,
)
from montages.cli.failures import exit_code
from montages.cli.guest_commands import guest_commands, guest_summary, with_guest_commands
from montages.cli.summaries import SUMMARIES
from montages.errors import UnusableInput
from montages.operations.table import ADVICE

# The files of `commands/` that hold several commands; any other command has a file named after it.
_SHARED_FILES = {
    "new": "template_commands",
    "schema": "template_commands",
    "demo": "assess_command",
    "facts": "proof_commands",
    "verify-proof": "proof_commands",
}
# The operations whose commands are made of their entries alone.
_ADVICE = {operation.name: operation for operation in ADVICE if "cli" in operation.doors}


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
        if command is None and name in _ADVICE:
            from montages.cli.operation_commands import advice_command

            command = self._commands[name] = advice_command(_ADVICE[name])
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


@click.group(
    "montages",
    cls=BilingualGroup,
    commands=LazyCommands(*SUMMARIES),
    summary_of=lambda name: SUMMARIES.get(name) or guest_summary(name),
    no_args_is_help=True,
    text=message(
        "Which contractual set-ups fit a smart-territory project, and why.\n\nDescribe the "
        "project; Montages checks the description, tells what fits, what is ruled out and by "
        "which article, and what is still to be answered. A decision aid: this is not legal "
        "advice.",
    ),
    examples=[
        ("montages demo", message("a guided tour")),
        ("montages ask", message("questions, one at a time")),
        ("montages new projet.yaml", message("a description to fill in")),
        ("montages assess projet.yaml", message("what fits, and why")),
        (
            "montages explain projet.yaml --contract mpgp",
            message("article by article"),
        ),
    ],
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
    _check_settings()
    code = montages.main(args, prog_name="montages", standalone_mode=False, obj=session)
    return code if isinstance(code, int) else 0


def _check_settings() -> None:
    """Raise UnusableInput for a number in the environment that is none, before anything reads it."""
    for setting in settings.TABLE:
        value = settings.get(setting.name)
        if setting.default.isdigit() and not value.isdigit():
            name = f"MONTAGES_{setting.name.upper()}"
            raise UnusableInput(
                message("{name}={value}: a whole number is needed.", name=name, value=value),
            )
