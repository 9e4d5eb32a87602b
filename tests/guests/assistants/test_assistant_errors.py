"""What is wrong with a call of an assistant is told: what, where, and what to do."""

from __future__ import annotations

from typing import Any

import pytest
from mcp.shared.exceptions import MCPError

from assistant_clients import TREE, YAML, Assistant
from assistant_clients import assistant as assistant
from montages.knowledge.files import library

WRONG: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "a value of no list": (
        "assess",
        {"description": {**TREE, "answers": {"lots": "perhaps"}}},
        [
            "Description does not conform",
            "/answers/lots",
            "separable, inseparable",
            "call the tool again",
        ],
    ),
    "a holder misspelt": (
        "assess",
        {"description": {**TREE, "holder": {"type": "Comune"}}},
        ["/holder/type", "Commune"],
    ),
    "a key misspelt": (
        "assess",
        {"description": {**TREE, "holdr": {"type": "Commune"}}},
        ["holdr", "holder"],
    ),
    "a line of a text": (
        "assess",
        {"description": YAML.replace("90 k€", "a lot")},
        ["line 6", "a lot"],
    ),
    "nothing to read": ("assess", {"description": "dijon"}, ["Key: value", "project: "]),
    "no description": ("assess", {}, ["description: it is missing", "an object"]),
    "an argument misspelt": (
        "assess",
        {"description": TREE, "detial": "full"},
        ["detial: unknown argument. Did you mean “detail”?"],
    ),
    "several arguments at once": (
        "what_if",
        {"description": TREE, "top": 0, "detail": "long", "anyway": "yes"},
        ["top: a whole number from 1 to", "detail: one of brief, full", "anyway: true or false"],
    ),
    "a day": ("assess", {"description": TREE, "as_of": "1 June"}, ["1 June", "2026-06-01"]),
    "a contract misspelt": (
        "explain",
        {"description": TREE, "contract": "mpg"},
        ["mpg", "Did you mean “mpgp”?", "Known: "],
    ),
    "a question misspelt": ("query", {"name": "hard-gate"}, ["hard-gates"]),
    "a parameter misspelt": (
        "query",
        {"name": "hard-gates", "parameters": {"contrat": "dsp"}},
        ["contrat", "contract"],
    ),
    "a query not finished": ("sparql", {"query": "SELECT * {"}, ["1"]),
    "a query that writes": ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}, ["DELETE"]),
    "a prefix not declared": (
        "sparql",
        {"query": "SELECT * { ?c a mtg:ContractType }"},
        ["PREFIX mtg: <https://w3id.org/montages/def/>"],
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_error_says_what_is_wrong_where_and_what_to_do(assistant: Assistant, name: str) -> None:
    tool, arguments, says = WRONG[name]
    french = assistant.call(tool, arguments)
    english = assistant.call(tool, {**arguments, "lang": "en"})
    assert french.is_error
    assert english.is_error
    assert french.text != english.text
    assert english.problem["type"].startswith("https://w3id.org/montages/problem/")
    assert english.text.startswith(english.problem["title"])
    for words in says:
        assert words in english.text
    assert "Traceback" not in english.text


def test_a_wrong_language_is_told_in_that_of_the_server(assistant: Assistant) -> None:
    answer = assistant.call("assess", {"description": TREE, "lang": "de"})
    assert answer.text == "Entrée illisible\nlang : l'un de fr, en est attendu, pas 'de'."


def test_a_refusal_is_passed_over_where_it_may_be(assistant: Assistant) -> None:
    description = {key: value for key, value in TREE.items() if key != "project"}
    refused = assistant.call("assess", {"description": description})
    assert refused.is_error
    assert "anyway=true" in refused.text
    assert not assistant.call("assess", {"description": description, "anyway": True}).is_error


def test_an_answer_that_is_too_long_says_how_to_ask_for_less(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTAGES_ASSISTANT_CHARACTERS", "20000")
    dijon = library.projects()["dijon"].read_text("utf-8")
    answer = assistant.call("assess", {"description": dijon, "detail": "full", "lang": "en"})
    assert answer.is_error
    for words in ("20000", "detail=brief", "explain", "MONTAGES_ASSISTANT_CHARACTERS"):
        assert words in answer.text


@pytest.mark.slow
def test_an_unknown_tool_is_told_with_the_nearest(assistant: Assistant) -> None:
    with pytest.raises(MCPError, match="Vouliez-vous « assess »"):
        assistant.call("asses")
