"""`montages mcp`: the tools of an assistant, over standard input and output."""

from __future__ import annotations

import sys
from importlib.util import find_spec

import click

from montages.bilingual import message
from montages.cli.bilingual_commands import BilingualCommand, lang_option, session
from montages.cli.output import show
from montages.errors import NotInstalled, install_command
from montages.publish.text.typeset import Line
from montages_assistants import MCP

# For a person who has typed the command, and would wait for something to happen.
_WAITING = message(
    "This program waits for an assistant, which starts it itself and speaks to it over "
    "standard input: see docs/assistants.md. Ctrl+C to stop it."
)


@click.command(
    "mcp",
    cls=BilingualCommand,
    text=MCP.help(
        message(
            "The assistant starts this command itself and speaks to it over standard input and "
            "output: assess, ask, explain, compare, compose, query the graph. Nothing is "
            "written or sent elsewhere. docs/assistants.md says how to plug it in."
        )
    ),
    examples=[
        ("montages mcp", message("what the assistant starts")),
        ("montages mcp --lang en", message("in English")),
    ],
)
@lang_option
def mcp() -> None:
    """Serve until standard input closes; raises NotInstalled without the library of the protocol."""
    if find_spec("mcp") is None:
        install = install_command("assistants")
        raise NotInstalled(
            message("montages mcp: to be installed here, by {install}.", install=install),
            install=install,
        )
    from montages_assistants.assistant_server import (
        serve,  # the library that it imports is an extra
    )

    lang = session().lang
    if sys.stdin.isatty():
        show(Line(_WAITING[lang]), err=True)
    serve(lang)
