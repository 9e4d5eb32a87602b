"""The operations that advise: from what would change the answer to projects alike."""

from __future__ import annotations

from montages.advice.counts_shown import (
    COMPOSITIONS,
    COMPOSITIONS_AT_MOST,
    SIMILAR,
    SIMILAR_AT_MOST,
    WHAT_IFS,
)
from montages.bilingual import Text
from montages.operations.operation import Door, Operation
from montages.operations.parameter import DESCRIPTION, FLAG, NUMBER, TEXTS, Parameter
from montages.operations.shared_parameters import OF_DESCRIPTIONS, set_ups_about
from montages.publish.detail import BRIEF

WHAT_IF = Operation(
    name="what-if",
    title=Text("Ce qui changerait la réponse", "What would change the answer"),
    summary=Text(
        "Dit quels choix changeraient la réponse.", "Tell which choices would change the answer."
    ),
    help=Text(
        "Pour chaque contrat qui ne convient pas encore : les plus petits changements de vos choix qui "
        "l'ouvrent, les moins lourds d'abord, et ce que chacun fait gagner ou perdre ailleurs. Les faits ne "
        "changent pas : ceux qui restent à trouver sont nommés.",
        "For each contract that does not fit yet: the smallest changes of your choices that open it, the "
        "lightest first, and what each gains or loses elsewhere. Facts do not change: those left to find "
        "out are named.",
    ),
    when=Text(
        "Là où aucun choix n'aide : le fait qui ferme et vers qui se tourner. À appeler quand on demande "
        "« et si… » ou « comment rendre possible… ».",
        "Where no choice helps: the fact that closes it and whom to turn to. Call it when one asks “what "
        "if…” or “how could it become possible…”.",
    ),
    own=(
        set_ups_about(
            Text(
                "Les montages à ouvrir, par leur nom court ; sans cela, tous les contrats.",
                "The set-ups to open, by short name; without it, every contract.",
            )
        ),
        Parameter(
            "top",
            NUMBER,
            Text(
                "Changements donnés par montage ; tous sont comptés.",
                "Changes given for each set-up; all are counted.",
            ),
            default=WHAT_IFS,
            most=WHAT_IFS,
            example=3,
        ),
    ),
    shared=OF_DESCRIPTIONS,
    output="montages.publish.advice_schemas:WHAT_IF_SCHEMA",
    text="montages.publish.text.what_if_text:what_if_text",
    forms={"html": "montages.publish.advice_pages:what_if_page"},
    examples=(
        ("montages what-if dijon", Text("le plus proche pour chacun", "the nearest for each")),
        (
            "montages what-if dijon --about mpgp --detail full",
            Text("tout ce qui ouvre un MPGP", "all that opens an MPGP"),
        ),
    ),
    doors={"cli": Door(), "http": Door(), "tool": Door(defaults={"detail": BRIEF, "top": 1})},
)

COMPARE = Operation(
    name="compare",
    title=Text("Comparer des contrats", "Compare contracts"),
    summary=Text(
        "Met des contrats côte à côte, critère par critère.",
        "Put contracts side by side, criterion by criterion.",
    ),
    help=Text(
        "Votre réponse, ce que chacun accepte, ce qui en sort et par quel article ; puis ce qui n'est pas "
        "couvert.",
        "Your answer, what each accepts, what comes out and by which article; then what is not covered.",
    ),
    when=Text(
        "Les différences seulement, sauf differences_only=false.",
        "Only the differences, unless differences_only=false.",
    ),
    own=(
        set_ups_about(
            Text(
                "Les montages à comparer, par leur nom court ; sans cela, les meilleurs et ceux retenus.",
                "The set-ups to compare, by short name; without it, the best and those retained.",
            )
        ),
        Parameter(
            "differences_only",
            FLAG,
            Text("Seulement ce qui diffère.", "Only what differs."),
            default=False,
            example="1",
        ),
    ),
    shared=OF_DESCRIPTIONS,
    output="montages.publish.advice_schemas:COMPARISON_SCHEMA",
    text="montages.publish.text.comparison_text:comparison_text",
    forms={"html": "montages.publish.contract_pages:comparison_page"},
    examples=(
        (
            "montages compare dijon --about mpgp --about marche-services",
            Text("deux contrats", "two contracts"),
        ),
        (
            "montages compare dijon --differences-only",
            Text("ce qui les distingue", "what tells them apart"),
        ),
    ),
    doors={
        "cli": Door(),
        "http": Door(),
        "tool": Door(defaults={"detail": BRIEF, "differences_only": True}),
    },
)

