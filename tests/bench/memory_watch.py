"""The memory of a server, all its processes together, while something else goes on."""

from __future__ import annotations

import threading
from statistics import mean
from urllib.parse import urlsplit

import psutil

_EVERY = 1.0


class MemoryWatch:
    """Looks every second at the memory of the server at an address; what processes share counts once."""

    def __init__(self, address: str) -> None:
        self._port = urlsplit(address).port
        self._samples: list[int] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> MemoryWatch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def thirds(self) -> tuple[float, float]:
        """Return the means of the first third and of the last third, in bytes."""
        third = max(1, len(self._samples) // 3)
        return mean(self._samples[:third]), mean(self._samples[-third:])

    def _run(self) -> None:
        server = self._server()
        while not self._over.wait(_EVERY):
            self._samples.append(sum(map(memory_of, [server, *server.children(recursive=True)])))

    def _server(self) -> psutil.Process:
        """Return the eldest of the processes that listen at the port: one of them is named, whichever."""
        process = next(
            psutil.Process(one.pid)
            for one in psutil.net_connections("tcp")
            if one.pid and one.status == psutil.CONN_LISTEN and one.laddr.port == self._port
        )
        while (parent := process.parent()) and parent.cmdline() == process.cmdline():
            process = parent
        return process


def memory_of(process: psutil.Process) -> int:
    """Return the memory of a process, with its share of what it shares; 0 once it has ended."""
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:  # it has ended
        return 0
