"""`montages explain`, `facts` and `verify-proof`: why, what a proof stands on, and whether it holds."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from montages.api import load
from montages.bilingual import message, plural
from montages.cli.bilingual_commands import BilingualCommand, argument, lang_option, session
from montages.cli.main import command_text
from montages.cli.operation_commands import operation_command
from montages.cli.options import as_of_option, file_argument, project_option
from montages.cli.output import show, write
from montages.engine.reference.close import close
from montages.errors import UnreadableInput
from montages.knowledge.periods import rules_at
from montages.operations.descriptions import EXPLAIN
from montages.proof.prove import prove
from montages.proof.verify import verify
from montages.publish.json_text import dump
from montages.publish.linked_data.explanation_graph import proof_graph, verdict_graph
from montages.publish.linked_data.formats import in_full
from montages.publish.text import explanation
from montages.publish.text.typeset import Line, indent


@operation_command(EXPLAIN, "text", "json", "turtle")
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
    """Explain one verdict, as text, JSON or Turtle."""
    lang = session().lang
    description = load(engine).read(file, project=project)
    assessment = load(engine).assess(
        description, as_of=as_of, lang=lang, anyway=True, presumptions=presumptions
    )
    verdict = assessment.conclusions.verdict(contract, unit)
    proof = prove(assessment, contract, unit) if depth == "proof" else None
    if form == "text":
        show(explanation.explanation(assessment, verdict, depth, proof))
    elif form == "json":
        write(dump(proof or explanation.to_json(assessment, verdict, unit, depth)))
    else:
        graph = proof_graph(proof) if proof else verdict_graph(assessment, contract, unit)
        write(in_full([graph], "ttl"))


_ASSERTED = message("What the description says")
_CLOSING = message(
    "What is read off it, each fact with its premise: units, answers carried over, numbers in "
    "buckets"
)


@click.command(
    "facts",
    cls=BilingualCommand,
    text=command_text(
        "facts",
        message(
            "The facts the description states, then those the closing step reads off it at a "
            "date. With the published ontology and rules, any OWL 2 RL reasoner that does "
            "property chains draws the same conclusions."
        ),
    ),
    examples=[("montages facts dijon --as-of 2026-06-01", message("the facts of Dijon"))],
)
@file_argument
@project_option
@as_of_option
@lang_option
def facts(file: str, project: str | None, as_of: date | None) -> None:
    """Write the asserted and the closing graph as Turtle."""
    lang = session().lang
    asserted = load().read(file, project=project).graph
    closing = close(asserted, rules_at(as_of or date.today()))
    parts = ((_ASSERTED[lang], asserted), (_CLOSING[lang], closing))
    write("\n".join(f"# {title}\n{in_full([graph], 'ttl')}" for title, graph in parts))


_HOLDS = message("The proof holds: {} steps verified.")
_FAILS = plural(
    "The proof does not hold: {n} step fails.", "The proof does not hold: {n} steps fail."
)


@click.command(
    "verify-proof",
    cls=BilingualCommand,
    text=command_text(
        "verify-proof",
        message(
            "Trusts only the facts of FILE and the published rules. PROOF is a JSON file, or - "
            "for standard input. Exit code: 0 if it holds, 1 otherwise."
        ),
    ),
    examples=[
        (
            "montages explain dijon --contract mpgp --depth proof --format json > p.json",
            message("write a proof"),
        ),
        ("montages verify-proof dijon p.json", message("check it again")),
    ],
)
@file_argument
@argument("proof", message("PROOF"))
@project_option
@lang_option
def verify_proof(file: str, proof: str, project: str | None) -> int:
    """Verify a proof against a description."""
    lang = session().lang
    tree = _read(proof)
    failures = verify(load().read(file, project=project), tree)
    if not failures:
        steps = tree["steps"]
        show(Line("✓ ", style="green").append(_HOLDS[lang].format(len(steps)), style="default"))
        return 0
    show(Line("✗ ", style="red").append(_FAILS.fill(n=len(failures))[lang], style="default"))
    show(indent([Line(f"{f.step} {f.rule} — {f.to_json(lang)['why']}") for f in failures]))
    return 1


def _read(name: str) -> dict[str, Any]:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        tree = json.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(message("Unreadable proof: {name}.", name=name)) from error
    except json.JSONDecodeError as error:
        raise UnreadableInput(
            message(
                "This proof is not JSON: line {lineno}, column {colno}.",
                lineno=error.lineno,
                colno=error.colno,
            )
        ) from error
    except (RecursionError, ValueError) as error:  # nested, or a number, beyond what Python reads
        raise UnreadableInput(
            message("This is not a Montages proof: nested too deeply, or a number too long.")
        ) from error
    if not isinstance(tree, dict):
        raise UnreadableInput(message("This is not a Montages proof."))
    return tree
