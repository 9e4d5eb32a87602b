"""`POST /what-if` and `montages what-if` give the JSON of the Python function, in two sizes (R21, R30)."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient

from commands import run
from montages import load
from montages.publish.json_text import dump, dump_bytes
from montages.web import create_app
from route_answers import answer_schema

COMMUNE: dict[str, Any] = {
    "project": "Éclairage",
    "holder": {"type": "Commune"},
    "answers": {"competence-held": "yes"},
}
DAY = "2026-06-01"


@cache
def client() -> FlaskClient:
    return create_app().test_client()


def expected(lang: str, detail: str, **options: Any) -> dict[str, Any]:
    parsed = load().read(text=json.dumps(COMMUNE), syntax="json")
    return load().what_if(parsed, as_of=DAY, lang=lang, **options).to_json(brief=detail == "brief")


@pytest.mark.parametrize(("lang", "detail"), [("fr", "brief"), ("en", "full")])
def test_the_service_and_python_say_the_same(lang: str, detail: str) -> None:
    answer = client().post(f"/what-if?as_of={DAY}&lang={lang}&detail={detail}", json=COMMUNE)
    assert answer.data == dump_bytes(expected(lang, detail))
    assert answer.headers["Content-Language"] == lang
    jsonschema.validate(answer.get_json(), answer_schema("/what-if"))


def test_the_command_line_says_the_same() -> None:
    result = run("what-if", "dijon", "--as-of", DAY, "--format", "json")
    found = load().what_if("data/projects/dijon.ttl", as_of=DAY).to_json("fr")
    assert result.out == dump(found)


def test_one_may_ask_about_some_set_ups_only() -> None:
    answer = client().post(f"/what-if?as_of={DAY}&about=mpgp", json=COMMUNE).get_json()
    assert [each["contract"] for each in answer["contracts"]] == ["mpgp"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_terminal_tells_it_in_both_languages(lang: str) -> None:
    result = run("what-if", "dijon", "--as-of", DAY, "--lang", lang)
    assert result.code == 0
    words = {
        "fr": ("à condition de", "jamais les faits"),
        "en": ("provided you", "never the facts"),
    }
    assert all(word in result.out for word in words[lang])


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("/what-if?about=sortilege", COMMUNE, 404, "sortilege"),
        ("/what-if?as_of=demain", COMMUNE, 400, "2026-06-01"),
        ("/what-if?detail=bref", COMMUNE, 400, "brief"),
        ("/what-if", {**COMMUNE, "holdr": 1}, 422, "holder"),
    ],
)
def test_bad_input_gets_a_problem_that_says_what_to_do(
    path: str, body: dict[str, object], status: int, words: str
) -> None:
    answer = client().post(path, json=body)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert words in answer.get_data(as_text=True)
