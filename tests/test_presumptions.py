"""R35: law and practice answer facts where nothing is stated; any answer wins, and unknown stops practice."""

from __future__ import annotations

import json
from datetime import date
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rdflib import PROV, RDF
from rich.console import Console, RenderableType

from agreeing import derived
from commands import run
from montages import Assessment, load
from montages.assessment.verdict.judgement import unit_verdict
from montages.description.description import Description
from montages.description.parsing.parse import panel_description
from montages.engine.fast.fast_engine import FastEngine
from montages.engine.reference.reference_engine import ReferenceEngine
from montages.engine.units import Unit
from montages.knowledge import entailment
from montages.knowledge.entailment import implications
from montages.knowledge.logic import Verdict
from montages.knowledge.panel import panel
from montages.knowledge.periods import rules_at
from montages.names import ID, MTG
from montages.proof.prove import prove
from montages.proof.verify import verify
from montages.publish.assessment_page import page
from montages.publish.text.assessment_text import assessment_text
from montages.publish.text.messages import phrase
from montages.web import create_app
from panel_cases import panel_case
from sampling import RULES, profile

DAY = date(2026, 6, 1)
FAST = load("fast")


def described(**tree: Any) -> Description:
    return FAST.read({"project": "p", "holder": {"type": "Commune"}, **tree})


def assessed(**tree: Any) -> Assessment:
    return FAST.assess(described(**tree), as_of=DAY, anyway=True)


def unit(**tree: Any) -> Unit:
    (only,) = assessed(**tree).conclusions.units
    return only.unit


def said(found: Unit, name: str) -> tuple[set[str], str]:
    return set(found.answer(name).values), found.answer(name).state


def test_law_answers_where_nothing_is_stated() -> None:
    found = unit(usages=["schools"])
    assert said(found, "competence-held") == ({"yes"}, "derived")
    assert found.presumed["competence-held"] == ("commune-schools-competence",)


def test_practice_answers_provisionally() -> None:
    found = unit(usages=["schools"])
    assert said(found, "revenue") == ({"no"}, "default")
    assert found.presumed["revenue"] == ("no-revenue",)


@pytest.mark.parametrize(
    ("usages", "values"),
    [
        (["schools", "video-protection"], {"yes"}),
        (["street-lighting", "video-protection"], set()),
        (["street-lighting"], set()),
        ([], set()),
    ],
    ids="+".join,
)
def test_each_usage_must_be_covered(usages: list[str], values: set[str]) -> None:
    assert set(unit(usages=usages).answer("competence-held").values) == values


def test_usages_that_pull_apart_presume_nothing() -> None:
    """Parking has users who pay, lighting has none."""
    assert not unit(usages=["parking", "street-lighting"]).answer("revenue").values


def test_a_unit_has_the_usages_of_its_nearest_part() -> None:
    found = assessed(
        usages=["street-lighting"],
        perimeters={"centre": {"usages": ["schools"]}, "nord": {}},
        layers=[{"layer": "objects", "perimeter": ["centre", "nord"]}],
    )
    held = {
        u.unit.perimeter: set(u.unit.answer("competence-held").values)
        for u in found.conclusions.units
    }
    assert held == {"centre": {"yes"}, "nord": set()}


@pytest.mark.parametrize(
    ("holder", "values"), [("Commune", {"yes"}), ("Departement", {"yes"}), ("SIVU", set())]
)
def test_a_presumption_is_for_a_kind_of_holder(holder: str, values: set[str]) -> None:
    found = unit(holder={"type": holder}, usages=["schools"])
    assert set(found.answer("competence-held").values) == values


def test_a_kind_of_holder_holds_those_below_it() -> None:
    found = unit(holder={"type": "CommunauteUrbaine"}, usages=["buildings-energy"])
    assert found.presumed["competence-held"] == ("own-buildings-competence",)


def test_a_stated_answer_wins_without_conflict() -> None:
    found = assessed(usages=["schools"], answers={"competence-held": "transferred"})
    (only,) = found.conclusions.units
    assert said(only.unit, "competence-held") == ({"transferred"}, "explicit")
    assert found.verdict("marche-fournitures") == "closed"
    assert "competence-held" not in only.unit.presumed
    assert "commune-schools-competence" in only.unit.under


