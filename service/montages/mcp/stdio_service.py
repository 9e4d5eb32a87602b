"""The server over standard input and output: nothing but the protocol is written there."""

from __future__ import annotations

import os
import signal

import anyio
from mcp.server.stdio import stdio_server

from montages.mcp.assistant_server import AssistantServer


def serve(lang: str) -> None:
    """Answer an assistant until its standard input closes, or a signal comes."""
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
