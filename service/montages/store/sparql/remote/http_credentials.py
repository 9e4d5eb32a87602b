"""Who asks another engine: the header that says so, as the engine wants it; nothing where it wants none."""

from __future__ import annotations

import base64
import urllib.error
import urllib.request
from functools import lru_cache

from montages.store.sparql.remote.remote_engine import RemoteEngine


def authorization(engine: RemoteEngine, request: urllib.request.Request) -> str | None:
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


def forget_challenges() -> None:
    """Have each address say again what it asks: what it said before holds for a time."""
    _challenge.cache_clear()
