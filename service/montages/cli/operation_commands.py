"""The commands of operations: what each takes and says of itself comes from the table, as at every door."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import click

from montages.api import load
from montages.bilingual import Text, paragraphs
from montages.cli.bilingual_commands import BilingualCommand, F, lang_option, session
from montages.cli.inputs import deadline
from montages.cli.options import (
    engine_option,
    file_argument,
    files_argument,
    format_option,
    option_of,
)
from montages.cli.output import show, write
from montages.operations.operation import Operation, loaded
from montages.publish.detail import BRIEF, FULL
from montages.publish.json_text import dump

_PROGRAM_FORM = "json"


def operation_command(
    operation: Operation,
    *forms: str,
    details: Text | None = None,
    examples: Sequence[tuple[str, Text]] = (),
    several: bool = False,
) -> Callable[[F], click.Command]:
    """Return what makes the command of an operation of a function that takes its parameters.

    It takes a file, or `several`, and gives `forms`, the first one by default; `details` end its help,
    further `examples` the list of its entry.
    """

    def command(function: F) -> click.Command:
        decorators: list[Callable[[Any], Any]] = [files_argument if several else file_argument]
        for parameter in operation.own_parameters("cli"):
            decorators.append(option_of(parameter))
        decorators.append(format_option(*forms))
        shared = (p for p in operation.shared_parameters("cli") if p.name != "lang")
        decorators += [*(option_of(parameter) for parameter in shared), engine_option, lang_option]
        decorated: Any = function
        for decorator in reversed(decorators):
            decorated = decorator(decorated)
        return click.command(
            operation.name,
            cls=BilingualCommand,
            text=paragraphs(operation.summary, operation.help, *([details] if details else [])),
            examples=(*operation.examples, *examples),
        )(decorated)

    return command


def advice_command(operation: Operation) -> click.Command:
    """Return the command of an operation whose answer is advice on one description."""
    forms = ("text", _PROGRAM_FORM, *operation.forms)
    return operation_command(operation, *forms)(partial(show_advice, operation))


def show_advice(
    operation: Operation,
    *,
    file: str,
    form: str,
    detail: str | None,
    engine: str,
    project: str | None,
    **parameters: Any,
) -> None:
    """Show what a method of `Knowledge` says of a FILE, in the form asked for."""
    lang, knowledge = session().lang, load(engine)
    options = {name: value for name, value in parameters.items() if value is not None}
    with deadline():
        description = knowledge.read(file, project=project)
        answer = getattr(knowledge, operation.method)(description, lang=lang, **options)
        if form == _PROGRAM_FORM:
            tell = partial(write, dump(answer.to_json(brief=detail == BRIEF)))
        elif form in operation.forms:
            tell = partial(write, loaded(operation.forms[form])(answer, lang))
        else:
            tell = partial(show, loaded(operation.text)(answer, lang, whole=detail == FULL))
    tell()
