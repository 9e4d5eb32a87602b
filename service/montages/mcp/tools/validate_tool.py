"""The tool `validate`."""

from __future__ import annotations

from montages.bilingual import Text
from montages.mcp.assistant_tool import AssistantTool
from montages.mcp.tools.shared_inputs import DESCRIBED, VALIDATED

VALIDATE_TOOL = AssistantTool(
    "validate",
    Text("Vérifier une description", "Check a description"),
    Text(
        "Vérifie une description sans l'évaluer : toutes les fautes d'un coup, chacune avec sa place, ce "
        "qui est accepté et comment la corriger ; et comment les valeurs écrites autrement ont été lues "
        "(readings). À appeler avant de rendre une description, ou après un refus.",
        "Check a description without assessing it: all faults at once, each with its place, what is "
        "accepted and how to mend it; and how values written otherwise were read (readings). Call it "
        "before handing over a description, or after a refusal.",
    ),
    (*DESCRIBED, *VALIDATED),
)
