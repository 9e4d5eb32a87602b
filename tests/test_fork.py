"""R21: a project beside another, or beside itself answered otherwise: what moves, and by which checks."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient

from commands import run
from montages import load
from montages.advice.project_fork import Fork
from montages.errors import Refused, UnusableInput
from montages.publish.json_text import dump, dump_bytes
from montages.web import create_app
from route_answers import answer_schema

DAY = "2026-06-01"
FAST = load("fast")
COMMUNE: dict[str, Any] = {
    "project": "Éclairage",
    "holder": {"type": "Commune"},
    "layers": [{"layer": "objects", "answers": {"competence-held": "yes"}}],
    "answers": {"performance-commitments": "yes"},
}


def forked(**answers: Any) -> Fork:
    keys = {key.replace("_", "-"): value for key, value in answers.items()}
    return FAST.fork(COMMUNE, answers=keys, as_of=DAY)


def test_what_moves_is_what_two_assessments_say() -> None:
    it = forked(performance_commitments="no")
    moved = {move.before.arrangement.slug for move in it.moves}
    for result in it.before.conclusions.verdicts:
        slug, other = result.arrangement.slug, it.after.conclusions.verdict(result.arrangement.slug)
        same = (result.status, result.verdict, result.procedure) == (
            other.status,
            other.verdict,
            other.procedure,
        )
        assert (slug in moved) != same, slug
    assert "mpgp" in moved


def test_each_move_names_the_checks_that_cause_it() -> None:
    move = next(
        m for m in forked(performance_commitments="no").moves if m.before.arrangement.slug == "mpgp"
    )
    assert not move.better
    causes = {cause.requirement.own.criterion: cause for cause in move.because}
    assert causes["performance-commitments"].before == ("satisfied",)
    assert causes["performance-commitments"].after == ("violated",)


def test_an_edit_holds_whatever_a_layer_said() -> None:
    it = forked(competence_held="transferred")
    assert [each.criterion.slug for each in it.answers if each.criterion.nature == "fact"] == [
        "competence-held",
        "body-offers-it",  # one is a member of the body that has the competence
    ]
    assert it.after.conclusions.units[0].unit.answer("competence-held").values == {"transferred"}


def test_an_edit_is_read_as_any_answer_is() -> None:
    it = forked(estimated_value="1,5 M€", investment_funding="Privé")
    given = it.after.conclusions.units[0].unit
    assert given.answer("estimated-value").number == 1_500_000
    assert given.answer("investment-funding").values == {"private"}


def test_an_answer_that_was_said_to_be_unknown_may_be_given() -> None:
    tree = COMMUNE | {"unknown": ["estimated-value"]}
    it = FAST.fork(tree, answers={"estimated-value": 20_000}, as_of=DAY)
    assert it.after.conclusions.units[0].unit.answer("estimated-value").number == 20_000


def test_two_projects_stand_side_by_side() -> None:
    it = FAST.fork("data/projects/dijon.ttl", "data/projects/rennes.ttl", as_of=DAY)
    assert it.answers
    assert it.moves
    better = [move.better for move in it.moves]
    assert better == sorted(better, reverse=True)


def test_nothing_moves_where_nothing_differs() -> None:
    assert not forked(performance_commitments="yes").moves


def test_bad_edits_are_refused_with_what_may_be_meant() -> None:
    with pytest.raises(Refused, match="performance-commitments"):
        forked(performance_commitment="no")
    with pytest.raises(Refused):
        forked(performance_commitments="maybe")
    with pytest.raises(UnusableInput):
        FAST.fork(COMMUNE)


@cache
def client() -> FlaskClient:
    return create_app().test_client()


@pytest.mark.parametrize(("lang", "detail"), [("fr", "brief"), ("en", "full")])
def test_the_service_and_python_say_the_same(lang: str, detail: str) -> None:
    path = f"/fork?as_of={DAY}&lang={lang}&detail={detail}&with=performance-commitments:no"
    answer = client().post(path, json=COMMUNE)
    parsed = load().read(text=json.dumps(COMMUNE), syntax="json")
    edits = {"performance-commitments": "no"}
    expected = load().fork(parsed, answers=edits, as_of=DAY, lang=lang)
    assert answer.data == dump_bytes(expected.to_json(brief=detail == "brief"))
    jsonschema.validate(answer.get_json(), answer_schema("/fork"))


def test_each_answer_of_a_variant_counts_however_the_parameter_is_written() -> None:
    path = f"/fork?as_of={DAY}&with=performance-commitments:no"
    once = client().post(f"{path},operation-included:no", json=COMMUNE).get_json()
    assert client().post(f"{path}&with=operation-included:no", json=COMMUNE).get_json() == once
    assert {each["criterion"] for each in once["answers"]} >= {
        "performance-commitments",
        "operation-included",
    }


@pytest.mark.parametrize(
    ("path", "status"), [("/fork?with=mpgp", 400), ("/fork?with=revenu:yes", 422), ("/fork", 422)]
)
def test_bad_input_gets_a_problem(path: str, status: int) -> None:
    answer = client().post(path, json=COMMUNE)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"


def test_the_command_line_says_the_same() -> None:
    args = ("fork", "dijon", "--with", "investment-funding=private", "--as-of", DAY)
    expected = load().fork(
        "data/projects/dijon.ttl", answers={"investment-funding": "private"}, as_of=DAY
    )
    assert run(*args, "--format", "json").out == dump(expected.to_json("fr"))
    for lang, words in (("fr", "Ce qui bouge"), ("en", "What moves")):
        assert words in run(*args, "--lang", lang, "--detail", "full").out
    assert run("fork", "dijon", "--with", "x").code == 2
