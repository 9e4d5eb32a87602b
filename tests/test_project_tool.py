"""The officer's page `/projet` (R19, R40): a question at a time, a result that sharpens, one link."""

from __future__ import annotations

import html
import re
from datetime import date
from itertools import pairwise
from urllib.parse import parse_qs, parse_qsl

import html5rdf
import pytest

from crawling import client
from montages import load
from montages.description.address.project_address import LONGEST
from montages.knowledge.management_matrix import modes_of, usual_modes
from montages.knowledge.rulebook import rulebook
from page_kinds import HTML
from tool_forms import OWN, VILLAGE, get, page, text

LANGS = ("fr", "en")


def test_the_first_page_asks_who_carries_the_project_and_says_how_long_it_takes() -> None:
    start = page("")
    assert start.heading == "Qui porte le projet ?".replace(" ?", "\u00a0?")
    assert "cinq minutes" in start.text
    assert {"commune", "energy-syndicate", "?"} <= set(start.values())
    assert not {"operator", "amo", "purchasing-body"} & set(start.values())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "query",
    ["", "holder=commune", f"{VILLAGE}&usages=?", f"{VILLAGE}&ask=layers", f"{VILLAGE}&ask=perimeters",
     f"{VILLAGE}&ask=estimated-value", f"{VILLAGE}&view=full", "lots=x&y=1"],
)  # fmt: skip
def test_every_state_of_the_page_is_valid_html_with_headings_in_order(
    query: str, lang: str
) -> None:
    shown = text(query, lang)
    parser = html5rdf.HTMLParser()
    parser.parse(shown)
    assert [e for e in parser.errors if e[1] != "unexpected-html-element-in-foreign-content"] == []
    levels = [int(level) for level in re.findall(r"<h([1-6])", shown)]
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels)), levels
    ids = re.findall(r'\bid="([^"]+)"', shown)
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
    assert 'name="robots" content="noindex"' in shown
    for target in re.findall(r'(?:for|aria-labelledby|aria-describedby)="([^"]+)"', shown):
        assert set(target.split()) <= set(ids), target
    assert "disabled" not in shown


def test_an_answer_has_an_address_of_its_own_with_its_day_and_the_version_of_the_rules() -> None:
    answer = get(page("").query("commune"))
    assert answer.status_code == 302
    location = answer.headers["Location"]
    assert (
        location
        == f"/projet?holder=commune&day={date.today()}&rules={load().version}&before=holder&left=9"
    )


def test_a_result_stands_beside_the_question_as_soon_as_something_is_said() -> None:
    assert "Résultat à ce stade" not in page("").text
    assert "Résultat à ce stade" in page("holder=commune").text


def test_a_form_sent_without_an_answer_is_put_again_with_the_field_at_fault_in_focus() -> None:
    asking = page(f"{VILLAGE}&ask=lots")
    answer = get(asking.query())
    assert answer.status_code == 200
    shown = answer.get_data(as_text=True)
    assert "Choisissez une réponse" in shown
    assert re.search(
        r'<input[^>]*name="lots"[^>]*aria-invalid="true"[^>]*aria-describedby="error"[^>]*autofocus',
        shown,
    )
    assert "<title>Erreur" in shown


def test_an_answer_that_cannot_be_read_is_told_at_its_field_and_stays_as_typed() -> None:
    shown = get(page(f"{VILLAGE}&ask=estimated-value").query("beaucoup")).get_data(as_text=True)
    assert "il faut un nombre" in shown
    assert 'value="beaucoup"' in shown
    assert shown.count("beaucoup") < 6


@pytest.mark.parametrize(
    ("typed", "kept"), [("20 k€", "20000"), ("1,5 M€", "1500000"), ("217 000,50", "217000.5")]
)
def test_an_amount_is_taken_as_people_write_it(typed: str, kept: str) -> None:
    location = get(page("holder=commune&ask=estimated-value").query(typed)).headers["Location"]
    assert parse_qs(location)["estimated-value"] == [kept]


def test_i_do_not_know_is_an_answer_and_is_not_asked_again() -> None:
    asked = page("holder=?&usages=?&layers=?")
    location = get(asked.query("?")).headers["Location"]
    assert f"{asked.asked}=?" in location
    assert page(location.partition("?")[2]).asked != asked.asked


