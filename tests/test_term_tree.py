"""All terms are in one tree; each page says where it stands in it."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest
from rdflib import RDF

from crawling import client, docs
from montages.knowledge.rulebook import rulebook
from montages.names import BASE, MTG
from montages.store.labels import Labels
from montages.store.term_tree import Branch, places_by_iri, term_tree
from page_kinds import HTML, THINGS

KINDS = (
    *("ContractType", "Procedure", "Channel", "Vehicle", "Activity", "Criterion", "Layer", "Usage"),
    *("ManagementOption", "Threshold", "Requirement", "AttentionPoint", "Document", "Clause"),
    *("SheetElement", "Project", "PanelCase", "Bucket"),
)


@cache
def tree() -> Branch:
    return term_tree(Labels(docs().default, docs().graphs))


@pytest.mark.parametrize("kind", KINDS)
def test_every_thing_of_a_kind_has_a_place_in_the_tree(kind: str) -> None:
    things = {str(t) for t in docs().default.subjects(RDF.type, MTG[kind]) if t.startswith(BASE)}
    assert things
    assert things - places_by_iri(tree()).keys() == set()


def test_contracts_stand_under_their_family_and_are_counted_as_everywhere() -> None:
    above, _ = places_by_iri(tree())[f"{BASE}id/contract/mpgp"]
    slugs = [branch.iri.rpartition("/")[2] for branch in above if branch.iri]
    assert slugs[-2:] == ["marche-hors-partenariat", "marche-global"]
    assert tree().children[0].size == len(rulebook().contract_types)


def test_criteria_stand_by_theme_with_their_answers() -> None:
    above, branch = places_by_iri(tree())[f"{BASE}id/criterion/investment-funding"]
    assert above[-1].iri == f"{BASE}id/theme/funding"
    assert f"{BASE}id/investment-funding/public" in [child.iri for child in branch.children]


def test_clauses_stand_under_their_code_by_part_and_article() -> None:
    above, _ = places_by_iri(tree())[f"{BASE}id/clause/ccp-l2171-3"]
    assert (above[-2].iri, above[-1].title.fr) == (f"{BASE}id/document/ccp", "Partie législative")
    articles = [branch.iri.rpartition("/")[2] for branch in above[-1].children]
    assert articles.index("ccp-l2113-2") < articles.index("ccp-l2171-3")


def test_the_tree_is_a_page_and_data_in_both_languages() -> None:
    for lang, title in (("fr", "Tous les termes"), ("en", "All terms")):
        page = client().get(f"/tree?lang={lang}", headers={"Accept": HTML}).text
        assert f"<h1>{title} " in page
        for path in ("/id/contract/mpgp.html", "/id/layer/objects.html", "/id/project/dijon.html"):
            assert f'href="{path}?lang={lang}"' in page
        data = json.loads(client().get(f"/tree.json?lang={lang}").data)
        assert data["label"] == title
        assert data["children"][0]["count"] == len(rulebook().contract_types)


PLACED = ("contract", "procedure", "criterion", "layer", "clause", "project", "value", "property")


@pytest.mark.parametrize("kind", [*PLACED, "shape", "compiled", "problem", "release"])
def test_the_page_of_a_thing_has_a_way_back_and_its_place(kind: str) -> None:
    page = client().get(f"{THINGS[kind]}?lang=fr", headers={"Accept": HTML}).text
    crumbs = re.search(r'<nav class="crumbs".*?</nav>', page, re.DOTALL)
    assert crumbs
    assert 'aria-current="page"' in crumbs[0]
    assert "Cela concerne mon projet" in page
    iri = BASE + THINGS[kind].strip("/").removesuffix(".html")
    assert (iri in places_by_iri(tree())) == ('id="place"' in page)


@pytest.mark.parametrize(
    ("path", "start"),
    [
        ("/id/usage/street-lighting", "usages=street-lighting"),
        ("/id/layer/objects", "layers=objects"),
        ("/id/actor-kind/commune", "holder=commune"),
        ("/id/investment-funding/public", "investment-funding=public"),
        ("/id/actor-kind/operator", ""),
        ("/id/contract/mpgp", ""),
    ],
)
def test_a_project_begun_from_a_page_has_the_answer_that_the_page_is(path: str, start: str) -> None:
    page = client().get(f"{path}.html", headers={"Accept": HTML}).text
    shown = re.search(r'class="concerns.*?href="/projet(?:\?([^"]*))?"', page, re.DOTALL)
    assert shown
    assert (shown[1] or "") == start
