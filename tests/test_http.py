"""The service: the same answers, problems in one body, the right statuses."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from commands import run
from montages.publish.linked_data.formats import ALL
from montages.web import create_app
from montages.web.requests.body_syntax import MEDIA_TYPES
from pace import PATIENCE, until

TURTLE = "text/turtle"
YAML = "application/yaml"
GOOD = "project: x\nholder: {type: Commune}\nlayers: [{layer: objects, mode: own}]"
BAD = "project: x\nanswers: {investment-funding: [public, private]}"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app({"TESTING": False}).test_client()


def test_check_gives_the_report(client: FlaskClient) -> None:
    answer = client.post("/check", data=GOOD, content_type=YAML)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.json is not None
    assert answer.json["conforms"] is True
    answer = client.post("/check", data=BAD, content_type=YAML)
    assert answer.json is not None
    assert (answer.status_code, answer.json["conforms"]) == (200, False)


def test_assess_gives_an_assessment_at_a_date_in_a_language(client: FlaskClient) -> None:
    answer = client.post("/assess?as_of=2025-06-01&lang=en", data=GOOD, content_type=YAML)
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["as_of"] == "2025-06-01"
    assert answer.json["disclaimer"].startswith("A decision aid")
    assert answer.headers["Content-Language"] == "en"
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_description_that_does_not_conform_is_refused_with_its_findings(
    client: FlaskClient,
) -> None:
    messages = []
    for language in ("fr", "en"):
        answer = client.post(
            "/assess", data=BAD, content_type=YAML, headers={"Accept-Language": language}
        )
        assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
        problem = json.loads(answer.data)
        assert problem["type"].endswith("/does-not-conform")
        messages.append(problem["findings"][0]["message"])
        assert problem["findings"][0]["severity"] == "violation"
    assert messages[0] != messages[1]


def test_anyway_assesses_all_the_same(client: FlaskClient) -> None:
    answer = client.post("/assess?anyway=1", data=BAD, content_type=YAML)
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["findings"][0]["severity"] == "violation"


@pytest.mark.parametrize(
    ("path", "body", "kind", "status", "word"),
    [
        ("/check", GOOD, "application/pdf", 415, "text/turtle"),
        ("/check", GOOD, "", 415, "application/yaml"),
        ("/check", "", YAML, 400, "vide"),
        ("/check", "@prefix", TURTLE, 400, "ligne 1"),
        ("/check", b"\xff\xfe", YAML, 400, "UTF-8"),
        ("/check?project=y", GOOD, YAML, 404, "x"),
        ("/check", "{" * 9000, "application/json", 400, ""),
        ("/check", "[" * 9000 + "]" * 9000, "application/json", 413, "imbriquée"),
        ("/check?langue=fr", GOOD, YAML, 400, "« lang »"),
        ("/check?lang=de", GOOD, YAML, 400, "fr"),
        ("/assess?as_of=demain", GOOD, YAML, 400, "2026-06-01"),
        ("/assess?anyway=perhaps", GOOD, YAML, 400, "anyway"),
        ("/nowhere", GOOD, YAML, 404, "/assess"),
    ],
)
def test_a_problem_has_its_status_and_says_what_to_do(
    client: FlaskClient, path: str, body: str | bytes, kind: str, status: int, word: str
) -> None:
    answer = client.post(path, data=body, content_type=kind)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    problem = json.loads(answer.data)
    assert problem["status"] == status
    assert problem["title"]
    assert word in problem["detail"]
    assert answer.headers["Content-Language"] == "fr"


def test_unsupported_syntax_lists_what_is_accepted(client: FlaskClient) -> None:
    answer = client.post("/assess", data=GOOD, content_type="application/pdf")
    assert json.loads(answer.data)["accepted"] == list(MEDIA_TYPES)


def test_the_wrong_method_names_the_right_one(client: FlaskClient) -> None:
    answer = client.get("/assess")
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert "POST" in answer.headers["Allow"]


def test_a_large_body_is_refused() -> None:
    client = create_app({"MAX_CONTENT_LENGTH": 100}).test_client()
    answer = client.post("/check", data="project: x\n#" + "x" * 200, content_type=YAML)
    assert (answer.status_code, answer.mimetype) == (413, "application/problem+json")
    assert "100" in json.loads(answer.data)["detail"]


def test_health_names_the_rules(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert answer.json is not None
    assert (answer.json["status"], len(answer.json["rulebook_version"])) == ("ok", 12)


def test_the_unexpected_is_a_problem_without_details(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_: object) -> None:
        raise ZeroDivisionError("secret")

    client = create_app().test_client()
    monkeypatch.setattr("montages.api.Knowledge.examine", fall)
    answer = client.post("/check", data=GOOD, content_type=YAML)
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert b"secret" not in answer.data
    assert b"Traceback" not in answer.data


@pytest.fixture
def served() -> Iterator[str]:
    """Start the service as a user does, and stop it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-c",
        "from montages.cli import main; main()",
        "serve",
        "--port",
        str(port),
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=os.environ) as process:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=PATIENCE)
            assert process.returncode == 0


