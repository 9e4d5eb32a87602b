"""R23, R49: whole set-ups: every layer and perimeter covered once, by open contracts; the answer's first."""

from __future__ import annotations

import html
import json
from functools import cache
from itertools import groupby, product
from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient

from commands import run
from montages import Assessment, load
from montages.advice.compose.best_compositions import compositions_of, exact_covers
from montages.advice.compose.composition import Composition, Compositions
from montages.advice.compose.contract_parts import ContractPart
from montages.assessment.ranking import FOLDED, PLAIN, UNCALLED, row_of
from montages.description.parsing.parse import panel_description
from montages.errors import UnknownName
from montages.knowledge.files import library
from montages.knowledge.panel import panel
from montages.publish.advice_pages import compositions_page
from montages.publish.json_text import dump, dump_bytes
from montages.web import create_app
from panel_cases import panel_case
from route_answers import answer_schema
from sampling import profile

DAY = "2026-06-01"
FAST = load("fast")
TWO = "data/examples/deux-perimetres.yaml"


def assessed(number: int) -> Assessment:
    return FAST.assess(profile(number), as_of=DAY, anyway=True)


def whole(it: Compositions) -> None:
    """Hold what is true of every composition, whatever the project."""
    units = {each.unit.id for each in it.assessment.conclusions.units}
    told = [each.told for each in it.compositions]
    assert len(set(told)) == len(told)
    assert len(it.compositions) <= it.count
    for each in it.compositions:
        covered = [of.unit.id for part in each.parts for of in part.units]
        assert sorted(covered) == sorted(units)
        assert all(part.result.verdict.open for part in each.parts)
        assert each.verdict.open
        for part in each.parts:
            concluded_together(part, it.assessment)
    if it.uncovered:
        assert not it.compositions
    begins_with_the_answer(it)


def concluded_together(part: ContractPart, it: Assessment) -> None:
    """Hold that a part tells what is concluded of its units together."""
    concluded = it.conclusions.parts.of([each.unit for each in part.units])
    (row,) = (row for row in concluded.rows if row.slug == part.row)
    if part.otherwise:
        assert not row.shown.verdict.open
        assert part.apart
    else:
        assert part.result == row.shown
        assert part.result.verdict.open


def begins_with_the_answer(it: Compositions) -> None:
    """Hold that what the answer names is the first composition, and that the others come in their order."""
    answer, others = it.assessment.answer, it.compositions
    named = [(row.row.slug, {unit.id for unit in row.part.units}) for row in answer.rows]
    if answer.rows and sum(len(ids) for _, ids in named) == len(it.assessment.conclusions.units):
        first, others = it.compositions[0], it.compositions[1:]
        assert [(p.row, {each.unit.id for each in p.units}) for p in first.parts] == named
        for part, row in zip(first.parts, answer.rows, strict=True):
            assert part.result == row.shown
            if row.award.channel is None and row.award.enough is not None:
                assert part.procedure == row.award.enough
            if row.award.channel is not None:
                assert (part.procedure, part.channels[0]) == (None, row.award.channel)
    if answer.prohibition is not None:
        assert not it.compositions
    for each in others:
        rows = [part.row for part in each.parts]
        assert len(set(rows)) == len(rows)
    ranks = [each.rank for each in others]
    assert ranks == sorted(ranks)


def test_every_real_project_is_covered_by_open_contracts() -> None:
    for path in list(library.projects().values())[::3]:
        it = FAST.compose(str(path), as_of=DAY, anyway=True)
        whole(it)
        assert it.compositions or it.uncovered, path


@pytest.mark.parametrize("first", range(2))
def test_every_composition_of_the_panel_covers_everything_with_open_contracts(first: int) -> None:
    for case in panel()[first::14]:
        whole(FAST.compose(panel_description(case), as_of=case.as_of, anyway=True))


def test_so_does_every_composition_of_projects_drawn_at_random() -> None:
    for number in range(0, 60, 6):
        whole(compositions_of(assessed(number)))


