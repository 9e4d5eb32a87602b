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
from montages.bilingual import Text
from montages.cli.bilingual_commands import BilingualCommand, argument, lang_option, option, session
from montages.cli.options import anyway_option, as_of_option, engine_option, presumptions_option
from montages.cli.output import show
from montages.cli.progress import progress
from montages.cli.summaries import command_text
from montages.description.tables.workbooks import workbooks
from montages.errors import UnusableInput
from montages.publish.detail import DETAILS, VERDICTS


@click.command(
    "batch",
    cls=BilingualCommand,
    text=command_text(
        "batch",
        "ENTRÉE est un fichier de description, un dossier, un fichier N-Quads ou TriG (un graphe nommé "
        "par projet), CSV ou .xlsx (une ligne par projet), JSON Lines, ou - pour l'entrée standard. Un "
        "projet en "
        "erreur est noté avec sa raison et n'arrête pas les autres. Après une interruption, la même "
        "commande reprend où elle en était. Code de sortie : 0, tous évalués ; 1, certains non ; 2, "
        "entrée ou sortie inutilisable.",
        "INPUT is a description file, a folder, a file of N-Quads or TriG (a named graph a project), "
        "CSV or .xlsx (a row a project), JSON Lines, or - for standard input. A project in error is "
        "noted with "
        "its reason and does not stop the others. After an interruption, the same command goes on "
        "where it was. Exit code: 0, all assessed; 1, some not; 2, unusable input or output.",
    ),
    examples=[
        (
            "montages batch projets.csv -o reponses.csv",
            Text(
                "une ligne par projet et montage ; de même en reponses.xlsx",
                "a row a project and set-up; the same in reponses.xlsx",
            ),
        ),
        (
            "montages batch dossier/ -o reponses.jsonl --workers 4",
            Text("sur quatre processus", "on four processes"),
        ),
        (
            "montages batch projets.csv -o reponses.nq",
            Text("des données à interroger : montages load", "data to query: montages load"),
        ),
    ],
)
@argument("inputs", Text("ENTRÉE", "INPUT"), nargs=-1, required=True)
@option(
    "-o",
    "--output",
    "out",
    required=True,
    metavar="OUT",
    text=Text(
        "Fichier à écrire ; - : sortie standard, sans reprise possible.",
        "File to write; -: standard output, which cannot be gone on with.",
    ),
)
@option(
    "--format",
    "form",
    type=click.Choice(output_forms.FORMS),
    text=Text(
        "Forme de la sortie ; sans cela, d'après la fin de OUT (.jsonl, .csv, .xlsx, .nq).",
        "Form of the output; without it, told by the ending of OUT (.jsonl, .csv, .xlsx, .nq).",
    ),
)
@option(
    "--input-format",
    type=click.Choice(input_files.FORMATS),
    text=Text(
        "Forme des entrées ; sans cela, d'après leur fin, JSON Lines pour l'entrée standard.",
        "Form of the inputs; without it, told by their endings, JSON Lines for standard input.",
    ),
)
@option(
    "--detail",
    type=click.Choice((*DETAILS, VERDICTS)),
    text=Text(
        "verdicts : une ligne par projet, un verdict par contrat, le contrat nommé, ce qui manque ; brief, "
        "l'essentiel, ou full, tout, tels que les donne assess ; sans cela, une ligne de statuts et de "
        "verdicts par projet, ou en .nq quelque 80 triplets.",
        "verdicts: a row a project, a verdict a contract, the contract named, what is missing; brief, the "
        "essential, or full, all of it, as assess gives them; without it, a line of statuses and verdicts "
        "a project, or in .nq some 80 triples.",
    ),
)
@presumptions_option
@anyway_option
@option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    text=Text(
        "Nombre de processus ; sans cela, un par cœur.",
        "Number of processes; without it, one a core.",
    ),
)
@option(
    "--scheduler",
    metavar="ADDRESS",
    text=Text(
        "Grappe Dask où travailler, par exemple tcp://machine:8786.",
        "Dask cluster to work on, for example tcp://machine:8786.",
    ),
)
@option(
    "--overwrite",
    is_flag=True,
    text=Text("Recommence tout, en remplaçant la sortie.", "Start all over, replacing the output."),
)
@option(
    "--quiet",
    is_flag=True,
    text=Text("Ne dit ni progression ni bilan.", "Tell neither progress nor summary."),
)
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
                "Un classeur ne s'écrit pas sur la sortie standard : nommez-le (-o reponses.xlsx).",
                "A workbook is not written to standard output: name it (-o answers.xlsx).",
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
    if detail == VERDICTS:
        return UnusableInput(
            "--detail verdicts ne va pas avec .nq : sans --detail, les triplets disent déjà les verdicts.",
            "--detail verdicts does not go with .nq: without --detail, triples tell the verdicts already.",
        )
    return UnusableInput(
        f"--detail {detail} ne va pas avec un tableau (CSV, .xlsx) : une évaluation ne tient pas sur une "
        "ligne. Choisissez --detail verdicts, ou --format jsonl.",
        f"--detail {detail} does not go with a table (CSV, .xlsx): an assessment does not fit in a row. "
        "Choose --detail verdicts, or --format jsonl.",
    )


def _form_of(path: Path | None) -> str:
    if path is None:
        return "jsonl"
    form = output_forms.ENDINGS.get(path.suffix.lower())
    if form is None:
        raise UnusableInput(
            f"{path.name} : extension inconnue. Choisissez .jsonl, .csv, .xlsx ou .nq, ou dites "
            "--format.",
            f"{path.name}: unknown ending. Choose .jsonl, .csv, .xlsx or .nq, or say --format.",
        )
    return form


def _workers(workers: int | None, scheduler: str | None) -> OpenWorkers:
    if scheduler is not None:
        return partial(executors.cluster, address=scheduler)
    number = workers or os.cpu_count() or 1
    return executors.this_process if number == 1 else partial(executors.processes, number=number)
