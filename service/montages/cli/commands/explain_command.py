"""`montages explain`: why one contract has its verdict, at three depths."""

from __future__ import annotations

from datetime import date

from montages.api import load
from montages.cli.bilingual_commands import session
from montages.cli.operation_commands import operation_command
from montages.cli.output import show, write
from montages.operations.descriptions import EXPLAIN
from montages.proof.prove import prove
from montages.publish.json_text import dump
from montages.publish.linked_data import formats
from montages.publish.linked_data.explanation_graph import proof_graph, verdict_graph
from montages.publish.text import explanation


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
        write(formats.in_full([graph], "ttl"))
