"""A million triples beside ours by --data, ten million on disk: ready soon, in little memory, quick.

It prints what it measures; `pytest -s` shows it.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest

from lamps import OTHER, write_lamps
from pace import PATIENCE, slowness, tell_if_long

sys.path.append(str(Path(__file__).parent / "bench"))

from memory_watch import memory_of
from processes import MONTAGES, processor_of_family
from servers import free_port

MILLION = 1_000_000
MEMORY = 1 << 30
CLIENTS, PAGE = 8, 10_000
# Asked of each store: what, with which Accept, a text in the answer, and the seconds it may take.
LAMP = quote(f"{OTHER}lamp/77777", safe="")
COUNT = quote(f"SELECT (COUNT(*) AS ?n) {{ ?lamp a <{OTHER}Lamp> }}")
ASKED = {
    "page": (f"/describe?iri={LAMP}", "text/html", "Lampadaire 77777", 1.0),
    "document": (f"/describe?iri={LAMP}", "text/turtle", "Lampadaire 77777", 1.0),
    "DESCRIBE": (f"/sparql?query=DESCRIBE+%3C{LAMP}%3E", "text/turtle", "Lampadaire 77777", 1.0),
    "COUNT": (f"/sparql?query={COUNT}", "text/csv", "00000", 5.0),
}


@dataclass(frozen=True)
class Served:
    """A service at work: its port, what it took until it was ready, and its first process.

    That is: seconds, and those of the processor, which a busy machine does not change.
    """

    port: int
    seconds: float
    processor: float
    process: psutil.Process

    def memory(self) -> int:
        """Return the memory of all its processes; what they share counts once."""
        family = [self.process, *self.process.children(recursive=True)]
        return sum(map(memory_of, family))


@contextmanager
def serving(*options: str | Path) -> Iterator[Served]:
    """Give the service over some data once it is ready, and stop it."""
    port, start = free_port(), time.monotonic()
    command = [MONTAGES, "serve", "--port", str(port), *map(str, options)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            while not _is_ready(port):
                assert process.poll() is None
                time.sleep(0.05)
            seconds, processor = time.monotonic() - start, processor_of_family(process.pid)
            yield Served(port, seconds, processor, psutil.Process(process.pid))
        finally:
            process.terminate()


def get(port: int, path: str, accept: str = "*/*") -> tuple[int, str]:
    """Return the status and the text of an answer."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.request("GET", path, headers={"Accept": accept})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def scanned(port: int, number: int) -> set[str]:
    """Return the page of all lamps that one client of some asks for by OFFSET."""
    query = f"SELECT ?l {{ ?l a <{OTHER}Lamp> }} LIMIT {PAGE} OFFSET {number * PAGE}"
    status, text = get(port, f"/sparql?query={quote(query)}", "text/csv")
    assert status == 200, text
    return set(text.split()[1:])


def _is_ready(port: int) -> bool:
    try:
        return get(port, "/readyz")[0] == 200
    except OSError:
        return False


def asked(served: Served) -> dict[str, float]:
    """Put each question, check the answer, and return the seconds of each."""
    seconds = {}
    for name, (path, accept, text, most) in ASKED.items():
        start = time.monotonic()
        assert text in get(served.port, path, accept)[1], name
        seconds[name] = time.monotonic() - start
        tell_if_long(seconds[name], most * slowness(), name)
    return seconds


@pytest.mark.soak
def test_a_million_triples_are_served_soon_and_in_a_gigabyte(tmp_path: Path) -> None:
    write_lamps(tmp_path / "lamps.nt", MILLION)
    with serving("--data", tmp_path / "lamps.nt") as served:
        seconds, memory = asked(served), served.memory()
        _show("1,000,000 by --data", served, memory, seconds)
        tell_if_long(served.processor, 20 * slowness())
        with ThreadPoolExecutor(CLIENTS) as clients:
            pages = list(clients.map(partial(scanned, served.port), range(CLIENTS)))
        assert sum(map(len, pages)) == len(set().union(*pages)) == CLIENTS * PAGE
        memory = max(memory, served.memory())
        print(f"after {CLIENTS} clients at once: {memory >> 20} MB")
        assert memory <= MEMORY
        silent = "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }"
        unknown = f"SELECT * FROM <{OTHER}unknown> {{ ?s ?p ?o }}"
        for query, status in ((silent, 403), (unknown, 400)):
            assert get(served.port, f"/sparql?query={quote(query)}")[0] == status


@pytest.mark.soak
def test_ten_million_triples_on_disk_are_served_at_once_and_in_a_gigabyte(tmp_path: Path) -> None:
    write_lamps(tmp_path / "lamps.nt", 10 * MILLION)
    start = time.monotonic()
    store = tmp_path / "store"
    subprocess.run([MONTAGES, "load", tmp_path / "lamps.nt", "--store", store], check=True)
    loading = time.monotonic() - start
    for number in range(2):
        with serving("--store", store) as served:
            seconds, memory = asked(served), served.memory()
            _show(f"10,000,000 on disk, loaded in {loading:.0f} s", served, memory, seconds)
            if number:
                tell_if_long(served.processor, 6 * slowness())
            assert memory <= MEMORY


def _show(name: str, served: Served, memory: int, seconds: dict[str, float]) -> None:
    figures = {each: round(value, 3) for each, value in seconds.items()}
    print(
        f"{name}: ready in {served.seconds:.1f} s ({served.processor:.1f} s of processor), "
        f"{memory >> 20} MB in all processes; {json.dumps(figures)}"
    )
