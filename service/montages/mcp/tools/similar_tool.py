"""The tool `similar`."""

from __future__ import annotations

from montages.advice.counts_shown import SIMILAR, SIMILAR_AT_MOST
from montages.bilingual import Text
from montages.mcp.assistant_tool import AssistantTool
from montages.mcp.tool_input import NUMBER, ToolInput
from montages.mcp.tools.shared_inputs import DESCRIBED, OPTIONS

SIMILAR_TOOL = AssistantTool(
    "similar",
    Text("Des projets comme celui-ci", "Projects like this one"),
    Text(
        "Donne les projets réels et les cas d'école les plus proches par les faits : ce qui se ressemble, "
        "ce qui diffère, le montage signé ou attendu. À appeler quand on demande ce qu'ont fait d'autres "
        "collectivités.",
        "Give the real projects and textbook cases nearest by facts: what is alike, what differs, the "
        "set-up signed or expected. Call it when one asks what other authorities have done.",
    ),
    (
        *DESCRIBED,
        ToolInput(
            "top",
            NUMBER,
            Text(
                "Combien de projets réels, et de cas d'école.",
                "How many real projects, and textbook cases.",
            ),
            default=SIMILAR,
            least=1,
            most=SIMILAR_AT_MOST,
        ),
        *OPTIONS,
    ),
)
