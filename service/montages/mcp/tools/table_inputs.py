"""The inputs of the tools that answer with rows of the graph: how many, from which on, how long."""

from __future__ import annotations

from montages import settings
from montages.bilingual import Text
from montages.mcp.tool_input import NUMBER, ToolInput

TABLE_INPUTS = (
    ToolInput(
        "limit",
        NUMBER,
        Text("Lignes données, au plus.", "Rows given, at most."),
        default=100,
        least=1,
        most=settings.number("query_rows"),
    ),
    ToolInput(
        "offset",
        NUMBER,
        Text(
            "Lignes passées avant la première : next_offset de la réponse d'avant.",
            "Rows passed over before the first: next_offset of the answer before.",
        ),
        default=0,
        most=settings.number("query_rows"),
    ),
    ToolInput(
        "characters",
        NUMBER,
        Text(
            "Caractères de la réponse, au plus : au-delà elle est coupée, et dit comment continuer.",
            "Characters of the answer, at most: beyond, it is cut, and says how to go on.",
        ),
        default=20_000,
        least=1000,
        most=settings.number("assistant_characters"),
    ),
)
