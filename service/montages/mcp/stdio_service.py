"""The server over standard input and output: nothing but the protocol is written there."""

from __future__ import annotations

import os
import signal
import sys

import anyio
from mcp.server.stdio import stdio_server

from montages.bilingual import Text
from montages.mcp.assistant_server import AssistantServer

# For a person who has typed the command, and would wait for something to happen.
_WAITING = Text(
    "Ce programme attend un assistant, qui le lance lui-même et lui parle par l'entrée standard : voyez "
    "docs/assistants.md. Ctrl+C pour l'arrêter.\n",
    "This program waits for an assistant, which starts it itself and speaks to it over standard input: see "
    "docs/assistants.md. Ctrl+C to stop it.\n",
)


def serve(lang: str) -> None:
    """Answer an assistant until its standard input closes, or a signal comes."""
    if sys.stdin.isatty():
        sys.stderr.write(_WAITING[lang])
    server = AssistantServer(lang)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: _end(server, number))
    try:
        anyio.run(_serve, server)
    finally:
        server.close()


async def _serve(server: AssistantServer) -> None:
    async with stdio_server() as (incoming, outgoing):
        options = server.protocol.create_initialization_options()
        await server.protocol.run(incoming, outgoing, options)


def _end(server: AssistantServer, number: int) -> None:
    # The thread that waits for a line cannot be told to stop: it would hold the end back until one comes.
    server.close()
    os._exit(128 + number)
