"""The service behind nginx and Apache with the sites that ship, and found by its names at w3id.org.

It runs under what its unit lets it ask of the kernel, where this machine can say so.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import psutil
import pytest

import proxy_servers
import servers
import unit_filter
from attacks.attack import Reply, ask
from montages.web.validation.samples import SAMPLE

pytestmark = pytest.mark.slow

FORGED = {
    "X-Forwarded-For": "203.0.113.1",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Prefix": "/evil",
    "Forwarded": "for=203.0.113.1;host=evil.example;proto=https",
}
# Asked so often a minute by one client, the service says no: low, so that a test reaches it.
RATE = 60
DUMP = "/dump/actors.ttl"


class Served(NamedTuple):
    """Where the service is, the address that it takes for its own, and the folder of what is written."""

    service: str
    public_port: int
    folder: Path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("proxies")
    port, public_port = servers.free_port(), servers.free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith("MONTAGES_")}
    env |= {
        "MONTAGES_BASE_URL": f"http://127.0.0.1:{public_port}",
        "MONTAGES_TRUSTED_PROXIES": "1",
        "MONTAGES_RATE_LIMIT": str(RATE),
        "MONTAGES_REQUEST_LOG": "off",
        "MONTAGES_HSTS": "max-age=1",
    }
    command = [servers.MONTAGES, "serve", "--port", str(port)]
    if unit_filter.available():
        command = [sys.executable, unit_filter.__file__, *command]
    with servers.serving(command, port, "/readyz", env) as base:
        yield Served(base, public_port, folder)


@pytest.fixture(scope="module")
def nginx(served: Served) -> Iterator[str]:
    folder = served.folder / "nginx"
    folder.mkdir()
    service = urlsplit(served.service).netloc
    command = proxy_servers.nginx_command(folder, served.public_port, service)
    with proxy_servers.running(command, served.public_port) as base:
        yield base


@pytest.fixture(scope="module")
def apache(served: Served) -> Iterator[str]:
    folder = served.folder / "apache"
    folder.mkdir()
    port, service = servers.free_port(), urlsplit(served.service).netloc
    with proxy_servers.running(
        proxy_servers.apache_proxy_command(folder, port, service), port
    ) as base:
        yield base


@pytest.fixture(params=["nginx", "apache"])
def proxy(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


def get(base: str, path: str, **headers: str) -> Reply:
    return ask(base, path, headers={name.replace("_", "-"): text for name, text in headers.items()})


def test_the_service_runs_under_what_its_unit_lets_it_ask(served: Served) -> None:
    if not unit_filter.available():
        pytest.skip("No lists of calls here. To run this test: apt-get install systemd libseccomp2")
    query = "/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%203"
    assert len(json.loads(get(served.service, query).body)["results"]["bindings"]) == 3
    port = str(urlsplit(served.service).port)
    everyone = psutil.process_iter(["environ"])
    ours = [one.pid for one in everyone if (one.info["environ"] or {}).get("MONTAGES_PORT") == port]
    states = [Path(f"/proc/{pid}/status").read_text("ascii") for pid in ours]
    assert states
    assert all("Seccomp:\t2" in state for state in states)


@pytest.mark.parametrize(
    "path", ["/", "/contracts", "/id/contract/mpgp.html", "/static/montages.css"]
)
def test_a_page_comes_as_the_service_makes_it(served: Served, proxy: str, path: str) -> None:
    direct, through = (
        get(served.service, path, Accept="text/html"),
        get(proxy, path, Accept="text/html"),
    )
    assert (through.status, through.body) == (200, direct.body)
    for name in ("Content-Type", "ETag", "Content-Security-Policy", "Cache-Control", "Link"):
        assert through.headers.get(name) == direct.headers.get(name), name


def test_a_name_leads_to_its_document_by_what_is_accepted(served: Served, proxy: str) -> None:
    for accept, extension in (("text/turtle", "ttl"), ("text/html", "html")):
        reply = get(proxy, "/id/contract/mpgp", Accept=accept)
        place = f"http://127.0.0.1:{served.public_port}/id/contract/mpgp.{extension}"
        assert (reply.status, reply.headers["Location"]) == (303, place)


def test_who_has_a_document_is_told_so(proxy: str) -> None:
    tag = get(proxy, "/id/contract/mpgp.ttl").headers["ETag"]
    reply = get(proxy, "/id/contract/mpgp.ttl", If_None_Match=tag)
    assert (reply.status, reply.body, reply.headers["ETag"]) == (304, b"", tag)


@pytest.mark.parametrize("path", ["/id/contract/mpgp.ttl", DUMP, "/", "/openapi.json"])
def test_text_goes_out_compressed(proxy: str, path: str) -> None:
    plain, packed = get(proxy, path), get(proxy, path, Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 2


def test_a_download_goes_on_where_it_was(proxy: str) -> None:
    whole = get(proxy, DUMP)
    reply = get(proxy, DUMP, Range="bytes=1000-1999", If_Range=whole.headers["ETag"])
    assert (reply.status, reply.body) == (206, whole.body[1000:2000])
    assert reply.headers["Content-Range"] == f"bytes 1000-1999/{len(whole.body)}"
    other = get(proxy, DUMP, Range="bytes=1000-1999", If_Range='"another"')
    assert (other.status, len(other.body)) == (200, len(whole.body))
    assert get(proxy, DUMP, Range="bytes=99999999-").status == 416


def test_a_path_reaches_the_service_as_it_was_written(served: Served, proxy: str) -> None:
    for path in ("/id/a%2Fb", "/id/%C3%A9", "/id//mpgp", "/id/a%20b?q=%26"):
        direct, through = get(served.service, path), get(proxy, path)
        assert through.status == direct.status, path
        assert through.headers.get("Location") == direct.headers.get("Location")
        assert direct.status == 308 or through.body == direct.body


def test_a_body_goes_through_and_one_that_is_too_big_does_not(proxy: str) -> None:
    headers = {"Content-Type": "application/yaml", "Accept-Language": "en"}
    reply = ask(proxy, "/assess?detail=brief", "POST", SAMPLE.encode(), headers)
    assert reply.status == 200
    assert json.loads(reply.body)["answer"]["sentence"]
    for body in (b"#" * 5_000_001, b"#" * 20_000_000):
        reply = ask(proxy, "/validate", "POST", body, headers)
        assert (reply.status, b"5000000" in reply.body.replace(b",", b"")) == (413, True)


def test_nginx_says_in_words_what_is_too_long(nginx: str) -> None:
    for reply, status in (
        (get(nginx, f"/{'a' * 20_000}"), 414),
        (get(nginx, "/", X_A="b" * 20_000), 431),
    ):
        problem = json.loads(reply.body)
        assert (reply.status, problem["status"]) == (status, status)
        assert reply.headers["Content-Type"] == "application/problem+json"


def test_what_a_client_writes_of_itself_is_not_believed(served: Served, proxy: str) -> None:
    reply = ask(proxy, "/def/holder", headers={**FORGED, "Accept": "text/turtle"})
    assert reply.headers["Location"].startswith(f"http://127.0.0.1:{served.public_port}/def/")
    assert "Strict-Transport-Security" not in reply.headers  # it came by http


def test_figures_are_not_public(served: Served, proxy: str) -> None:
    for path in ("/metrics", "//metrics", "/metrics?x", "/%6Detrics"):
        assert b"montages_requests_total" not in get(proxy, path).body
    assert get(proxy, "/metrics").status in (403, 404)
    assert b"montages_requests_total" in get(served.service, "/metrics").body


def test_health_is_public(proxy: str) -> None:
    assert json.loads(get(proxy, "/healthz").body)["status"] == "ok"
    assert get(proxy, "/readyz").status == 200


def test_each_client_is_counted_by_its_own_address(nginx: str) -> None:
    def ask_often(address: str) -> list[Reply]:
        return [get(nginx, "/nowhere", X_Test_Address=address) for _ in range(RATE + 1)]

    replies = ask_often("203.0.113.5")
    assert [reply.status for reply in replies[:RATE]] == [404] * RATE
    assert replies[-1].status == 429
    assert int(replies[-1].headers["Retry-After"]) >= 1
    assert get(nginx, "/nowhere", X_Test_Address="203.0.113.6").status == 404


def test_nginx_counts_before_the_service_has_work(nginx: str, served: Served) -> None:
    with ThreadPoolExecutor(8) as clients:
        replies = list(
            clients.map(
                lambda _: get(nginx, "/static/none", X_Test_Address="203.0.113.7"), range(700)
            )
        )
    refused = [reply for reply in replies if b"et 100" in reply.body]
    assert 50 < len(refused) <= 100
    assert {reply.status for reply in refused} == {429}
    assert all(json.loads(reply.body)["status"] == 429 for reply in refused)
    assert all(reply.headers["Retry-After"] for reply in refused)
    assert get(nginx, "/healthz", X_Test_Address="203.0.113.7").status == 200
    assert "203.0.113.7" not in (served.folder / "nginx" / "error.log").read_text("utf-8")


@pytest.mark.parametrize(
    ("command", "kept"),
    [(proxy_servers.nginx_command, True), (proxy_servers.apache_proxy_command, False)],
)
def test_a_log_of_errors_has_addresses_of_clients_in_nginx_alone(
    tmp_path: Path, command: Callable[[Path, int, str], list[str]], kept: bool
) -> None:
    port, nobody = servers.free_port(), servers.free_port()
    with proxy_servers.running(command(tmp_path, port, f"127.0.0.1:{nobody}"), port, "/metrics"):
        client = HTTPConnection("127.0.0.1", port, source_address=("127.0.0.9", 0))
        client.request("GET", "/contracts")
        assert client.getresponse().status == 503
        client.close()
    log = (tmp_path / "error.log").read_text("utf-8")
    assert f"127.0.0.1:{nobody}" in log  # what went wrong is told
    assert ("127.0.0.9" in log) is kept


def test_while_the_service_starts_again_a_proxy_says_so(tmp_path: Path) -> None:
    port, nobody = servers.free_port(), servers.free_port()
    command = proxy_servers.nginx_command(tmp_path, port, f"127.0.0.1:{nobody}")
    with proxy_servers.running(command, port, "/metrics") as base:
        problem, page = get(base, "/contracts"), get(base, "/contracts", Accept="text/html")
    assert (problem.status, page.status) == (503, 503)
    assert problem.headers["Content-Type"] == "application/problem+json"
    assert json.loads(problem.body)["status"] == 503
    assert page.headers["Content-Type"].startswith("text/html")
    assert "starting again" in page.body.decode()
    assert problem.headers["Retry-After"] == "5"


@pytest.fixture(scope="module")
def w3id(served: Served, nginx: str) -> Iterator[str]:
    folder = served.folder / "w3id"
    folder.mkdir()
    port = servers.free_port()
    command = proxy_servers.w3id_command(folder, port, nginx)
    with proxy_servers.running(command, port, "/montages/") as base:
        yield base


NAMES = (
    *("def/holder", "module/rulebook", "module/rulebook/0.1.0", "compiled/Eligible-mpgp"),
    *("shape/Project", "requirement/mpgp-realisation", "id/contract/mpgp", "id/clause/ccp-l2171-3"),
    *("query/questions/20-hard-gates", "problem/too-large"),
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_ours_is_found_from_w3id(w3id: str, nginx: str, name: str) -> None:
    first = get(w3id, f"/montages/{name}", Accept="text/turtle")
    assert (first.status, first.headers["Location"]) == (303, f"{nginx}/{name}")
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    second = get(nginx, f"/{name}", Accept="text/turtle")
    assert (second.status, second.headers["Location"]) == (303, f"{nginx}/{name}.ttl")
    document = get(nginx, f"/{name}.ttl")
    assert (document.status, document.headers["Content-Type"]) == (
        200,
        "text/turtle; charset=utf-8",
    )
    assert f'<https://w3id.org/montages/{name}>; rel="canonical"' in document.headers["Link"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("", 302), ("catalog.ttl", 302), ("context.jsonld", 302), ("dump/all.trig", 302), ("contest", 302),
        ("def/", 303), ("def", 303), ("module/", 303),
        ("id/project/saint-%C3%A9tienne?lang=en&_format=ttl", 303),
        ("sparql?query=ASK%7B%7D", 307), ("validate", 307), ("assess?detail=brief", 307),
    ],
)  # fmt: skip
def test_an_address_is_kept_from_w3id_on(w3id: str, nginx: str, path: str, status: int) -> None:
    reply = get(w3id, f"/montages/{path}")
    place = reply.headers["Location"]
    assert (reply.status, place.lower()) == (status, f"{nginx}/{path}".lower())  # %C3 is %c3
