"""`montages test`: run the cases of the rulebook."""

from __future__ import annotations

from collections.abc import Sequence

import click

from montages.cli.bilingual import Command, argument, lang_option, option, session
from montages.cli.options import engine_option, format_option
from montages.cli.output import show, write
from montages.decision import rulebook_tests
from montages.decision.api import load
from montages.knowledge.model import Text
from montages.publish.cases import cases
from montages.publish.dump import dump


@click.command(
    "test",
    cls=Command,
    text=Text(
        "Rejoue des cas écrits en YAML : une description, et ce qui doit en sortir.\n\n"
        "DOSSIER contient des fichiers .yaml, comme tests/rulebook. Code de sortie 1 si un cas échoue.",
        "Run cases written in YAML: a description, and what must come out of it.\n\n"
        "FOLDER holds .yaml files, such as tests/rulebook. Exit code 1 if a case fails.",
    ),
    examples=[
        ("montages test tests/rulebook", Text("tous les cas", "all the cases")),
        (
            "montages assess dijon --format case > cas.yaml",
            Text("un cas à partir d'un projet", "a case from a project"),
        ),
    ],
)
@argument("folders", Text("DOSSIER", "FOLDER"), nargs=-1, required=True)
@option(
    "--accept",
    is_flag=True,
    text=Text(
        "Écrit dans les fichiers ce qui est sorti, là où autre chose était attendu.",
        "Write into the files what came out, where something else was expected.",
    ),
)
@format_option("text", "json")
@engine_option
@lang_option
def test(folders: Sequence[str], accept: bool, form: str, engine: str) -> int:
    """Run cases and report those that fail."""
    lang = session().lang
    report = rulebook_tests.run(folders, load(engine), accept)
    if form == "json":
        write(dump(report.to_json(lang)))
    else:
        show(cases(report, lang))
    if report.problems:
        return 2
    return int(not report.passed and not accept)
