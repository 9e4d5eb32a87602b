"""The tool `named_query`."""

from __future__ import annotations

from montages.bilingual import Text
from montages.mcp.assistant_tool import AssistantTool
from montages.mcp.tool_input import TEXT, TEXTS, ToolInput
from montages.mcp.tools.shared_inputs import AS_OF, LANG
from montages.mcp.tools.table_inputs import TABLE_INPUTS

NAMED_QUERY_TOOL = AssistantTool(
    "named_query",
    Text("Poser une question publiée", "Put a published question"),
    Text(
        "Pose au graphe de connaissances une question publiée, à paramètres : ce que la loi exige d'un "
        "contrat, les seuils d'un jour, les couches, ce que citent les règles… Sans name, donne la liste "
        "des questions avec leurs paramètres. À préférer à sparql dès qu'une question convient.",
        "Put a published question with parameters to the knowledge graph: what the law requires of a "
        "contract, the thresholds of a day, the layers, what rules cite… Without name, give the list of "
        "questions with their parameters. Prefer it to sparql wherever a question fits.",
    ),
    (
        ToolInput(
            "name",
            TEXT,
            Text(
                "Nom de la question ; sans cela, la liste.",
                "Name of the question; without it, the list.",
            ),
        ),
        ToolInput(
            "parameters",
            TEXTS,
            Text(
                'Les paramètres de la question, par exemple {"contract": "dsp"}.',
                'The parameters of the question, for example {"contract": "dsp"}.',
            ),
        ),
        *TABLE_INPUTS,
        LANG,
        AS_OF,
    ),
)