def in_parts(number: int) -> dict[str, Any]:
    """Draw a project of two or three parts that answer as differently as projects do."""
    layers = ("objects", "iot-network", "business-portal")[: 2 + number % 2]
    drawn = [profile(number * 7 + n * 131) for n in range(len(layers))]
    areas = {f"a{n}": {"answers": of.get("answers", {})} for n, of in enumerate(drawn)}
    uses = [{"layer": layer, "perimeter": area} for layer, area in zip(layers, areas, strict=True)]
    kept = {key: value for key, value in drawn[0].items() if key not in ("answers", "layers")}
    return {**kept, "perimeters": areas, "layers": uses}


def test_so_does_every_composition_of_projects_in_several_parts_drawn_at_random() -> None:
    several = 0
    for number in range(0, 120, 12):
        it = compositions_of(FAST.assess(in_parts(number), as_of=DAY, anyway=True))
        whole(it)
        several += any(len(each.parts) > 1 for each in it.compositions)
    assert several > 4


@pytest.mark.slow
def test_and_of_many_more() -> None:
    for case in panel()[::2]:
        whole(FAST.compose(panel_description(case), as_of=case.as_of, anyway=True))
    for number in range(0, 120, 6):
        whole(compositions_of(FAST.assess(in_parts(number), as_of=DAY, anyway=True)))
    for number in range(0, 200, 3):
        whole(compositions_of(assessed(number)))


@pytest.mark.soak
def test_and_of_all_of_the_panel_and_hundreds_drawn() -> None:
    for case in panel():
        whole(FAST.compose(panel_description(case), as_of=case.as_of, anyway=True))
    for number in range(500):
        whole(compositions_of(assessed(number)))
        whole(compositions_of(FAST.assess(in_parts(number), as_of=DAY, anyway=True)))


def test_the_exact_covers_are_those_that_brute_force_finds() -> None:
    blocks = (0b1111, 0b0011, 0b1100, 0b0101, 0b1010, 0b0111, 0b1000, 0b0001, 0b0010, 0b0100)
    found = exact_covers(blocks, 4).covers
    expected = {
        frozenset(b for b, taken in zip(blocks, some, strict=True) if taken)
        for some in product((False, True), repeat=len(blocks))
        if sum(b for b, taken in zip(blocks, some, strict=True) if taken) == 0b1111
        and sum(b.bit_count() for b, taken in zip(blocks, some, strict=True) if taken) == 4
    }
    assert {frozenset(cover) for cover in found} == expected
    assert len(found) == len(expected)
    assert [len(cover) for cover in found] == sorted(len(cover) for cover in found)


def test_the_count_is_that_of_all_ways() -> None:
    """Of one unit: the rows that are open for it."""
    it = FAST.compose({"project": "x"}, as_of=DAY)
    (unit,) = it.assessment.conclusions.units
    rows = {
        row_of(result)
        for result in unit.verdicts
        if result.arrangement.kind == "contract" and result.verdict.open
    }
    assert it.count == len(rows)


def test_two_perimeters_may_have_two_ways_and_a_way_of_running_buys_by_a_contract() -> None:
    it = FAST.compose(TWO, as_of=DAY)
    first = it.compositions[0]
    slugs = {part.result.arrangement.slug for part in first.parts}
    assert slugs == {"dsp", "regie"}
    regie = next(part for part in first.parts if part.result.arrangement.slug == "regie")
    assert regie.buys is not None
    assert regie.buys.result.arrangement.slug == "marche-fournitures"
    assert (first.contracts, first.interfaces) == (2, 2)


def test_design_and_works_on_a_structure_are_two_contracts() -> None:
    answers = {
        "competence-held": "yes",
        "works-on-a-structure": "yes",
        "main-object": "works",
        "design-included": "yes",
        "design-mission-entrusted": "yes",
        "investment-funding": "public",
    }
    it = FAST.compose({"project": "x", "answers": answers}, as_of=DAY, top=20)
    works = next(
        c for c in it.compositions if c.parts[0].result.arrangement.slug == "marche-travaux"
    )
    (gate,) = works.parts[0].apart
    assert gate.splits_into == "marche-services"
    assert (works.contracts, works.interfaces) == (2, 1)
    assert it.assessment.conclusions.verdict("marche-travaux").verdict.value == "closed-by-choice"
    said = works.to_json(it.rules, 1, "fr", brief=True)
    assert "2 contrats" in said["sentence"]
    assert said["parts"][0]["apart"][0]["sources"]


