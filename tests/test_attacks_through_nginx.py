"""The table of attacks again, sent to nginx with the site that ships: it bears them, and so does the service.

What nginx refuses by itself may have another status than the service gives; it is refused all the same.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

import proxy_servers
import servers
from attacks.attack import ask
from test_attacks import ATTACKS, check_borne, service_environment

pytestmark = pytest.mark.soak

# nginx closes a connection without a word, or refuses in its own way, what is no HTTP.
REFUSED = frozenset({0, 400, 404, 405, 408, 411, 413, 414, 415, 417, 429, 431, 501, 503, 505})
# Attacks that nginx bears longer than the service does: it waits for the rest [client_body_timeout].
WAITS = {"http_framing: trailers without end": 16.0}
# What it mends, or understands otherwise, before the service sees it.
MENDED = frozenset({200, 301, 308})


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, port = tmp_path_factory.mktemp("nginx"), servers.free_port()
    env = service_environment() | {
        "MONTAGES_TRUSTED_PROXIES": "1",
        "MONTAGES_BASE_URL": f"http://127.0.0.1:{port}",
    }
    with servers.montages(env) as service:
        command = proxy_servers.nginx_command(folder, port, urlsplit(service).netloc)
        with proxy_servers.running(command, port) as base:
            yield base


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_borne_behind_nginx(proxy: str, name: str) -> None:
    attack = ATTACKS[name]
    attack = replace(attack, seconds=max(attack.seconds, WAITS.get(name, 0.0)))
    # What is sent byte by byte may be no HTTP; of the rest nginx refuses only what is too long.
    check_borne(attack, proxy, REFUSED | MENDED if attack.raw else frozenset({413, 414}))


def test_the_whole_dump_is_compressed_and_goes_on_where_it_was(proxy: str) -> None:
    whole = ask(proxy, "/dump/all.trig")
    packed = ask(proxy, "/dump/all.trig", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.body) == whole.body
    half = len(whole.body) // 2
    headers = {"Range": f"bytes={half}-", "If-Range": whole.headers["ETag"]}
    rest = ask(proxy, "/dump/all.trig", headers=headers)
    assert (rest.status, rest.body) == (206, whole.body[half:])
    print(f"\nall.trig: {len(whole.body):,} bytes, {len(packed.body):,} compressed")
