"""The operations that look at a description: is it well written, what fits, why, what to ask next."""

from __future__ import annotations

from montages.bilingual import message
from montages.operations.operation import Door, Operation
from montages.operations.parameter import (
    AS_OF,
    DETAIL,
    FAIL_ON,
    LANG,
    OF_DESCRIPTIONS,
    PRESUMPTIONS,
    PROJECT,
    TEXT,
    Parameter,
    set_ups_about,
)
from montages.publish.detail import BRIEF, DEPTHS

# An assistant reads little at a time.
_BRIEF = {"detail": BRIEF}

ASSESS = Operation(
    name="assess",
    title=message("Assess a project"),
    summary=message("Tell which contracts fit a project, and why."),
    help=message(
        "Procedures, joint purchases and companies too: what fits, fits on terms, is to be "
        "verified or is ruled out, and by which article."
    ),
    when=message(
        "Call it first, even if little is known: answer.sentence is the answer to repeat, "
        "questions the facts to find out, duties what the law requires, by which article. A "
        "decision aid, not legal advice. For the detail of one contract call explain rather than detail=full."
    ),
    own=(FAIL_ON,),
    shared=OF_DESCRIPTIONS,
    examples=(
        ("montages assess projet.yaml", message("to read in the terminal")),
        ("montages assess dijon --as-of 2024-06-01", message("under the law of then")),
        ("montages assess dijon --format html > d.html", message("a page to print")),
        ("montages assess a.yaml b.ttl --format json", message("for a program")),
    ),
    doors={
        "cli": Door(),
        "http": Door(left_out=("fail_on",)),
        "tool": Door(left_out=("fail_on",), defaults=_BRIEF),
    },
)

QUESTIONS = Operation(
    name="questions",
    title=message("What to ask next"),
    summary=message("Tell what to ask next: the questions that can still change the answer."),
    help=message(
        "Those on the project first, each with its possible answers and the key under which to write the "
        "answer in the description, which may be empty ({})."
    ),
    when=message(
        "Put the first one, add the answer to the description (or the key to unknown if nobody "
        "knows), call again, until done=true."
    ),
    own=(
        set_ups_about(
            message(
                "The set-ups whose verdict matters, by short name (mpgp, dsp…); without it, "
                "contracts and procedures."
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
    title=message("Explain a verdict"),
    summary=message("Explain the verdict of a contract, article by article."),
    help=message(
        "Three depths: sentence, one sentence; checklist, all requirements, what comes out, "
        "their article and reading; proof, the proof step by step, which “montages "
        "verify-proof” checks again."
    ),
    when=message(
        "Call it when one asks why. detail=full: preferences and points of attention too, with "
        "their texts and addresses."
    ),
    own=(
        Parameter(
            "contract",
            TEXT,
            message("The short name of the set-up: mpgp, dsp, regie…"),
            required=True,
        ),
        Parameter(
            "depth", TEXT, message("Depth of the explanation."), default="checklist", choices=DEPTHS
        ),
        Parameter("unit", TEXT, message("One layer use or perimeter only, by its identifier.")),
    ),
    shared=(LANG, AS_OF, DETAIL, PRESUMPTIONS, PROJECT),
    examples=(
        ("montages explain dijon --contract mpgp", message("every requirement")),
        ("montages explain dijon --contract regie --depth sentence", message("one sentence")),
        ("montages explain dijon --contract mpgp --depth proof", message("the proof")),
    ),
    doors={"cli": Door(left_out=("detail",)), "tool": Door(defaults=_BRIEF)},
)

CHECK = Operation(
    name="check",
    title=message("Check a description"),
    summary=message("Check that a project description is well written."),
    help=message(
        "All faults at once: where (line, column, JSON pointer), what, what is accepted and "
        "how to mend it."
    ),
    when=message(
        "And how values written otherwise were read (readings). Call it before handing over a "
        "description, or after a refusal."
    ),
    own=(FAIL_ON,),
    shared=(LANG, PROJECT),
    examples=(
        ("montages check projet.yaml", message("check a file")),
        ("montages check *.ttl --fail-on warning", message("stricter")),
        ("montages check dijon --format json", message("for a program")),
    ),
    doors={"cli": Door(), "http": Door(), "tool": Door(left_out=("fail_on",))},
)

REPORT_ISSUE = Operation(
    name="report-issue",
    title=message("Contest an answer"),
    summary=message("Write how to contest an answer, or report an error in a rule or a verdict."),
    help=message(
        "The address of the form (form), filled in, and its title and text. Nothing is sent."
    ),
    when=message(
        "Call it when somebody finds an answer wrong: they complete it, and send it themselves."
    ),
    own=(
        Parameter("contract", TEXT, message("The short name of the set-up contested.")),
        Parameter("requirement", TEXT, message("The short name of the rule contested.")),
    ),
    shared=(LANG, AS_OF, PROJECT),
    doors={"tool": Door()},
)
