"""The texts of the tools tell them apart: a client that knows words alone calls the right one."""

from __future__ import annotations

import html
import math
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant_clients import TREE, Assistant
from assistant_clients import assistant as assistant
from montages.web import create_app
from montages_assistants.operation_tools import TOOLS, tool_text

PROMPTS = yaml.safe_load((Path(__file__).parent / "prompts.yaml").read_text("utf-8"))
EVERY = pytest.mark.parametrize("prompt", PROMPTS, ids=lambda p: f"{p['tool']}-{p['lang']}")


def words(text: str) -> set[str]:
    """Return the words of a text, without accents, each cut to its first six letters."""
    plain = unicodedata.normalize("NFD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return {word[:6] for word in re.findall(r"[a-z]{3,}", plain)}


def scores(prompt: str, lang: str) -> dict[str, float]:
    """Return by tool the weight of the words that its texts share with a prompt: the rarer, the more."""
    texts = {
        name: words(f"{name.replace('_', ' ')} {tool.title[lang]} {tool_text(tool, lang)}")
        for name, tool in TOOLS.items()
    }
    met = {word: sum(word in text for text in texts.values()) for word in words(prompt)}
    weight = {word: math.log(len(texts) / count) for word, count in met.items() if count}
    return {name: sum(weight[w] for w in weight if w in text) for name, text in texts.items()}


def test_each_tool_is_asked_for_in_twenty_prompts() -> None:
    assert len(PROMPTS) == 20
    assert {prompt["tool"] for prompt in PROMPTS} == set(TOOLS)


@EVERY
def test_a_client_that_knows_words_alone_calls_the_right_tool(prompt: dict[str, Any]) -> None:
    by_tool = scores(prompt["prompt"], prompt["lang"])
    first, second = sorted(by_tool, key=lambda name: -by_tool[name])[:2]
    assert first == prompt["tool"], by_tool
    assert by_tool[first] > by_tool[second], by_tool


@EVERY
def test_the_call_is_answered(prompt: dict[str, Any], assistant: Assistant) -> None:
    answer = assistant.call(prompt["tool"], {**prompt["arguments"], "lang": prompt["lang"]})
    assert not answer.is_error, answer.text
    assert prompt["answers"] in answer.data, answer.data.keys()


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("rule", [{}, {"requirement": "mpgp-performance-commitments"}])
def test_an_issue_has_the_address_and_the_text_of_the_page_to_contest_by(
    rule: dict[str, str], lang: str, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTAGES_BASE_URL", "https://w3id.org/montages")
    monkeypatch.setenv("MONTAGES_CONTEST_TO", "")
    described = {"project": "x", "holder": {"type": "Commune"}, "answers": {"revenue": "yes"}}
    given = {"description": described, "contract": "mpgp", "lang": lang, **rule}
    issue = assistant.call("report_issue", given).data
    site, query = issue["form"].split("/contest?")
    assert site == "https://w3id.org/montages"
    page = create_app().test_client().get(f"/contest?{query}").text
    (body,) = re.findall(r'<textarea id="contest-body"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert html.unescape(body).strip() == issue["text"].strip()
    assert "revenue=yes" in issue["form"]
    assert "send_to" not in issue


@pytest.mark.parametrize(
    ("tool", "given"), [("check", {"project": "nope"}), ("report_issue", {"requirement": "nope"})]
)
def test_what_is_not_there_is_no_answer(
    assistant: Assistant, tool: str, given: dict[str, str]
) -> None:
    answer = assistant.call(tool, {"description": TREE, **given})
    assert answer.is_error
    assert "nope" in answer.text