def test_an_answer_that_implies_one_wins_without_conflict() -> None:
    found = unit(usages=["schools"], answers={"buyer-class": "contracting-entity"})
    assert said(found, "network-activity") == ({"water-energy-transport"}, "derived")
    assert "network-activity" not in found.presumed


def test_an_assumed_answer_wins() -> None:
    found = unit(usages=["schools"], assumes={"revenue": "yes", "competence-held": "no"})
    assert said(found, "revenue") == ({"yes"}, "default")
    assert said(found, "competence-held") == ({"no"}, "default")
    assert not {"revenue", "competence-held"} & set(found.presumed)


def test_a_declared_unknown_stops_practice_and_not_law() -> None:
    found = unit(usages=["schools"], unknown=["competence-held", "revenue"])
    assert said(found, "competence-held") == ({"yes"}, "derived")
    assert said(found, "revenue") == (set(), "explicit-unknown")


def test_a_condition_takes_a_stated_answer_only() -> None:
    stated = unit(answers={"contract-object": "supplies"})
    assert said(stated, "works-on-a-structure") == ({"no"}, "default")
    assumed = unit(assumes={"contract-object": "supplies"})
    assert not assumed.answer("works-on-a-structure").values


def test_a_description_may_refuse_all_presumptions() -> None:
    for found in (
        unit(usages=["schools"], presumptions=False),
        FAST.assess(described(usages=["schools"]).without_presumptions(), as_of=DAY)
        .conclusions.units[0]
        .unit,
    ):
        assert not found.presumed
        assert not found.under
        assert not found.answer("competence-held").values


def test_a_presumption_holds_from_its_first_day_on() -> None:
    tree = {"holder": {"type": "CommunauteDAgglomeration"}, "usages": ["water"]}
    held = {
        day: FAST.assess(described(**tree), as_of=day)
        .conclusions.units[0]
        .unit.answer("competence-held")
        for day in (date(2019, 6, 1), DAY)
    }
    assert [bool(given.values) for given in held.values()] == [False, True]


def test_what_practice_alone_closes_is_to_verify_and_folded() -> None:
    found = assessed(usages=["schools"], layers=[{"layer": "objects"}])
    result = found.conclusions.verdict("partenariat-innovation")
    assert result.verdict is Verdict.TO_VERIFY
    assert result.provisional
    assert result.best.presumed == ("market-availability",)
    assert result.folded is not None
    assert result.folded.presumed == ("market-availability",)


def test_what_practice_presumes_is_still_to_be_answered() -> None:
    """R7: an arrangement that only a presumption closes waits for its criterion."""
    found = assessed(usages=["schools"], layers=[{"layer": "objects"}])
    assert "market-availability" in found.conclusions.verdict("partenariat-innovation").wanted


def test_nothing_else_implies_an_answer_that_implies_a_presumed_one() -> None:
    """The closing queries follow implications one step only: more would need another query."""
    presumable = {p.criterion for p in RULES.presumptions}
    for name in presumable:
        implying = {pair for pair, to in implications().items() if name in {n for n, _ in to}}
        before = {pair for pair, to in implications().items() if set(to) & implying}
        assert {other for other, _ in before} <= {name, *(other for other, _ in implying)}


def test_the_assessment_says_what_is_presumed_with_its_source() -> None:
    tree = assessed(usages=["schools"]).to_json("fr")
    told = {entry["criterion"]: entry for entry in tree["presumed"]}
    assert told["competence-held"]["basis"] == "law"
    assert told["competence-held"]["presumption"] == "commune-schools-competence"
    assert tree["sources"][told["competence-held"]["sources"][0]]["locator"] == "L212-4"
    assert told["revenue"]["basis"] == "practice"
    gate = check_of(tree, "marche-fournitures", "competence-held")
    assert gate["presumed"] is True
    assert assessed(usages=["schools"], presumptions=False).to_json("fr")["presumed"] == []


