"""Descriptions are judged in processes that are killed at the deadline, as in the thread to the byte (V4)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pace import PATIENCE

# A process of its own, as the service has: what forks must not have the threads of the other tests.
PROGRAM = """
import os, signal, sys, time
from concurrent.futures import ThreadPoolExecutor
import psutil
from montages.web import create_app, description_pool
from montages.web.validation.samples import SAMPLE, SAMPLE_TURTLE, SAMPLES
from montages.web.description_pool import start_pool

app = create_app({"RATE_LIMIT": 0, "RATE_SECONDS": 2, "REQUEST_LOG": "off"})
client = app.test_client()
FORM = {"description": SAMPLE}

def answers():
    posts = [
        client.post("/assess", data=SAMPLE, content_type="application/yaml"),
        client.post("/assess?lang=en", data=FORM, headers={"Accept": "text/html"}),
        client.post("/assess", data="holdr: x", content_type="application/yaml"),
        client.post("/assess", data="{", content_type="application/json", headers={"Accept": "text/html"}),
        client.post("/validate?detail=full", data=SAMPLE_TURTLE, content_type="text/turtle"),
        client.post("/validate?format=csv", data=SAMPLE, content_type="application/yaml"),
        client.post("/validate", data=SAMPLES["ndjson"], content_type="application/x-ndjson"),
        client.get("/readyz"),
    ]
    return [
        (r.status_code, sorted((k, v) for k, v in r.headers if k != "X-Request-Id"), r.data) for r in posts
    ]

def stuck(*_):
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    while True:
        sum(range(1000))

in_thread = answers()
import montages.api
examine, assess_all = montages.api.Knowledge.examine, montages.api.Knowledge.assess_all
# What hangs, breaks or fills the memory in a process, by the first letters of the text.
def misbehaving(self, text, *more):
    text = text.encode() if isinstance(text, str) else text
    if b"#hang" in text:
        stuck()
    if b"#sleep" in text:
        time.sleep(3600)
    if b"#kill" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"#break" in text:
        raise ZeroDivisionError
    if b"#fill" in text:
        bytearray(4 << 30)
    return examine(self, text, *more)
montages.api.Knowledge.examine = misbehaving
start_pool(app)
apart = answers()
assert in_thread == apart, [pair for pair in zip(in_thread, apart) if pair[0] != pair[1]]
# What is to be stopped is so after a second; what is not has a minute, on the slowest machine too.
def give(seconds):
    app.extensions["montages-description-pool"].seconds = seconds

def check(mark, **headers):
    start = time.monotonic()
    r = client.post(
        "/validate?lang=en", data=SAMPLE_TURTLE + mark, content_type="text/turtle", headers=headers
    )
    return r.status_code, (r.json or {}).get("type", "").rpartition("/")[2], time.monotonic() - start

give(1)
usual, description_pool.WALL = description_pool.WALL, 60
status, kind, seconds = check("#hang")
assert (status, kind) == (422, "took-too-long") and 1 <= seconds, (status, kind, seconds)
description_pool.WALL = usual
# Who has had a processor compute for longer than a client may in a minute waits; the others do not.
one, other = ({"X-Forwarded-For": f"203.0.113.{n}"} for n in (7, 8))
give(3)
assert check("#hang", **one)[0] in (422, 503)
assert check("", **one)[:2] == (429, "too-many-requests")
give(60)
assert check("", **other)[0] == 200
give(1)
# What computes little is not at fault where its time by the clock is over: it may come again.
status, kind, seconds = check("#sleep")
assert (status, kind) == (503, "busy") and 3 <= seconds, (status, kind, seconds)
give(60)
assert check("")[0] == 200
assert check("#kill")[:2] == (503, "busy")
assert check("#break")[0] == 500
assert check("#fill")[:2] == (413, "too-large"), check("#fill")
assert check("")[0] == 200
give(4)
with ThreadPoolExecutor(12) as clients:
    crowd = list(clients.map(check, ["#hang"] * 12))
    probe = client.get("/readyz")
    assert probe.status_code == 200
assert {(s, k) for s, k, _ in crowd} <= {(422, "took-too-long"), (503, "busy")}, crowd
at_once = [t for s, _, t in crowd if s == 503]
assert min(at_once) < 3, crowd  # sooner than any turn comes
give(60)
assert check("")[0] == 200
print("all is well")
"""


@pytest.mark.slow
def test_answers_are_the_same_and_no_process_outlives_its_deadline() -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith("MONTAGES_")}
    env |= {
        "MONTAGES_RUN_SECONDS": "60",
        "MONTAGES_RUN_QUEUE": "4",
        "MONTAGES_RUN_WAIT": "4",
        "MONTAGES_RUN_MEGABYTES": "700",
    }
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=env,
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert result.stdout.endswith("all is well\n"), result.stdout + result.stderr
