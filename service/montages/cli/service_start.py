"""A service that starts: where it may listen, and when it is ready to answer."""

from __future__ import annotations

import os
import re
import signal
import socket
import sys
import time
from collections.abc import Callable

from montages.bilingual import message
from montages.cli.output import show
from montages.errors import UnusableInput
from montages.publish.text.typeset import Line

_ADDRESS = re.compile(r"(?P<host>[^\s:]+|\[[0-9a-fA-F:.]+\]):(?P<port>[0-9]{1,5})")


def other_address(text: str, public: int) -> tuple[str, int]:
    """Return the host and the port of an address that is not the public one; raises UnusableInput."""
    address = _ADDRESS.fullmatch(text)
    if not address or not 0 < int(address["port"]) < 65536 or int(address["port"]) == public:
        raise UnusableInput(
            message(
                "This is no address for /metrics: {text}. HOST:PORT is needed, and another "
                "port than that of the service ({public}), as 127.0.0.1:9100.",
                text=text,
                public=public,
            )
        )
    return address["host"].strip("[]"), int(address["port"])


def free_port(host: str, port: int, name: str) -> int:
    """Return a port, a free one for 0; raises UnusableInput, with the name of the option, where none is."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family) as listener:
            return int(listener.getsockname()[1])
    except OSError as error:
        reason = str(error.strerror).partition(" (")[0]  # Python repeats the address
        raise UnusableInput(
            message(
                "The service cannot listen on {host}:{port}: {reason}. Another: {name}.",
                host=host,
                port=port,
                reason=reason,
                name=name,
            )
        ) from error


_PAUSE = 0.05
_PATIENCE = 60.0
# Where to ask a service that listens everywhere.
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}  # noqa: S104  # compared, not bound
# The check of /readyz that says whether another SPARQL engine answers.
_ENGINE = "engine"
_NO_ENGINE = message(
    "The SPARQL engine of MONTAGES_ENDPOINT does not answer, or lacks the published graphs "
    "(montages load --endpoint): pages and documents are served, queries wait."
)


def watch_start(host: str, port: int, lang: str, sentence: Callable[[], None]) -> None:
    """Fork a process that calls `sentence` once this one, or what takes its place, is ready to answer.

    It ends then, or with this process; it is to be called before this process has threads.
    """
    watched = os.getpid()
    sys.stderr.flush()
    if os.fork():
        return
    try:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_DFL)
        if _wait(_EVERYWHERE.get(host, host), port, lang, watched):
            sentence()
            sys.stderr.flush()
    finally:
        os._exit(0)


def _wait(host: str, port: int, lang: str, watched: int) -> bool:
    """Wait until the service is ready; False once the process that starts it has ended."""
    while os.getppid() == watched:
        missing = _missing(host, port)
        if missing == {_ENGINE}:
            show(Line(_NO_ENGINE[lang], style="yellow"), err=True)
        if missing is not None and missing <= {_ENGINE}:
            return True
        time.sleep(_PAUSE)
    return False


def _missing(host: str, port: int) -> set[str] | None:
    """Return the checks of the service that fail; None while it does not answer."""
    import http.client  # `montages --help` does without
    import json

    connection = http.client.HTTPConnection(host, port, timeout=_PATIENCE)
    try:
        connection.request("GET", "/readyz", headers={"Connection": "close"})
        checks = json.loads(connection.getresponse().read())["checks"]
        return {name for name, passed in checks.items() if not passed}
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError):
        return None
    finally:
        connection.close()
