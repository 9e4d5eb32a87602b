"""Pages that list: the sheet, the matrix, long lists, what leads to a thing, the search."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from rdflib import RDF

from crawling import client, state
from montages.knowledge.files import library
from montages.names import MTG
from montages.store.search_index import Search
from montages.web.pages.lists.projects_page import projects_page
from montages.web.pages.page_context import page_context
from page_reading import get, text_of


def test_the_sheet_is_a_table_of_8_rows_and_4_columns_with_its_blanks_blank() -> None:
    rows = list(csv.DictReader(io.StringIO(get("/matrix.csv").get_data(as_text=True))))
    assert len(rows) == 32
    assert [r["cell"].rsplit("/", 1)[1] for r in rows if not r["statement"]] == [
        "T2-customer-marche",
        "T2-customer-accord",
    ]
    assert all(r["requirements"] for r in rows if r["statement"] and "deployment" in r["cell"])
    assert json.loads(get("/matrix.json").data)[0]["row"]
    page = text_of("/matrix")
    assert page.count('class="blank"') == 2
    assert page.count("<td data-head=") == 32
    assert "no statement" in text_of("/matrix", "en")


def test_the_management_matrix_has_every_layer_both_modes_and_who_pays() -> None:
    data = library.data()
    layers, options = (
        set(data.subjects(RDF.type, MTG[kind])) for kind in ("Layer", "ManagementOption")
    )
    assert len(layers) >= 6
    page = text_of("/layer-matrix")
    assert page.count("<td data-head=") == len(options) == 2 * len(layers)
    assert page.count('scope="rowgroup"') == len(set(data.objects(None, MTG.layerGroup)))
    rows = json.loads(get("/layer-matrix.json").data)
    assert len({r["layer"] for r in rows}) == len(layers)
    assert all(r["bearer"] and r["items"] for r in rows)
    assert b"IoT network" in get("/layer-matrix.csv", "en").data


@pytest.mark.parametrize("name", ["requirements", "sources", "terms"])
def test_a_long_list_is_paged_with_links_to_its_neighbours(name: str) -> None:
    first, second = get(f"/{name}"), get(f"/{name}?page=2")
    assert 'rel="next"' in first.headers["Link"]
    assert 'rel="prev"' not in first.headers["Link"]
    assert 'rel="prev"' in second.headers["Link"]
    assert '<link rel="next"' in first.get_data(as_text=True)
    everything = json.loads(get(f"/{name}.json").data)["items"]
    listed, page = 0, 1
    while True:
        text = text_of(f"/{name}?page={page}")
        listed += text.count('<p class="what">')
        if '<link rel="next"' not in text:
            break
        page += 1
    assert listed == len(everything)
    assert get(f"/{name}?page={page + 1}").status_code == 404
    assert get(f"/{name}?page=x").status_code == 400


def test_what_leads_to_a_thing_is_grouped_counted_and_paged() -> None:
    page = text_of("/def/RequirementVersion.html")
    more = re.search(r'href="(/def/RequirementVersion\.html\?in=[^"#]+)#incoming"', page)
    assert more
    second = text_of(more[1].replace("&amp;", "&") + "&page=2")
    assert 'rel="prev"' in second
    assert "/requirement/" in second


def test_search_forgets_accents_and_capitals_and_takes_the_beginning_of_a_word() -> None:
    index = Search(state().dataset)
    accents = index.find("DELEGATION", "fr")
    assert accents.total > 5
    assert accents.hits == index.find("délégation", "fr").hits
    assert index.find("mpg", "fr").hits[0].iri.endswith("/contract/mpgp")
    assert index.find("framework", "en").hits[0].kind == "contract"
    assert index.find('" AND ZZQX( *', "fr").total == 0
    assert index.find("", "fr").total == 0


def test_search_pages_filter_by_kind_and_mark_the_words_found() -> None:
    page = text_of("/search?q=financement&type=criterion")
    assert "<mark>" in page
    assert "/id/contract/" not in page
    tree = json.loads(get("/search.json?q=financement").data)
    assert tree["total"] == sum(tree["kinds"].values())
    assert json.loads(get("/search?q=financement", accept="application/json").data) == tree
    assert get("/search?q=<script>alert(1)</script>").data.count(b"<script>") == 0


def test_the_questions_asked_first_say_whom_to_ask_and_the_others_are_folded() -> None:
    page = text_of("/criteria")
    assert 1 <= len(re.findall(r"<dt><a ", page)) <= 12
    assert len(re.findall(r"<dd>[^<]+</dd>", page)) == len(re.findall(r"<dt><a ", page))
    listed = {
        item["id"].rpartition("/")[2] for item in json.loads(get("/criteria.json").data)["items"]
    }
    assert set(re.findall(r'href="/id/criterion/([a-z0-9-]+)\.html', page)) == listed
    assert "Qu&#39;achetez-vous" in page.partition('id="rare"')[0]


def test_the_layers_are_one_picture_whose_words_are_those_of_the_list_beside_it() -> None:
    page = text_of("/layers")
    assert page.count('<svg class="layers"') == 1
    drawn = re.findall(r'<text class="strong"[^>]*>\d\. ([^<]+)</text>', page)
    listed = re.findall(r'<li><p class="what">\d\. <a [^>]*>([^<]+)</a>', page)
    assert drawn == listed
    assert len(drawn) == 6


def project_cards(query: str = "") -> str:
    """Return the page of the real projects: what a service without a registry answers."""
    with client().application.test_request_context(f"/projects?lang=fr&{query}"):
        return projects_page(page_context())


def test_real_projects_are_cards_newest_first_and_chosen_without_script() -> None:
    page = project_cards()
    years = re.findall(r"signé en (\d{4})", page)
    assert years == sorted(years, reverse=True)
    assert len(years) >= 4
    lit = project_cards("usage=street-lighting&contract=mpgp")
    assert 0 < lit.count('<section class="card"') < page.count('<section class="card"')
    assert '<option value="mpgp" selected>' in lit
    assert "Aucun projet" in project_cards("usage=street-lighting&size=small")