@pytest.mark.slow
def test_serve_answers_and_stops(served: str) -> None:
    def answers() -> bool:
        try:
            with urllib.request.urlopen(f"{served}/healthz", timeout=PATIENCE) as answer:  # noqa: S310
                assert json.load(answer)["status"] == "ok"
                return True
        except OSError:
            return False

    until(answers)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("text/html", "text/html"),
        ("text/html;q=0.3, application/json;q=0.9", "application/json"),
        ("application/json;q=.2, text/turtle;q=.5, image/png", "text/turtle"),
    ],
)
def test_accept_decides_the_syntax_of_an_assessment(
    client: FlaskClient, accept: str, media_type: str, tmp_path: Path
) -> None:
    headers = {"Accept": accept} if accept else {}
    path = tmp_path / "a.yaml"
    path.write_text(GOOD)
    for detail in ("brief", "full"):
        answer = client.post(
            f"/assess?as_of=2026-06-01&detail={detail}&legend=yes",
            data=GOOD,
            content_type=YAML,
            headers=headers,
        )
        assert (answer.status_code, answer.mimetype) == (200, media_type)
        assert {"Accept", "Accept-Language"} <= set(answer.vary)
        form = {"application/ld+json": "jsonld"}.get(media_type, media_type.partition("/")[2])
        options = ("--as-of", "2026-06-01", "--format", form, "--detail", detail)
        assert answer.get_data(as_text=True) == run("assess", str(path), *options).out


def test_an_assessment_in_no_syntax_we_write_is_refused_with_those_we_do(
    client: FlaskClient,
) -> None:
    answer = client.post(
        "/assess", data=GOOD, content_type=YAML, headers={"Accept": "application/pdf"}
    )
    assert answer.status_code == 406
    assert answer.json is not None
    offered = {each["mediaType"] for each in answer.json["available"]}
    assert offered == {form.media_type for form in ALL}
    named = client.post("/assess?format=turtle", data=GOOD, content_type=YAML)
    assert named.mimetype == "text/turtle"


def test_an_unknown_detail_is_refused_with_those_there_are(client: FlaskClient) -> None:
    answer = client.post("/assess?detail=bref", data=GOOD, content_type=YAML)
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["accepted"] == ["brief", "full"]


@pytest.mark.parametrize("host", ["a@evil/x", "a b", "é.example", "[::1", "a/b", "a?b", "a:80:80"])
def test_a_host_that_is_no_name_of_a_machine_is_refused(client: FlaskClient, host: str) -> None:
    for path in ("/id/contract/mpgp", "/sparql?query=ASK{}"):
        answer = client.get(path, headers={"Host": host.encode().decode("latin-1")})
        assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


@pytest.mark.parametrize("host", ["localhost", "a.example:8000", "[::1]:80", "192.0.2.1", "a_b"])
def test_a_host_that_is_one_is_taken(client: FlaskClient, host: str) -> None:
    assert client.get("/id/contract/mpgp", headers={"Host": host}).status_code == 303


def test_if_match_holds_for_reading_too(client: FlaskClient) -> None:
    path = "/id/contract/mpgp.ttl"
    tag = client.get(path).headers["ETag"]
    statuses = [
        client.get(path, headers={"If-Match": wanted}).status_code
        for wanted in (tag, f'"x", {tag}', "*", '"x"', f"W/{tag}")
    ]
    assert statuses == [200, 200, 200, 412, 412]


def test_a_whole_answer_names_the_address_of_its_legend_or_holds_it(client: FlaskClient) -> None:
    path = "/assess?as_of=2026-06-01&lang=en"
    linked = client.post(path, data=GOOD, content_type=YAML).json
    inside = client.post(f"{path}&legend=yes", data=GOOD, content_type=YAML).json
    assert linked is not None
    assert inside is not None
    address = linked.pop("legend").removeprefix("http://localhost")
    answer = client.get(address)
    legend = answer.json
    assert legend is not None
    assert inside.keys() == linked.keys() | legend.keys()
    assert all(inside[key] == linked[key] for key in linked)
    for section in legend.keys() - {"base"}:
        assert inside[section].items() <= legend[section].items(), section
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    refused = client.post("/assess?legend=perhaps", data=GOOD, content_type=YAML)
    assert (refused.status_code, refused.json and refused.json["accepted"]) == (400, ["1", "0"])
