"""The tool `compare`."""

from __future__ import annotations

from montages.bilingual import Text
from montages.mcp.assistant_tool import AssistantTool
from montages.mcp.tool_input import FLAG, ToolInput
from montages.mcp.tools.shared_inputs import DESCRIBED, OPTIONS, about_input

COMPARE_TOOL = AssistantTool(
    "compare",
    Text("Comparer des contrats", "Compare contracts"),
    Text(
        "Met des contrats côte à côte pour un projet, critère par critère : ce que chacun accepte, ce qui "
        "en sort, et par quelle source. Les différences seulement, sauf differences_only=false.",
        "Put contracts side by side for a project, criterion by criterion: what each accepts, what comes "
        "out, and by which source. Only the differences, unless differences_only=false.",
    ),
    (
        *DESCRIBED,
        about_input(
            Text(
                "Les contrats comparés, par leur nom court ; sans cela, les meilleurs et ceux retenus.",
                "The contracts compared, by short name; without it, the best and those retained.",
            )
        ),
        ToolInput(
            "differences_only",
            FLAG,
            Text("Seulement ce qui diffère.", "Only what differs."),
            default=True,
        ),
        *OPTIONS,
    ),
)