def likely(it: Compositions) -> list[Composition]:
    """Return the set-ups after that of the answer all of whose contracts are ones to name."""
    return [c for c in it.compositions[1:] if all(part.proposed for part in c.parts)]


def test_what_one_would_name_comes_first_and_fewer_contracts_before_more() -> None:
    for path in list(library.projects().values()):
        it = FAST.compose(str(path), as_of=DAY, anyway=True)
        known = likely(it)
        assert it.compositions[1 : 1 + len(known)] == tuple(known)
        parts = [len(each.parts) for each in known]
        assert parts == sorted(parts)


@pytest.mark.parametrize("number", [-1, 0, 10_000])
def test_a_set_up_that_there_is_not_is_unknown(number: int) -> None:
    with pytest.raises(UnknownName, match="set-up"):
        FAST.compose("dijon", as_of=DAY).composition(number)


@pytest.mark.slow
def test_of_as_many_contracts_the_set_up_comes_first_whose_last_one_does() -> None:
    compared = 0
    for number in range(0, 240, 3):
        it = compositions_of(FAST.assess(in_parts(number), as_of=DAY, anyway=True))
        for size, alike in groupby(likely(it), key=lambda each: len(each.parts)):
            last = [max(part.rank for part in each.parts) for each in alike]
            assert last == sorted(last), number
            compared += size > 1 and len(last) > 1
    assert compared > 1


def test_a_contract_that_answers_call_comes_before_a_plain_one_and_that_before_others() -> None:
    """R49: called, plain, open but not called, folded; a contract with a mission apart after them."""
    groups = []
    for number in range(0, 200, 4):
        it = compositions_of(assessed(number))
        parts = [each.parts[0] for each in it.compositions[1:]]
        kept = [part.of.group for part in parts if not part.otherwise]
        assert kept == sorted(kept), number
        assert [part.otherwise for part in parts] == sorted(part.otherwise for part in parts)
        groups += kept
    assert set(groups) >= {PLAIN, UNCALLED, FOLDED}


def test_a_fact_to_verify_for_several_units_is_told_once_with_what_does_for_all() -> None:
    tree = {
        "project": "x",
        "perimeters": {"a": {}, "b": {}},
        "layers": [{"layer": "objects", "perimeter": "a"}, {"layer": "storage", "perimeter": "b"}],
        "answers": {"competence-held": "no", "body-offers-it": "yes-may-join"},
    }
    (part,) = FAST.compose(tree, as_of=DAY).compositions[0].parts
    assert part.row == "adhesion"
    assert [t.criterion for t in part.result.to_verify] == ["competence-or-service-open"]


def test_the_answer_names_each_part_of_a_project_once() -> None:
    several = 0
    for number in range(0, 120, 6):
        it = FAST.assess(in_parts(number), as_of=DAY, anyway=True)
        if len(it.answer.rows) > 1:
            several += 1
            for lang, each in product(("fr", "en"), it.conclusions.units):
                headline, label = it.answer.headline[lang], each.unit.label[lang]
                assert headline.count(label) == 1, (number, headline)
    assert several > 4


def test_where_a_part_alone_has_no_contract_that_of_the_whole_is_named() -> None:
    paid = {"remuneration": "price-tied-to-results", "investment-funding": "private"}
    tree = {
        "project": "x",
        "holder": {"type": "Departement"},
        "perimeters": {"a": {"answers": paid | {"management-mode": "own"}}, "b": {}},
        "layers": [
            {"layer": "objects", "perimeter": "a"},
            {"layer": "iot-network", "perimeter": "b"},
        ],
    }
    (row,) = FAST.assess(tree, as_of=DAY).answer.rows
    assert (row.row.slug, len(row.part.units)) == ("mpgp", 2)


FORBIDDEN = {
    "project": "x",
    "usages": ["video-protection"],
    "answers": {"competence-held": "yes", "images-viewed": "by-private-party"},
}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_of_what_the_law_forbids_there_is_no_whole_set_up_and_it_is_said_why(lang: str) -> None:
    it = FAST.compose(FORBIDDEN, as_of=DAY, lang=lang)
    said = it.to_json()
    assert (said["compositions"], said["count"], said["uncovered"]) == ([], 0, [])
    assert said["prohibited_by"] == ["private-viewing"]
    headline = it.assessment.answer.headline[lang]
    assert headline in html.unescape(compositions_page(it, lang)).replace("\u00a0", " ")
    answer = client().post(f"/compose?as_of={DAY}", json=FORBIDDEN)
    jsonschema.validate(answer.get_json(), answer_schema("/compose"))


