"""`montages check`: does a description say what it must?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click

from montages.api import load
from montages.bilingual import Text
from montages.cli import inputs
from montages.cli.bilingual_commands import BilingualCommand, lang_option, session
from montages.cli.deadline import deadline
from montages.cli.options import (
    detail_option,
    engine_option,
    fail_on_option,
    files_argument,
    format_option,
    project_option,
)
from montages.cli.output import show, write
from montages.errors import MontagesError
from montages.publish.detail import BRIEF
from montages.publish.json_text import dump
from montages.publish.validation_report import Validation, validations_csv


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
        (
            "montages check dijon --detail full",
            Text("dit aussi ce qui a été contrôlé", "also say what was looked at"),
        ),
    ],
)
@files_argument
@project_option
@fail_on_option
@format_option("text", "json", "turtle", "jsonld", "html", "csv")
@detail_option
@engine_option
@lang_option
def check(
    files: Sequence[str],
    project: str | None,
    fail_on: str,
    form: str,
    detail: str | None,
    engine: str,
) -> int:
    """Check descriptions; the exit code is 1 on findings, 2 where a file cannot be read."""
    lang, validations, code = session().lang, list[Validation](), 0
    knowledge = load(engine)
    for name in files:
        try:
            with deadline():
                report = knowledge.examine(*inputs.source(name), project)
        except MontagesError as error:
            inputs.show_error(name, error, lang)
            code = 2
            continue
        validation = Validation(
            report, "project", fail_on, knowledge.version, detail or BRIEF, name
        )
        validations.append(validation)
        if form == "text":
            show(validation.report(lang))
    if form != "text" and validations:
        write(_FORMS[form](validations, lang, len(files) > 1))
    return code or int(any(validation.fails for validation in validations))


# Takes the reports, the language, and whether several files were named.
_Writer = Callable[[Sequence[Validation], str, bool], str]


def _json(validations: Sequence[Validation], lang: str, several: bool) -> str:
    trees = [validation.to_json(lang) for validation in validations]
    return dump(trees if several else trees[0])


# What makes each of these forms is imported when that form is asked for.
def _graph(extension: str) -> _Writer:
    def writer(validations: Sequence[Validation], lang: str, several: bool) -> str:
        from montages.publish.validation_graph import write_graph

        return write_graph([validation.graph() for validation in validations], extension)

    return writer


def _html(validations: Sequence[Validation], lang: str, several: bool) -> str:
    from montages.publish.validation_page import validation_page

    return validation_page(validations, lang)


_FORMS: dict[str, _Writer] = {
    "json": _json,
    "turtle": _graph("ttl"),
    "jsonld": _graph("jsonld"),
    "html": _html,
    "csv": validations_csv,
}
