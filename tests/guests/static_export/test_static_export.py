"""A static copy of the service, which nginx alone serves, answers as the service does."""

from __future__ import annotations

import http.client
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import pytest
from flask.testing import FlaskClient

import proxy_servers
import servers
from crawling import client, docs, state
from montages.errors import NotCopied, UnusableInput
from montages.web import ROUTES, create_app
from montages_static_export.addresses import (
    CopiedAddress,
    copied_addresses,
    is_live,
    live_parameters,
)
from montages_static_export.export_service import write_copy, write_service_copy
from pace import PATIENCE
from test_negotiation import ACCEPT, THING

# What rules of a server cannot do: compare qualities to two decimals, rank a type below its range, pass over
# half a media type.
NOT_RANKED = (
    "text/html;q=0.1, application/n-triples;q=0.11",
    "*/*;q=0.5, text/turtle;q=0.1",
    "*/turtle",
    "text/",
    "*;q=0",
)
# All of one length: they begin together, and share one copy.
SLOW = pytest.mark.slow(seconds=40)
_LINK = re.compile(r'(?:href|src)="([^"#]+)')


def nothing(_: FlaskClient) -> Iterable[tuple[str, bytes]]:
    """Return no file beside."""
    return ()


class Answer(NamedTuple):
    status: int
    type: str
    location: str
    body: bytes


def ask(base: str, path: str, accept: str | None = "*/*") -> Answer:
    parts = urlsplit(base)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    connection.request("GET", path, headers={} if accept is None else {"Accept": accept})
    with closing(connection), connection.getresponse() as answer:
        kind, location = answer.getheader("Content-Type", ""), answer.getheader("Location", "")
        return Answer(answer.status, kind, location, answer.read())


