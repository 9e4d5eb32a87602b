"""The tool `assess`."""

from __future__ import annotations

from montages.bilingual import Text
from montages.mcp.assistant_tool import AssistantTool
from montages.mcp.tools.shared_inputs import ASSESSED, OPTIONS

ASSESS_TOOL = AssistantTool(
    "assess",
    Text("Évaluer un projet", "Assess a project"),
    Text(
        "Évalue un projet de territoire connecté : quels contrats, procédures, achats à plusieurs et "
        "sociétés conviennent, conviennent sous conditions, sont à vérifier ou sont écartés, et par quel "
        "article. À appeler en premier, même si l'on sait peu : answer.sentence est la réponse à redire, "
        "questions les faits à chercher, articles ce que la loi exige. Une aide à la décision, pas un "
        "conseil juridique. Pour le détail d'un contrat, appelez explain plutôt que detail=full.",
        "Assess a smart-territory project: which contracts, procedures, joint purchases and companies "
        "fit, fit on terms, are to be verified or are ruled out, and by which article. Call it first, "
        "even if little is known: answer.sentence is the answer to repeat, questions the facts to find "
        "out, articles what the law requires. A decision aid, not legal advice. For the detail of one "
        "contract call explain rather than detail=full.",
    ),
    (*ASSESSED, *OPTIONS),
)
