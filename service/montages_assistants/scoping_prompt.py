"""The prompt by which somebody starts: scope a project, one question at a time."""

from __future__ import annotations

from typing import Any

import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError

from montages.bilingual import Text
from montages.hidden_signs import visible

_NAME, _ARGUMENT = "cadrer-un-projet", "projet"
_TITLE = Text("Cadrer un projet", "Scope a project")
_DESCRIPTION = Text(
    "Du projet en quelques mots à ce qui convient, une question à la fois.",
    "From the project in a few words to what fits, one question at a time.",
)
_ARGUMENT_TEXT = Text(
    "Le projet en quelques mots : qui le porte, pour quoi, combien.",
    "The project in a few words: who holds it, what for, how much.",
)
_STEPS = Text(
    "Aide-moi à cadrer un projet de territoire connecté avec les outils de Montages.\n\n"
    "1. Lis la ressource montages://template, et décris le projet avec ses clés : seulement ce que je dis, "
    "rien d'inventé.\n"
    "2. Appelle questions, et pose-moi la première question avec ses réponses possibles, une à la fois. "
    "Ajoute ma réponse à la description ; si je ne sais pas, mets la clé dans unknown. Continue jusqu'à "
    "done=true, ou jusqu'à ce que je dise d'arrêter.\n"
    "3. Appelle assess. Redis answer.sentence sans la changer, puis ce qui convient, sous quelles "
    "conditions, ce qu'il reste à vérifier et auprès de qui, avec les articles.\n"
    "4. Pour « pourquoi », appelle explain ; pour « et si », what_if ; pour ce qu'ont fait d'autres, "
    "similar.\n\n"
    "Dis le jour du droit (as_of), et que c'est une aide à la décision, pas un conseil juridique. Ne cite "
    "que les sources données par les outils.",
    "Help me scope a smart-territory project with the tools of Montages.\n\n"
    "1. Read the resource montages://template, and describe the project by its keys: only what I say, "
    "nothing made up.\n"
    "2. Call questions, and put the first question to me with its possible answers, one at a time. Add my "
    "answer to the description; if I do not know, put the key under unknown. Go on until done=true, or "
    "until I say stop.\n"
    "3. Call assess. Repeat answer.sentence unchanged, then what fits, on which terms, what is left to "
    "verify and with whom, with the articles.\n"
    "4. For “why”, call explain; for “what if”, what_if; for what others have done, similar.\n\n"
    "Tell the day of the law (as_of), and that this is a decision aid, not legal advice. Cite only the "
    "sources that the tools give.",
)
_NO_PROMPT = Text(
    "{} : prompt inconnu. Il y a cadrer-un-projet.",
    "{}: unknown prompt. There is cadrer-un-projet.",
)
_PROJECT = Text("\n\nLe projet, tel que je le dis :\n\n", "\n\nThe project, as I tell it:\n\n")


class ScopingPrompt:
    """The prompt, in one language."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    async def list_prompts(self, _: ServerRequestContext[Any], __: Any) -> types.ListPromptsResult:
        """Answer the prompt."""
        lang = self._lang
        argument = types.PromptArgument(
            name=_ARGUMENT,
            description=_ARGUMENT_TEXT[lang],
            required=False,
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
        text = _text(project, self._lang)
        message = types.PromptMessage(role="user", content=types.TextContent(text=text))
        return types.GetPromptResult(description=_DESCRIPTION[self._lang], messages=[message])


def _text(project: str, lang: str) -> str:
    return _STEPS[lang] + (_PROJECT[lang] + project if project.strip() else "")
