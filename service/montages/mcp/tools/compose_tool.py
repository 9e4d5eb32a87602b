"""The tool `compose`."""

from __future__ import annotations

from montages.advice.counts_shown import COMPOSITIONS_AT_MOST
from montages.bilingual import Text
from montages.mcp.assistant_tool import AssistantTool
from montages.mcp.tool_input import NUMBER, ToolInput
from montages.mcp.tools.shared_inputs import DESCRIBED, OPTIONS

COMPOSE_TOOL = AssistantTool(
    "compose",
    Text("Composer des montages entiers", "Compose whole set-ups"),
    Text(
        "Compose des montages entiers pour un projet à plusieurs couches ou périmètres : des contrats qui "
        "couvrent tout une seule fois, chacun avec sa procédure, ses achats à plusieurs, sa société et "
        "ses obligations, et ce que la loi fait acheter à part ; les meilleurs d'abord.",
        "Compose whole set-ups for a project of several layers or perimeters: contracts that cover all of "
        "it once, each with its procedure, channels, vehicle and duties, and what the law has bought "
        "apart; the best first.",
    ),
    (
        *DESCRIBED,
        ToolInput(
            "top",
            NUMBER,
            Text("Combien de montages.", "How many set-ups."),
            default=5,
            least=1,
            most=COMPOSITIONS_AT_MOST,
        ),
        *OPTIONS,
    ),
)
