"""`montages check`: does a description say what it must?"""

from __future__ import annotations

from collections.abc import Sequence

import click

from montages.cli import inputs
from montages.cli.bilingual import Command, lang_option, session
from montages.cli.options import (
    engine_option,
    fail_on_option,
    files_argument,
    format_option,
    project_option,
)
from montages.cli.output import show, write
from montages.decision.api import load
from montages.decision.findings import Report
from montages.errors import MontagesError
from montages.knowledge.model import Text
from montages.publish.dump import dump
from montages.publish.report import report


@click.command(
    "check",
    cls=Command,
    text=Text(
        "Vérifie qu'une description de projet est bien écrite.\n\n"
        "Dit où est chaque point, ce qui ne va pas, ce qui est accepté, et propose une correction. "
        "FICHIER est un chemin (.ttl .jsonld .json .yaml .rdf .nt) ou le nom d'un projet fourni, "
        "comme dijon.",
        "Check that a project description is well written.\n\n"
        "Says where each point is, what is wrong, what is accepted, and proposes a correction. "
        "FILE is a path (.ttl .jsonld .json .yaml .rdf .nt) or the name of a shipped project, such as dijon.",
    ),
    examples=[
        ("montages check projet.yaml", Text("vérifie un fichier", "check a file")),
        ("montages check *.ttl --fail-on warning", Text("plus sévère", "stricter")),
        ("montages check dijon --format json", Text("pour un programme", "for a program")),
    ],
)
@files_argument
@project_option
@fail_on_option
@format_option("text", "json")
@engine_option
@lang_option
def check(files: Sequence[str], project: str | None, fail_on: str, form: str, engine: str) -> int:
    """Check descriptions; the exit code is 1 on findings, 2 where a file cannot be read."""
    lang, reports, code = session().lang, [], 0
    knowledge = load(engine)
    for name in files:
        try:
            found = knowledge.check(inputs.read(name, project, engine))
        except MontagesError as error:
            for fault in inputs.every_fault(name, error):
                inputs.tell(name, fault, lang)
            code = 2
            continue
        reports.append(found)
        if form == "text":
            show(report(name, found, lang))
    if form == "json" and reports:
        write(dump(_json(reports, len(files), lang)))
    return code or int(not all(found.conforms(fail_on) for found in reports))


def _json(reports: Sequence[Report], asked: int, lang: str) -> object:
    found = [report.to_json(lang) for report in reports]
    return found[0] if asked == 1 else found
