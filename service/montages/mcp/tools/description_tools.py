"""The tools that look at a description, in the order in which an assistant sees them."""

from __future__ import annotations

from montages.advice.counts_shown import COMPOSITIONS_AT_MOST, SIMILAR, SIMILAR_AT_MOST, WHAT_IFS
from montages.bilingual import Text
from montages.mcp.tools.shared_inputs import (
    ASSESSED,
    DESCRIBED,
    EXPLAINED,
    OPTIONS,
    VALIDATED,
    about_input,
)
from montages.mcp.tools.tool import FLAG, NUMBER, TEXT, AssistantTool, ToolInput
from montages.publish.text.explanation import DEPTHS

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


COMPARE_TOOL = AssistantTool(
    "compare",
    Text("Comparer des contrats", "Compare contracts"),
    Text(
        "Met des contrats côte à côte pour un projet, critère par critère : ce que chacun accepte, ce qui "
        "en sort, et par quelle source. Les différences seulement, sauf differences_only=false.",
        "Put contracts side by side for a project, criterion by criterion: what each accepts, what comes "
        "out, and by which source. Only the differences, unless differences_only=false.",
    ),
    (
        *DESCRIBED,
        about_input(
            Text(
                "Les contrats comparés, par leur nom court ; sans cela, les meilleurs et ceux retenus.",
                "The contracts compared, by short name; without it, the best and those retained.",
            )
        ),
        ToolInput(
            "differences_only",
            FLAG,
            Text("Seulement ce qui diffère.", "Only what differs."),
            default=True,
        ),
        *OPTIONS,
    ),
)


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
