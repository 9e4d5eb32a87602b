"""`POST /questions` gives the JSON of the Python function, in both languages and both sizes (R19, R30)."""

from __future__ import annotations

import json
from functools import cache

import pytest
from flask.testing import FlaskClient

from montages import load
from montages.publish.json_text import dump_bytes
from montages.web import create_app

COMMUNE = {"project": "Éclairage", "holder": {"type": "Commune"}, "usages": ["street-lighting"]}
DAY = "2026-06-01"


@cache
def client() -> FlaskClient:
    return create_app().test_client()


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("detail", ["brief", "full"])
def test_the_service_and_python_ask_the_same(lang: str, detail: str) -> None:
    answer = client().post(f"/questions?as_of={DAY}&lang={lang}&detail={detail}", json=COMMUNE)
    parsed = load().read(text=json.dumps(COMMUNE), syntax="json")
    expected = load().questions(parsed, as_of=DAY, lang=lang).to_json(brief=detail == "brief")
    assert answer.data == dump_bytes(expected)
    assert answer.headers["Content-Language"] == lang


def test_a_body_of_nothing_is_asked_about() -> None:
    for body, media in ((b"", None), (b"{}", "application/json"), (b"{}", "application/yaml")):
        answer = client().post(f"/questions?as_of={DAY}", data=body, content_type=media)
        assert answer.status_code == 200, answer.get_json()
        assert answer.get_json()["describe"][0]["key"] == "/holder/type"


def test_one_may_ask_about_some_set_ups_only() -> None:
    answer = client().post(f"/questions?as_of={DAY}&about=mpgp,adhesion", json=COMMUNE).get_json()
    assert [a["arrangement"] for a in answer["arrangements"]] == ["mpgp", "adhesion"]


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("/questions?about=sortilege", COMMUNE, 404, "sortilege"),
        ("/questions?as_of=demain", COMMUNE, 400, "2026-06-01"),
        ("/questions?detail=bref", COMMUNE, 400, "brief"),
        ("/questions?abuot=mpgp", COMMUNE, 400, "abuot"),
        ("/questions", {**COMMUNE, "holdr": 1}, 422, "holder"),
        ("/questions", {**COMMUNE, "answers": {"revenue": "peut-être"}}, 422, "revenue"),
    ],
)
def test_bad_input_gets_a_problem_that_says_what_to_do(
    path: str, body: dict[str, object], status: int, words: str
) -> None:
    answer = client().post(path, json=body)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert words in answer.get_data(as_text=True)


def test_another_format_than_json_is_refused_with_what_there_is() -> None:
    answer = client().post("/questions", json=COMMUNE, headers={"Accept": "text/turtle"})
    assert answer.status_code == 406
    assert "application/json" in answer.get_data(as_text=True)
