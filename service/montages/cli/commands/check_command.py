"""`montages check`: does a description say what it must?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from montages.api import load
from montages.api.description_source import PANEL, named_content, path_of
from montages.bilingual import Text
from montages.cli import inputs
from montages.cli.bilingual_commands import session
from montages.cli.inputs import deadline
from montages.cli.operation_commands import operation_command
from montages.cli.output import show, write
from montages.errors import MontagesError
from montages.operations.descriptions import CHECK
from montages.publish.detail import BRIEF
from montages.publish.json_text import dump
from montages.publish.pipelines.file_check import FileCheck
from montages.publish.text.typeset import Line
from montages.publish.validation_report import Validation, validations_csv

# What other people's pipelines read; each is written from the files that cannot be read, too.
PIPELINES = ("github", "junit", "sarif")


@operation_command(
    CHECK,
    *("text", "json", "turtle", "jsonld", "html", "csv"),
    *PIPELINES,
    several=True,
    details=Text(
        "FICHIER est un chemin (.ttl .jsonld .json .yaml .rdf .nt .csv .xlsx) ou le nom d'un projet fourni, "
        "comme dijon.",
        "FILE is a path (.ttl .jsonld .json .yaml .rdf .nt .csv .xlsx) or the name of a shipped project, "
        "such as dijon.",
    ),
)
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
    checks, knowledge = list[FileCheck](), load(engine)
    for name in files:
        try:
            with deadline():
                report = knowledge.examine(*named_content(name), project)
        except MontagesError as error:
            if form != "github":  # it has errors at their places, and takes any line for a command
                inputs.show_error(name, error, lang)
            checks.append(FileCheck(_path(name), None, error))
            code = 2
            continue
        validation = Validation(
            report, "project", fail_on, knowledge.version, detail or BRIEF, name
        )
        validations.append(validation)
        checks.append(FileCheck(_path(name), validation))
        if form == "text":
            show(validation.report(lang))
    if form in PIPELINES:
        write(_pipeline_report(form, checks, lang))
    elif form != "text" and validations:
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
        from montages.publish.linked_data.formats import in_full

        return in_full([validation.graph() for validation in validations], extension)

    return writer


def _html(validations: Sequence[Validation], lang: str, several: bool) -> str:
    from montages.publish.validation_page import validation_page

    return validation_page(validations, lang)


def _path(name: str) -> Path:
    return Path(name) if name.startswith(PANEL) else path_of(name)


def _pipeline_report(form: str, checks: Sequence[FileCheck], lang: str) -> str:
    if form == "github":
        from montages.publish.pipelines.workflow_commands import workflow_commands

        return workflow_commands(checks, lang)
    if form == "junit":
        from montages.publish.pipelines.junit_report import junit_report

        return junit_report(checks, lang)
    from montages.publish.pipelines.sarif_log import left_out, sarif_log

    if notice := left_out(checks, lang):
        show(Line(notice), err=True)
    return sarif_log(checks, lang)


_FORMS: dict[str, _Writer] = {
    "json": _json,
    "turtle": _graph("ttl"),
    "jsonld": _graph("jsonld"),
    "html": _html,
    "csv": validations_csv,
}
