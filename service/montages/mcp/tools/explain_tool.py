"""The tool `explain`."""

from __future__ import annotations

from montages.bilingual import Text
from montages.mcp.assistant_tool import AssistantTool
from montages.mcp.tool_input import TEXT, ToolInput
from montages.mcp.tools.shared_inputs import DESCRIBED, EXPLAINED
from montages.publish.text.explanation import DEPTHS

EXPLAIN_TOOL = AssistantTool(
    "explain",
    Text("Expliquer un verdict", "Explain a verdict"),
    Text(
        "Explique pourquoi un contrat (ou une procédure, un achat à plusieurs, une société) a son verdict "
        "pour un projet : chaque exigence de la loi, ce qui en sort, et son article (son adresse : ressource "
        "montages://requirement/…). À appeler quand on demande « pourquoi ». depth : sentence, une phrase ; "
        "checklist, les exigences ; proof, la preuve pas à pas, que « montages verify-proof » recontrôle. "
        "detail=full : aussi les préférences et les points d'attention, avec leurs textes et leurs adresses.",
        "Explain why a contract (or a procedure, a channel, a vehicle) has its verdict for a project: "
        "each requirement of the law, what comes out of it, and its article (its address: resource "
        "montages://requirement/…). Call it when one asks why. depth: sentence, one sentence; checklist, "
        "the requirements; proof, the proof step by step, which “montages verify-proof” checks again. "
        "detail=full: preferences and points of attention too, with their texts and addresses.",
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
)
