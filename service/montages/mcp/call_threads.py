"""Work of a call, done in a thread until its caller no longer waits."""

from __future__ import annotations

import socket
import sys
import traceback
from collections.abc import Callable
from contextlib import closing
from typing import TypeVar

from anyio import to_thread

from montages.door_errors import CallBroken
from montages.errors import MontagesError

T = TypeVar("T")
_BROKEN = (
    "L'appel a échoué d'une façon imprévue ; la raison est dans le journal du serveur. Réessayez autrement.",
    "The call failed in an unexpected way; the reason is in the log of the server. Try otherwise.",
)


async def until_cancelled(work: Callable[[socket.socket], T]) -> T:
    """Return what some work gives, done in a thread; its socket closes at the other end once nobody waits.

    What nobody foresaw is logged, and raised as CallBroken.
    """
    ours, theirs = socket.socketpair()

    def done() -> T:
        with closing(ours):
            try:
                return work(ours)
            except MontagesError:
                raise
            except Exception as error:
                sys.stderr.write(traceback.format_exc())
                raise CallBroken(*_BROKEN) from error

    with closing(theirs):
        return await to_thread.run_sync(done, abandon_on_cancel=True)
