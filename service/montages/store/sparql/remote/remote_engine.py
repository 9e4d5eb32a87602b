"""Where another engine is, and as whom it is asked: what the settings name, and the response to a request."""

from __future__ import annotations

import base64
import http.client
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from functools import lru_cache
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

from montages import settings
from montages.bilingual import message
from montages.errors import UnusableInput

# Where Virtuoso takes graphs, beside the address where it answers anyone, and that where it asks who it is.
_GRAPH_STORE = "/sparql-graph-crud-auth"
_ENDPOINTS = ("/sparql-auth", "/sparql")
# Virtuoso answers with a header for each graph that it is asked of: more than the library takes by itself.
http.client._MAXHEADERS = 400  # type: ignore[attr-defined]


@dataclass(frozen=True)
class RemoteEngine:
    """The address of an engine, the user it is asked as, and its graphs that are read beside ours."""

    endpoint: str
    user: str = ""
    password: str = field(default="", repr=False)
    graphs: tuple[str, ...] = ()
    graph_store: str = ""


def remote_engine(endpoint: str = "") -> RemoteEngine | None:
    """Return the engine at an address, else the one of the settings; None where neither names one.

    Raises UnusableInput for an address that is none, or a file of the password that cannot be read.
    """
    endpoint = endpoint or settings.get("endpoint")
    if not endpoint:
        return None
    return RemoteEngine(
        _address(endpoint, "MONTAGES_ENDPOINT"),
        settings.get("endpoint_user"),
        _password(),
        tuple(settings.get("endpoint_graphs").split()),
        _graph_store(endpoint, settings.get("endpoint_graph_store")),
    )


def _address(text: str, name: str) -> str:
    try:
        address = urlsplit(text)
        whole = address.scheme in ("http", "https") and bool(address.hostname)
        if whole and address.username is None and (address.port or 1) > 0:
            return text
    except ValueError:
        pass
    # What it says is not repeated: it may have a password in it.
    raise UnusableInput(
        message(
            "{name}: the address of a SPARQL engine is needed, as "
            "http://127.0.0.1:8890/sparql; user and password are not in it, but in "
            "MONTAGES_ENDPOINT_USER and MONTAGES_ENDPOINT_PASSWORD_FILE.",
            name=name,
        )
    )


def _password() -> str:
    name = settings.get("endpoint_password_file")
    if not name:
        return settings.get("endpoint_password")
    try:
        return Path(name).read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "UTF-8"
        raise UnusableInput(
            message(
                "MONTAGES_ENDPOINT_PASSWORD_FILE={name}: the file cannot be read ({reason}).",
                name=name,
                reason=reason,
            )
        ) from error


def _graph_store(endpoint: str, address: str) -> str:
    if address:
        return _address(address, "MONTAGES_ENDPOINT_GRAPH_STORE")
    for ending in _ENDPOINTS:
        if endpoint.endswith(ending):
            return endpoint.removesuffix(ending) + _GRAPH_STORE
    return ""


def engine_response(
    engine: RemoteEngine, request: urllib.request.Request, seconds: float
) -> HTTPResponse:
    """Return the response to a request; raises HTTPError where it is refused, OSError or HTTPException.

    An engine may forget what it asked of us, and is asked again.
    """
    for attempt in (1, 2):
        header = _authorization(engine, request)
        if header:
            request.add_header("Authorization", header)
        try:
            response = urllib.request.urlopen(request, timeout=seconds)  # noqa: S310  # as checked
            assert isinstance(response, HTTPResponse)
            return response
        except urllib.error.HTTPError as error:
            if error.code != 401 or not header or attempt == 2:
                raise
            error.close()
            _challenge.cache_clear()
    raise AssertionError


def _authorization(engine: RemoteEngine, request: urllib.request.Request) -> str | None:
    """Return the Authorization header of a request; None without a user, or where none is asked for.

    It goes with the request itself: an engine that asks first closes before a large body is through. Raises
    OSError where the engine is not there.
    """
    challenge = _challenge(engine, request.full_url) if engine.user else None
    if challenge is None:
        return None
    scheme, _, parameters = challenge.partition(" ")
    if scheme.lower() == "digest":
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, request.full_url, engine.user, engine.password)
        fields = urllib.request.parse_keqv_list(urllib.request.parse_http_list(parameters))
        answer = urllib.request.HTTPDigestAuthHandler(passwords).get_authorization(request, fields)
        return f"Digest {answer}" if answer else None
    pair = f"{engine.user}:{engine.password}".encode()
    return f"Basic {base64.b64encode(pair).decode()}"


@lru_cache(maxsize=4)
def _challenge(engine: RemoteEngine, address: str) -> str | None:
    """Return what an address asks of who comes without a name."""
    try:
        with urllib.request.urlopen(address, timeout=10):  # noqa: S310  # http or https, as checked
            return None
    except urllib.error.HTTPError as error:
        with error:
            challenge = error.headers.get("WWW-Authenticate")
            return challenge if error.code == 401 else None


def failure_reason(error: Exception) -> str:
    """Return why a connection did not come about, in the words of the system."""
    cause = getattr(error, "reason", error)
    return str(getattr(cause, "strerror", None) or cause or type(cause).__name__)
