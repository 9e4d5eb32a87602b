"""The server over standard input and output: nothing but the protocol is written there."""

from __future__ import annotations

import anyio
from mcp.server.stdio import stdio_server

from montages.mcp.assistant_server import AssistantServer


def serve(lang: str) -> None:
    """Answer an assistant until its standard input closes."""
    anyio.run(_serve, lang)


async def _serve(lang: str) -> None:
    server = AssistantServer(lang)
    try:
        async with stdio_server() as (incoming, outgoing):
            options = server.protocol.create_initialization_options()
            await server.protocol.run(incoming, outgoing, options)
    finally:
        server.close()
