"""What would change the answer, and what a change has changed, on the officer's page (R21, R40)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from urllib.parse import parse_qs, parse_qsl

import html5rdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands import run
from crawling import client
from montages import load
from montages.description.address.address_answers import (
    answer_changes,
    difference_pairs,
    original_address,
)
from montages.description.address.project_address import LONGEST, ProjectAddress
from montages.description.address.read_address import read_address
from montages.description.address.write_address import address_pairs
from montages.description.to_keys import to_keys
from montages.knowledge.files import library
from montages.publish.text.what_if_text import what_if_rows
from montages.web.project_tool.project_views import with_change
from montages.web.project_tool.sound_tree import with_name
from montages.web.project_tool.tool_project import VIEWS
from montages.web.project_tool.tool_request import PARAMETERS_OF_VIEWS
from page_kinds import HTML
from panel_cases import SLUGS, panel_case
from test_project_address import PARAMETER, VALUE
from tool_forms import get, page, text

FAST = load("fast")
VILLAGE = (
    "holder=commune&usages=street-lighting&layers=objects:own&remuneration=price"
    "&competence-held=yes&contract-object=supplies&public-service-object=no&estimated-value=20000"
)
PERFORMANCE = VILLAGE.replace("=price", "=price-tied-to-results") + "&was.remuneration=price"
LANGS = ("fr", "en")


def addresses(first: int, step: int) -> Iterator[ProjectAddress]:
    """Yield each so many-th case of the panel and real project as its address holds it."""
    every = [*SLUGS, *library.projects().values()]
    for each in every[first::step]:
        case = {**panel_case(each).tree, "project": each} if isinstance(each, str) else str(each)
        description = FAST.read(case)
        tree = to_keys(description.graph, description.project)
        yield read_address(address_pairs(ProjectAddress(tree))).address


def hold_their_promise(sample: Iterable[ProjectAddress], most: int) -> int:
    """Read the address of each change that is shown, assess it, and compare with what was promised."""
    number = 0
    for address in sample:
        tree = with_name(address.tree)
        rows = what_if_rows(FAST.what_if(tree, anyway=True))
        shown = [
            (contract.arrangement.slug, change.what_if)
            for row in (*rows.ready, *rows.open, *rows.against, *rows.unlikely)
            for change in row.changes[:most]
            for contract in row.contracts
        ]
        for slug, one in shown:
            back = read_address(address_pairs(with_change(address, one)))
            assert back.faults == ()
            after = FAST.assess(with_name(back.address.tree), anyway=True)
            verdict = after.conclusions.verdict(slug).verdict
            assert verdict is one.verdict, (tree["project"], slug, one.changes)
            number += 1
    return number


@pytest.mark.slow
def test_every_change_that_is_shown_leads_to_the_verdict_that_it_promises() -> None:
    assert hold_their_promise(addresses(5, 90), 1) > 8


@pytest.mark.slow
def test_every_change_of_more_projects_keeps_its_promise() -> None:
    assert hold_their_promise(addresses(2, 12), 1) > 60


@pytest.mark.soak
@pytest.mark.parametrize("first", range(8))
def test_every_change_of_every_project_keeps_its_promise(first: int) -> None:
    assert hold_their_promise(addresses(first, 8), 8) > 100


PAIRS = st.lists(st.tuples(PARAMETER, VALUE), max_size=6)


@settings(max_examples=40)
@given(PAIRS, PAIRS)
def test_a_variant_and_its_original_are_both_read_from_one_address(
    one: list[tuple[str, str]], other: list[tuple[str, str]]
) -> None:
    address, original = read_address(one).address, read_address(other).address
    again = original_address(address, difference_pairs(address, original))
    own = [pair for pair in address_pairs(again or address) if pair[0] not in ("day", "rules")]
    theirs = [pair for pair in address_pairs(original) if pair[0] not in ("day", "rules")]
    assert sorted(own) == sorted(theirs)


def test_an_address_with_its_original_has_one_form_and_is_short() -> None:
    redundant = f"{PERFORMANCE}&was.lots=&was.competence-held=yes&view=what-if"
    location = get(redundant).headers["Location"]
    assert parse_qs(location, keep_blank_values=True)["was.remuneration"] == ["price"]
    assert location.count("was.") == 1
    assert len(location) < LONGEST
    assert get(location.partition("?")[2]).status_code == 200


def test_what_changes_is_told_in_words_with_what_was_said_before() -> None:
    address = read_address(parse_qsl(VILLAGE)).address
    other = read_address(parse_qsl(VILLAGE.replace("=20000", "=90000") + "&lots=separable")).address
    lines = {c.parameter: (c.before.fr, c.after.fr) for c in answer_changes(other, address)}
    assert lines["estimated-value"] == ("20\u202f000 € HT", "90\u202f000 € HT")
    assert lines["lots"][0] == ""


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "query",
    [f"{VILLAGE}&view=result", f"{VILLAGE}&view=what-if", f"{PERFORMANCE}&view=what-if",
     f"{PERFORMANCE}&view=result", "usages=roads&view=what-if",
     "layers=objects:own,storage:subscription&layers-complete=no&view=what-if"],
)  # fmt: skip
def test_every_view_is_valid_html_with_headings_in_order_and_no_code(query: str, lang: str) -> None:
    shown = text(query, lang)
    parser = html5rdf.HTMLParser()
    parser.parse(shown)
    assert [e for e in parser.errors if e[1] != "unexpected-html-element-in-foreign-content"] == []
    levels = [int(level) for level in re.findall(r"<h([1-6])", shown)]
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels)), levels
    ids = re.findall(r'\bid="([^"]+)"', shown)
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
    for target in re.findall(r'(?:for|aria-labelledby|aria-describedby)="([^"]+)"', shown):
        assert set(target.split()) <= set(ids), target
    words = re.sub(r"<(input|option|select)[^>]*>|<[^>]*>", " ", shown)
    assert not re.search(r"\b(closed-by-choice|fits-on-terms|to-verify|price-tied)\b", words)


def test_a_change_is_a_link_to_the_result_that_says_what_has_changed_and_leads_back() -> None:
    shown = page(f"{VILLAGE}&view=what-if")
    assert shown.heading == "Ce qui changerait la réponse"
    for group in ("Par un choix encore à faire", "En revenant sur un choix", "Aucun choix n'y"):
        assert group in shown.text
    links = {name: href for name, href in shown.links.items() if "was." in href}
    assert len(links) > 5
    leads = next(href for name, href in links.items() if "performance" in name)
    landed = page(leads.partition("?")[2])
    assert "vous répondez" in landed.text
    assert "Prix lié aux résultats" in landed.text
    back = parse_qsl(landed.links["Revenir à votre projet"].partition("?")[2])
    assert set(parse_qsl(VILLAGE)) <= set(back)


def test_the_result_tells_three_other_ways_in_words_and_leads_to_what_would_change_it() -> None:
    shown = page(f"{VILLAGE.replace('=20000', '=2000000')}&view=result")
    assert "Autres voies" in shown.text
    assert 1 <= shown.text.count("Meilleur si") <= 3
    assert "view=what-if" in shown.links["Ce qui changerait la réponse"]
    for name in ("Comparer des contrats", "Détailler par contrat"):
        assert name in shown.links


def test_a_fact_that_all_changes_wait_for_is_said_once() -> None:
    village = VILLAGE.replace("&competence-held=yes", "")
    shown = page(f"{village}&body-offers-it=no&running-contract=none&view=what-if")
    assert shown.text.count("vous avez la compétence") == 1
    assert "Dans tous les cas, il reste à vérifier" in shown.text


def test_each_view_is_known_by_its_parameters() -> None:
    assert list(VIEWS) == list(PARAMETERS_OF_VIEWS)


DESCRIBED = {
    "project": "Éclairage",
    "holder": {"type": "Commune"},
    "layers": [{"layer": "objects", "mode": "own"}],
    "answers": {"remuneration": "price", "competence-held": "yes"},
}


def posted(path: str, lang: str) -> str:
    answer = client().post(path, json=DESCRIBED, headers={"Accept": HTML, "Accept-Language": lang})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.content_type.startswith("text/html")
    assert answer.headers["Content-Language"] == lang
    shown = answer.get_data(as_text=True)
    parser = html5rdf.HTMLParser()
    parser.parse(shown)
    assert parser.errors == []
    levels = [int(level) for level in re.findall(r"<h([1-6])", shown)]
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels)), levels
    return shown


@pytest.mark.parametrize("lang", LANGS)
def test_the_changes_are_a_page_where_a_description_is_posted_too(lang: str) -> None:
    changes = posted("/what-if", lang)
    assert {"fr": "Éclairage\u00a0: ce qui changerait", "en": "Éclairage: what would"}[
        lang
    ] in changes
    links = re.findall(r'href="(http://localhost/projet[^"]+)"', changes)
    assert links
    landed = text(html.unescape(links[-1]).partition("?")[2], lang)
    assert {"fr": "vous répondez", "en": "you answer"}[lang] in landed


def test_the_command_line_writes_the_page() -> None:
    assert run("what-if", "dijon", "--format", "html").out.startswith("<!doctype html>")


WORKS = "holder=commune&usages=street-lighting&contract-object=works&estimated-value=900000"


@pytest.mark.parametrize(
    ("question", "value", "line"),
    [
        (
            "design-included",
            "yes",
            (
                "Avant : passer un marché de travaux, par une procédure adaptée. Maintenant : passer un "
                "marché de conception-réalisation, par une procédure adaptée, parce que vous répondez "
                "« oui » à « Conception comprise »."
            ),
        ),
        (
            "estimated-value",
            "950 000",
            (
                "Le contrat et sa procédure restent les mêmes quand vous répondez « 950 000 € HT » à "
                "« Valeur estimée »."
            ),
        ),
        # What was presumed is corrected as what was answered is.
        ("works-on-a-structure", "no", "quand vous répondez « non » à « Travaux sur un ouvrage »."),
    ],
)
def test_one_line_tells_what_a_corrected_answer_changes(
    question: str, value: str, line: str
) -> None:
    correcting = page(f"{WORKS}&ask={question}")
    corrected = page(correcting.query(value))
    assert line in re.sub(r"\s+", " ", corrected.text)
    back = corrected.links["Revenir à votre projet"]
    assert "was." not in back
    assert page(back.partition("?")[2]).heading == page(f"{WORKS}&view=result").heading


def test_an_answer_to_the_question_at_hand_or_the_same_again_changes_nothing_told() -> None:
    asked = page(WORKS)
    assert "Avant" not in page(asked.query(asked.values()[0])).text
    assert "vous répondez" not in page(page(f"{WORKS}&ask=estimated-value").query("900 000")).text
