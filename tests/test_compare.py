"""R24: contracts side by side: what each accepts, what comes out, by which source; what is not covered."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient

from commands import run
from montages import load
from montages.advice.comparison import BEST, LEAST, MOST, Comparison
from montages.assessment.ranking import row_of
from montages.description.parsing.parse import panel_description
from montages.errors import UnknownName
from montages.knowledge.panel import panel
from montages.publish.json_text import dump, dump_bytes
from montages.web import create_app
from route_answers import answer_schema
from sampling import RULES

DAY = "2026-06-01"
FAST = load("fast")
COMMUNE: dict[str, Any] = {
    "project": "Éclairage",
    "holder": {"type": "Commune"},
    "layers": [{"layer": "objects"}, {"layer": "business-portal"}],
    "answers": {"competence-held": "yes", "performance-commitments": "no"},
}
PAIR = ("mpgp", "marche-services")


def compared(*about: str, **options: Any) -> Comparison:
    return FAST.compare(COMMUNE, as_of=DAY, about=about, **options)


def test_each_cell_is_what_the_assessment_says_of_the_requirement() -> None:
    it = compared(*PAIR)
    for result in it.contracts:
        cells = [c for row in it.criteria for c in row.checks[result.arrangement.slug]]
        useful = {c for c in result.checks if c.requirement.own.criterion != "images-viewed"}
        assert set(cells) == useful


def test_what_is_asked_only_of_a_use_that_is_not_stated_is_not_compared() -> None:
    filming = COMMUNE | {"usages": ["video-protection"]}
    for tree, told in ((COMMUNE, False), (filming, True)):
        it = FAST.compare(tree, as_of=DAY, about=PAIR)
        assert ("images-viewed" in {row.criterion.slug for row in it.criteria}) is told


def test_a_row_differs_where_contracts_ask_or_come_out_otherwise() -> None:
    rows = {row.criterion.slug: row for row in compared(*PAIR).criteria}
    assert rows["realisation-included"].differs
    assert not rows["competence-held"].differs
    silent = rows["realisation-included"].to_json("fr", brief=True)["cells"]["marche-services"]
    assert silent == []


def test_differences_only_leaves_out_what_all_have_alike_and_counts_it() -> None:
    whole, only = compared(*PAIR), compared(*PAIR, differences_only=True)
    assert only.criteria
    assert all(row.differs for row in only.criteria)
    assert len(only.criteria) + only.alike == len(whole.criteria)


def test_one_contract_beside_itself_differs_in_nothing() -> None:
    assert not compared("mpgp", "mpgp", differences_only=True).criteria


def test_every_cell_has_accepted_values_outcome_reading_and_sources() -> None:
    for lang in ("fr", "en"):
        for row in compared(*PAIR, lang=lang).to_json()["criteria"]:
            for cell in (c for cells in row["cells"].values() for c in cells):
                assert cell["accepted"]
                assert cell["outcome"]
                assert cell["reading"]
                assert cell["sources"]


def test_what_is_not_covered_is_said() -> None:
    tree = COMMUNE | {
        "answers": {**COMMUNE["answers"], "agility": "high", "data-control": "authority"}
    }
    said = FAST.compare(tree, as_of=DAY, about=["quasi-regie"], anyway=True).to_json("fr")
    assert "agility" in {each["criterion"] for each in said["not_covered"]["answers"]}
    assert "aides d'État" in said["not_covered"]["text"]


def test_without_names_the_best_and_those_retained_are_compared() -> None:
    dijon = FAST.compare("data/projects/dijon.ttl", as_of=DAY)
    slugs = [result.arrangement.slug for result in dijon.contracts]
    assert "mpgp" in slugs
    assert len(slugs) <= BEST + 3
    assert dijon.cut


def test_what_the_answer_names_for_each_part_comes_first() -> None:
    it = FAST.compare("data/examples/deux-perimetres.yaml", as_of=DAY)
    named = [row["contract"] for row in it.assessment.answer.to_json("fr")["rows"]]
    assert len(named) == 2
    assert [each.arrangement.slug for each in it.contracts[:2]] == named


@pytest.mark.parametrize("first", range(0, 60, 12))
def test_what_the_answer_names_or_says_is_the_nearest_comes_first(first: int) -> None:
    for case in panel()[first::60]:
        it = FAST.compare(panel_description(case), as_of=case.as_of, anyway=True)
        answer, (column, *_) = it.assessment.answer, it.contracts
        told = answer.first or (answer.nearest.row if answer.nearest else None)
        if told is not None:
            assert row_of(column) == told.slug, case.slug


def test_one_contract_alone_is_beside_those_that_choices_close() -> None:
    tree = {
        "project": "Métropole",
        "holder": {"type": "Metropole"},
        "usages": ["street-lighting"],
        "layers": [{"layer": "objects", "mode": "own"}],
        "answers": {
            "competence-held": "yes",
            "contract-object": "mixed",
            "main-object": "services",
            "estimated-value": 80_000_000,
            "investment-funding": "public",
            "exploitation-risk": "none",
            "remuneration": "price-tied-to-results",
            "operated-by": "contractor",
            "counterparty": "company",
            "design-included": "yes",
            "works-on-a-structure": "yes",
            "realisation-included": "yes",
            "operation-included": "yes",
            "performance-commitments": "yes",
            "execution": "whole",
            "body-offers-it": "no",
        },
    }
    it = FAST.compare(tree, as_of=DAY, differences_only=True)
    first, *others = it.contracts
    assert first.arrangement.slug == "mpgp"
    assert [each.verdict.value for each in others] == ["closed-by-choice"] * (LEAST - 1)
    assert it.criteria


def test_too_many_are_cut_with_a_sentence() -> None:
    every = [a.slug for a in RULES.proposed() if a.kind == "contract"]
    it = compared(*every)
    assert len(it.contracts) == MOST
    assert str(len(every) - MOST) in it.cut[0].fr


def test_an_unknown_set_up_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="mpgp"):
        compared("mpg")


@cache
def client() -> FlaskClient:
    return create_app().test_client()


@pytest.mark.parametrize(("lang", "detail"), [("fr", "brief"), ("en", "full")])
def test_the_service_and_python_compare_alike(lang: str, detail: str) -> None:
    path = f"/compare?as_of={DAY}&lang={lang}&detail={detail}&about=mpgp,dsp&differences_only=1"
    answer = client().post(path, json=COMMUNE)
    parsed = load().read(text=json.dumps(COMMUNE), syntax="json")
    expected = load().compare(
        parsed, as_of=DAY, lang=lang, about=["mpgp", "dsp"], differences_only=True
    )
    assert answer.data == dump_bytes(expected.to_json(brief=detail == "brief"))
    jsonschema.validate(answer.get_json(), answer_schema("/compare"))


def test_each_set_up_that_is_named_counts_however_the_parameter_is_written() -> None:
    once = client().post(f"/compare?as_of={DAY}&about=mpgp,dsp", json=COMMUNE).get_json()
    for written in ("about=mpgp&about=dsp", "about=mpgp,%20dsp", "about=mpgp,dsp,mpgp"):
        assert client().post(f"/compare?as_of={DAY}&{written}", json=COMMUNE).get_json() == once
    assert client().post("/compare?about=mpgp&about=mpg", json=COMMUNE).status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/compare?about=mpg", 404),
        ("/compare?differences_only=oui", 400),
        ("/compare?detail=x", 400),
    ],
)
def test_bad_input_gets_a_problem(path: str, status: int) -> None:
    answer = client().post(path, json=COMMUNE)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"


def test_the_command_line_compares_alike() -> None:
    result = run("compare", "dijon", "--as-of", DAY, "--format", "json")
    assert result.out == dump(load().compare("data/projects/dijon.ttl", as_of=DAY).to_json("fr"))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_terminal_tells_it_in_both_languages(lang: str) -> None:
    result = run("compare", "dijon", "--as-of", DAY, "--lang", lang, "--detail", "full")
    assert {"fr": "ne couvre pas", "en": "does not cover"}[lang] in result.out
    assert {"fr": "accepte :", "en": "accepts:"}[lang] in result.out
