"""The operations that advise: from what would change the answer to projects alike."""

from __future__ import annotations

from montages.advice.counts_shown import (
    COMPOSITIONS,
    COMPOSITIONS_AT_MOST,
    SIMILAR,
    SIMILAR_AT_MOST,
    WHAT_IFS,
)
from montages.bilingual import message
from montages.operations.operation import Door, Operation
from montages.operations.parameter import FLAG, NUMBER, OF_DESCRIPTIONS, Parameter, set_ups_about
from montages.publish.detail import BRIEF

WHAT_IF = Operation(
    name="what-if",
    title=message("What would change the answer"),
    summary=message("Tell which choices would change the answer."),
    help=message(
        "For each contract that does not fit yet: the smallest changes of your choices that "
        "open it, the lightest first, and what each gains or loses elsewhere. Facts do not "
        "change: those left to find out are named."
    ),
    when=message(
        "Where no choice helps: the fact that closes it and whom to turn to. Call it when one "
        "asks “what if…” or “how could it become possible…”."
    ),
    own=(
        set_ups_about(message("The set-ups to open, by short name; without it, every contract.")),
        Parameter(
            "top",
            NUMBER,
            message("Changes given for each set-up; all are counted."),
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
        ("montages what-if dijon", message("the nearest for each")),
        ("montages what-if dijon --about mpgp --detail full", message("all that opens an MPGP")),
    ),
    doors={
        "cli": Door(),
        "http": Door(href="montages.web.project_tool.project_views:change_links"),
        "tool": Door(defaults={"detail": BRIEF, "top": 1}),
    },
)

COMPARE = Operation(
    name="compare",
    title=message("Compare contracts"),
    summary=message("Put contracts side by side, criterion by criterion."),
    help=message(
        "Your answer, what each accepts, what comes out and by which article; then what is not "
        "covered."
    ),
    when=message("Only the differences, unless differences_only=false."),
    own=(
        set_ups_about(
            message(
                "The set-ups to compare, by short name; without it, the best and those retained."
            )
        ),
        Parameter(
            "differences_only", FLAG, message("Only what differs."), default=False, example="1"
        ),
    ),
    shared=OF_DESCRIPTIONS,
    output="montages.publish.advice_schemas:COMPARISON_SCHEMA",
    text="montages.publish.text.comparison_text:comparison_text",
    forms={"html": "montages.publish.advice_pages:comparison_page"},
    examples=(
        ("montages compare dijon --about mpgp --about marche-services", message("two contracts")),
        ("montages compare dijon --differences-only", message("what tells them apart")),
    ),
    doors={
        "cli": Door(),
        "http": Door(),
        "tool": Door(defaults={"detail": BRIEF, "differences_only": True}),
    },
)

COMPOSE = Operation(
    name="compose",
    title=message("Compose whole set-ups"),
    summary=message("Compose whole set-ups, which cover all of the project."),
    help=message(
        "One contract for all of it, or several that together cover every layer and every "
        "perimeter once, with their procedure, channels, vehicle and duties; the best first, "
        "and how many there are."
    ),
    own=(
        Parameter(
            "top",
            NUMBER,
            message("How many set-ups."),
            default=COMPOSITIONS,
            most=COMPOSITIONS_AT_MOST,
            example=3,
        ),
        Parameter(
            "composition",
            NUMBER,
            message("As SVG, which one is drawn: the best is 1."),
            default=1,
            most=COMPOSITIONS_AT_MOST,
            example=1,
        ),
    ),
    shared=OF_DESCRIPTIONS,
    output="montages.publish.advice_schemas:COMPOSITIONS_SCHEMA",
    text="montages.publish.text.compositions_text:compositions_text",
    forms={
        "html": "montages.publish.advice_pages:compositions_page",
        "svg": "montages.publish.drawing.set_up_picture:drawn_set_up",
    },
    examples=(
        ("montages compose dijon", message("the best set-ups")),
        ("montages compose dijon --top 3", message("the best three")),
        ("montages compose dijon --format svg > montage.svg", message("the best one, drawn")),
    ),
    doors={
        "cli": Door(),
        "http": Door(),
        "tool": Door(left_out=("composition",), defaults={"detail": BRIEF, "top": 5}),
    },
)

SIMILAR_PROJECTS = Operation(
    name="similar",
    title=message("Projects like this one"),
    summary=message("Give projects like yours."),
    help=message(
        "The real projects and textbook cases nearest by facts (holder, uses, layers, "
        "amount…), and what they retained or what a practitioner expects of them."
    ),
    when=message("Call it when one asks what other authorities have done."),
    own=(
        Parameter(
            "top",
            NUMBER,
            message("How many real projects, and textbook cases."),
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
        ("montages similar dijon", message("the nearest")),
        ("montages similar dijon --top 5 --detail full", message("five of each, fact by fact")),
    ),
    doors={"cli": Door(), "http": Door(), "tool": Door(defaults={"detail": BRIEF})},
)
