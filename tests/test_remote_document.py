"""POST /validate fetches a document from allowed hosts only, and from no private network (V1)."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from montages.web import create_app
from montages.web.validation import remote_document
from validation_requests import TURTLE, report


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app({"RATE_LIMIT": 0, "REQUEST_LOG": "off"}).test_client()


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """Return a port of this machine, and what was asked of it."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        over = threading.Event()

        def listen() -> None:
            while not over.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    heard.append(connection.recv(1000))
                    connection.sendall(
                        b"HTTP/1.0 302 Found\r\nLocation: http://inner.test/\r\n\r\n"
                    )

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield server.getsockname()[1], heard
        finally:
            over.set()
            thread.join()


PRIVATE = (
    "127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "172.16.0.1", "0.0.0.0", "100.64.0.1",  # noqa: S104  # none is listened on
    "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "224.0.0.1", "::", "2002:7f00:0001::",
)  # fmt: skip


def never(*_: object, **__: object) -> None:
    raise AssertionError("it connected")


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_to_a_private_network_is_refused(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("MONTAGES_FETCH_ALLOW", "example.org")
    monkeypatch.setattr(socket, "create_connection", never)
    with pytest.raises(remote_document.AddressRefused):
        remote_document.fetch("http://example.org/x", lambda host, port: ["93.184.216.34", address])


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://other.test/", "file:///etc/passwd",
        "ftp://example.org/", "http://example.org@127.0.0.1/", "http://user:word@example.org/",
        "http://example.org:22/", "http://[::1]/", "//example.org", "", "http://example.org.evil.test/",
        "http://exa mple.org/", "http://[", "gopher://example.org/",
    ],
)  # fmt: skip
def test_what_is_not_on_the_list_is_never_asked(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("MONTAGES_FETCH_ALLOW", "example.org")
    monkeypatch.setattr(remote_document, "resolve", never)
    answer = client.post("/validate", json={"url": url})
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")


def test_no_host_is_allowed_by_default(client: FlaskClient) -> None:
    assert client.post("/validate", json={"url": "https://w3id.org/x"}).status_code == 403


def test_a_redirect_is_checked_like_the_first_address(
    monkeypatch: pytest.MonkeyPatch, listener: tuple[int, list[bytes]]
) -> None:
    (port, heard), original = listener, socket.create_connection
    asked: list[str] = []

    def resolver(host: str, _: int) -> list[str]:
        asked.append(host)
        return ["93.184.216.34"] if host == "example.org" else ["127.0.0.1"]

    def connect(address: tuple[str, int], *_: object) -> socket.socket:
        assert address[0] == "93.184.216.34"
        return original(("127.0.0.1", port), 5)

    monkeypatch.setattr(socket, "create_connection", connect)
    for allowed in ("example.org", "example.org,inner.test"):
        monkeypatch.setenv("MONTAGES_FETCH_ALLOW", allowed)
        with pytest.raises(remote_document.AddressRefused):
            remote_document.fetch("http://example.org/x", resolver)
    assert len(heard) == 2
    assert asked == ["example.org", "example.org", "inner.test"]


def test_a_document_is_fetched_from_an_allowed_host(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = remote_document.RemoteDocument(TURTLE.encode(), "text/turtle")
    monkeypatch.setenv("MONTAGES_FETCH_ALLOW", "example.org")
    monkeypatch.setattr(remote_document, "resolve", lambda host, port: ["93.184.216.34"])
    monkeypatch.setattr(remote_document, "_ask", lambda *_: sent)
    answer = client.post("/validate", json={"url": "https://example.org/p.ttl"})
    assert answer.status_code == 200
    assert json.loads(answer.text)["findings"] == report(client, TURTLE, "turtle")["findings"]
