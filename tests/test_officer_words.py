"""What an officer reads has no word of the trade, no key of ours, and no link but ours and official ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from commands import run
from first_screens import assessed
from montages.knowledge.rulebook import rulebook
from officer_texts import Links, link_faults, page_at, page_texts, word_faults
from panel_cases import SLUGS, panel_case
from sampled_cases import sampled_cases
from test_officer_journeys import PAIRS, journey
from tool_forms import text

PAGES = {
    "home": "/",
    "journey": "/projet",
    "contracts": "/contracts",
    "thresholds": "/seuils",
    "projects": "/projects",
    "criteria": "/criteria",
}
COMMANDS = (
    "",
    "ask",
    "assess",
    "new",
    "note",
    "what-if",
    "compare",
    "compose",
    "similar",
    "explain",
)
ASKED = ("village-meters", "energy-syndicate-lighting-asked", "cc-lorawan-sold-to-campsites")


def texts_of(tree: Any) -> Iterator[str]:
    """Yield the texts of a tree of JSON, those that are keys left out."""
    if isinstance(tree, dict):
        tree = list(tree.values())
    if isinstance(tree, list):
        for part in tree:
            yield from texts_of(part)
    elif isinstance(tree, str) and " " in tree:
        yield tree


def paragraphs(terminal: str) -> list[str]:
    """Return what the terminal tells, the lines of a paragraph joined."""
    return re.split(r"\n\s*\n|\n(?=\s*[-•·✓✗?~] )", terminal)


def faults_of(page: str, kind: str, *, links: bool = False) -> list[str]:
    """Return what is wrong with a page."""
    of_links = link_faults(Links(page).addresses) if links else ()
    return [*word_faults(page_texts(page), kind), *of_links]


@pytest.mark.parametrize("kind", PAGES)
def test_a_page(kind: str) -> None:
    assert faults_of(page_at(PAGES[kind]), kind) == []


@pytest.mark.parametrize(
    "slug", [a.slug for a in rulebook().arrangements.values() if a.kind == "contract"]
)
def test_the_page_of_a_contract(slug: str) -> None:
    assert faults_of(page_at(f"/id/contract/{slug}.html"), "contract") == []


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0]["sentence"][:50])
def test_a_journey_and_its_result(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    case, expected = pair
    pages: list[str] = []
    query, _, _ = journey(case["sentence"], expected["answers"], pages)
    faults = [fault for page in pages for fault in faults_of(page, "journey")]
    assert faults + faults_of(text(query), "result", links=True) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command(command: str) -> None:
    terminal = run(*command.split(), "--help", "--lang", "fr").out
    assert list(word_faults(paragraphs(terminal), "terminal")) == []


@pytest.mark.parametrize("name", SLUGS[::40])
def test_what_the_terminal_tells_of_a_project(name: str) -> None:
    terminal = run("assess", f"panel/{name}", "--lang", "fr").out
    assert list(word_faults(paragraphs(terminal), "terminal")) == []


@pytest.mark.parametrize("name", ASKED)
def test_what_the_terminal_asks(name: str, tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text(yaml.safe_dump(dict(panel_case(name).tree), allow_unicode=True))
    terminal = run("ask", str(file), "--lang", "fr", stdin="?\n\n" * 12 + "q\n").out
    assert list(word_faults(paragraphs(terminal), "terminal")) == []


@pytest.mark.parametrize("name", sampled_cases(SLUGS, 6))
def test_the_answer_to_a_case(name: str) -> None:
    answer = assessed(name).answer
    texts = [answer.sentence.fr, answer.ending_sentence.fr, *texts_of(answer.to_json("fr"))]
    assert list(word_faults(texts, "panel")) == []
