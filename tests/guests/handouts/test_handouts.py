"""What the two papers of a project say: a page for the mayor, a note for those who decide."""

from __future__ import annotations

import dataclasses
import re
from html import unescape
from typing import Any

import pytest

from montages import load
from montages.knowledge.files import library
from montages_handouts.handout import draft
from montages_handouts.handout_page import handout_page
from montages_handouts.scoping_note import ScopingNote
from page_kinds import HTML
from papers import METROPOLIS, SYNDICATE, VILLAGE, answer, source
from test_unknown_answers import DAY, FAST, query_of, told_in_order, tree_of

QUERY = (
    "holder=commune&usages=street-lighting&layers=objects:own&contract-object=supplies"
    "&estimated-value=20000"
)


def turns_of(name: str, lang: str = "fr") -> str:
    return " ".join(one.text for one in draft(source(name, lang), "mayor").turns)


def test_the_mayor_is_told_the_answer_two_clauses_what_to_decide_and_what_would_change_it() -> None:
    paper: Any = draft(source(VILLAGE), "mayor")
    assert paper.title == "Trois phrases pour le maire"
    assert paper.answer == source(VILLAGE).assessment.answer.headline.fr
    assert [one.sources[0].label.fr for one in paper.clauses] == [
        "CCP, art. L1111-1",
        "CCP, art. R2122-8",
    ]
    assert "Vérifiez que le maire" in paper.decisions[0].text
    turns = " ".join(one.text for one in paper.turns)
    assert re.search(r"60\s000 € HT ou plus", turns)
    assert "écarte ce contrat" in turns
    assert "Nous supposons que vous avez la compétence" in turns


def test_where_no_mayor_decides_the_page_is_for_the_elected_members() -> None:
    assert draft(source(SYNDICATE), "mayor").title == "Trois phrases pour les élus"


def test_a_paper_always_has_something_to_decide() -> None:
    for name in ("panel/empty-project", "panel/no-competence-no-body", VILLAGE, METROPOLIS):
        paper: Any = draft(source(name), "mayor")
        assert paper.decisions, name
        assert paper.answer


def test_the_note_has_the_set_ups_terms_duties_what_to_verify_and_sources() -> None:
    note = draft(source(METROPOLIS), "note")
    assert isinstance(note, ScopingNote)
    assert any(it.text.endswith("(supposé, par la loi)") for it in note.presumed)
    assert note.compared.set_ups[0].name == note.first
    assert note.compared.criteria
    assert any(term.sources for term in note.terms)
    competence = next(one for one in note.verify if "compétence" in one.text)
    assert "Vos statuts" in competence.text
    cited = {one.slug for reason in note.clauses for one in reason.sources}
    assert cited <= {source.slug for source in note.sources}
    calendar: Any = draft(source(VILLAGE), "note")
    titles = [group.title for group in calendar.duties]
    assert titles == ["avant le lancement", "dans la consultation"]


def test_the_note_sets_no_contract_aside_that_it_compares_and_speaks_of_no_use_unsaid() -> None:
    of = source("panel/departement-colleges-heating")
    tree = {**of.address.tree, "usages-complete": False}
    assessment = load().assess(tree, anyway=True)
    note: Any = draft(dataclasses.replace(of, assessment=assessment), "note")
    compared = {one.name for one in note.compared.set_ups}
    aside = {row.name for group in note.compared.aside for line in group.lines for row in line.rows}
    assert compared
    assert aside
    assert not compared & aside
    assert not [term.label for term in note.terms if "voie publique" in term.label]


def test_the_note_compares_first_the_contract_that_the_answer_names() -> None:
    simple = "panel/adhesion-may-join"
    for name in (VILLAGE, METROPOLIS, SYNDICATE, simple, "panel/empty-project", "sevran"):
        note: Any = draft(source(name), "note")
        assert note.compared.set_ups[0].name == note.first, name
    note = draft(source(simple), "note")
    assert note.first == "Marché de travaux, de fournitures ou de services"


def test_where_no_contract_fits_the_note_compares_first_the_nearest() -> None:
    of = source("panel/cc-video-protection")
    assert "Le plus proche : passer un marché de fournitures" in of.assessment.answer.headline.fr
    note: Any = draft(of, "note")
    assert note.compared.set_ups[0].name == "Marché de fournitures"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_paper_always_says_what_would_change_the_answer(lang: str) -> None:
    for name in (
        "panel/empty-project",
        "panel/run-by-the-syndicate",
        "panel/no-competence-no-body",
    ):
        paper: Any = draft(source(name, lang), "mayor")
        assert paper.turns, name


