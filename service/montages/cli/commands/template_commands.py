"""`montages new` and `montages schema`: a description to fill in, and the columns of a table of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from montages.bilingual import message
from montages.cli.bilingual_commands import BilingualCommand, argument, lang_option, option, session
from montages.cli.main import command_text
from montages.cli.options import format_option
from montages.cli.output import show, write
from montages.errors import UnreadableInput
from montages.publish.text.typeset import Line

_NAME = message("project.yaml")
_DONE = message("{0} is ready: fill in what you know, then run “montages assess {0}”.")


# What makes each of these forms is imported when that form is asked for.
def _yaml(lang: str) -> bytes:
    from montages.publish.text.template import template

    return template(lang).encode()


def _csv(lang: str) -> bytes:
    from montages.publish.tables.table_schema import empty_table

    return empty_table().encode("utf-8-sig")


def _workbook(lang: str) -> bytes:
    from montages.description.tables.read_table import workbooks

    return workbooks().template(lang)


# What writes the template of each ending.
_TEMPLATES: dict[str, Callable[[str], bytes]] = {
    ".yaml": _yaml,
    ".yml": _yaml,
    ".csv": _csv,
    ".xlsx": _workbook,
}


@click.command(
    "new",
    cls=BilingualCommand,
    text=command_text(
        "new",
        message(
            "Every question is in it, with its possible answers: in .yaml for one project; in "
            ".xlsx (drop-down lists) or .csv for several, one a row. Leave empty what you do "
            "not know: Montages makes nothing up."
        ),
    ),
    examples=[
        ("montages new mon-projet.yaml", message("one project")),
        ("montages new projets.xlsx", message("several, in a spreadsheet")),
    ],
)
@argument("file", message("FILE"), required=False)
@option("--force", is_flag=True, text=message("Replace a file that exists."))
@lang_option
def new(file: str | None, force: bool) -> None:
    """Write a description, or a table of them, with every question and no answer."""
    lang = session().lang
    path = Path(file or _NAME[lang])
    template_of = _TEMPLATES.get(path.suffix.lower())
    if template_of is None:
        endings = " ".join(_TEMPLATES)
        raise UnreadableInput(
            message(
                "{path}: give a name that ends in one of: {endings}.", path=path, endings=endings
            )
        )
    content = template_of(lang)
    try:
        with path.open("wb" if force else "xb") as out:
            out.write(content)
    except FileExistsError as error:
        raise UnreadableInput(
            message(
                "{path} already exists. Give another name, or add --force to replace it.", path=path
            )
        ) from error
    except OSError as error:
        raise UnreadableInput(
            message("Cannot write {path}: {reason}.", path=path, reason=error.strerror)
        ) from error
    show(Line(_DONE[lang].format(path)))


def _table_schema(lang: str) -> str:
    from montages.publish.json_text import dump
    from montages.publish.tables.table_schema import table_schema

    return dump(table_schema(lang))


def _example(lang: str) -> str:
    from montages.publish.tables.table_schema import example_table

    return example_table()


_SCHEMAS: dict[str, Callable[[str], str]] = {"table-schema": _table_schema, "csv": _example}


@click.command(
    "schema",
    cls=BilingualCommand,
    text=command_text(
        "schema",
        message(
            "As Table Schema (Frictionless), in the form of schema.data.gouv.fr: each column "
            "with its title, its question, an example and what it accepts. A valid example: "
            "--format csv."
        ),
    ),
    examples=[
        ("montages schema > schema.json", message("the schema")),
        ("montages schema --format csv > exemple.csv", message("a valid example")),
    ],
)
@format_option(*_SCHEMAS)
@lang_option
def schema(form: str) -> None:
    """Write the Table Schema of tables of projects, or an example."""
    write(_SCHEMAS[form](session().lang))
