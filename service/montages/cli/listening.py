"""Where a service may listen: an address as one writes it, and a port that is free."""

from __future__ import annotations

import re
import socket

from montages.errors import UnusableInput

_ADDRESS = re.compile(r"(?P<host>[^\s:]+|\[[0-9a-fA-F:.]+\]):(?P<port>[0-9]{1,5})")


def other_address(text: str, public: int) -> tuple[str, int]:
    """Return the host and the port of an address that is not the public one; raises UnusableInput."""
    address = _ADDRESS.fullmatch(text)
    if not address or not 0 < int(address["port"]) < 65536 or int(address["port"]) == public:
        raise UnusableInput(
            f"Ce n'est pas une adresse pour /metrics : {text}. Il faut HOTE:PORT, et un autre port que celui "
            f"du service ({public}), comme 127.0.0.1:9100.",
            f"This is no address for /metrics: {text}. HOST:PORT is needed, and another port than that of "
            f"the service ({public}), as 127.0.0.1:9100.",
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
            f"Le service ne peut pas écouter sur {host}:{port} : {reason}. Un autre : {name}.",
            f"The service cannot listen on {host}:{port}: {reason}. Another: {name}.",
        ) from error
