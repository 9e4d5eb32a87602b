"""What an operator relies on: health, figures, headers, rate limits, proxies (O1)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask import request
from flask.testing import FlaskClient
from prometheus_client import CollectorRegistry, multiprocess

from montages.web import create_app
from montages.web.requests.headers import POLICY
from montages.web.requests.metrics import PORT, merge_figures
from montages.web.requests.rate_limit import ClientTable, client_watch
from montages.web.validation.samples import SAMPLE

YAML = "application/yaml"
CALLER = "203.0.113.77"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app({"RATE_LIMIT": 0, "REQUEST_LOG": "on"}).test_client()


def test_the_service_is_ready_once_it_can_assess(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    body = answer.get_json()
    assert body.pop("confinement") in ("system-calls", "descriptors")
    assert body == {
        "status": "ready",
        "checks": {"knowledge": True, "store": True, "assessment": True},
        "clients": "told",
    }
    monkeypatch.setenv("MONTAGES_MAX_UNITS", "0")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (503, "not ready")  # type: ignore[index]  # JSON


def test_figures_are_counted_by_route_method_and_status(client: FlaskClient) -> None:
    def counted(line: str) -> float:
        found = re.search(re.escape(line) + r" ([\d.]+)", client.get("/metrics").text)
        return float(found[1]) if found else 0

    series = 'montages_requests_total{method="POST",route="/validate",status="200"}'
    problems = 'montages_problems_total{type="unreadable-input"}'
    before, faults = counted(series), counted(problems)
    client.post("/validate", data=SAMPLE, content_type=YAML)
    client.post("/validate", data="", content_type=YAML)
    client.get("/id/contract/mpgp?q=secret")
    assert (counted(series), counted(problems)) == (before + 1, faults + 1)
    answer = client.get("/metrics")
    assert answer.mimetype == "text/plain"
    assert 'montages_request_seconds_bucket{le="0.1",route="/validate"}' in answer.text
    assert "montages_queries_killed_total" in answer.text
    assert 'route="/id/<path:path>"' in answer.text
    assert "mpgp" not in answer.text
    assert "secret" not in answer.text


def test_every_address_that_judges_a_description_is_counted(client: FlaskClient) -> None:
    paths = client.get("/openapi.json").json["paths"]  # type: ignore[index]  # JSON
    judging = [p for p, it in paths.items() if "descriptions" in it.get("post", {}).get("tags", ())]
    assert {"/assess", "/similar", "/validate"} <= set(judging)
    for path in judging:
        client.post(path.replace("{domain}", "montages"), data=SAMPLE, content_type=YAML)
    figures = client.get("/metrics").text
    for path in judging:
        operation = path[1:].replace("{", "<").replace("}", ">")
        assert f'montages_descriptions_total{{operation="{operation}",' in figures


@pytest.mark.parametrize("path", ["/", "/healthz", "/nowhere", "/sparql?query=ASK{}", "/contracts"])
def test_every_answer_has_its_security_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path, headers={"Accept": "text/html"}).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"]
    assert headers["Permissions-Policy"] == "camera=(), geolocation=(), microphone=()"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Strict-Transport-Security" not in headers


def test_hsts_is_sent_over_https_only_where_it_is_asked_for(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTAGES_HSTS", "max-age=31536000")
    for url, sent in (("http://localhost", False), ("https://localhost", True)):
        answer = client.get("/healthz", base_url=url)
        assert ("Strict-Transport-Security" in answer.headers) is sent


def test_a_browser_may_ask_from_elsewhere(client: FlaskClient) -> None:
    answer = client.options("/validate", headers={"Origin": "https://example.org"})
    assert answer.status_code in (200, 204)
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]


def test_who_asks_too_often_waits_and_the_others_do_not() -> None:
    client = create_app({"RATE_LIMIT": 5, "REQUEST_LOG": "off"}).test_client()

    def ask(address: str, path: str = "/robots.txt") -> int:
        answer = client.get(path, environ_base={"REMOTE_ADDR": address})
        if answer.status_code == 429:
            assert answer.mimetype == "application/problem+json"
            assert 1 <= int(answer.headers["Retry-After"]) <= 60
        return answer.status_code

    assert [ask(CALLER) for _ in range(7)] == [200] * 5 + [429] * 2
    assert ask(CALLER, "/healthz") == 200
    assert ask("203.0.113.78") == 200
    assert [ask("127.0.0.1") for _ in range(9)] == [200] * 9
    assert [ask(f"2001:db8::{n}") for n in range(6)] == [200] * 5 + [429]


@pytest.mark.slow
def test_a_client_may_ask_again_in_time_and_who_is_away_is_forgotten() -> None:
    table = ClientTable(60, 0)
    assert [table.wait("a", 1000.0) for _ in range(60)] == [(0, 0)] * 60
    assert table.wait("a", 1000.0) == (pytest.approx(1), 0)
    assert table.wait("a", 1001.1) == (0, 0)
    assert table.wait("a", 1001.1)[0] > 0
    for n in range(200_000):
        table.wait(str(n), 1002.0)
    assert table.wait("a", 1002.0) == (0, 0)


def test_who_has_computed_for_too_long_waits_until_it_is_paid_off() -> None:
    table = ClientTable(0, 30)
    table.charge("a", 29, 1000.0)
    assert table.wait("a", 1000.0) == (0, 0)
    table.charge("a", 4, 1000.0)
    assert table.wait("a", 1000.0) == (0, pytest.approx(6))  # 3 s over, at 30 s a minute
    assert table.wait("b", 1000.0) == (0, 0)
    assert table.wait("a", 1006.1) == (0, 0)


def test_a_client_that_has_computed_for_too_long_is_told_when_to_come_back() -> None:
    app = create_app({"RATE_LIMIT": 0, "RATE_SECONDS": 30, "REQUEST_LOG": "off"})
    client, caller = app.test_client(), {"REMOTE_ADDR": CALLER}
    with app.test_request_context("/robots.txt", environ_base=caller):
        app.preprocess_request()
        client_watch(request.environ).charge(40)
    answer = client.get("/robots.txt", environ_base=caller)
    assert answer.status_code == 429
    assert "30 s" in answer.json["detail"]  # type: ignore[index]  # JSON
    assert 15 <= int(answer.headers["Retry-After"]) <= 20
    assert client.get("/healthz", environ_base=caller).status_code == 200
    assert (
        client.get("/robots.txt", environ_base={"REMOTE_ADDR": "203.0.113.78"}).status_code == 200
    )


def test_processes_count_together_what_a_client_asks_for() -> None:
    table = ClientTable(40, 0)
    child = os.fork()
    if child == 0:
        for _ in range(25):
            table.wait("a", 1000.0)
        os._exit(0)
    os.waitpid(child, 0)
    assert [table.wait("a", 1000.0) == (0, 0) for _ in range(16)] == [True] * 15 + [False]


def test_a_client_behind_a_local_proxy_that_is_not_declared_has_its_limit_too() -> None:
    client = create_app({"RATE_LIMIT": 2, "REQUEST_LOG": "off"}).test_client()

    def ask(**headers: str) -> int:
        return client.get("/robots.txt", headers=headers).status_code

    first = {"X-Forwarded-For": "10.0.0.1, 203.0.113.80"}
    assert [ask(**first) for _ in range(3)] == [200, 200, 429]
    assert ask(**{"X-Forwarded-For": "203.0.113.81"}) == 200
    assert [ask() for _ in range(5)] == [200] * 5
    assert client.get("/readyz").json["clients"] == "told"  # type: ignore[index]  # JSON


def test_clients_that_a_proxy_does_not_tell_share_no_limit_and_readiness_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = create_app({"RATE_LIMIT": 2, "REQUEST_LOG": "off"}).test_client()
    untold = {"Forwarded": "for=unknown"}
    assert [client.get("/robots.txt", headers=untold).status_code for _ in "12345"] == [200] * 5
    assert client.get("/readyz").json["clients"] == "not-told"  # type: ignore[index]  # JSON
    assert caplog.text.count("X-Forwarded-For") == 1


def test_without_an_address_set_host_decides_for_its_client_only(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    evil = "http://evil.example"
    paths = ("/catalog.ttl", "/sitemap.xml", "/id/contract/mpgp", "/id/contract/mpgp.html")
    for path in paths:
        answer = client.get(path, base_url=evil)
        assert answer.headers["Cache-Control"].startswith("private")
    assert client.get("/id//contract/mpgp", base_url=evil).headers["Location"].startswith("/id/")
    monkeypatch.setenv("MONTAGES_BASE_URL", "https://montages.example/graph/")
    for path in paths:
        answer = client.get(path, base_url=evil)
        assert answer.headers["Cache-Control"].startswith("public")
        assert "evil.example" not in answer.text + str(answer.headers)
    answer = client.get("/id//contract/mpgp?lang=en", base_url=evil)
    where = "https://montages.example/graph/id/contract/mpgp?lang=en"
    assert (answer.status_code, answer.headers["Location"]) == (308, where)


def test_figures_are_for_who_has_the_token_where_one_is_set(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTAGES_METRICS_TOKEN", "s3cret-é")
    for sent in ({}, {"Authorization": "Bearer other"}, {"Authorization": "Basic s3cret"}):
        answer = client.get("/metrics", headers=sent)
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    monkeypatch.setenv("MONTAGES_METRICS_TOKEN", "s3cret")
    assert client.get("/metrics", headers={"Authorization": "Bearer s3cret"}).status_code == 200


def test_figures_are_for_this_machine_unless_a_setting_shows_them(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def status(address: str, **headers: str) -> int:
        asked = client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})
        return asked.status_code

    assert [status(address) for address in ("127.0.0.1", "::1", CALLER, "")] == [200, 200, 401, 401]
    forwarded = {"X-Forwarded-For": CALLER}, {"Via": "1.1 a"}, {"X-Forwarded-For": "127.0.0.1"}
    assert [status("127.0.0.1", **headers) for headers in forwarded] == [401] * 3
    monkeypatch.setenv("MONTAGES_METRICS_TOKEN", "s3cret")
    assert status(CALLER, Authorization="Bearer s3cret") == 200


def test_processes_that_have_ended_keep_their_figures_in_one_file(tmp_path: Path) -> None:
    code = (
        "import sys; from prometheus_client import Counter; "
        "Counter('x', 'x.', ['a']).labels(sys.argv[1]).inc(3)"
    )
    processes = list[int]()
    for label in ("one", "two", "one"):
        env = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
        with subprocess.Popen([sys.executable, "-c", code, label], env=env) as process:
            processes.append(process.pid)
        merge_figures(tmp_path, process.pid)
    assert [path.name for path in tmp_path.iterdir()] == ["counter_0.db"]
    merge_figures(tmp_path, processes[0])  # nothing is left of it
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry, str(tmp_path))  # type: ignore[no-untyped-call]
    totals = {label: registry.get_sample_value("x_total", {"a": label}) for label in ("one", "two")}
    assert totals == {"one": 6.0, "two": 3.0}


def test_figures_with_an_address_of_their_own_are_there_and_nothing_else_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MONTAGES_METRICS_BIND", "127.0.0.1:9100")
    client = create_app({"RATE_LIMIT": 1, "REQUEST_LOG": "off"}).test_client()
    public, apart = ({PORT: port} for port in (8000, 9100))
    assert [client.get("/metrics", environ_overrides=apart).status_code for _ in range(3)] == [
        200
    ] * 3
    for path in ("/", "/metrics/", "/healthz", "/sparql"):
        assert client.get(path, environ_overrides=apart).status_code == 404
    assert client.post("/metrics", environ_overrides=apart).status_code == 405
    # What a client or a proxy says of the port changes nothing.
    for headers in ({}, {"Host": "a:9100"}, {"X-Forwarded-Host": "a:9100"}):
        assert client.get("/metrics", headers=headers, environ_overrides=public).status_code == 404
    assert "/metrics" not in client.get("/openapi.json").json["paths"]  # type: ignore[index]  # JSON
    monkeypatch.setenv("MONTAGES_METRICS_TOKEN", "s3cret")
    assert client.get("/metrics", environ_overrides=apart).status_code == 401


def test_a_proxy_is_believed_only_where_it_is_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONTAGES_TRUSTED_PROXIES", "1")
    client = create_app({"RATE_LIMIT": 1, "REQUEST_LOG": "off"}).test_client()
    sent = {"X-Forwarded-For": CALLER, "X-Forwarded-Proto": "https"}
    assert [client.get("/robots.txt", headers=sent).status_code for _ in range(2)] == [200, 429]
    sent |= {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "montages.example"}
    answer = client.get("/robots.txt", headers=sent)
    assert "https://montages.example/sitemap.xml" in answer.text