COMPOSE = Operation(
    name="compose",
    title=Text("Composer des montages entiers", "Compose whole set-ups"),
    summary=Text(
        "Compose des montages entiers, qui couvrent tout le projet.",
        "Compose whole set-ups, which cover all of the project.",
    ),
    help=Text(
        "Un contrat pour tout, ou plusieurs qui couvrent ensemble chaque couche et chaque périmètre, une "
        "fois chacun, avec leur procédure, leurs achats à plusieurs, leur société et leurs obligations ; "
        "les meilleurs d'abord, et leur nombre.",
        "One contract for all of it, or several that together cover every layer and every perimeter once, "
        "with their procedure, channels, vehicle and duties; the best first, and how many there are.",
    ),
    own=(
        Parameter(
            "top",
            NUMBER,
            Text("Combien de montages.", "How many set-ups."),
            default=COMPOSITIONS,
            most=COMPOSITIONS_AT_MOST,
            example=3,
        ),
        Parameter(
            "composition",
            NUMBER,
            Text(
                "En SVG, lequel est dessiné : le meilleur est 1.",
                "As SVG, which one is drawn: the best is 1.",
            ),
            default=1,
            most=COMPOSITIONS_AT_MOST,
            example=1,
        ),
    ),
    shared=OF_DESCRIPTIONS,
    output="montages.publish.advice_schemas:COMPOSITIONS_SCHEMA",
    text="montages.publish.text.compositions_text:compositions_text",
    forms={
        "html": "montages.publish.contract_pages:compositions_page",
        "svg": "montages.publish.drawing.set_up_picture:drawn_set_up",
    },
    examples=(
        ("montages compose dijon", Text("les meilleurs montages", "the best set-ups")),
        ("montages compose dijon --top 3", Text("les trois meilleurs", "the best three")),
        (
            "montages compose dijon --format svg > montage.svg",
            Text("le meilleur, dessiné", "the best one, drawn"),
        ),
    ),
    doors={
        "cli": Door(),
        "http": Door(),
        "tool": Door(left_out=("composition",), defaults={"detail": BRIEF, "top": 5}),
    },
)

SIMILAR_PROJECTS = Operation(
    name="similar",
    title=Text("Des projets comme celui-ci", "Projects like this one"),
    summary=Text("Donne des projets comme le vôtre.", "Give projects like yours."),
    help=Text(
        "Les projets réels et les cas d'école les plus proches par les faits (porteur, usages, couches, "
        "montant…), ce qu'ils ont retenu ou ce qu'un praticien en attend, et ce qui diffère.",
        "The real projects and textbook cases nearest by facts (holder, uses, layers, amount…), what they "
        "retained or what a practitioner expects of them, and what differs.",
    ),
    when=Text(
        "À appeler quand on demande ce qu'ont fait d'autres collectivités.",
        "Call it when one asks what other authorities have done.",
    ),
    own=(
        Parameter(
            "top",
            NUMBER,
            Text(
                "Combien de projets réels, et de cas d'école.",
                "How many real projects, and textbook cases.",
            ),
            default=SIMILAR,
            most=SIMILAR_AT_MOST,
            example=3,
        ),
    ),
    shared=OF_DESCRIPTIONS,
    output="montages.publish.advice_schemas:SIMILAR_SCHEMA",
    text="montages.publish.text.similar_text:similar_text",
    forms={"html": "montages.publish.advice_pages:similar_page"},
    examples=(
        ("montages similar dijon", Text("les plus proches", "the nearest")),
        (
            "montages similar dijon --top 5 --detail full",
            Text("cinq de chaque, fait par fait", "five of each, fact by fact"),
        ),
    ),
    doors={"cli": Door(), "http": Door(), "tool": Door(defaults={"detail": BRIEF})},
)

FORK = Operation(
    name="fork",
    title=Text("Un projet à côté d'un autre", "A project beside another"),
    summary=Text(
        "Met un projet à côté d'un autre, ou de lui-même répondu autrement.",
        "Put a project beside another, or beside itself answered otherwise.",
    ),
    help=Text(
        "Les réponses qui diffèrent, les verdicts qui bougent, et les règles qui les font bouger.",
        "The answers that differ, the verdicts that move, and the rules that move them.",
    ),
    own=(
        Parameter("other", DESCRIPTION, Text("Un autre projet.", "Another project.")),
        Parameter(
            "with",
            TEXTS,
            Text("Les réponses à changer, par nos clés.", "The answers to change, by our keys."),
            argument="answers",
            example="investment-funding:public",
        ),
    ),
    shared=OF_DESCRIPTIONS,
    output="montages.publish.advice_schemas:FORK_SCHEMA",
    text="montages.publish.text.fork_text:fork_text",
    forms={"html": "montages.publish.advice_pages:fork_page"},
    examples=(
        (
            "montages fork dijon --with investment-funding=private",
            Text(
                "si le privé avançait l'investissement", "if private money advanced the investment"
            ),
        ),
        ("montages fork dijon rennes", Text("deux projets", "two projects")),
    ),
    doors={"cli": Door(), "http": Door()},
)
