"""Each hostile call of an assistant is answered in its time, opens nothing, and the next call is served."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from mcp.shared.exceptions import MCPError

from assistant_calls import ADDRESSES, CALLS, LINES, PASSWORDS, TREE
from assistant_clients import Assistant, Told, opened_assistant, run_apart
from bombs import BOMBS
from montages.errors import MontagesError, UnreadableInput
from montages_assistants.answer_pool import AnswerPool
from montages_assistants.operation_tools import TOOLS, tool_arguments
from pace import MARGIN, PATIENCE, tell_if_long

MONTAGES = Path(sys.executable).with_name("montages")
# A shorter deadline than usual: queries that never end are waited for.
_QUERY_SECONDS = 2
_TABLES = ("text/csv", "application/x-ndjson")
# The service is tested with every bomb: here each so many-th, for the way to the same limits.
_EVERY = 4

pytestmark = pytest.mark.slow(seconds=15)


@pytest.fixture(scope="module")
def assistant() -> Iterator[Assistant]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONTAGES_QUERY_SECONDS", str(_QUERY_SECONDS))
        with opened_assistant() as opened:
            assert served(opened)
            opened.call("sparql", {"query": "ASK {}"})
            yield opened


def served(assistant: Assistant) -> bool:
    answer = assistant.call("assess", {"description": TREE})
    return not answer.is_error and answer.data["quoted"]["names"] == {"x": "x"}


def answered(assistant: Assistant, seconds: float, tool: str, arguments: dict[str, Any]) -> Told:
    """Return the answer to a call, and tell if it is not answered in so many seconds."""
    start = time.monotonic()
    answer = assistant.call(tool, arguments)
    tell_if_long(time.monotonic() - start, MARGIN * seconds)
    return answer


def check_borne(assistant: Assistant, name: str, answer: Told) -> None:
    assert "Traceback" not in answer.text
    assert "imprévue" not in answer.text, name
    assert PASSWORDS not in answer.text
    assert len(answer.text) < 20_000
    assert served(assistant)


@pytest.mark.parametrize("name", CALLS)
def test_a_hostile_call_is_answered_in_its_time(assistant: Assistant, name: str) -> None:
    attack = CALLS[name]
    answer = answered(assistant, attack.seconds, attack.tool, attack.arguments())
    assert attack.is_error in (None, answer.is_error), answer.text[:300]
    assert attack.says in answer.text
    check_borne(assistant, name, answer)


def test_what_a_name_asks_for_stays_the_name_of_the_project(assistant: Assistant) -> None:
    said = CALLS["a command"].arguments()
    answer = assistant.call("assess", said)
    plain = assistant.call("assess", {"description": TREE})
    told = said["description"]["project"]
    assert list(answer.data["quoted"]["names"].values()) == [told]
    # Beside the name, and the identifier made of it, the answer is that of any other project.
    own = ("quoted", "project", "contest")
    rest = {name: value for name, value in answer.data.items() if name not in own}
    assert rest == {name: value for name, value in plain.data.items() if name not in own}


@pytest.mark.parametrize(
    "name", [name for name, bomb in BOMBS.items() if bomb.media not in _TABLES][::_EVERY]
)
def test_a_bomb_is_refused_and_the_next_call_served(assistant: Assistant, name: str) -> None:
    answer = answered(assistant, 2.0, "check", {"description": BOMBS[name].make()})
    check_borne(assistant, name, answer)


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_hostile_address_leads_nowhere(assistant: Assistant, name: str) -> None:
    with pytest.raises(MCPError) as refused:
        assistant.ask(lambda client: client.read_resource(ADDRESSES[name]))
    assert "aucune ressource" in refused.value.error.message
    assert len(refused.value.error.message) < 2000


def test_hostile_prompts_are_answered(assistant: Assistant) -> None:
    project = "x" * 1_000_000
    got = assistant.ask(lambda client: client.get_prompt("cadrer-un-projet", {"projet": project}))
    assert len(got.messages) == 1
    with pytest.raises(MCPError):
        assistant.ask(lambda client: client.get_prompt("../x\x00", {}))


def test_what_is_no_number_is_told() -> None:
    pool = AnswerPool()
    for value in (float("nan"), float("inf"), -float("inf"), 1e308, 10**400):
        with pytest.raises(UnreadableInput, match="top: a whole number"):
            tool_arguments(TOOLS["similar"], {"description": TREE, "top": value})
        tree = {**TREE, "answers": {"revenue": value}}
        arguments = tool_arguments(TOOLS["assess"], {"description": tree})
        with pytest.raises(MontagesError):
            pool.answer("assess", {**arguments, "lang": "fr"})
    pool.close()


START = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "x", "version": "1"},
}


class Lines:
    """A server over its standard input and output, by lines as they are."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [MONTAGES, "mcp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def send(self, line: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def ask(self, number: int, method: str, **params: Any) -> dict[str, Any]:
        """Return the answer to a message; whatever else is written must be a message too."""
        message = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
        self.send(json.dumps(message).encode())
        assert self.process.stdout
        while True:
            answer = json.loads(self.process.stdout.readline())
            assert answer["jsonrpc"] == "2.0"
            if answer.get("id") == number:
                assert isinstance(answer, dict)
                return answer


def test_lines_that_are_no_message_stop_nothing_and_only_messages_are_written() -> None:
    lines = Lines()
    assert lines.ask(1, "initialize", **START)["result"]["serverInfo"]["name"] == "montages"
    lines.send(b'{"jsonrpc":"2.0","method":"notifications/initialized"}')
    for number, line in enumerate(LINES.values(), 100):
        lines.send(line)
        answer = lines.ask(number, "tools/call", name="assess", arguments={"description": TREE})
        assert json.loads(answer["result"]["content"][0]["text"])["quoted"]["names"] == {"x": "x"}
    out, err = lines.process.communicate(timeout=PATIENCE)
    assert lines.process.returncode == 0
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in out.splitlines())
    assert PASSWORDS.encode() not in err


