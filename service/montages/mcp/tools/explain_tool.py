"""The tool `explain`."""

from __future__ import annotations

from montages.bilingual import Text
from montages.mcp.assistant_tool import AssistantTool
from montages.mcp.tool_input import TEXT, ToolInput
from montages.mcp.tools.shared_inputs import DESCRIBED, EXPLAINED
from montages.publish.schemas.explanation_schema import EXPLANATION_SCHEMA
from montages.publish.text.explanation import DEPTHS

EXPLAIN_TOOL = AssistantTool(
    "explain",
    Text("Expliquer un verdict", "Explain a verdict"),
    Text(
        "Explique pourquoi un contrat (ou une procédure, un achat à plusieurs, une société) a son verdict "
        "pour un projet : chaque exigence, ce qui en sort, sa clause, sa source et son adresse. À appeler "
        "quand on demande « pourquoi ». depth : sentence, une phrase ; checklist, toutes les exigences ; "
        "proof, la preuve pas à pas, que « montages verify-proof » recontrôle.",
        "Explain why a contract (or a procedure, a channel, a vehicle) has its verdict for a project: "
        "each requirement, what comes out of it, its clause, its source and its address. Call it when one "
        "asks why. depth: sentence, one sentence; checklist, all requirements; proof, the proof step by "
        "step, which “montages verify-proof” checks again.",
    ),
    (
        *DESCRIBED,
        ToolInput(
            "contract",
            TEXT,
            Text(
                "Le nom court du montage : mpgp, dsp, regie… (ressource montages://contracts).",
                "The short name of the set-up: mpgp, dsp, regie… (resource montages://contracts).",
            ),
            required=True,
        ),
        ToolInput(
            "depth",
            TEXT,
            Text("Profondeur de l'explication.", "Depth of the explanation."),
            default="checklist",
            choices=DEPTHS,
        ),
        ToolInput(
            "unit",
            TEXT,
            Text(
                "Une seule couche ou un seul périmètre, par son identifiant.",
                "One layer use or perimeter only, by its identifier.",
            ),
        ),
        *EXPLAINED,
    ),
    lambda: EXPLANATION_SCHEMA,
)
