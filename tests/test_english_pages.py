"""A page in English has no French left but what is marked so, names, and terms of French law."""

from __future__ import annotations

import re

import pytest

from crawling import client
from montages.knowledge.files.published_queries import Query, queries
from page_kinds import HTML
from page_texts import PageTexts
from sampled_cases import sampled_cases

# Words that only French sentences have: articles, prepositions, verbs.
SENTENCE = """
    le la les des une du pour avec dans qui que aux sans cette ces sont leur leurs ne pas où être été il
    elle ils nous vous votre vos notre selon vers dont dès lors même tous toute toutes aucun aucune après
    avant sous ainsi comme mais donc avoir fait faire peut doit au réponse rien
"""
FRENCH = frozenset(SENTENCE.split())
# Names of places, bodies and journals, and French terms of law, that English keeps as they are.
NAMES = re.compile(
    r"La Réunion|La Tribune|L'Eau, l'Industrie, les Nuisances|Banque des Territoires|Caisse des Dépôts"
    r"|Conseil d'État|Cour administrative d'appel de \w+|Direction générale du Trésor"
    r"|Ministère de l'Économie et des Finances|Commune d'\w+|Journal du Net|[\w-]+-sur-[\w-]+"
    r"|\([^()]*\)|groupements? de commandes|centrales? d'achat|L'Usine nouvelle|\S*[/.]\S+\.?",
    re.IGNORECASE,
)
WORD = re.compile(r"[A-Za-zÀ-ÿœŒ]+")
ELISION = re.compile(r"\b[ldnsqcj]['’](?=[a-zéèêà])", re.IGNORECASE)


def french_left(page: str) -> list[str]:
    """Return the texts in which a French word is left."""
    left = []
    for text in PageTexts(page, "en").texts:
        rest = NAMES.sub(" ", text)
        if ELISION.search(rest) or FRENCH & {word.lower() for word in WORD.findall(rest)}:
            left.append(" ".join(text.split()))
    return left


def english(path: str) -> str:
    query = "&" if "?" in path else "?"
    answer = client().get(f"{path}{query}lang=en", headers={"Accept": HTML})
    assert answer.mimetype == "text/html"
    return answer.get_data(as_text=True)


# Beside the kinds of pages that tests/test_pages.py looks at.
MORE = {
    "catalogue": "/catalog.html",
    "matrix-by-day": "/matrix?as_of=2025-06-01",
    "requirements-2": "/requirements?page=2",
    "sources-2": "/sources?page=4",
    "projects-of-a-kind": "/search?q=lighting&type=project",
    "tool-result": "/projet?holder=commune&usages=street-lighting&layers=objects:own"
    "&estimated-value=20000&view=result",
    "tool-whole": "/projet?holder=commune&usages=street-lighting&layers=objects:own&view=full",
    "tool-fault": "/projet?holder=comune&estimated-value=many",
    "example": "/sparql?example=contract-families",
}


@pytest.mark.parametrize("kind", MORE)
def test_a_page_in_english_has_no_french_left(kind: str) -> None:
    assert french_left(english(MORE[kind])) == []


@pytest.mark.parametrize(
    "query", sampled_cases(queries("questions"), 5), ids=lambda query: query.key
)
def test_an_answer_in_english_has_no_french_left(query: Query) -> None:
    assert french_left(english(f"/queries/{query.key}.html")) == []


@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/id/contract/concession-de-service", "/sparql?query=SELECT", "/queries/nothing",
     "/sparql?query=SELECT%20*%20{%20?s%20?p%20?o", "/sparql?query=DELETE%20{}", "/search?page=0",
     "/sparql?query=SELECT%20*%20FROM%20<x>%20{}", "/contracts?page=999", "/queries/layers.pdf"],
)  # fmt: skip
def test_a_problem_in_english_has_no_french_left(path: str) -> None:
    assert french_left(english(path)) == []


def test_a_report_in_english_has_no_french_left() -> None:
    text = "project: x\nholder: Comune\nlayers: [{layer: objetss}]\nanswers: {agilty: low}\n"
    answer = client().post("/validate?lang=en", data={"content": text}, headers={"Accept": HTML})
    assert "line 2" in answer.text
    assert french_left(answer.text) == []


def test_french_is_told_from_english() -> None:
    page = '<html lang="en"><p>{}</p><p lang="fr">la règle</p><img alt="{}">'
    for word in ("Rien à cette adresse", "l'adresse", "Vous cherchiez"):
        assert french_left(page.format(word, "")) == [word]
        assert french_left(page.format("", word)) == [word]
    for word in ("The purchasing body (centrale d'achat)", "In La Réunion", "est. 3, on or off"):
        assert french_left(page.format(word, word)) == []
