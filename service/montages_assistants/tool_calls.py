"""The calls of tools: every tool by name, their list, and each call answered, or told what is wrong."""

from __future__ import annotations

import json
from typing import Any

import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError

from montages import settings
from montages.bilingual import message
from montages.errors import MontagesError, Overlong
from montages.hidden_signs import visible
from montages.knowledge.did_you_mean import nearest_hint
from montages.operations.operation import Operation
from montages.processes.turns import ClientWatch
from montages_assistants.answer_pool import AnswerPool
from montages_assistants.calls import call_error_text, until_cancelled
from montages_assistants.graph_queries import GraphQueries
from montages_assistants.operation_tools import (
    TOOLS,
    input_schema,
    output_schema,
    tool_arguments,
    tool_text,
)
from montages_assistants.query_calls import QUERY_CALLS

# Where the meta-data of a result have what is wrong, for programs.
_PROBLEM = "w3id.org/montages/problem"
_UNKNOWN = message("{}: unknown tool.")


class ToolCalls:
    """The tools of one assistant, in one language unless a call asks for the other."""

    def __init__(self, lang: str, answers: AnswerPool, queries: GraphQueries) -> None:
        self._lang, self._answers, self._queries = lang, answers, queries

    async def list_tools(self, _: ServerRequestContext[Any], __: Any) -> types.ListToolsResult:
        """Answer the tools."""
        return types.ListToolsResult(tools=[_tool(tool, self._lang) for tool in TOOLS.values()])

    async def call_tool(
        self, _: ServerRequestContext[Any], call: types.CallToolRequestParams
    ) -> types.CallToolResult:
        """Answer a call, as a result or as what is wrong; raises MCPError for a tool that is not."""
        tool, arguments = TOOLS.get(call.name), call.arguments or {}
        if tool is None:
            hint = nearest_hint(call.name, TOOLS)
            sentence = _UNKNOWN[self._lang].format(visible(call.name[:80])) + hint[self._lang]
            raise MCPError(types.INVALID_PARAMS, sentence)
        lang = arguments.get("lang") if arguments.get("lang") in ("fr", "en") else self._lang
        try:
            text = await until_cancelled(
                lambda caller: self._answer(tool, arguments, str(lang), caller)
            )
        except MontagesError as error:
            return types.CallToolResult(
                content=[types.TextContent(text=call_error_text(error, str(lang)))],
                is_error=True,
                _meta={_PROBLEM: error.problem(str(lang))},
            )
        return types.CallToolResult(
            content=[types.TextContent(text=text)], structured_content=json.loads(text)
        )

    def _answer(
        self, tool: Operation, given: dict[str, Any], lang: str, caller: ClientWatch
    ) -> str:
        arguments = tool_arguments(tool, given)
        arguments["lang"] = arguments["lang"] or lang
        if tool.method in QUERY_CALLS:
            body = QUERY_CALLS[tool.method](self._queries, arguments, caller)
        else:
            body = self._answers.answer(tool.method, arguments, caller)
        text = body.decode()
        most = settings.number("assistant_characters")
        if len(text) <= most:
            return text
        raise Overlong(
            message(
                "The answer has {characters} characters, more than the {most} allowed (setting "
                "MONTAGES_ASSISTANT_CHARACTERS). Ask for detail=brief, fewer set-ups (about, top), "
                "one layer (unit) or one contract (explain).",
                characters=len(text),
                most=most,
            )
        )


def _tool(tool: Operation, lang: str) -> types.Tool:
    return types.Tool(
        name=tool.method,
        title=tool.title[lang],
        description=tool_text(tool, lang),
        input_schema=input_schema(tool, lang),
        output_schema=output_schema(tool),
        annotations=types.ToolAnnotations(
            read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        ),
    )
