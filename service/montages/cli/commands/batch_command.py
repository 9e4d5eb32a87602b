"""`montages batch`: assess many projects, from files, folders or standard input."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

import click

from montages.api.description_source import path_of
from montages.batch import executors, input_files, output_forms
from montages.batch.assess_records import JobOptions
from montages.batch.batch_summary import summary
from montages.batch.run_batch import Batch, OpenWorkers
from montages.bilingual import message
from montages.cli.bilingual_commands import BilingualCommand, argument, lang_option, option, session
from montages.cli.main import command_text
from montages.cli.options import anyway_option, as_of_option, engine_option, presumptions_option
from montages.cli.output import show
from montages.cli.progress import progress
from montages.description.tables.read_table import workbooks
from montages.errors import UnusableInput
from montages.publish.detail import DETAILS, VERDICTS


@click.command(
    "batch",
    cls=BilingualCommand,
    text=command_text(
        "batch",
        message(
            "INPUT is a description file, a folder, a file of N-Quads (a named graph a "
            "project), CSV or .xlsx (a row a project), JSON Lines, or - for standard input. A "
            "project in error is noted with its reason and does not stop the others. After an "
            "interruption, the same command goes on where it was. Exit code: 0, all assessed; "
            "1, some not; 2, unusable input or output."
        ),
    ),
    examples=[
        (
            "montages batch projets.csv -o reponses.csv",
            message("a row a project and set-up; the same in reponses.xlsx"),
        ),
        ("montages batch dossier/ -o reponses.jsonl --workers 4", message("on four processes")),
        ("montages batch projets.csv -o reponses.nq", message("data to query: montages load")),
    ],
)
@argument("inputs", message("INPUT"), nargs=-1, required=True)
@option(
    "-o",
    "--output",
    "out",
    required=True,
    metavar="OUT",
    text=message("File to write; -: standard output, which cannot be gone on with."),
)
@option(
    "--format",
    "form",
    type=click.Choice(output_forms.FORMS),
    text=message(
        "Form of the output; without it, told by the ending of OUT (.jsonl, .csv, .xlsx, .nq)."
    ),
)
@option(
    "--input-format",
    type=click.Choice(input_files.FORMATS),
    text=message(
        "Form of the inputs; without it, told by their endings, JSON Lines for standard input."
    ),
)
@option(
    "--detail",
    type=click.Choice((*DETAILS, VERDICTS)),
    text=message(
        "verdicts: a row a project, a verdict a contract, the contract named, what to verify; "
        "brief, the essential, or full, all of it, as assess gives them; without it, a line of "
        "verdicts a project, with what they rest on, or in .nq some 70 triples."
    ),
)
@presumptions_option
@anyway_option
@option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    text=message("Number of processes; without it, one a core."),
)
@option(
    "--scheduler",
    metavar="ADDRESS",
    text=message("Dask cluster to work on, for example tcp://machine:8786."),
)
@option("--overwrite", is_flag=True, text=message("Start all over, replacing the output."))
@option("--quiet", is_flag=True, text=message("Tell neither progress nor summary."))
@as_of_option
@engine_option
@lang_option
def batch(
    inputs: Sequence[str],
    out: str,
    form: str | None,
    input_format: str | None,
    detail: str | None,
    presumptions: bool,
    anyway: bool,
    workers: int | None,
    scheduler: str | None,
    overwrite: bool,
    quiet: bool,
    as_of: date | None,
    engine: str,
) -> int:
    """Assess many projects and write the answers, whatever becomes of each."""
    lang = session().lang
    path = None if out == "-" else Path(out)
    form = form or _form_of(path)
    if detail and (form, detail) not in output_forms.BY_DETAIL:
        raise _misfit(form, detail)
    if form == "xlsx":
        workbooks()
        if path is None:
            raise UnusableInput(
                message("A workbook is not written to standard output: name it (-o answers.xlsx).")
            )
    options = JobOptions(engine, as_of or date.today(), lang, form, detail, anyway, presumptions)
    paths = [None if name == input_files.STDIN else path_of(name) for name in inputs]
    own = [] if path is None else [path.with_name(path.name + more) for more in _OWN]
    plan = input_files.plan(paths, input_format, own)
    run = Batch(plan, options, path, overwrite, dated=as_of is not None)
    with progress(plan.size, lang, quiet) as update:
        end = run.run(_workers(workers, scheduler), lambda now: update(now.projects, now.size))
    if not quiet:
        show(summary(end, plan.left_aside, lang), err=True)
    return int(end.tally.errors > 0)


_OWN = ("", ".errors.jsonl", ".progress", ".progress.new", ".rows", ".new")


def _misfit(form: str, detail: str) -> UnusableInput:
    """Return the error for a detail that a form has no room for."""
    if form in output_forms.BY_GUEST:
        return UnusableInput(message("--detail does not go with --format {form}.", form=form))
    if detail == VERDICTS:
        return UnusableInput(
            message(
                "--detail verdicts does not go with .nq: without --detail, triples tell the "
                "verdicts already."
            )
        )
    return UnusableInput(
        message(
            "--detail {detail} does not go with a table (CSV, .xlsx): an assessment does not "
            "fit in a row. Choose --detail verdicts, or --format jsonl.",
            detail=detail,
        )
    )


def _form_of(path: Path | None) -> str:
    if path is None:
        return "jsonl"
    form = output_forms.ENDINGS.get(path.suffix.lower())
    if form is None:
        raise UnusableInput(
            message(
                "{name}: unknown ending. Choose .jsonl, .csv, .xlsx or .nq, or say --format.",
                name=path.name,
            )
        )
    return form


def _workers(workers: int | None, scheduler: str | None) -> OpenWorkers:
    if scheduler is not None:
        return partial(executors.cluster, address=scheduler)
    number = workers or os.cpu_count() or 1
    return executors.this_process if number == 1 else partial(executors.processes, number=number)
