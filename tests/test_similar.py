"""R24b: projects like this one: nearness is Gower's coefficient over facts, and every door tells the same."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from commands import run
from montages import load
from montages.advice.similar import similar_projects as module
from montages.advice.similar.precedents import PrecedentKind, precedents
from montages.advice.similar.project_traits import (
    MODES,
    ProjectTraits,
    comparison_facts,
    project_traits,
)
from montages.advice.similar.similar_projects import SimilarProjects, similarity
from montages.errors import Refused
from montages.knowledge.panel import panel
from montages.knowledge.rulebook import rulebook
from montages.publish.json_text import dump, dump_bytes
from montages.web import create_app
from route_answers import answer_schema

pytestmark = pytest.mark.clock

FAST = load("fast")
COMMUNE: dict[str, Any] = {
    "project": "Éclairage",
    "holder": {"type": "Commune"},
    "usages": ["street-lighting"],
    "layers": [{"layer": "objects", "mode": "own"}],
    "answers": {"estimated-value": 20000, "contract-object": "supplies"},
}
NUMBERS = {f.slug: f.ratio for f in comparison_facts() if f.ratio is not None}
TRAITS = st.builds(
    ProjectTraits,
    st.dictionaries(
        st.sampled_from([f.slug for f in comparison_facts() if f.ratio is None]),
        st.frozensets(st.sampled_from(["objects:own", "objects:other", "storage:own"]), min_size=1),
    ),
    st.dictionaries(st.sampled_from(list(NUMBERS)), st.floats(1, 1e10)),
)


def traits(tree: dict[str, Any]) -> ProjectTraits:
    return project_traits(FAST.read({"project": "x", **tree}))


def near(one: dict[str, Any], other: dict[str, Any]) -> float:
    return similarity(traits(one), traits(other)).value


def order(it: SimilarProjects) -> list[str]:
    return [each.precedent.iri for each in it.nearest]


@settings(max_examples=40)
@given(TRAITS, TRAITS)
def test_nearness_is_the_same_both_ways_from_0_to_1_and_whole_to_itself(
    one: ProjectTraits, other: ProjectTraits
) -> None:
    there, back = similarity(one, other), similarity(other, one)
    assert there.value == back.value
    assert 0 <= there.value <= 1
    assert similarity(one, one).value == (1 if one.values or one.numbers else 0)


@settings(max_examples=40)
@given(TRAITS, TRAITS)
def test_what_one_project_leaves_out_does_not_count(
    one: ProjectTraits, other: ProjectTraits
) -> None:
    shared = {fact.fact.slug for fact in similarity(one, other).facts}
    less = ProjectTraits(
        {k: v for k, v in one.values.items() if k in shared},
        {k: v for k, v in one.numbers.items() if k in shared},
    )
    assert similarity(less, other).value == similarity(one, other).value


@settings(max_examples=40)
@given(st.floats(1, 1e9), st.floats(1, 50), st.floats(1, 50))
def test_amounts_are_compared_by_their_ratio_on_a_log_scale(
    amount: float, step: float, more: float
) -> None:
    def apart(factor: float) -> float:
        slug = "estimated-value"
        pair = (ProjectTraits({}, {slug: amount * k}) for k in (1, factor))
        return similarity(*pair).value

    assert apart(step) >= apart(step * more) - 1e-9
    assert apart(float(NUMBERS["estimated-value"] or 0)) == pytest.approx(0, abs=1e-9)
    assert apart(10) == pytest.approx(0.5)


def test_values_are_compared_by_those_in_common() -> None:
    assert near({"usages": ["water", "waste"]}, {"usages": ["water", "parking"]}) == pytest.approx(
        1 / 3
    )


def test_a_commune_is_nearer_to_a_departement_than_to_a_syndicate_both_less_than_to_a_commune() -> (
    None
):
    commune, departement, syndicate = (
        {"holder": {"type": kind}} for kind in ("Commune", "Departement", "SIVU")
    )
    assert 1 == near(commune, commune) > near(commune, departement) > near(commune, syndicate)


def test_modes_are_compared_on_the_layers_that_both_have() -> None:
    one = {"layers": [{"layer": "objects", "mode": "own"}, {"layer": "storage", "mode": "own"}]}
    other = {"layers": [{"layer": "objects", "mode": "own"}, {"layer": "iot-network"}]}
    facts = {f.fact.slug: f.similarity for f in similarity(traits(one), traits(other)).facts}
    assert facts == {"layer": pytest.approx(1 / 3), MODES: 1}


def test_neither_choices_nor_what_is_presumed_count() -> None:
    choices = {"duration-months": 120, "investment-funding": "private", "execution": "whole"}
    chosen = {**COMMUNE, "answers": {**COMMUNE["answers"], **choices}}
    assert traits(chosen) == traits(COMMUNE)
    stated = {"holder", "usages", "layer", MODES, "estimated-value", "contract-object"}
    assert {*traits(COMMUNE).values, *traits(COMMUNE).numbers} == stated


def test_every_fact_counts_and_each_number_has_its_widest_ratio() -> None:
    compared = {fact.slug for fact in comparison_facts()}
    assert {c.slug for c in rulebook().criteria.values() if c.nature == "fact"} <= compared


def test_weights_are_data() -> None:
    weights = {fact.slug: fact.weight for fact in comparison_facts()}
    assert weights["holder"] == weights["usages"] == weights["estimated-value"] == 3
    assert weights["lots"] == 1


def test_the_order_does_not_depend_on_that_of_the_precedents_or_of_the_keys(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = order(FAST.similar(COMMUNE, top=20))
    last_first = tuple(reversed(precedents()))
    monkeypatch.setattr(module, "precedents", lambda: last_first)
    backwards = dict(reversed(COMMUNE.items()))
    assert order(FAST.similar(backwards, top=20)) == expected


def test_what_serves_another_usage_or_is_a_hundred_times_dearer_is_not_like_it_and_comes_last() -> (
    None
):
    air = {**COMMUNE, "usages": ["air-quality"]}
    real = FAST.similar(air, top=20).real
    assert real
    assert not any(each.like_yours for each in real)
    mixed = FAST.similar(COMMUNE, top=20).panel
    assert [each.like_yours for each in mixed] == sorted(
        (each.like_yours for each in mixed), reverse=True
    )
    stated = {each.precedent.slug: each.like_yours for each in FAST.similar(COMMUNE, top=20).real}
    assert stated["sable"]  # street lighting, its price unsaid
    assert not stated["sevran"]  # street lighting, 16.2 M€


def test_what_shares_most_of_what_the_project_states_comes_first() -> None:
    for nearest in (FAST.similar(COMMUNE, top=20).real, FAST.similar(COMMUNE, top=20).panel):
        keys = [(not it.like_yours, -it.likeness, -it.similarity.value) for it in nearest]
        assert keys == sorted(keys)


def test_a_village_that_buys_sensors_is_shown_purchases_of_sensors_before_companies_of_its_own() -> (
    None
):
    panel = [it.precedent.slug for it in FAST.similar(COMMUNE, top=20).panel]
    assert panel[0] == "town-lighting-sensors"
    assert "small-shareholder-no-control" not in panel[:3]


def test_real_projects_and_cases_of_the_panel_are_told_apart() -> None:
    it = FAST.similar(COMMUNE, top=20)
    assert {each.precedent.kind for each in it.real} == {PrecedentKind.REAL}
    assert {each.precedent.kind for each in it.panel} == {PrecedentKind.PANEL}
    assert all("/id/project/" in each.precedent.iri for each in it.real)
    assert all("/id/panel/" in each.precedent.iri for each in it.panel)
    assert len(it.panel) == 20


def test_each_has_in_words_how_it_ended() -> None:
    real = {each.precedent.slug: each for each in FAST.similar(COMMUNE, top=20).real}
    assert real["sable"].ending.fr == "a retenu : marché de partenariat (en 2012)"
    assert real["gardanne"].ending.fr.endswith("(en 2021, terminé)")
    assert real["hyeres"].ending.fr.endswith("(en consultation)")
    expected = [each.ending for each in FAST.similar(COMMUNE, top=20).panel]
    assert all("praticien" in ending.fr and "practitioner" in ending.en for ending in expected)


def test_a_project_that_says_nothing_has_none_and_one_is_not_like_itself() -> None:
    assert order(FAST.similar({"project": "x"})) == []
    dijon = FAST.similar("data/projects/dijon.ttl", top=20)
    assert str(dijon.project) not in order(dijon)


def test_what_cannot_be_read_or_does_not_conform_is_refused() -> None:
    with pytest.raises(Refused):
        FAST.similar({**COMMUNE, "holdr": 1})
    with pytest.raises(Refused):
        FAST.similar({**COMMUNE, "answers": {"estimated-value": -1}})


def test_a_number_said_otherwise_by_two_parts_is_left_out() -> None:
    areas = {name: {"answers": {"estimated-value": n}} for name, n in (("a", 10), ("b", 20))}
    assert not traits({"perimeters": areas}).numbers


def test_the_precedents_are_every_real_project_and_every_case() -> None:
    kinds = [it.kind for it in precedents()]
    assert kinds.count(PrecedentKind.PANEL) == len(panel())
    assert kinds.count(PrecedentKind.REAL) == len(kinds) - len(panel()) > 10


@cache
def client() -> FlaskClient:
    return create_app().test_client()


@pytest.mark.parametrize(("lang", "detail"), [("fr", "brief"), ("en", "full")])
def test_the_service_and_python_say_the_same(lang: str, detail: str) -> None:
    path = f"/similar?as_of=2026-06-01&lang={lang}&detail={detail}&top=4"
    answer = client().post(path, json=COMMUNE)
    parsed = load().read(text=json.dumps(COMMUNE), syntax="json")
    expected = load().similar(parsed, as_of="2026-06-01", lang=lang, top=4)
    assert answer.data == dump_bytes(expected.to_json(brief=detail == "brief"))
    jsonschema.validate(answer.get_json(), answer_schema("/similar"))


def test_the_command_line_says_the_same() -> None:
    result = run("similar", "dijon", "--as-of", "2026-06-01", "--format", "json")
    expected = load().similar("data/projects/dijon.ttl", as_of="2026-06-01")
    assert result.out == dump(expected.to_json("fr"))


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ("Projets réels", "Cas d'école", "Proximité : 0,")),
        ("en", ("Real projects", "Textbook cases", "Nearness: 0.")),
    ],
)
def test_the_terminal_tells_it_in_both_languages(lang: str, words: tuple[str, ...]) -> None:
    result = run("similar", "dijon", "--lang", lang, "--detail", "full")
    assert all(word in result.out for word in words)


@pytest.mark.parametrize("query", ["top=0", "top=21", "top=x", "detail=bref", "about=mpgp"])
def test_bad_parameters_get_a_problem(query: str) -> None:
    answer = client().post(f"/similar?{query}", json=COMMUNE)
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
