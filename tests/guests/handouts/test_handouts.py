"""What the two papers of a project say: a page for the mayor, a note for those who decide."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from montages import load
from montages.assessment.wording import first_sentence
from montages.knowledge.files import library
from montages.publish.text.answer_lines import answer_lines
from montages.publish.text.calendar_stops import calendar_stops
from montages_handouts.handout import draft
from montages_handouts.handout_page import handout_page
from montages_handouts.mayor_page import MOST_WORDS
from montages_handouts.scoping_note import ScopingNote
from page_kinds import HTML
from panel_cases import SLUGS
from papers import METROPOLIS, SITE, SYNDICATE, VILLAGE, answer, source
from test_unknown_answers import DAY, FAST, query_of, told_in_order, tree_of

QUERY = (
    "holder=commune&usages=street-lighting&layers=objects:own&contract-object=supplies"
    "&estimated-value=20000"
)


def text_of(name: str, paper: str, lang: str = "fr") -> str:
    page = unescape(handout_page(draft(source(name, lang), paper)))
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL).split())


@pytest.mark.parametrize("paper", ["mayor", "note"])
def test_a_paper_says_the_answer_its_labels_and_its_calendar_as_the_page_does(paper: str) -> None:
    for name in (VILLAGE, METROPOLIS, "panel/town-parking-dsp-28000"):
        it, text = source(name).assessment, text_of(name, paper)
        assert it.answer.headline.fr in text
        for line in answer_lines(it, "fr"):
            if line.kind in ("procedure", "calendar", "avoid"):
                for reason in line.reasons:
                    short = paper == "mayor" and line.kind == "procedure"
                    part = first_sentence(reason.text)[1:] if short else reason.text
                    assert " ".join(part.split()) in text.replace("\u202f", " "), name
        for stop in calendar_stops(it.answer, "fr"):
            assert stop.title in text


def test_the_mayor_is_told_what_is_voted_and_who_controls_and_no_article() -> None:
    paper: Any = draft(source("panel/town-parking-dsp-28000"), "mayor")
    assert [one.who for one in paper.votes] == [
        "Commission consultative (CCSPL)",
        "Assemblée",
        "Comité social territorial",
        "Commission de délégation",
        "Assemblée",
        "Préfet",
    ]
    assert "art." not in text_of("panel/town-parking-dsp-28000", "mayor")


def test_votes_have_the_days_of_the_calendar_and_none_without() -> None:
    paper: Any = draft(source("panel/town-parking-dsp-28000", wanted="2028-09-01"), "mayor")
    assert [one.day for one in paper.votes] == [
        *["Entre le 1er mars 2027 et le 1er juillet 2027."] * 3,
        *["Avant le 1er septembre 2028."] * 2,
        "Signature le 1er septembre 2028 au plus tard.",
    ]
    assert "calendar" not in {line.kind for line in paper.answer}, "the votes say it"
    note = handout_page(draft(source("panel/town-parking-dsp-28000", wanted="2028-09-01"), "note"))
    assert note.count('<span class="day">entre le 1er mars 2027 et le 1er juillet 2027</span>') >= 2
    for wanted in ("", "2026-12-15"):
        page: Any = draft(source("panel/town-parking-dsp-28000", wanted=wanted), "mayor")
        assert [one.day for one in page.votes] == [""] * 6
        assert "calendar" in {line.kind for line in page.answer}


def test_only_open_ways_are_to_be_chosen_by_the_mayor() -> None:
    paper: Any = draft(source("panel/town-lighting-works-two-lots"), "mayor")
    (choice,) = paper.choices
    assert choice.startswith("Accord-cadre plutôt que marché de travaux ? Meilleur si le besoin")
    assert "À décider par vous" in text_of("panel/town-lighting-works-two-lots", "mayor")
    for name in (VILLAGE, "panel/digital-syndicate-lora-end-users"):
        assert not draft(source(name), "mayor").choices, "each other way asks for something"
        assert "À décider par vous" not in text_of(name, "mayor")


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", SLUGS[::20])
def test_the_mayor_reads_so_many_words_and_chooses_between_two_ways(name: str, lang: str) -> None:
    paper: Any = draft(source(f"panel/{name}", lang), "mayor")
    assert paper.words <= MOST_WORDS
    assert len(paper.choices) <= 2


@pytest.mark.parametrize("name", [VILLAGE, SYNDICATE])
def test_the_page_is_for_the_elected_members_and_is_contested_at_the_service(name: str) -> None:
    paper = draft(source(name), "mayor")
    assert paper.title == "Page pour les élus"
    assert paper.head.contest.startswith(f"{SITE}/contest?")
    assert "estimated-value=" in paper.head.contest
    assert not re.search("Procédure : [A-Z]", text_of(name, "mayor"))


def test_the_note_has_duties_to_tick_ways_compared_what_to_verify_and_sources() -> None:
    note = draft(source(METROPOLIS), "note")
    assert isinstance(note, ScopingNote)
    assert any(it.text.endswith("(supposé, par la loi)") for it in note.presumed)
    (first, *others) = note.scenarios
    named = note.assessment.answer.first
    assert named is not None
    assert first.arrangement == named.shown.arrangement
    assert others
    assert all(one.better_if for one in others)
    competence = next(one for one in note.verify if "compétence" in one.text)
    assert "Vos statuts" in competence.text
    ((_, groups),) = note.duties
    cited = {one.slug for group in groups for duty in group.duties for one in duty.sources}
    assert cited
    assert len({one.slug for one in note.sources}) == len(note.sources)
    calendar: Any = draft(source(VILLAGE), "note")
    ((_, groups),) = calendar.duties
    assert [group.title for group in groups] == ["avant le lancement", "dans la consultation"]


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        (
            "town-street-cameras-upkeep",
            [
                "Condition environnementale",
                "Critère environnemental",
                "Données et sortie du contrat",
                "Durée des mises à jour de sécurité",
                "Données personnelles (RGPD)",
                "Images effacées en un mois",
            ],
        ),
        (
            "town-parking-dsp-28000",
            [
                "Condition environnementale",
                "Critère environnemental",
                "Clause sociale",
                "Tarifs",
                "Réversibilité et maîtrise des données",
                "Données personnelles (RGPD)",
            ],
        ),
        (
            "agglo-hypervisor-ugap",
            [
                "Données et sortie du contrat",
                "Durée des mises à jour de sécurité",
                "Données personnelles (RGPD)",
            ],
        ),
        (
            "noise-map-no-personal-data",
            [
                "Condition environnementale",
                "Critère environnemental",
                "Données et sortie du contrat",
                "Durée des mises à jour de sécurité",
            ],
        ),
        ("digital-syndicate-lora-end-users", []),
    ],
)
def test_the_note_has_the_clauses_whose_facts_hold(name: str, titles: list[str]) -> None:
    note: Any = draft(source(f"panel/{name}"), "note")
    assert [clause.title for clause in note.clauses] == titles
    texts = [clause.text for clause in note.clauses]
    assert all("[" in text for text in texts), "what is to be set stands in brackets"
    told = text_of(f"panel/{name}", "note")
    assert all(" ".join(text.split()) in told for text in texts)
    assert not any(point.text.startswith(title) for point in note.attention for title in titles)


def test_where_facts_close_everything_the_paper_says_what_to_verify_and_with_whom() -> None:
    text = text_of("panel/no-competence-no-body", "mayor")
    assert "que vous avez la compétence" in text
    assert "Vos statuts" in text
    assert "Que vous êtes membre d'un syndicat" in text


def test_what_the_law_forbids_is_told_with_what_lifts_it() -> None:
    for paper in ("mayor", "note"):
        text = text_of("panel/digital-syndicate-lora-end-users", paper)
        assert "lancez d'abord un appel aux opérateurs" in text
        assert "à condition de réserver le réseau à vos besoins" in text


def test_a_paper_without_a_service_says_that_it_has_no_address() -> None:
    page = load().handout(library.projects()["dijon"], "mayor").decode()
    assert "pas d&#39;adresse" in page
    assert 'class="code' not in page


def test_the_result_leads_to_the_papers_and_a_bad_parameter_is_told_above_them() -> None:
    result = answer(f"/projet?{QUERY}&view=result&lang=fr", Accept=HTML)
    while result.status_code == 302:
        result = answer(result.headers["Location"])
    for path in ("/projet/maire?", "/projet/note?"):
        assert path in result.text, path
    assert "Une partie de ce lien" in answer(f"/projet/note?{QUERY}&lots=x").text


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
    assert paper == "mayor" or "CCP, art. L2113-4" in bought.replace("\xa0", " ")
    forbidden = handout_page(draft(source("panel/agglo-spl-watches-images"), paper))
    assert "Seuls des agents publics habilités regardent la voie publique" in unescape(forbidden)
