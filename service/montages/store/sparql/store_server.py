"""The fork server that holds the store, told of the graphs that change before it forks (S1)."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from typing import IO, Any

from montages.errors import MontagesError
from montages.processes.worker_connection import WorkerConnection
from montages.processes.worker_pool import ServerProgram, send_update
from montages.store.sparql.graph_updates import ChangingGraphs, packed_update


class StoreServer(ServerProgram):
    """A fork server of queries; with `changing` graphs, those it forks have them as they are then."""

    def __init__(
        self,
        module: str,
        options: dict[str, Any],
        file: IO[bytes],
        changing: ChangingGraphs | None = None,
    ) -> None:
        super().__init__(module, options, file)
        self._changing, self._revision = changing, -1

    def fork(self, worker: WorkerConnection) -> None:
        """Have a child serve a connection, its graphs brought to date; raises OSError if the server ended."""
        if self._changing is not None and self._changing.revision() != self._revision:
            with suppress(MontagesError):  # graphs that cannot be read now are as they were
                self._send(self._changing)
        super().fork(worker)

    def _send(self, changing: ChangingGraphs) -> None:
        """Send what changed since this process of the service last did; others may have sent it too."""
        update = changing.update(self._revision)
        with tempfile.TemporaryFile() as file:
            file.write(packed_update(update))
            file.flush()
            send_update(self._control, file.fileno())
        self._revision = update.revision
