"""A page in French has no English left but what is marked so, names, and what is written in data."""

from __future__ import annotations

import re

import pytest

from crawling import client
from page_kinds import HTML
from page_texts import PageTexts
from test_english_pages import MORE

# Words that only English sentences have.
SENTENCE = """
    the of and with which from this that these those when where what who whose whom how are was were been
    is be has have had by for to in its their your our they them there here must may can cannot should
    would shall not only also each every any some other than then into onto upon about between
"""
ENGLISH = frozenset(SENTENCE.split())
WORD = re.compile(r"[A-Za-zÀ-ÿœŒ]+")
CAMEL = re.compile(r"\b[a-z]+[A-Z][a-z]+\w*\b")
# English words that French keeps: names of products, of standards, of bodies; and the identifiers of what
# has no name of its own: the definitions of a contract.
NAMES = re.compile(
    r"definition:[\w-]+"
    r"|\([^()]*\)|\?\w+|LoRa(WAN)?|FttH|IoT|SaaS|in house|eForms|in-house|\S*[/.@]\S+"
    r"|What[ -]if|open data|Web of Things"
)
# Pages for those who reuse the data, where terms show as they are written there.
FOR_PROGRAMS = {
    "module",
    "release",
    "compiled-module",
    "compiled",
    "shape",
    "shapes-by-kind",
    "ontology",
}


def english_left(page: str) -> list[str]:
    """Return the texts in which two English words, or a name in camel case, are left."""
    left = []
    for text in PageTexts(page, "fr").texts:
        rest = NAMES.sub(" ", text)
        if len(ENGLISH & set(WORD.findall(rest))) > 1 or CAMEL.search(rest):
            left.append(" ".join(text.split()))
    return left


@pytest.mark.parametrize("kind", MORE)
def test_a_page_in_french_has_no_english_left(kind: str) -> None:
    path = MORE[kind]
    query = "&" if "?" in path else "?"
    answer = client().get(f"{path}{query}lang=fr", headers={"Accept": HTML})
    assert english_left(answer.get_data(as_text=True)) == []


def test_english_is_told_from_french() -> None:
    page = '<html lang="fr"><p>{}</p><p lang="en">the rule of law</p>'
    assert english_left(page.format("which of these")) == ["which of these"]
    assert english_left(page.format("la clé investmentFunding")) == ["la clé investmentFunding"]
    assert english_left(page.format("le réseau LoRaWAN, in house, par abonnement")) == []
