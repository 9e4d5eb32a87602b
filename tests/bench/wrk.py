"""Load from wrk: many connections for some seconds, one request or several in turn, and what came of it."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

INSTALLED = shutil.which("wrk") is not None
THREADS = 2
# Each thread has its own number: no two send the same where `{n}` stands for a number never sent before.
_SCRIPT = """
local threads, sent = 0, 0
function setup(thread) thread:set("id", threads); threads = threads + 1 end
local wanted = { %s }
function request()
  sent = sent + 1
  local one = wanted[(sent - 1) %% #wanted + 1]
  local path = one.path:gsub("{n}", id .. "x" .. sent)
  return wrk.format(one.method, path, one.headers, one.body)
end
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    '\\nRESULT {"requests": %%d, "microseconds": %%d, "failed": %%d, "refused": %%d, ' ..
    '"p50": %%d, "p99": %%d}\\n',
    summary.requests, summary.duration, e.connect + e.read + e.write + e.timeout, e.status,
    latency:percentile(50), latency:percentile(99)))
end
"""


@dataclass(frozen=True)
class Request:
    """A request to send; `{n}` in the path becomes a number never sent before."""

    path: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""

    def lua(self) -> str:
        """Return the request as a table of Lua."""
        headers = ", ".join(f"[{_quoted(k)}] = {_quoted(v)}" for k, v in self.headers.items())
        body = _quoted(self.body) if self.body else "nil"
        return (
            f"{{ method = {_quoted(self.method)}, path = {_quoted(self.path)}, "
            f"headers = {{ {headers} }}, body = {body} }}"
        )


@dataclass(frozen=True)
class Load:
    """What came of it: answers a second, seconds that half and 99 % of them took, and errors."""

    rate: float
    p50: float
    p99: float
    requests: int
    failed: int  # no answer
    refused: int  # an answer of 400 or more


def load(base: str, requests: Sequence[Request], connections: int, seconds: float) -> Load:
    """Send requests in turn over so many connections, as fast as they are answered."""
    script = _SCRIPT % ", ".join(request.lua() for request in requests)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "load.lua"
        path.write_text(script, encoding="utf-8")
        threads = min(THREADS, connections)
        command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "-s", path, base]
        ran = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
    said = json.loads(ran.stdout.rpartition("RESULT ")[2])
    return Load(
        said["requests"] / said["microseconds"] * 1e6,
        said["p50"] / 1e6,
        said["p99"] / 1e6,
        said["requests"],
        said["failed"],
        said["refused"],
    )


def _quoted(text: str) -> str:
    """Return a text as Lua writes it: byte by byte where it is not plain."""
    return '"' + "".join(f"\\{byte:03d}" if byte < 32 or byte > 126 or byte in b'"\\' else chr(byte)
                         for byte in text.encode()) + '"'  # fmt: skip
