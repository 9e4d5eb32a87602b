"""The server over standard input and output: nothing but the protocol is written there."""

from __future__ import annotations

import os
import re
import signal
from typing import Any

import anyio
import mcp_types as types
from mcp.server.stdio import stdio_server
from mcp.shared.message import SessionMessage
from pydantic import ValidationError

from montages.mcp.assistant_server import AssistantServer

# The protocol's parser gives up a message of 200 levels without an answer; no argument may have so many.
_LEVELS = 100
_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|$)|[\[\]{}]')


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
        await server.protocol.run(_Readable(incoming), outgoing, options)


def _end(server: AssistantServer, number: int) -> None:
    # The thread that waits for a line cannot be told to stop: it would hold the end back until one comes.
    server.close()
    os._exit(128 + number)


class _Readable:
    """What comes in; a message nested too deep for the parser becomes one that is refused in words."""

    def __init__(self, incoming: Any) -> None:
        self._incoming = incoming

    def __getattr__(self, name: str) -> Any:
        return getattr(self._incoming, name)

    async def __aenter__(self) -> _Readable:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._incoming.aclose()

    def __aiter__(self) -> _Readable:
        return self

    async def __anext__(self) -> SessionMessage | Exception:
        came = await anext(self._incoming)
        return _mended(came) if isinstance(came, ValidationError) else came


def _mended(error: ValidationError) -> SessionMessage | Exception:
    """Return the message that could not be read, without what is too deep in it; else the error."""
    line = error.errors()[0]["input"]
    try:
        cut = shallow(line) if isinstance(line, str) else ""
        return SessionMessage(types.jsonrpc_message_adapter.validate_json(cut, by_name=False))
    except ValidationError:
        return error


def shallow(text: str) -> str:
    """Return a JSON text with null for each list or object that is too deep."""
    parts, depth, kept = [], 0, 0
    for sign in _BRACKET.finditer(text):
        if sign[0] in "[{":
            depth += 1
            if depth == _LEVELS + 1:
                parts += [text[kept : sign.start()], "null"]
        elif sign[0] in "]}":
            if depth == _LEVELS + 1:
                kept = sign.end()
            depth -= 1
    return "".join([*parts, text[kept:]])