def test_the_button_i_do_not_know_wins_over_what_is_in_the_field() -> None:
    location = get(page(f"{VILLAGE}&ask=estimated-value").query("20 k€", "?")).headers["Location"]
    assert parse_qs(location)["estimated-value"] == ["?"]


def test_a_part_that_is_passed_over_is_not_put_again() -> None:
    usages = page("holder=commune")
    assert usages.asked == "usages"
    after = page(get(usages.query()).headers["Location"].partition("?")[2])
    assert after.asked not in ("holder", "usages", "layers")


def test_the_form_of_layers_says_each_layer_with_its_mode_perimeter_by_perimeter() -> None:
    asked = page("holder=commune&perimeters=nord,sud&ask=layers")
    names = {f.name for f in asked.fields if f.name.startswith("layer.")}
    assert {"layer.objects@nord", "layer.iot-network@sud"} <= names
    sent = (
        asked.query("delegated", name="layer.objects@nord")
        + "&layer.storage%40sud=used&complete=layers"
    )
    location = get(sent).headers["Location"]
    assert "layers=objects:delegated@nord,storage@sud&" in location
    assert "complete=layers" in location


@pytest.mark.parametrize(
    ("lang", "usual", "uncommon"),
    [("fr", "souvent choisi", "rarement choisi"), ("en", "usual", "uncommon")],
)
def test_beside_each_way_of_running_a_layer_stands_how_usual_it_is(
    lang: str, usual: str, uncommon: str
) -> None:
    form = text(f"{VILLAGE}&ask=layers&lang={lang}")
    told = dict(re.findall(r'<small id="layer\.([a-z-]+)-usual">([^<]+)</small>', form))
    assert told["objects-own"] == usual
    assert told["objects-delegated"] == told["objects-subscription"] == uncommon
    assert told["storage-subscription"] == usual
    assert "data-processing-own" not in told  # the matrix names no contract for it
    assert {each.partition("-used")[1] for each in told} == {""}


def test_each_frequency_of_the_matrix_is_that_of_a_contract_run_in_its_mode() -> None:
    book = rulebook()
    assert modes_of("dsp", book) == modes_of("concession", book) == {"delegated"}
    assert modes_of("marche-travaux", book) == {"own"}
    assert modes_of("location-abonnement", book) == {"subscription"}
    assert modes_of("groupement-de-commandes", book) == frozenset()
    assert len(usual_modes()) >= 12


def test_a_list_of_several_answers_is_said_complete() -> None:
    location = get(page(f"{VILLAGE}&ask=dialogue-case").query("innovative", "complexity")).headers[
        "Location"
    ]
    assert parse_qs(location)["dialogue-case"] == ["innovative,complexity"]
    assert "dialogue-case" in parse_qs(location)["complete"][0]


def test_every_answer_said_can_be_changed_and_lands_on_the_result() -> None:
    shown = page(VILLAGE)
    for label in ("Qui porte le projet", "Usages", "Valeur estimée"):
        assert label in shown.text
    form = re.search(r'<form method="get" action="([^"]+)"', text(f"{VILLAGE}&ask=lots"))
    assert form
    assert form[1] == "/projet#result"
    assert "Revenir à vos réponses" in page(f"{VILLAGE}&ask=lots").text


def test_the_question_before_is_named_by_the_link_that_leads_back() -> None:
    shown = page(f"{VILLAGE}&before=estimated-value")
    link = next(name for name in shown.links if name.startswith("← Question précédente"))
    assert "Valeur estimée" in link
    assert "ask=estimated-value" in shown.links[link]


def test_a_script_gets_only_the_part_that_changes() -> None:
    answer = get(f"{VILLAGE}&{OWN}", HX_Request="true")
    part = answer.get_data(as_text=True)
    assert part.startswith("<title>")
    assert "<html" not in part
    assert 'id="tool"' in part
    assert 'hx-swap-oob="true"' in part
    assert "HX-Request" in answer.headers["Vary"]
    again = get(f"{VILLAGE}&{OWN}", HX_Request="true", HX_History_Restore_Request="true")
    assert again.get_data(as_text=True).lstrip().startswith("<!doctype html>")


