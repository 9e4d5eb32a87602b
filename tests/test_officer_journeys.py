"""From a sentence to the answer by forms alone: few questions, a counter that never rises."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
import yaml

from montages import load
from montages.assessment.answer.short_answer import ShortAnswer
from montages.description.address.read_address import read_address
from tool_forms import ToolForm, get, text

HERE = Path(__file__).parent
SENTENCES = yaml.safe_load((HERE / "sentences.yaml").read_text("utf-8"))["fr"]
JOURNEYS = yaml.safe_load((HERE / "officer-journeys.yaml").read_text("utf-8"))
PAIRS = list(zip(SENTENCES, JOURNEYS, strict=False))
_LEFT = re.compile(r"encore (\d+) questions? au plus")


def journey(
    sentence: str, answers: dict[str, str], pages: list[str] | None = None
) -> tuple[str, list[str], list[int]]:
    """Return the address of the result, the questions put, and what the counter said at each.

    `pages` is given the page of each question.
    """
    query, put, left = urlencode({"sentence": sentence}), list[str](), list[int]()
    for _ in range(15):
        while (sent := get(query)).status_code == 302:
            query = sent.headers["Location"].partition("?")[2]
        shown = ToolForm(sent.text)
        if not shown.asked:
            return query, put, left
        if pages is not None:
            pages.append(sent.text)
        put.append(shown.asked)
        counted = _LEFT.search(sent.text.replace("\u00a0", " "))
        left.append(int(counted[1]) if counted else 0)
        query = shown.query(answers.get(shown.asked, "?"))
    raise AssertionError(put)


def answer_at(query: str) -> ShortAnswer:
    """Return the answer to the project of an address."""
    tree = read_address(parse_qsl(query)).address.tree
    return load().assess({"project": "x", **tree}, anyway=True).answer


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0]["sentence"][:50])
def test_a_sentence_leads_to_its_answer_by_few_questions(
    pair: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    said, expected = pair
    query, put, left = journey(said["sentence"], expected["answers"])
    answer = answer_at(query)
    named = {
        "first": answer.rows[0].row.contract if answer.rows else None,
        "procedure": answer.procedure.arrangement.slug if answer.procedure else None,
        "channel": answer.rows[0].award.channel.arrangement.slug
        if answer.rows and answer.rows[0].award.channel
        else None,
        "prohibited-by": answer.prohibition.slug if answer.prohibition else None,
    }
    told = {key: expected[key] for key in named if key in expected}
    assert {key: named[key] for key in told} == told, put
    assert len(put) <= expected["most"], put
    assert len(put) == len(set(put))
    assert all(before > after for before, after in pairwise(left))


@pytest.mark.parametrize("case", SENTENCES[:12], ids=lambda case: case["sentence"][:50])
def test_who_never_knows_ends_with_what_may_change_the_answer(case: dict[str, Any]) -> None:
    query, put, _ = journey(case["sentence"], {})
    assert len(put) <= 12
    answer = answer_at(query)
    told = re.sub(r"\s", " ", answer.ending_sentence.fr) in re.sub(
        r"\s", " ", unescape(text(query))
    )
    assert told, answer.ending_sentence.fr