def check_of(tree: dict[str, Any], contract: str, criterion: str) -> dict[str, Any]:
    (found,) = (c for c in tree["contracts"] if c["contract"] == contract)
    asks = {slug: entry["criterion"] for slug, entry in tree["requirements"].items()}
    return next(check for check in found["checks"] if asks[check["requirement"]] == criterion)


def test_what_is_presumed_of_a_part_is_presumed_of_the_whole_unless_something_is_stated() -> None:
    """R45: what is stated of the other part wins over it."""
    schools, lighting = {"usages": ["schools"]}, {"usages": ["street-lighting"]}
    told = assessed(perimeters={"centre": schools, "nord": lighting}).to_json("fr")["presumed"]
    assert {"competence-held", "revenue"} <= {entry["criterion"] for entry in told}
    transferred = lighting | {"answers": {"competence-held": "transferred"}}
    found = assessed(perimeters={"centre": schools, "nord": transferred})
    told = found.to_json("fr")["presumed"]
    assert "competence-held" not in {entry["criterion"] for entry in told}
    assert found.premises.whole.answer("competence-held").values == {"transferred"}


def test_a_question_that_nothing_answers_has_its_note() -> None:
    noted = {note["note"] for note in assessed(usages=["street-lighting"]).to_json("fr")["notes"]}
    assert noted == {"commune-transferred"}
    answered = assessed(usages=["street-lighting"], answers={"competence-held": "yes"})
    assert answered.to_json("fr")["notes"] == []
    assert assessed(usages=["waste"]).to_json("fr")["notes"] == []


def test_a_note_is_printed_with_the_first_of_its_sources() -> None:
    found = assessed(usages=["street-lighting"])
    (noted,) = found.premises.notes
    first, other = (source.locator for source in noted.note.sources)
    shown = printed(assessment_text(found, "fr"))
    assert first in shown
    assert other not in shown


def test_a_note_holds_from_its_first_day_on() -> None:
    tree = {"holder": {"type": "CommunauteDeCommunes"}, "usages": ["water"]}
    notes = [
        FAST.assess(described(**tree), as_of=day).premises.notes for day in (date(2024, 6, 1), DAY)
    ]
    noted = [{each.note.slug for each in of_day} for of_day in notes]
    assert noted[1] - noted[0] == {"community-of-communes-water"}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_terminal_and_the_page_say_what_is_presumed_and_how_to_contradict_it(lang: str) -> None:
    found = assessed(usages=["schools"])
    for text in (printed(assessment_text(found, lang)), page([found], lang, whole=False)):
        plain = " ".join(unescape(text).replace("\u00a0", " ").split())
        for key in ("presumed-by-law", "presumed-by-practice", "presumed-wrong"):
            assert phrase(key, lang).rstrip(" :") in plain
        assert "competence-held" in plain


def printed(content: RenderableType) -> str:
    console = Console(width=400, file=StringIO())
    console.print(content)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_the_graph_leads_from_the_assessment_to_the_presumption() -> None:
    found = assessed(usages=["schools"])
    graph, presumption = found.graph(), ID["presumption/commune-schools-competence"]
    facts = set(graph.subjects(PROV.wasDerivedFrom, presumption))
    assert found.premises.iri in facts
    (fact,) = facts - {found.premises.iri}
    assert (found.premises.iri, MTG.hasPresumedAnswer, fact) in graph
    assert (fact, MTG.inputState, MTG.DerivedState) in graph


@pytest.mark.slow
@pytest.mark.parametrize("presumptions", [True, False])
def test_the_proof_of_what_is_presumed_cites_the_source_and_is_verified(presumptions: bool) -> None:
    description = described(usages=["schools"])
    found = FAST.assess(description, as_of=DAY, presumptions=presumptions)
    proof = prove(found, "marche-fournitures")
    assert verify(description, proof) == []
    told = {step["conclusion"] for step in proof["steps"]}
    cited = f"{ID['presumption/commune-schools-competence']} {MTG.source} {ID['clause/education-l212-4']}"
    assert (cited in told) == presumptions
    if presumptions:
        assert f"{found.premises.project}#holder {RDF.type} {MTG.Commune}" in told
        assert f"{found.premises.project} {MTG.usage} {ID['usage/schools']}" in told


