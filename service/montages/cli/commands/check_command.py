"""`montages check`: does a description say what it must?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from pkgutil import resolve_name

from montages.api import load
from montages.api.description_source import PANEL, named_content, path_of
from montages.bilingual import message
from montages.cli import inputs
from montages.cli.bilingual_commands import session
from montages.cli.inputs import deadline
from montages.cli.operation_commands import operation_command
from montages.cli.output import show, write
from montages.errors import MontagesError
from montages.guests import guests
from montages.operations.descriptions import CHECK
from montages.publish.json_text import dump
from montages.publish.text.typeset import Line
from montages.publish.validation_report import FileCheck, Validation, validations_csv

# What guests write of the files, of those that cannot be read, too.
_GUEST_FORMS = guests().check_forms
_PIPELINE_EXAMPLE = (
    "montages check projets/*.yaml --format sarif",
    message("for continuous integration"),
)


@operation_command(
    CHECK,
    *("text", "json", "turtle", "jsonld", "html", "csv"),
    *_GUEST_FORMS,
    several=True,
    details=message(
        "FILE is a path (.ttl .jsonld .json .yaml .rdf .nt .csv .xlsx) or the name of a "
        "shipped project, such as dijon."
    ),
    examples=[_PIPELINE_EXAMPLE] if "sarif" in _GUEST_FORMS else [],
)
def check(files: Sequence[str], project: str | None, fail_on: str, form: str, engine: str) -> int:
    """Check descriptions; the exit code is 1 on findings, 2 where a file cannot be read."""
    lang, validations, code = session().lang, list[Validation](), 0
    guest_form = _GUEST_FORMS.get(form)
    checks, knowledge = list[FileCheck](), load(engine)
    for name in files:
        try:
            with deadline():
                report = knowledge.examine(*named_content(name), project)
        except MontagesError as error:
            if guest_form is None or not guest_form.has_errors:
                inputs.show_error(name, error, lang)
            checks.append(FileCheck(_path(name), None, error))
            code = 2
            continue
        validation = Validation(report, "project", fail_on, knowledge.version, name)
        validations.append(validation)
        checks.append(FileCheck(_path(name), validation))
        if form == "text":
            show(validation.report(lang))
    if guest_form is not None:
        if guest_form.notice and (notice := resolve_name(guest_form.notice)(checks, lang)):
            show(Line(notice), err=True)
        write(resolve_name(guest_form.writer)(checks, lang))
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


_FORMS: dict[str, _Writer] = {
    "json": _json,
    "turtle": _graph("ttl"),
    "jsonld": _graph("jsonld"),
    "html": _html,
    "csv": validations_csv,
}
