"""Fetch a document by its address: from the hosts of a list only, and never from a private network."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from montages import settings
from montages.bilingual import message
from montages.description.limits import check_size
from montages.errors import AddressRefused, NotFetched

_SECONDS = 5
_MOST_REDIRECTS = 3
_REDIRECTS = (301, 302, 303, 307, 308)
_ACCEPT = (
    "text/turtle, application/ld+json, application/rdf+xml, application/n-triples, "
    "application/yaml, */*;q=0.1"
)


@dataclass(frozen=True)
class RemoteDocument:
    """A document and the media type it was sent with."""

    text: bytes
    media_type: str


Resolver = Callable[[str, int], list[str]]


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host; raises OSError for one that is not known."""
    addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[4][0]) for address in addresses]


def fetch(url: str, resolver: Resolver | None = None) -> RemoteDocument:
    """Return the document at an address.

    The host has to be in the setting `fetch_allow`, and all its addresses public; so again for each redirect.
    Raises AddressRefused, NotFetched, or TooLarge.
    """
    for _ in range(_MOST_REDIRECTS + 1):
        parts = _allowed(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        address = _public(parts.hostname or "", port, resolver or resolve)
        answer = _ask(parts, address, port)
        if isinstance(answer, RemoteDocument):
            return answer
        url = urljoin(url, answer)
    raise _failed("too many redirects")


def _allowed(url: str) -> SplitResult:
    allowed = {
        host.strip().lower() for host in settings.get("fetch_allow").split(",") if host.strip()
    }
    try:
        parts = urlsplit(url)
        listed_host = (parts.hostname or "").lower() in allowed and parts.port in (None, 80, 443)
    except ValueError:
        listed_host = False
    if not listed_host or parts.scheme not in ("http", "https") or parts.username or parts.password:
        listed = ", ".join(sorted(allowed)) or "-"
        raise AddressRefused(
            message(
                "The service does not fetch documents from this address. Hosts allowed: "
                "{listed} (setting MONTAGES_FETCH_ALLOW). Send the content instead.",
                listed=listed,
            ),
            allowed=sorted(allowed),
        )
    return parts


def _public(host: str, port: int, resolver: Resolver) -> str:
    """Return an address of a host; raises AddressRefused unless all are public."""
    try:
        addresses = resolver(host, port)
    except (OSError, UnicodeError) as error:
        raise _failed("unknown host") from error
    for address in addresses:
        ip = ipaddress.ip_address(address.partition("%")[0])
        inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None) or ip
        if not (ip.is_global and inner.is_global) or ip.is_multicast:
            raise AddressRefused(
                message("This address leads to a private network: the service does not go there.")
            )
    if not addresses:
        raise _failed("no address")
    return addresses[0]


def _ask(parts: SplitResult, address: str, port: int) -> RemoteDocument | str:
    """Return the document, or where it says to go; the connection goes to the address that was checked."""
    connection = _Pinned(parts.hostname or "", address, port, secure=parts.scheme == "https")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("GET", target, headers={"Accept": _ACCEPT, "User-Agent": "montages"})
        answer = connection.getresponse()
        if answer.status in _REDIRECTS and answer.headers.get("Location"):
            return str(answer.headers["Location"])
        if answer.status != 200:
            raise _failed(f"HTTP {answer.status}")
        text = answer.read(settings.number("max_bytes") + 1)
        check_size(len(text))
        return RemoteDocument(text, answer.headers.get_content_type())
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _failed(type(error).__name__) from error
    finally:
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to one address of a host, whatever its name leads to by then."""

    def __init__(self, host: str, address: str, port: int, *, secure: bool) -> None:
        super().__init__(host, port, timeout=_SECONDS)
        self._address, self._secure = address, secure

    def connect(self) -> None:
        """Connect to the address, and check the certificate of the name."""
        self.sock = socket.create_connection((self._address, self.port), _SECONDS)
        if self._secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def _failed(why: str) -> NotFetched:
    return NotFetched(
        message("The document could not be fetched ({why}). Send its content instead.", why=why)
    )