@pytest.mark.slow
def test_a_proof_with_presumptions_does_not_hold_without_them() -> None:
    description = described(usages=["schools"])
    proof = prove(FAST.assess(description, as_of=DAY), "marche-fournitures")
    assert verify(description.without_presumptions(), proof)
    assert verify(description, proof | {"presumptions": False})


def test_every_door_may_presume_nothing() -> None:
    text = "project: p\nholder: {type: Commune}\nusages: [schools]\n"
    bare = load(presumptions=False).assess(FAST.read(text=text, syntax="yaml"), as_of=DAY)
    assert bare.premises.presumed == ()
    assert (
        load(presumptions=False).assess(bare_tree(), as_of=DAY, presumptions=True).premises.presumed
    )
    client = create_app({"REQUEST_LOG": "off"}).test_client()
    for wanted, count in (("yes", True), ("no", False)):
        answer = client.post(
            f"/assess?as_of=2026-06-01&presumptions={wanted}", data=text, content_type="text/yaml"
        )
        assert bool(answer.json["presumed"]) is count
    wrong = client.post("/assess?presumptions=perhaps", data=text, content_type="text/yaml")
    assert wrong.status_code == 400


def bare_tree() -> dict[str, Any]:
    return {"project": "p", "holder": {"type": "Commune"}, "usages": ["schools"]}


def test_the_commands_may_presume_nothing(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("project: p\nholder: {type: Commune}\nusages: [schools]\n", encoding="utf-8")
    for flags, count in (((), True), (("--no-presumptions",), False)):
        tree = json.loads(run("assess", str(path), "--format", "json", *flags).out)
        assert bool(tree["presumed"]) is count
        steps = ("--contract", "mpgp", "--depth", "proof", "--format", "json")
        assert json.loads(run("explain", str(path), *steps, *flags).out)["presumptions"] is count
        line = json.loads(run("batch", str(path), "-o", "-", "--quiet", *flags).out)
        facts = next(c for c in line["contracts"] if c["contract"] == "mpgp")["to_verify"]
        assert ("competence-held" in {fact["criterion"] for fact in facts}) is not count


# On every case of the panel: tests/test_panel_on_three_paths.py.
@pytest.mark.slow
def test_both_engines_presume_the_same() -> None:
    case = panel_case("village-meters")
    description, rules = panel_description(case), rules_at(case.as_of)
    (fast,) = FastEngine().derive([description], rules)
    (reference,) = ReferenceEngine().derive([description], rules)
    assert derived(fast) == derived(reference)


def closed_without(description: Description, day: date) -> list[str]:
    """Return what is to verify, and closed once nothing is presumed."""
    usual = FAST.assess(description, as_of=day, anyway=True)
    bare = FAST.assess(description.without_presumptions(), as_of=day, anyway=True)
    verdicts = {result.arrangement.slug: result.verdict for result in bare.conclusions.verdicts}
    return [
        result.arrangement.slug
        for result in usual.conclusions.verdicts
        if result.verdict is Verdict.TO_VERIFY and not verdicts[result.arrangement.slug].open
    ]


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(8))
def test_without_presumptions_nothing_to_verify_closes_in_the_panel(chunk: int) -> None:
    found = {c.slug: closed_without(panel_description(c), c.as_of) for c in panel()[chunk::8]}
    assert {slug: closed for slug, closed in found.items() if closed} == {}


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 100, 25))
def test_without_presumptions_nothing_to_verify_closes_in_sampled_profiles(first: int) -> None:
    found = {n: closed_without(FAST.read(profile(n)), DAY) for n in range(first, first + 25)}
    assert {number: closed for number, closed in found.items() if closed} == {}


def test_a_presumption_never_closes_by_practice() -> None:
    """What is closed with all presumptions is closed with those of law alone."""
    for number in range(60):
        found = FAST.assess(FAST.read(profile(number)), as_of=DAY, anyway=True)
        for each in found.conclusions.units:
            bare = entailment.without_assumptions(each.unit.answers, RULES)
            for result in each.verdicts:
                if not result.verdict.open:
                    slug = result.arrangement.slug
                    alone = unit_verdict(slug, bare, RULES, each.unit.asserted)
                    assert not alone.verdict.open, (number, slug)