def test_what_is_bought_from_a_purchasing_body_has_no_procedure_in_the_answer_nor_in_its_set_up() -> (
    None
):
    case = panel_case("wholesaler-sensors")
    it = FAST.compose(panel_description(case), as_of=case.as_of)
    (row,) = it.assessment.answer.to_json("fr")["rows"]
    assert (row["channel"], row["procedure"]) == ("centrale-achat-grossiste", None)
    (said,) = it.compositions[0].to_json(it.rules, 1, "fr", brief=True)["parts"]
    assert said["procedure"] is None
    assert said["channels"][0]["slug"] == row["channel"]


def test_a_project_of_many_parts_is_cut_with_a_sentence() -> None:
    layers = ("objects", "iot-network", "storage", "data-processing", "business-portal")
    areas = {f"a{n}": {} for n in range(12)}
    uses = [{"layer": layer, "perimeter": area} for area in areas for layer in layers]
    tree = {"project": "x", "perimeters": areas, "layers": uses}
    it = FAST.compose(tree, as_of=DAY, anyway=True)
    whole(it)
    assert it.compositions
    assert it.more
    assert "découpages" in it.cut[-1].fr


def test_where_nothing_is_open_for_a_part_there_is_no_whole_set_up() -> None:
    tree = {
        "project": "x",
        "layers": [
            {"layer": "objects"},
            {
                "layer": "iot-network",
                "answers": {"competence-held": "transferred", "body-offers-it": "no"},
            },
        ],
    }
    it = FAST.compose(tree, as_of=DAY, anyway=True)
    whole(it)
    assert it.uncovered == ("iot-network",)


def test_what_is_cut_is_said() -> None:
    it = FAST.compose(str(library.projects()["dijon"]), as_of=DAY, top=2)
    assert len(it.compositions) == 2
    assert str(it.count) in it.cut[0].fr


@pytest.mark.slow
def test_both_engines_compose_alike() -> None:
    reference = load("reference")
    one, other = (json.dumps(k.compose(TWO, as_of=DAY).to_json()) for k in (FAST, reference))
    assert one == other


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_is_explained_in_words(lang: str) -> None:
    said: dict[str, Any] = FAST.compose(TWO, as_of=DAY).to_json(lang)
    word = {"fr": "2 contrats", "en": "2 contracts"}[lang]
    assert word in said["compositions"][0]["sentence"]
    duties = [d for c in said["compositions"] for p in c["parts"] for d in p["duties"]]
    assert all(duty["label"] for duty in duties)


@cache
def client() -> FlaskClient:
    return create_app().test_client()


BODY: dict[str, Any] = {
    "project": "x",
    "layers": [{"layer": "objects"}, {"layer": "business-portal"}],
}


@pytest.mark.parametrize(("lang", "detail"), [("fr", "brief"), ("en", "full")])
def test_the_service_and_python_compose_alike(lang: str, detail: str) -> None:
    answer = client().post(f"/compose?as_of={DAY}&lang={lang}&detail={detail}&top=3", json=BODY)
    parsed = load().read(text=json.dumps(BODY), syntax="json")
    expected = load().compose(parsed, as_of=DAY, lang=lang, top=3)
    assert answer.data == dump_bytes(expected.to_json(brief=detail == "brief"))
    jsonschema.validate(answer.get_json(), answer_schema("/compose"))


@pytest.mark.parametrize("top", ["0", "51", "dix", "9" * 5000])
def test_how_many_is_a_small_number(top: str) -> None:
    answer = client().post(f"/compose?top={top}", json=BODY)
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"


def test_the_command_line_composes_alike() -> None:
    result = run("compose", TWO, "--as-of", DAY, "--format", "json")
    assert result.out == dump(load().compose(TWO, as_of=DAY).to_json("fr"))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_terminal_tells_it_in_both_languages(lang: str) -> None:
    result = run("compose", TWO, "--as-of", DAY, "--lang", lang, "--detail", "full")
    assert {"fr": "pour ses achats", "en": "what it buys by"}[lang] in result.out
