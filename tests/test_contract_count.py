"""One count of contracts everywhere: the home page, the lists, the checks, the texts and the JSON."""

from __future__ import annotations

import re

import pytest

from commands import run
from first_screens import assessed
from montages.knowledge.rulebook import rulebook
from montages.publish.text import assessment_text, typeset
from montages.web import create_app


@pytest.mark.parametrize("path", ["/", "/contracts"])
def test_a_page_counts_the_contract_types(path: str) -> None:
    page = (
        create_app({"REQUEST_LOG": "off"})
        .test_client()
        .get(path, headers={"Accept": "text/html"})
        .text
    )
    counts = {
        "/": r"<strong>(\d+)</strong> contrats proposés",
        "/contracts": r'<span class="count">(\d+)</span></h1>',
    }
    (number,) = re.findall(counts[path], page)
    assert int(number) == len(rulebook().contract_types)


def test_texts_and_json_count_them_too() -> None:
    number = len(rulebook().contract_types)
    assert len(assessed("dijon").to_json("fr")["contracts"]) == number
    text = typeset.plain(assessment_text.assessment_text(assessed("dijon")), 200)
    lines = len(assessed("dijon").rows)
    assert f"\n{number} contrats en {lines} lignes :" in text
    assert f"{number} contrats en {lines} lignes :" in run("demo").out
