"""`montages explain`: why one contract has its status, at three depths."""

from __future__ import annotations

from datetime import date

import click

from montages.api import load
from montages.assessment.extracts import named_result, proof_graph, verdict_graph
from montages.bilingual import Text
from montages.cli.bilingual_commands import BilingualCommand, lang_option, option, session
from montages.cli.options import (
    as_of_option,
    engine_option,
    file_argument,
    format_option,
    presumptions_option,
    project_option,
)
from montages.cli.output import show, write
from montages.cli.summaries import command_text
from montages.proof.prove import prove
from montages.publish.json_text import dump
from montages.publish.linked_data import formats
from montages.publish.text import explanation


@click.command(
    "explain",
    cls=BilingualCommand,
    text=command_text(
        "explain",
        "Trois profondeurs : une phrase (sentence) ; la liste de toutes les exigences avec leur article et "
        "leur lecture (checklist) ; la preuve complète, étape par étape (proof), que « verify-proof » "
        "recontrôle.",
        "Three depths: one sentence; the checklist of all requirements with their article and reading; "
        "the full proof, step by step, that “verify-proof” checks again.",
    ),
    examples=[
        (
            "montages explain dijon --contract mpgp",
            Text("toutes les exigences", "every requirement"),
        ),
        (
            "montages explain dijon --contract regie --depth sentence",
            Text("une phrase", "one sentence"),
        ),
        ("montages explain dijon --contract mpgp --depth proof", Text("la preuve", "the proof")),
    ],
)
@file_argument
@option(
    "--contract",
    required=True,
    metavar="SLUG",
    text=Text(
        "Le contrat, ou une procédure, un achat à plusieurs, une société : mpgp, dsp, regie…",
        "The contract, or a procedure, a channel, a vehicle: mpgp, dsp, regie…",
    ),
)
@option(
    "--unit",
    metavar="ID",
    text=Text("Une seule couche ou un seul périmètre.", "One layer or perimeter only."),
)
@option(
    "--depth",
    type=click.Choice(explanation.DEPTHS),
    default="checklist",
    text=Text("Profondeur de l'explication.", "Depth of the explanation."),
)
@format_option("text", "json", "turtle")
@project_option
@as_of_option
@presumptions_option
@engine_option
@lang_option
def explain(
    file: str,
    contract: str,
    unit: str | None,
    depth: str,
    form: str,
    project: str | None,
    as_of: date | None,
    presumptions: bool,
    engine: str,
) -> None:
    """Explain one status, as text, JSON or Turtle."""
    lang = session().lang
    description = load(engine).read(file, project=project)
    assessment = load(engine).assess(
        description, as_of=as_of, lang=lang, anyway=True, presumptions=presumptions
    )
    verdict = named_result(assessment, contract, unit)
    proof = prove(assessment, contract, unit) if depth == "proof" else None
    if form == "text":
        show(explanation.explanation(assessment, verdict, depth, proof))
    elif form == "json":
        write(dump(proof or explanation.to_json(assessment, verdict, unit, depth)))
    else:
        graph = proof_graph(proof) if proof else verdict_graph(assessment, contract, unit)
        write(formats.serialise([graph], "turtle"))