def test_an_answer_both_given_and_unknown_is_told_and_the_answer_stays() -> None:
    shown = text(f"{VILLAGE}&remuneration=price&remuneration=?&view=result")
    assert "à la fois donnée et déclarée inconnue" in shown
    assert "remuneration=price&amp;" in shown
    assert "/unknown/" not in shown


def test_two_answers_that_do_not_go_together_are_named_each_with_where_to_change_it() -> None:
    shown = text(f"{VILLAGE}&exploitation-risk=real&remuneration=price&view=result")
    note = shown.partition('class="alert"')[2].partition("</div>")[0]
    assert "ask=exploitation-risk" in note
    assert "ask=remuneration" in note
    assert "/answers/" not in note


def test_a_project_is_named_renamed_and_left_without_a_name() -> None:
    assert 'maxlength="120"' in text(f"{VILLAGE}&ask=project")
    named = get(f"{VILLAGE}&question=project&project=Capteurs").headers["Location"]
    assert "project=Capteurs" in named
    shown = text(named.partition("?")[2] + "&view=result")
    assert "Capteurs · Évaluer mon projet" in shown
    assert 'id="project-name" type="text" autocomplete="off" value="Capteurs"' in shown
    bare = get(f"{VILLAGE}&question=project&project=").headers["Location"]
    assert "project=" not in bare


def test_the_day_of_signature_is_never_asked_and_dates_the_calendar_where_one_gives_it() -> None:
    works = "holder=commune&usages=street-lighting&contract-object=works&estimated-value=900000"
    undated = text(f"{works}&view=result")
    assert '<input id="wanted" name="wanted-by" type="date" value="">' in undated
    assert 'type="date"' in text(f"{works}&ask=wanted-by")
    dated = get(f"{works}&question=wanted-by&wanted-by=2099-09-01").headers["Location"]
    shown = text(dated.partition("?")[2] + "&view=result")
    assert "décidez entre le 1er mai 2099 et le 1er juillet 2099" in shown
    assert "Signature voulue\N{NO-BREAK SPACE}: 1er septembre 2099" in shown
    assert 'name="wanted-by" type="date" value="2099-09-01">' in shown
    bare = get(f"{works}&question=wanted-by&wanted-by=").headers["Location"]
    assert "wanted-by=" not in bare


def test_a_day_of_signature_that_is_none_is_told_at_its_field() -> None:
    works = "holder=commune&usages=street-lighting&contract-object=works&estimated-value=900000"
    wrong = text(f"{works}&question=wanted-by&wanted-by=2099-31-31")
    assert 'type="date"' in wrong
    assert 'id="error"' in wrong


def test_a_question_that_there_is_none_of_is_not_asked_for() -> None:
    asked = text(f"{VILLAGE}&ask=nothing-of-ours")
    assert "sans rien changer" not in asked
    assert "Continuer" in asked


def test_with_every_answer_unknown_nothing_fits_by_default_and_one_says_what_to_find_out() -> None:
    query = "holder=?&usages=?&layers=?"
    for _ in range(80):
        asked = page(query)
        if not asked.asked:
            break
        query = get(asked.query("?")).headers["Location"].partition("?")[2]
    shown = page(query)
    assert "À chercher d'abord" in shown.text
    closed = re.search(r'<span class="status (fits|closed)"', text(query))
    assert closed is None


