"""The protocol's own client beside a server in this process: one call at a time, for tests."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import anyio
import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp_types import CallToolResult, TextContent

from montages_assistants.assistant_server import AssistantServer

T = TypeVar("T")
TREE = {
    "project": "Télérelève",
    "holder": {"type": "Commune"},
    "layers": [{"layer": "objects", "mode": "own"}],
    "usages": ["water-metering"],
    "answers": {"estimated-value": 90000},
}
YAML = """
project: Télérelève
holder: {type: Commune}
layers: [{layer: objects, mode: own}]
usages: [water-metering]
answers: {estimated-value: 90 k€}
"""


@dataclass(frozen=True)
class Told:
    """What came of a call: its text, and its data where it has any."""

    text: str
    data: Any
    is_error: bool
    problem: Any = None


def told(result: CallToolResult) -> Told:
    (content,) = result.content
    assert isinstance(content, TextContent)
    problem = (result.meta or {}).get("w3id.org/montages/problem")
    data = None if result.is_error else json.loads(content.text)
    assert result.structured_content == data
    return Told(content.text, data, bool(result.is_error), problem)


def run_apart(scope: Callable[[], Awaitable[T]]) -> T:
    """Return what a coroutine gives, in a thread apart: a browser may hold the loop of the tests' own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, scope).result()


@dataclass(frozen=True)
class Assistant:
    """A client of a server, connected anew for each question."""

    server: AssistantServer

    def ask(self, question: Callable[[Client], Awaitable[T]]) -> T:
        """Return what a client gets; an error of the protocol is raised as it came, in no group."""

        async def asked() -> T | MCPError:
            async with Client(self.server.protocol) as client:
                try:
                    return await question(client)
                except MCPError as error:
                    return error

        answer = run_apart(asked)
        if isinstance(answer, MCPError):
            raise answer
        return answer

    def call(self, tool: str, arguments: Mapping[str, Any] | None = None) -> Told:
        """Call a tool; the client itself holds its data against the schema that the tool publishes."""
        return told(self.ask(lambda client: client.call_tool(tool, dict(arguments or {}))))


@contextmanager
def opened_assistant(lang: str = "fr") -> Iterator[Assistant]:
    server = AssistantServer(lang)
    try:
        yield Assistant(server)
    finally:
        server.close()


@pytest.fixture(scope="module")
def assistant() -> Iterator[Assistant]:
    with opened_assistant() as opened:
        yield opened