def serving(folder: Path, site: Path, port: int) -> list[str]:
    """Return how nginx is started on the configuration that the copy brings."""
    nginx = proxy_servers.program("nginx", "nginx")
    site.mkdir()
    (site / "site.conf").write_text((folder / "nginx.conf").read_text("utf-8"), "utf-8")
    main = site / "nginx.conf"
    main.write_text(proxy_servers.nginx_main(site), "utf-8")
    return [nginx, "-p", str(site), "-c", str(main), "-e", str(site / "error.log")]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the copy of a sample: each page, and of each kind of thing the first in every format."""
    proxy_servers.program("nginx", "nginx")
    with served_copy(tmp_path_factory.mktemp("copy"), whole=False) as base:
        yield base


def sampled(addresses: Iterable[CopiedAddress]) -> list[CopiedAddress]:
    """Return the addresses but for those of things whose kind another stands for."""
    kinds: dict[str, str] = {}
    chosen = []
    paths = docs().paths
    for address in addresses:
        stem = address.path[1:].rpartition(".")[0]
        if stem in paths and stem != THING[1:]:
            kind = "/".join(stem.split("/")[: 2 if stem.startswith("id/") else 1])
            if kinds.setdefault(kind, stem) != stem:
                continue
        if address.path.startswith(("/dump/", "/queries/")) and address.path not in SAMPLED:
            continue
        chosen.append(address)
    return chosen


SAMPLED = (
    "/dump/SHA256SUMS",
    "/dump/actors.ttl",
    *(f"/queries/hard-gates.{form}" for form in ("csv", "html", "json", "ttl", "xml")),
)


class served_copy:  # noqa: N801 - a context manager, named as a function
    """Write a copy, whole or of a sample, and let nginx serve it until the block ends."""

    def __init__(self, folder: Path, whole: bool) -> None:
        self._port = servers.free_port()
        base = f"http://127.0.0.1:{self._port}"
        self.folder = folder / "copy"
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("MONTAGES_BASE_URL", base)
            select = (lambda addresses: addresses) if whole else sampled
            self.summary = write_service_copy(
                create_app({"REQUEST_LOG": "off"}),
                self.folder,
                base,
                listen=f"127.0.0.1:{self._port}",
                select=select,
            )
        for path in (folder, *folder.parents):  # nginx's workers have to come to it
            if path != Path("/") and path.stat().st_mode & 0o111 != 0o111:
                path.chmod(path.stat().st_mode | 0o111)
        command = serving(self.folder, folder / "nginx", self._port)
        self._running = proxy_servers.running(command, self._port, "/robots.txt")

    def __enter__(self) -> str:
        return self._running.__enter__()

    def __exit__(self, *failure: object) -> None:
        self._running.__exit__(*failure)  # type: ignore[arg-type]


def test_every_address_is_copied_or_said_to_need_the_service() -> None:
    with client().application.test_request_context("/"):
        copied = {address.path for address in copied_addresses(state(), ROUTES)}
    for route in ROUTES:
        if route.method != "get":
            continue
        start = re.split(r"<|$", route.path)[0]
        assert (
            is_live(route.path)
            or route.path in copied
            or route.path.endswith("/")
            or ("<" in route.path and any(path.startswith(start) for path in copied))
        ), route.path
    assert "as_of" in live_parameters(ROUTES)


@pytest.mark.parametrize(
    ("address", "extension", "file"),
    [
        (CopiedAddress("/"), "html", "index.html"),
        (CopiedAddress("/", "en"), "html", "index.en.html"),
        (CopiedAddress("/terms", "en", 2), "html", "terms.page-2.en.html"),
        (CopiedAddress("/id/contract/mpgp.ttl"), "ttl", "id/contract/mpgp.ttl"),
        (CopiedAddress("/module/actors/0.1.0.html", "en"), "html", "module/actors/0.1.0.en.html"),
        (CopiedAddress("/dump/SHA256SUMS"), "", "dump/SHA256SUMS"),
    ],
)
def test_a_file_is_named_after_its_address(
    address: CopiedAddress, extension: str, file: str
) -> None:
    assert address.file(extension) == file


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("mine")
    with pytest.raises(UnusableInput, match="--replace"):
        write_copy(client().application, tmp_path, [CopiedAddress("/robots.txt")], nothing)
    assert [path.name for path in tmp_path.iterdir()] == ["own.txt"]


def test_an_address_that_is_not_answered_leaves_the_older_copy(tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    app = client().application
    write_copy(app, folder, [CopiedAddress("/robots.txt")], nothing)
    addresses = [CopiedAddress("/robots.txt"), CopiedAddress("/nowhere")]
    with pytest.raises(NotCopied, match="/nowhere: 404"):
        write_copy(app, folder, addresses, nothing, replace=True)
    assert [path.name for path in folder.iterdir()] == ["robots.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]
    write_copy(app, folder, [CopiedAddress("/sitemap.xml")], nothing, replace=True)
    assert [path.name for path in folder.iterdir()] == ["sitemap.xml"]


@SLOW
def test_nginx_negotiates_as_the_service_does(sample: str) -> None:
    for accept, extension in ACCEPT.items():
        if accept in NOT_RANKED:
            continue
        answer = ask(sample, THING, accept)
        if extension is None:
            assert answer.status == 406, accept
            assert answer.type == "application/problem+json", accept
        else:
            assert answer.status == 303, accept
            assert answer.location == f"{sample}{THING}.{extension}", accept


@SLOW
def test_nginx_gives_the_bytes_and_the_type_of_the_service(
    sample: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTAGES_BASE_URL", sample)
    service = create_app({"REQUEST_LOG": "off"}).test_client()
    for path in (
        "/contracts", "/contracts?lang=en", "/terms?page=2", "/terms?lang=en&page=2", "/terms.json?page=2",
        f"{THING}.html", f"{THING}.html?lang=en", f"{THING}.ttl", f"{THING}.jsonld", f"{THING}.rdf",
        "/def.ttl", "/catalog.ttl?page=2", "/catalog.rdf?lang=en", "/void.ttl", "/context.jsonld",
        "/queries/hard-gates.csv", "/queries/hard-gates.xml", "/queries/hard-gates.json?lang=en",
        "/sitemap.xml", "/robots.txt", "/dump/SHA256SUMS", "/dump/actors.ttl", "/static/montages.css",
        "/seuils", "/tree.json", "/openapi.json", "/diagram/actors.svg",
    ):  # fmt: skip
        answer = ask(sample, path, "text/html, */*;q=0.5")
        with service.get(path, headers={"Accept": "text/html, */*;q=0.5"}) as expected:
            assert answer.status == expected.status_code == 200, path
            assert answer.body == expected.get_data(), path
            assert answer.type.split(";")[0] == expected.mimetype, path


@SLOW
def test_a_copy_says_what_it_has_not(sample: str) -> None:
    for path in ("/projet", "/sparql?query=ASK{}", "/search?q=mpgp", "/seuils?estimated-value=1"):
        page = ask(sample, path, "text/html")
        assert page.status == 501, path
        assert b"<h1" in page.body, path
    assert ask(sample, f"{THING}.html?as_of=2026-01-01").status == 501
    assert b"live-service-needed" in ask(sample, "/projet", "application/json").body
    missing = ask(sample, "/id/contract/nowhere", "application/json")
    assert (missing.status, missing.type) == (404, "application/problem+json")
    assert "copie" in ask(sample, "/nowhere", "text/html").body.decode()
    assert ask(sample, "/nginx.conf").status == 404
    assert ask(sample, "/.montages/404.json").status == 404


@SLOW
def test_a_namespace_and_the_front_page_are_negotiated(sample: str) -> None:
    for path in ("/", "/def/", "/catalog", "/void", "/queries"):
        assert ask(sample, path, "text/turtle").type.startswith("text/turtle"), path
    for path in ("/", "/def/", "/catalog", "/queries"):
        assert ask(sample, path, "text/html").type.startswith("text/html"), path
    assert ask(sample, "/.well-known/void").status == 200


@pytest.mark.soak
def test_every_link_of_the_whole_copy_leads_somewhere(tmp_path: Path) -> None:
    copy = served_copy(tmp_path, whole=True)
    with copy as base:
        links: dict[str, str] = {}
        for page in copy.folder.rglob("*.html"):
            if ".montages" not in page.parts:
                for link in _LINK.findall(page.read_text("utf-8")):
                    url = urljoin(f"{base}/", unescape(link))
                    if url.startswith(f"{base}/"):
                        links.setdefault(url.removeprefix(base), page.name)
        answers = {path: ask(base, path, "text/html, */*;q=0.5").status for path in links}
        dead = {path: (answers[path], links[path]) for path in links if answers[path] >= 400}
        live = [path for path, (status, _) in dead.items() if status == 501]
        print(f"{copy.summary.files} files, {copy.summary.bytes / 1e6:.0f} MB, {len(links)} links")
        print(f"{len(live)} need the service")
        assert len(live) == len(dead), dict(list(dead.items())[:20])
    shutil.rmtree(copy.folder)