def test_the_tool_is_first_in_navigation_and_on_the_home_page() -> None:
    home = (
        client().get("/", headers={"Accept": HTML, "Accept-Language": "fr"}).get_data(as_text=True)
    )
    rubrics = home[home.index('aria-label="Rubriques"') :]
    first = re.search(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', rubrics)
    assert first
    assert (first[1], first[2]) == ("/projet", "Mon projet")
    assert re.search(r'<a class="go" href="/projet">', home)
    five = re.findall(r"<li><a", rubrics[: rubrics.index("</nav>")])
    assert len(five) == 5


def answered(first: str, answers: dict[str, str], most: int = 40) -> tuple[str, int]:
    """Answer questions as a person would, by the first answer where nothing is planned; count them."""
    query, number = first, 0
    for number in range(most):
        shown = page(query)
        if not shown.asked:
            return query, number
        value = answers.get(shown.asked, shown.values()[0] if shown.values() else "?")
        query = get(shown.query(value)).headers["Location"].partition("?")[2]
    return query, number


def test_from_the_first_question_to_the_result_by_forms_alone() -> None:
    query, number = answered(VILLAGE, {"lots": "separable"})
    assert "Vous pouvez passer un marché de fournitures" in page(query).heading
    assert number <= 15
    assert len(query) < LONGEST


@pytest.mark.parametrize(
    "query",
    ["", f"{VILLAGE}&ask=layers", f"{VILLAGE}&ask=estimated-value", f"{VILLAGE}&view=result"],
)
def test_no_button_is_disabled_each_field_has_a_name_and_the_first_link_skips_to_the_content(
    query: str,
) -> None:
    tree = html5rdf.parse(text(query, "fr"), namespaceHTMLElements=False)
    assert tree.findall(".//*[@disabled]") == []
    named = {label.get("for") for label in tree.iter("label")}
    for box in (*tree.iter("input"), *tree.iter("select"), *tree.iter("textarea")):
        if box.get("type") != "hidden":
            inside = box.get("aria-labelledby") or box.get("aria-label") or box.get("id") in named
            assert inside, box.attrib
    first = next(tree.iter("a"))
    assert tree.findall(f".//*[@id='{first.get('href', '').removeprefix('#')}']")


def test_where_a_threshold_decides_the_result_leads_to_it_at_the_amount_and_the_day() -> None:
    query = f"{VILLAGE}&network-activity=none&lots=?&as_of=2026-06-01&view=result"
    link = re.search(r'href="(/seuils\?[^"]*)"', html.unescape(text(query)))
    assert link
    asked = dict(parse_qsl(link[1].partition("?")[2]))
    assert (asked["estimated-value"], asked["as_of"]) == ("20000", "2026-06-01")
    assert asked["contract-object"] == "supplies"
    assert "lots" not in asked
    shown = client().get(link[1], headers={"Accept": HTML}).text
    assert re.search(
        r'name="estimated-value"[^>]*value="20.?000|value="20.?000[^>]*name="estimated-value"',
        shown,
    )
    assert "/seuils?" not in text("holder=commune&view=result")


def test_the_answers_of_a_long_project_stand_by_theme() -> None:
    assert "<h3>Montant et durée</h3>" not in text(f"{VILLAGE}&view=result")
    many = text(
        f"{VILLAGE}&lots=?&network-activity=none&competence-held=yes&duration-months=24"
        "&investment-funding=public&remuneration=price&view=result"
    )
    titles = re.findall(r"<h3>([^<]*)</h3>", many[many.index('id="answers"') :])
    assert titles[:3] == [
        "Qui porte le projet, et sa compétence",
        "Objet et besoins",
        "Montant et durée",
    ]


def test_what_the_answer_rests_on_stands_beside_it_with_where_one_corrects_it() -> None:
    query = (
        "holder=commune&usages=parking&revenue=yes&investment-funding=public&exploitation-risk=real"
        "&operated-by=contractor&remuneration=right-to-exploit&competence-held=yes"
        "&contract-object=works&duration-months=120&estimated-value=6200000&view=result"
    )
    margin = text(query).partition('class="presumed-first"')[2].partition("</section>")[0]
    assert "Gestion d'un service public" in html.unescape(margin)
    otherwise = page(query.replace("&view", "&public-service-object=no&view"))
    assert otherwise.heading != page(query).heading


def test_going_on_asks_no_more_questions_than_may_change_the_answer() -> None:
    query = "holder=commune&usages=street-lighting&contract-object=works&estimated-value=900000"
    result = page(f"{query}&view=result")
    asked = re.search(r"qui peuvent la changer : (.*?)\.", re.sub(r"\s", " ", result.text))
    assert asked is not None
    left = len(re.split(", | et ", asked[1]))
    going_on = page(result.links["Continuer"].partition("?")[2]).text
    assert f"encore {left} questions au plus" in re.sub(r"\s", " ", going_on)
