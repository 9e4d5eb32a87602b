"""`montages test`: run the cases of the rulebook and the panel."""

from __future__ import annotations

from collections.abc import Sequence

import click

from montages.api import load
from montages.bilingual import message
from montages.cli.bilingual_commands import BilingualCommand, argument, lang_option, option, session
from montages.cli.options import engine_option, format_option, presumptions_option
from montages.cli.output import show, write
from montages.cli.summaries import command_text
from montages.knowledge.files import library
from montages.publish.json_text import dump
from montages.rulebook_tests import case_results
from montages.rulebook_tests.panel_results import panel_report
from montages.rulebook_tests.reports_text import cases_report, panel_rows

# The cases of a checkout; an installed product has only the panel.
OWN_CASES = library.ROOT / "tests" / "rulebook"


@click.command(
    "test",
    cls=BilingualCommand,
    text=command_text(
        "test",
        message(
            "FOLDER holds .yaml files, such as tests/rulebook. Without FOLDER: those of the "
            "checkout, and the panel of everyday projects. Exit code 1 if a case fails or, "
            "without FOLDER, if the cases do not see each rule come out every way."
        ),
    ),
    examples=[
        ("montages test", message("all the cases and the panel")),
        ("montages test tests/rulebook", message("the cases of the rulebook")),
        ("montages assess dijon --format case > cas.yaml", message("a case from a project")),
    ],
)
@argument("folders", message("FOLDER"), nargs=-1)
@option(
    "--accept",
    is_flag=True,
    text=message("Write into the files what came out, where something else was expected."),
)
@presumptions_option
@format_option("text", "json")
@engine_option
@lang_option
def test(folders: Sequence[str], accept: bool, presumptions: bool, form: str, engine: str) -> int:
    """Run cases and report those that fail; without folders, those that ship and the panel."""
    lang, assessor = session().lang, load(engine, presumptions=presumptions)
    panel = None
    if folders or OWN_CASES.is_dir():
        cases = case_results.run_cases(folders or [OWN_CASES], assessor, accept)
    else:
        cases = case_results.run_cases([], assessor)
    if not folders:
        panel = panel_report(assessor, beside=[r.assessment for r in cases.results])
    if form == "json":
        write(dump(cases.to_json(lang) | ({"panel": panel.to_json(lang)} if panel else {})))
    else:
        if cases.results or cases.problems:
            show(cases_report(cases, lang))
        if panel:
            show(panel_rows(panel, lang))
    if cases.problems:
        return 2
    failed = not cases.passed or (panel is not None and not (panel.passed and panel.complete))
    return int(failed and not accept)
