"""What an assistant reads without a tool: resources by address, the prompt."""

from __future__ import annotations

import json

import mcp_types as types
import pytest
from mcp.shared.exceptions import MCPError

from assistant_clients import Assistant
from assistant_clients import assistant as assistant
from montages_assistants.resources import OFFERED


@pytest.mark.parametrize("lang", ["fr", pytest.param("en", marks=pytest.mark.slow)])
def test_every_resource_that_is_offered_is_read(assistant: Assistant, lang: str) -> None:
    for offered in OFFERED:
        uri = f"{offered.address}?lang={lang}"
        (content,) = assistant.ask(lambda client, uri=uri: client.read_resource(uri)).contents
        assert isinstance(content, types.TextResourceContents)
        assert content.mime_type == offered.media
        assert len(content.text) > 100
        if offered.media == "application/json":
            assert json.loads(content.text)


def test_the_template_is_a_description(assistant: Assistant) -> None:
    uri = "montages://template"
    (content,) = assistant.ask(lambda client: client.read_resource(uri)).contents
    assert isinstance(content, types.TextResourceContents)
    assert not assistant.call("questions", {"description": content.text}).is_error


@pytest.mark.parametrize(
    ("uri", "says"),
    [
        ("montages://contract", "montages://contracts"),
        ("montages://template/../../etc/passwd", "aucune ressource"),
        ("montages://template/%2e%2e%2fsettings", "aucune ressource"),
        ("file:///etc/passwd", "aucune ressource"),
        ("https://example.org/", "aucune ressource"),
    ],
)
def test_what_is_no_resource_is_told_with_what_there_is(
    assistant: Assistant, uri: str, says: str
) -> None:
    with pytest.raises(MCPError) as refused:
        assistant.ask(lambda client: client.read_resource(uri))
    assert refused.value.error.code == types.INVALID_PARAMS
    assert says in refused.value.error.message


def test_the_prompt_asks_to_scope_the_project_as_it_is_told(assistant: Assistant) -> None:
    (prompt,) = assistant.ask(lambda client: client.list_prompts()).prompts
    assert prompt.arguments
    told = {prompt.arguments[0].name: "Une commune de 3 000 habitants, des compteurs d'eau."}
    (message,) = assistant.ask(lambda client: client.get_prompt(prompt.name, told)).messages
    assert isinstance(message.content, types.TextContent)
    assert message.content.text.endswith("des compteurs d'eau.")
    for name in ("questions", "assess", "montages://template"):
        assert name in message.content.text
