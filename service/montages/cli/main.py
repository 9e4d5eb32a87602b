"""The command `montages`: the group of its commands, and how a run of one starts and ends."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence

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
from montages.cli.lazy_commands import GROUPS, SUMMARIES, LazyCommands, guest_summary
from montages.errors import UnusableInput


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
