"""The prompt by which somebody starts: scope a project, one question at a time."""

from __future__ import annotations

from typing import Any

import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError

from montages.bilingual import message
from montages.hidden_signs import visible

_NAME, _ARGUMENT = "cadrer-un-projet", "projet"
_TITLE = message("Scope a project")
_DESCRIPTION = message("From the project in a few words to what fits, one question at a time.")
_ARGUMENT_TEXT = message("The project in a few words: who holds it, what for, how much.")
_STEPS = message(
    "Help me scope a smart-territory project with the tools of Montages.\n\n1. Read the resource "
    "montages://template, and describe the project by its keys: only what I say, nothing made "
    "up.\n2. Call questions, and put the first question to me with its possible answers, one at "
    "a time. Add my answer to the description; if I do not know, put the key under unknown. Go "
    "on until done=true, or until I say stop.\n3. Call assess. Repeat answer.sentence "
    "unchanged, then what fits, on which terms, what is left to verify and with whom, with the "
    "articles.\n4. For “why”, call explain; for “what if”, what_if; for what others have done, "
    "similar.\n\nTell the day of the law (as_of), and that this is a decision aid, not legal "
    "advice. Cite only the sources that the tools give."
)
_NO_PROMPT = message("{}: unknown prompt. There is cadrer-un-projet.")
_PROJECT = message("\n\nThe project, as I tell it:\n\n")


class ScopingPrompt:
    """The prompt, in one language."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    async def list_prompts(self, _: ServerRequestContext[Any], __: Any) -> types.ListPromptsResult:
        """Answer the prompt."""
        lang = self._lang
        argument = types.PromptArgument(
            name=_ARGUMENT, description=_ARGUMENT_TEXT[lang], required=False
        )
        return types.ListPromptsResult(
            prompts=[
                types.Prompt(
                    name=_NAME,
                    title=_TITLE[lang],
                    description=_DESCRIPTION[lang],
                    arguments=[argument],
                )
            ]
        )

    async def get_prompt(
        self, _: ServerRequestContext[Any], asked: types.GetPromptRequestParams
    ) -> types.GetPromptResult:
        """Answer what an assistant is asked, the project at the end; raises MCPError."""
        if asked.name != _NAME:
            raise MCPError(
                types.INVALID_PARAMS, _NO_PROMPT[self._lang].format(visible(asked.name[:80]))
            )
        project = (asked.arguments or {}).get(_ARGUMENT, "")
        text = _STEPS[self._lang] + (_PROJECT[self._lang] + project if project.strip() else "")
        sentence = types.PromptMessage(role="user", content=types.TextContent(text=text))
        return types.GetPromptResult(description=_DESCRIPTION[self._lang], messages=[sentence])