DEEP: dict[str, Any] = {
    "a description": ("assess", b'{"description":%s}', b'{"a":', b"}"),
    "a list in it": ("questions", b'{"description":{"project":"x","answers":%s}}', b"[", b"]"),
    "an argument unknown": ("compare", b'{"description":{},"x":%s}', b'{"a":', b"}"),
    "a name": ("explain", b'{"description":{},"contract":%s}', b"[", b"]"),
    "parameters": ("query", b'{"name":"layers","parameters":%s}', b'{"a":', b"}"),
    "a query": ("sparql", b'{"query":%s}', b"[", b"]"),
}


def test_a_call_nested_however_deep_is_refused_in_words() -> None:
    lines = Lines()
    lines.ask(1, "initialize", **START)
    lines.send(b'{"jsonrpc":"2.0","method":"notifications/initialized"}')
    number = 1
    for tool, arguments, opening, closing in DEEP.values():
        for depth in (60, 150, 200, 900, 50_000):
            number += 1
            nested = arguments % (opening * depth + b'"]}"' + closing * depth)
            call = b'{"name":"%s","arguments":%s}' % (tool.encode(), nested)
            lines.send(
                b'{"jsonrpc":"2.0","method":"tools/call","params":%s,"id":%d}' % (call, number)
            )
            assert lines.process.stdout
            answer = json.loads(lines.process.stdout.readline())
            assert (answer["id"], answer["result"]["isError"]) == (number, True), (tool, depth)
    lines.process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_though_a_line_is_waited_for(number: signal.Signals) -> None:
    lines = Lines()
    lines.ask(1, "initialize", **START)
    children = psutil.Process(lines.process.pid).children(recursive=True)
    assert children
    lines.process.send_signal(number)
    assert lines.process.wait(10) == 128 + number
    _, alive = psutil.wait_procs(children, 5)
    assert alive == []
    lines.process.communicate()


def test_the_processes_that_answer_are_confined_by_the_kernel(assistant: Assistant) -> None:
    """As those of queries are: no connection, no program, no file to write."""
    assert served(assistant)
    servers = [
        p for p in psutil.Process().children() if "montages_assistants.answer_server" in p.cmdline()
    ]
    answering = [process for server in servers for process in server.children()]
    assert answering
    for process in answering:
        status = Path(f"/proc/{process.pid}/status").read_text()
        assert re.search(r"^Seccomp:\s+2$", status, re.MULTILINE)


def test_the_data_that_the_settings_name_are_queried(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text("<https://example.org/a> <https://example.org/b> 'c' .")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONTAGES_DATA", str(tmp_path / "own.ttl"))
        with opened_assistant() as own:
            answer = own.call("sparql", {"query": "SELECT ?o { <https://example.org/a> ?p ?o }"})
    assert answer.data["quoted"]["rows"] == [["c"]]


def test_a_call_that_nobody_waits_for_any_more_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that answers is killed, long before the deadline: others find their places free."""
    import anyio
    from mcp import Client

    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

    async def leave(assistant: Assistant) -> None:
        async with Client(assistant.server.protocol) as client, anyio.create_task_group() as calls:
            for _ in range(8):
                calls.start_soon(client.call_tool, "sparql", {"query": query})
            await anyio.sleep(0.3)
            calls.cancel_scope.cancel()

    monkeypatch.setenv("MONTAGES_QUERY_SECONDS", str(PATIENCE))
    with opened_assistant() as opened:
        run_apart(lambda: leave(opened))
        assert opened.call("sparql", {"query": "ASK {}"}).data["boolean"] is True


@pytest.mark.parametrize("legacy", [False, True], ids=["this protocol", "the one before"])
def test_the_protocol_s_own_client_starts_the_command(legacy: bool) -> None:
    from mcp import Client
    from mcp.client.stdio import StdioServerParameters

    from montages.knowledge.files import library

    dijon = library.projects()["dijon"].read_text("utf-8")
    command = StdioServerParameters(command=str(MONTAGES), args=["mcp", "--lang", "en"])

    async def scope() -> tuple[int, Any, Any, Any]:
        mode = "legacy" if legacy else "auto"
        async with Client(command, mode=mode) as client:
            tools = await client.list_tools()
            assessed = await client.call_tool("assess", {"description": dijon})
            asked = await client.call_tool("questions", {"description": dijon})
            wrong = await client.call_tool(
                "assess", {"description": {**TREE, "holder": {"type": "Comune"}}}
            )
            return len(tools.tools), assessed, asked, wrong

    count, assessed, asked, wrong = run_apart(scope)
    assert count == 11
    assessed, asked = (json.loads(each.content[0].text) for each in (assessed, asked))
    (row,) = assessed["answer"]["rows"]
    assert row["contract"] == "mpgp"
    assert asked["questions"][0]["question"]
    assert wrong.is_error
    assert "did you mean “Commune”" in wrong.content[0].text