def test_where_facts_close_everything_the_paper_says_what_to_verify_and_with_whom() -> None:
    paper: Any = draft(source("panel/no-competence-no-body"), "mayor")
    decisions = " ".join(one.text for one in paper.decisions)
    assert "que vous avez la compétence" in decisions
    assert "Vos statuts" in decisions
    assert "que vous êtes membre d'un syndicat" in decisions
    (turn,) = paper.turns
    assert turn.text.startswith("Vous avez répondu qu'aucun syndicat ni organisme commun")
    assert turn.text.endswith("Si c'est faux, la réponse est à revoir.")


def test_what_the_law_forbids_is_told_with_its_clause_and_with_what_lifts_it() -> None:
    paper: Any = draft(source("panel/digital-syndicate-lora-end-users"), "mayor")
    (clause,) = paper.clauses
    assert [passage.slug for passage in clause.sources] == ["cgct-l1425-1"]
    (decision,) = paper.decisions
    assert decision.text.startswith("Décider de réserver le réseau à vos besoins")
    lifted, lifting = (turn.text for turn in paper.turns)
    assert lifted.startswith("S'il apparaît qu'un appel public")
    assert lifting.endswith("lève cette interdiction.")


def test_a_paper_without_a_service_says_that_it_has_no_address() -> None:
    page = load().handout(library.projects()["dijon"], "mayor").decode()
    assert "pas d&#39;adresse" in page
    assert "<svg" not in page


def test_the_result_leads_to_the_papers_and_a_bad_parameter_is_told_above_them() -> None:
    result = answer(f"/projet?{QUERY}&view=result&lang=fr", Accept=HTML)
    while result.status_code == 302:
        result = answer(result.headers["Location"])
    for path in ("/projet/maire?", "/projet/note?"):
        assert path in result.text, path
    assert "Une partie de ce lien" in answer(f"/projet/note?{QUERY}&lots=x").text


def test_no_lighter_procedure_is_promised_far_below_the_amount() -> None:
    assert "plus légère" not in turns_of(METROPOLIS)


def test_what_is_asked_of_a_use_alone_changes_nothing_where_no_part_has_it() -> None:
    assert "images" not in turns_of(VILLAGE)


def test_no_contract_that_would_be_hardly_sensible_is_an_advice() -> None:
    assert "affermage" not in turns_of(VILLAGE)
    assert "affermage" not in turns_of(METROPOLIS)


def test_what_closes_a_contract_is_told_by_the_question_not_by_what_is_wanted() -> None:
    note = draft(source("exemple-metropole"), "note")
    assert isinstance(note, ScopingNote)
    told = [r.text for group in note.compared.aside for line in group.lines for r in line.reasons]
    assert any("Exploitation au quotidien : une entreprise, au lieu de" in text for text in told)


@pytest.mark.clock
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("paper", ["maire", "note"])
def test_papers_begin_with_what_to_find_out(paper: str, lang: str) -> None:
    first = FAST.questions(tree_of("commune"), as_of=DAY, anyway=True).find_out[0].criterion
    shown = answer(f"/projet/{paper}?{query_of('commune')}&as_of={DAY}&lang={lang}").text
    told_in_order(shown[shown.index("headline") :], lang, first.where_to_turn[lang])


@pytest.mark.parametrize("paper", ["note", "mayor"])
def test_a_prohibition_an_authorisation_and_a_channel_are_on_every_paper(paper: str) -> None:
    said = handout_page(draft(source("panel/town-street-cameras-upkeep"), paper))
    assert "Demandez l'autorisation du préfet avant la pose" in unescape(said)
    assert "Ne laissez ni une entreprise ni une SPL regarder les images" in unescape(said)
    bought = unescape(handout_page(draft(source("panel/agglo-hypervisor-ugap"), paper)))
    assert "lui acheter vaut mise en concurrence, pour cela seulement" in bought
    assert "Publiez l'avis" not in bought
    assert paper == "mayor" or "CCP, art. L2113-4" in bought
    forbidden = handout_page(draft(source("panel/agglo-spl-watches-images"), paper))
    assert "Seuls des agents publics habilités regardent la voie publique" in unescape(forbidden)
