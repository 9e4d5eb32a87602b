"""With every answer "I do not know", nothing is closed or fits by default, and one is told where to turn."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from commands import run
from montages import load
from montages.advice.questions.interview import Interview
from montages.assessment.assessment import Assessment
from montages.description.address.read_address import read_address
from montages.knowledge.description_keys import criterion_keys
from montages.knowledge.verdict_gates import gates_of
from montages.publish.json_text import dump
from montages.web import create_app
from sampling import RULES
from tool_forms import text
from verdict_oracle import stands_against

pytestmark = pytest.mark.clock

DAY = date(2026, 6, 1)
FAST = load("fast")
# Nobody known, then every sixth kind of body that may carry a project, the first of them included.
HOLDERS = ["?", *(value.slug for value in RULES.criteria["holder"].values[::6])]
OPEN_BY_DEFAULT = ("fits", "fits-on-terms")


def query_of(holder: str) -> str:
    """Return the parameters by which nothing is known of a project but who carries it."""
    unknown = (f"{key}=?" for name, key in criterion_keys().items() if name != "holder")
    return "&".join((f"holder={holder}", "usages=?", "layers=?", *unknown))


def tree_of(holder: str) -> dict[str, Any]:
    pairs = [pair.split("=", 1) for pair in query_of(holder).split("&")]
    reading = read_address((name, value) for name, value in pairs)
    return {"project": "Projet", "id": "projet", **reading.address.tree}


def nothing_by_default(assessment: Assessment, interview: Interview) -> None:
    """Hold what comes out against what is stated: only who carries the project can close anything."""
    assert not assessment.premises.presumed
    for of_unit in assessment.conclusions.units:
        unit = of_unit.unit
        assert all(a.state != "default" for a in unit.answers.values() if a.values)
        for result in of_unit.verdicts:
            if result.arrangement.kind != "contract" or result.arrangement.abstract:
                continue
            slug = result.arrangement.slug
            assert result.verdict.value not in OPEN_BY_DEFAULT, slug
            assert not result.provisional, slug
            against = (
                stands_against(gate, unit.answers, RULES, unit.asserted)
                for gate in gates_of(slug, RULES)
            )
            assert result.verdict.open or any(against), slug
    assert interview.find_out
    assert all(fact.criterion.where_to_turn[x] for fact in interview.find_out for x in ("fr", "en"))
    asked = {question.criterion.slug for question in interview.questions}
    assert not asked & {fact.criterion.slug for fact in interview.find_out}


@pytest.mark.parametrize("holder", HOLDERS)
def test_nothing_is_closed_or_fits_by_default_and_one_is_told_where_to_turn(holder: str) -> None:
    tree = tree_of(holder)
    assessment, interview = FAST.assess_and_ask(tree, as_of=DAY, anyway=True)
    nothing_by_default(assessment, interview)
    if holder == "?":
        contracts = {a.slug for a in RULES.proposed() if a.kind == "contract"}
        verdicts = {v for slug, v in interview.standings.items() if slug in contracts}
        assert verdicts == {"to-verify"}


def plain(shown: str) -> str:
    """Return a text with plain spaces and apostrophes."""
    for sign, same in (("\u00a0", " "), ("\u202f", " "), ("\u2019", "'"), ("&#39;", "'")):
        shown = shown.replace(sign, same)
    return " ".join(shown.split())


NOTHING_YET = {
    "fr": ("Rien ne peut encore être décidé", "À chercher d'abord", "Restent possibles"),
    "en": ("Nothing can be decided yet", "To find out first", "Still possible"),
}


def told_in_order(shown: str, lang: str, first: str) -> None:
    """Hold that nothing is decided, then what to find out and where to turn, then what stays possible."""
    undecided, find_out, possible = NOTHING_YET[lang]
    told = plain(shown)
    places = [told.index(part) for part in (undecided, plain(first), possible)]
    assert places == sorted(places)
    assert find_out in told
    for decided in ("Vous pouvez passer", "Vous pourrez passer", "You can award"):
        assert decided not in told


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("holder", ["?", "commune"])
def test_the_first_words_are_that_nothing_can_be_decided_yet(holder: str, lang: str) -> None:
    assessment, interview = FAST.assess_and_ask(tree_of(holder), as_of=DAY, anyway=True)
    facts = [fact.criterion for fact in interview.find_out]
    answer = assessment.answer
    assert answer.sentence[lang].startswith(NOTHING_YET[lang][0])
    told_in_order(answer.sentence[lang], lang, facts[0].where_to_turn[lang])
    # The same three, in the same order, as the interview tells to find out.
    assert list(answer.facts_to_find_out) == [criterion.slug for criterion in facts[:3]]
    assert answer.to_json(lang)["next"] == list(answer.facts_to_find_out)
    for criterion in facts[:3]:
        for words in (criterion.question, criterion.where_to_turn):
            assert words[lang] in answer.sentence[lang]


def test_more_facts_stated_than_unknown_name_a_contract() -> None:
    tree = {
        "project": "Projet",
        "id": "projet",
        "holder": {"type": "Commune"},
        "answers": {"estimated-value": 20000, "main-object": "supplies"},
        "unknown": ["competence-held"],
    }
    answer = FAST.assess(tree, as_of=DAY, anyway=True).answer
    assert not answer.undecided
    assert answer.sentence.fr.startswith("Vous pourrez")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_says_what_to_find_out_and_where_to_turn(lang: str) -> None:
    facts = FAST.questions(tree_of("commune"), as_of=DAY, anyway=True).find_out
    shown = text(f"{query_of('commune')}&as_of={DAY}&lang={lang}", lang)
    assert 'class="status fits' not in shown
    told_in_order(shown, lang, facts[0].criterion.where_to_turn[lang])
    assert all(plain(fact.criterion.where_to_turn[lang]) in plain(shown) for fact in facts)


def test_the_service_and_the_terminal_say_the_same(tmp_path: Path) -> None:
    tree = tree_of("commune")
    expected = FAST.questions(tree, as_of=DAY, anyway=True).to_json("fr")
    client: FlaskClient = create_app({"RATE_LIMIT": 0, "REQUEST_LOG": "off"}).test_client()
    answer = client.post(f"/questions?as_of={DAY}&anyway=1", json=tree)
    assert answer.json == expected
    file = tmp_path / "projet.json"
    file.write_text(json.dumps(tree), encoding="utf-8")
    options = ("--non-interactive", "--as-of", str(DAY))
    assert run("ask", str(file), *options, "--format", "json").out == dump(expected)
    told = run("ask", str(file), *options).out
    assert "À chercher d'abord" in told.replace("\u2019", "'")
    first = FAST.questions(tree, as_of=DAY, anyway=True).find_out[0].criterion
    told_in_order(
        run("assess", str(file), "--anyway", "--as-of", str(DAY)).out, "fr", first.where_to_turn.fr
    )
