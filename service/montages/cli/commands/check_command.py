"""`montages check`: does a description say what it must?"""

from __future__ import annotations

from collections.abc import Sequence

import click

from montages.api import load
from montages.cli import inputs
from montages.cli.bilingual_commands import BilingualCommand, lang_option, session
from montages.cli.options import (
    engine_option,
    fail_on_option,
    files_argument,
    format_option,
    project_option,
)
from montages.cli.output import show, write
from montages.errors import MontagesError
from montages.knowledge.model import Text
from montages.publish.json_text import dump
from montages.publish.text.findings_text import report_text
from montages.validation.findings import Report


@click.command(
    "check",
    cls=BilingualCommand,
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
            result = knowledge.check(inputs.read(name, project, engine))
        except MontagesError as error:
            for fault in inputs.every_fault(name, error):
                inputs.show_error(name, fault, lang)
            code = 2
            continue
        reports.append(result)
        if form == "text":
            show(report_text(name, result, lang))
    if form == "json" and reports:
        write(dump(_json(reports, len(files), lang)))
    return code or int(not all(result.conforms(fail_on) for result in reports))


def _json(reports: Sequence[Report], files: int, lang: str) -> object:
    trees = [report.to_json(lang) for report in reports]
    return trees[0] if files == 1 else trees
