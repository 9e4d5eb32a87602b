"""Every tool, by name, in the order in which an assistant sees them."""

from __future__ import annotations

from montages.mcp.assistant_tool import AssistantTool
from montages.mcp.tools.assess_tool import ASSESS_TOOL
from montages.mcp.tools.compare_tool import COMPARE_TOOL
from montages.mcp.tools.compose_tool import COMPOSE_TOOL
from montages.mcp.tools.explain_tool import EXPLAIN_TOOL
from montages.mcp.tools.named_query_tool import NAMED_QUERY_TOOL
from montages.mcp.tools.questions_tool import QUESTIONS_TOOL
from montages.mcp.tools.similar_tool import SIMILAR_TOOL
from montages.mcp.tools.sparql_tool import SPARQL_TOOL
from montages.mcp.tools.validate_tool import VALIDATE_TOOL
from montages.mcp.tools.what_if_tool import WHAT_IF_TOOL

TOOLS: dict[str, AssistantTool] = {
    tool.name: tool
    for tool in (
        ASSESS_TOOL,
        QUESTIONS_TOOL,
        EXPLAIN_TOOL,
        WHAT_IF_TOOL,
        COMPOSE_TOOL,
        COMPARE_TOOL,
        SIMILAR_TOOL,
        VALIDATE_TOOL,
        NAMED_QUERY_TOOL,
        SPARQL_TOOL,
    )
}
