"""The tool `what_if`."""

from __future__ import annotations

from montages.advice.counts_shown import WHAT_IFS
from montages.bilingual import Text
from montages.mcp.assistant_tool import AssistantTool
from montages.mcp.tool_input import NUMBER, ToolInput
from montages.mcp.tools.shared_inputs import DESCRIBED, OPTIONS, about_input

WHAT_IF_TOOL = AssistantTool(
    "what_if",
    Text("Ce qui changerait la réponse", "What would change the answer"),
    Text(
        "Dit ce qui changerait la réponse : pour chaque contrat qui ne convient pas encore, les plus "
        "petits changements de choix qui l'ouvrent, les plus légers d'abord, avec ce que chacun fait "
        "bouger ailleurs ; là où aucun choix n'aide, le fait qui ferme et vers qui se tourner. Les faits "
        "ne sont jamais changés. À appeler quand on demande « et si… » ou « comment rendre possible… ».",
        "Tell what would change the answer: for each contract that does not fit yet, the smallest changes "
        "of choices that open it, the lightest first, with what each moves elsewhere; where no choice "
        "helps, the fact that closes it and whom to turn to. Facts are never changed. Call it when one "
        "asks “what if…” or “how could it become possible…”.",
    ),
    (
        *DESCRIBED,
        about_input(
            Text(
                "Les montages regardés, par leur nom court ; sans cela, les contrats.",
                "The set-ups looked at, by short name; without it, contracts.",
            )
        ),
        ToolInput(
            "top",
            NUMBER,
            Text(
                "Changements donnés par montage ; tous sont comptés.",
                "Changes given for each set-up; all are counted.",
            ),
            default=1,
            least=1,
            most=WHAT_IFS,
        ),
        *OPTIONS,
    ),
)
