"""R24: contracts side by side as a page: what comes out, chosen contracts, what is not covered."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

import pytest

from montages import load
from montages.advice.comparison import comparison
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.publish.advice_pages import cell_lines
from montages.publish.text.comparison_text import set_ups_in_words
from tool_forms import ToolForm, get, page, text

VILLAGE = "holder=commune&usages=street-lighting&layers=objects:own,business-portal&lots=?"
OFFICER = "holder=commune&usages=street-lighting&contract-object=works&estimated-value=900000"
TREE = {
    "project": "x",
    "holder": {"type": "Commune"},
    "usages": ["street-lighting"],
    "answers": {"contract-object": "works", "estimated-value": 900_000},
}
FAST = load("fast")
PAIR = f"{VILLAGE}&view=compare&about=mpgp,concession"


def heads(shown: str) -> list[str]:
    by_criterion = shown.partition('id="compared-1"')[2]
    return re.findall(r'<th scope="col">([^<]+)</th>', by_criterion)[1:3]


def test_what_is_chosen_stands_side_by_side_and_the_best_without_a_choice() -> None:
    assert heads(text(PAIR)) == ["Marché public global de performance (MPGP)", "Concession"]
    assert len(heads(text(f"{VILLAGE}&view=compare"))) == 2


def in_words(shown: str) -> list[str]:
    (table,) = re.findall(r'<table class="[^"]*in-words">(.*?)</table>', shown, re.DOTALL)
    plain = re.sub(r"<[^>]+>", " ", table).replace("\u202f", " ").replace("\xa0", " ")
    return [" ".join(row.split()) for row in plain.split("</tr>")]


def test_each_contract_is_told_in_words_under_the_headline() -> None:
    shown = text(f"{OFFICER}&view=compare")
    headline = FAST.assess(TREE, anyway=True).answer.headline.fr
    assert f'<p class="answer">{headline}</p>' in shown.replace("\xa0", " ")
    (words,) = in_words(shown)
    assert words.index("Marché de travaux celui de la réponse") < words.index("Accord-cadre")
    for told in ("Le besoin est arrêté", "Délai habituel : 7 à 9 mois", "sous 5 404 000 € HT"):
        assert told in words, told


def test_what_is_asked_beyond_the_answer_is_told_of_the_others_alone() -> None:
    project = FAST.compare("data/examples/exemple-metropole.yaml", about=["mpgp", "concession"])
    own, other = set_ups_in_words(project, "fr")
    assert own.of_the_answer
    assert any(line.text.startswith("Décision : ") for line in own.lines)
    assert not other.of_the_answer
    (beyond,) = [line.text for line in other.lines if line.text.startswith("Demande en plus : ")]
    assert "faire voter le choix et le contrat" in beyond
    said = {duty.label.fr.lower() for duty in project.assessment.answer.due}
    assert not any(duty in beyond for duty in said)


@pytest.mark.parametrize("view", ["compare", "full", "what-if", "similar", "compositions"])
def test_no_view_gives_a_contract_a_mark(view: str) -> None:
    shown = text(f"{OFFICER}&view={view}")
    assert not re.search(r"\d – \d+\s*%|conseils suivis", shown)


def test_what_does_not_differ_is_left_out_and_counted_until_asked_for() -> None:
    few, all_of_it = text(PAIR), text(f"{PAIR}&same=1")
    rows = [shown.count('<th scope="row">') for shown in (few, all_of_it)]
    left = re.search(r"ne distinguent pas ces contrats\s*: (\d+)", few)
    assert left is not None
    assert rows[1] - rows[0] == int(left[1])
    assert "non montrés" not in all_of_it


def test_the_boxes_choose_the_contracts_and_keep_the_project() -> None:
    form = ToolForm(text(PAIR))
    chosen = [f.value for f in form.fields if f.name == "about" and f.chosen]
    assert sorted(chosen) == ["concession", "mpgp"]
    location = get(form.query("dsp", "mpgp", name="about")).headers["Location"]
    sent = dict(parse_qsl(location.partition("?")[2]))
    assert (sent["view"], sent["about"], sent["holder"]) == ("compare", "dsp,mpgp", "commune")


def test_a_contract_that_there_is_not_is_passed_over() -> None:
    assert heads(text(f"{VILLAGE}&view=compare&about=mpgp,concession,x")) == heads(text(PAIR))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_is_not_covered_is_said(lang: str) -> None:
    words = {"fr": "ne couvre pas", "en": "does not cover"}[lang]
    assert words in page(PAIR, lang).text


def test_each_outcome_of_a_requirement_is_told_once_for_all_units_together() -> None:
    tree = {"project": "x", "layers": [{"layer": "objects"}, {"layer": "iot-network"}]}
    compared = comparison(FAST.assess(tree, as_of="2026-06-01", anyway=True))
    results: tuple[ArrangementVerdict, ...] = compared.contracts
    for row in compared.criteria:
        for result in results:
            checks = row.checks[result.arrangement.slug]
            lines = cell_lines(checks)
            told = {(line.requirement.slug, line.outcome, line.accepted) for line in lines}
            assert len(told) == len(lines)
            assert told == {(c.requirement.slug, c.outcome, c.accepted) for c in checks}
