"""The operations that look at a description: is it well written, what fits, why, what to ask next."""

from __future__ import annotations

from montages.bilingual import Text
from montages.operations.operation import Door, Operation
from montages.operations.parameter import TEXT, Parameter
from montages.operations.shared_parameters import (
    AS_OF,
    DETAIL,
    FAIL_ON,
    LANG,
    OF_DESCRIPTIONS,
    PRESUMPTIONS,
    PROJECT,
    set_ups_about,
)
from montages.publish.detail import BRIEF, DEPTHS

# An assistant reads little at a time.
_BRIEF = {"detail": BRIEF}

ASSESS = Operation(
    name="assess",
    title=Text("Évaluer un projet", "Assess a project"),
    summary=Text(
        "Dit quels contrats conviennent à un projet, pourquoi, et ce qu'il reste à répondre.",
        "Tell which contracts fit a project, why, and what is still to be answered.",
    ),
    help=Text(
        "Procédures, achats à plusieurs et sociétés aussi : ce qui convient, convient sous conditions, est "
        "à vérifier ou est écarté, et par quel article.",
        "Procedures, joint purchases and companies too: what fits, fits on terms, is to be verified or is "
        "ruled out, and by which article.",
    ),
    when=Text(
        "À appeler en premier, même si l'on sait peu : answer.sentence est la réponse à redire, questions "
        "les faits à chercher, articles ce que la loi exige. Une aide à la décision, pas un conseil "
        "juridique. Pour le détail d'un contrat, appelez explain plutôt que detail=full.",
        "Call it first, even if little is known: answer.sentence is the answer to repeat, questions the "
        "facts to find out, articles what the law requires. A decision aid, not legal advice. For the "
        "detail of one contract call explain rather than detail=full.",
    ),
    own=(FAIL_ON,),
    shared=OF_DESCRIPTIONS,
    examples=(
        ("montages assess projet.yaml", Text("à lire dans le terminal", "to read in the terminal")),
        (
            "montages assess dijon --as-of 2024-06-01",
            Text("avec le droit d'alors", "under the law of then"),
        ),
        (
            "montages assess dijon --format html > d.html",
            Text("une page à imprimer", "a page to print"),
        ),
        ("montages assess a.yaml b.ttl --format json", Text("pour un programme", "for a program")),
    ),
    doors={
        "cli": Door(),
        "http": Door(left_out=("fail_on",)),
        "tool": Door(left_out=("fail_on",), defaults=_BRIEF),
    },
)

QUESTIONS = Operation(
    name="questions",
    title=Text("Quoi demander ensuite", "What to ask next"),
    summary=Text(
        "Dit ce qu'il faut demander ensuite : les questions qui peuvent encore changer un verdict.",
        "Tell what to ask next: the questions that can still change a verdict.",
    ),
    help=Text(
        "Les faits d'abord, chacune avec ses réponses possibles, et la clé (key) sous laquelle l'écrire "
        "dans la description, qui peut être vide ({}).",
        "Facts first, each with its possible answers and the key under which to write the answer in the "
        "description, which may be empty ({}).",
    ),
    when=Text(
        "Posez la première, ajoutez la réponse à la description (ou la clé à unknown si personne ne sait), "
        "rappelez, jusqu'à done=true.",
        "Put the first one, add the answer to the description (or the key to unknown if nobody knows), call "
        "again, until done=true.",
    ),
    own=(
        set_ups_about(
            Text(
                "Les montages dont le verdict importe, par leur nom court (mpgp, dsp…) ; sans cela, "
                "contrats et procédures.",
                "The set-ups whose verdict matters, by short name (mpgp, dsp…); without it, contracts and "
                "procedures.",
            )
        ),
    ),
    shared=OF_DESCRIPTIONS,
    output="montages.publish.advice_schemas:QUESTIONS_SCHEMA",
    doors={"http": Door(), "tool": Door(defaults=_BRIEF)},
    takes_nothing=True,
)

EXPLAIN = Operation(
    name="explain",
    title=Text("Expliquer un verdict", "Explain a verdict"),
    summary=Text(
        "Explique le verdict d'un contrat (ou d'une procédure, d'un achat à plusieurs, d'une société) pour "
        "un projet.",
        "Explain the verdict of a contract (or a procedure, a channel, a vehicle) for a project.",
    ),
    help=Text(
        "Trois profondeurs (depth) : sentence, une phrase ; checklist, toutes les exigences, ce qui en "
        "sort, leur article et leur lecture ; proof, la preuve pas à pas, que « montages verify-proof » "
        "recontrôle.",
        "Three depths: sentence, one sentence; checklist, all requirements, what comes out, their article "
        "and reading; proof, the proof step by step, which “montages verify-proof” checks again.",
    ),
    when=Text(
        "À appeler quand on demande « pourquoi ». L'adresse d'une exigence : ressource "
        "montages://requirement/…. detail=full : aussi les préférences et les points d'attention, avec "
        "leurs textes et leurs adresses.",
        "Call it when one asks why. The address of a requirement: resource montages://requirement/…. "
        "detail=full: preferences and points of attention too, with their texts and addresses.",
    ),
    own=(
        Parameter(
            "contract",
            TEXT,
            Text(
                "Le nom court du montage : mpgp, dsp, regie…",
                "The short name of the set-up: mpgp, dsp, regie…",
            ),
            required=True,
        ),
        Parameter(
            "depth",
            TEXT,
            Text("Profondeur de l'explication.", "Depth of the explanation."),
            default="checklist",
            choices=DEPTHS,
        ),
        Parameter(
            "unit",
            TEXT,
            Text(
                "Une seule couche ou un seul périmètre, par son identifiant.",
                "One layer use or perimeter only, by its identifier.",
            ),
        ),
    ),
    shared=(LANG, AS_OF, DETAIL, PRESUMPTIONS, PROJECT),
    examples=(
        (
            "montages explain dijon --contract mpgp",
            Text("toutes les exigences", "every requirement"),
        ),
        (
            "montages explain dijon --contract regie --depth sentence",
            Text("une phrase", "one sentence"),
        ),
        ("montages explain dijon --contract mpgp --depth proof", Text("la preuve", "the proof")),
    ),
    doors={"cli": Door(left_out=("detail",)), "tool": Door(defaults=_BRIEF)},
)

CHECK = Operation(
    name="check",
    title=Text("Vérifier une description", "Check a description"),
    summary=Text(
        "Vérifie qu'une description de projet est bien écrite.",
        "Check that a project description is well written.",
    ),
    help=Text(
        "Toutes les fautes d'un coup : où (ligne, colonne, pointeur JSON), quoi, ce qui est accepté et "
        "comment corriger.",
        "All faults at once: where (line, column, JSON pointer), what, what is accepted and how to mend it.",
    ),
    when=Text(
        "Et comment les valeurs écrites autrement ont été lues (readings). À appeler avant de rendre une "
        "description, ou après un refus.",
        "And how values written otherwise were read (readings). Call it before handing over a description, "
        "or after a refusal.",
    ),
    own=(FAIL_ON,),
    shared=(LANG, DETAIL, PROJECT),
    examples=(
        ("montages check projet.yaml", Text("vérifie un fichier", "check a file")),
        ("montages check *.ttl --fail-on warning", Text("plus sévère", "stricter")),
        ("montages check dijon --format json", Text("pour un programme", "for a program")),
        (
            "montages check dijon --detail full",
            Text("dit aussi ce qui a été contrôlé", "also say what was looked at"),
        ),
    ),
    doors={"cli": Door(), "http": Door(), "tool": Door(left_out=("fail_on", "detail"))},
)
