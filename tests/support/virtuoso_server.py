"""Virtuoso as Debian has it, on loopback, with its own configuration, folder and password."""

from __future__ import annotations

import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pace import PATIENCE
from proxy_servers import program

# As Debian's own configuration, but small: the result set is cut as there. Its limit of estimated time is
# left out: on a store just filled, the estimate is of none.
_CONFIGURATION = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
ErrorLogLevel = 7
FileExtend = 200
MaxCheckpointRemap = 2000
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
MaxCheckpointRemap = 2000
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
MaxClientConnections = 10
CheckpointInterval = 0
CaseMode = 2
DirsAllowed = {folder}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
MaxQueryMem = 256M
ThreadsPerQuery = 1
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
MaxClientConnections = 10
DavRoot = DAV
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryExecutionTime = {seconds}
[Plugins]
"""


@dataclass(frozen=True)
class Virtuoso:
    """A server at work: where it answers, and the password of its user `dba`."""

    port: int
    password: str
    process: subprocess.Popen[bytes]

    @property
    def endpoint(self) -> str:
        """Return where it answers to anyone."""
        return f"http://127.0.0.1:{self.port}/sparql"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def virtuoso_server(folder: Path, buffers: int = 10_000, seconds: int = 60) -> Iterator[Virtuoso]:
    """Run a server with all its files in a folder until the end of the block; skip where there is none.

    It holds so many pages of 8 kB in memory, and answers a query in so many seconds or not at all.
    """
    path = program("virtuoso-t", "virtuoso-opensource")
    port, password = _free_port(), secrets.token_hex(8)
    configuration = folder / "virtuoso.ini"
    limits = {"buffers": buffers, "dirty": buffers * 3 // 5, "seconds": seconds}
    text = _CONFIGURATION.format(folder=folder, port=port, sql_port=_free_port(), **limits)
    configuration.write_text(text, "utf-8")
    command = [path, "+configfile", str(configuration), "+foreground"]
    passwords = ["+pwdold", "dba", "+pwddba", password, "+pwddav", password]
    with (folder / "output").open("wb") as output:
        # It makes its database, changes the passwords and ends.
        subprocess.run(
            [*command, *passwords],
            cwd=folder,
            stdout=output,
            stderr=output,
            check=True,
            timeout=PATIENCE,
        )
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
    try:
        _wait(process, port)
        yield Virtuoso(port, password, process)
    finally:
        process.kill()  # nothing of it is kept
        process.wait()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sparql?query=ASK%7B%7D"):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError(f"Virtuoso has not started: {process.poll()}")
