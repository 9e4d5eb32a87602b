"""The tool `questions`."""

from __future__ import annotations

from montages.bilingual import Text
from montages.mcp.assistant_tool import AssistantTool
from montages.mcp.tools.shared_inputs import DESCRIBED, OPTIONS, about_input

QUESTIONS_TOOL = AssistantTool(
    "questions",
    Text("Quoi demander ensuite", "What to ask next"),
    Text(
        "Dit quoi demander ensuite à la personne : les seules questions dont la réponse peut encore "
        "changer un verdict, les faits d'abord, chacune avec ses réponses possibles, et la clé (key) "
        "sous laquelle l'écrire dans la description. La description peut être vide ({}). Posez "
        "la première, ajoutez la réponse à la description (ou la clé à unknown si personne ne sait), "
        "rappelez, jusqu'à done=true.",
        "Tell what to ask the person next: only the questions whose answer can still change a verdict, "
        "facts first, each with its possible answers and the key under which to write the answer in the "
        "description. The description may be empty ({}). Put the first one, add the answer to the "
        "description (or the key to unknown if nobody knows), call again, until done=true.",
    ),
    (
        *DESCRIBED,
        about_input(
            Text(
                "Les montages dont le verdict importe, par leur nom court (mpgp, dsp…) ; sans cela, "
                "contrats et procédures.",
                "The set-ups whose verdict matters, by short name (mpgp, dsp…); without it, contracts "
                "and procedures.",
            )
        ),
        *OPTIONS,
    ),
)
