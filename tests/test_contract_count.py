"""One count of contracts everywhere: the lists, the checks, the texts and the JSON."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from commands import run
from first_screens import assessed
from montages.knowledge.rulebook import rulebook
from montages.publish.text import assessment_text, typeset
from montages.web import create_app

pytestmark = pytest.mark.clock


@pytest.mark.parametrize("path", ["/contracts", "/tree"])
def test_a_page_counts_the_contract_types(path: str) -> None:
    page = (
        create_app({"REQUEST_LOG": "off"})
        .test_client()
        .get(path, headers={"Accept": "text/html"})
        .text
    )
    counts = {
        "/contracts": r'<span class="count">(\d+)</span></h1>',
        "/tree": r'<h2 id="contracts">[^\n]*<span class="count">(\d+)</span></h2>',
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


ROOT = Path(__file__).parents[1]
TOLD = re.compile(
    r"\b(\d+)\W+(?:contract types|types de contrats?|contrats proposés|contracts in all)\b"
)


@pytest.mark.parametrize("path", ["README.md", "README.fr.md", "docs/*.md", "*/README.md"])
def test_no_document_gives_another_count(path: str) -> None:
    number = str(len(rulebook().contract_types))
    told = [n for file in ROOT.glob(path) for n in TOLD.findall(file.read_text("utf-8"))]
    assert [n for n in told if n != number] == []
