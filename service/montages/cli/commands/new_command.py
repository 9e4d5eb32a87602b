"""`montages new`: start a description."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from montages.bilingual import Text
from montages.cli.bilingual_commands import BilingualCommand, argument, lang_option, option, session
from montages.cli.output import show
from montages.cli.summaries import command_text
from montages.errors import UnreadableInput
from montages.publish.text.template import template
from montages.publish.text.typeset import Line

_NAME = Text("projet.yaml", "project.yaml")
_DONE = Text(
    "{0} est prêt : remplissez ce que vous savez, puis lancez « montages assess {0} ».",
    "{0} is ready: fill in what you know, then run “montages assess {0}”.",
)


def _yaml(lang: str) -> bytes:
    return template(lang).encode()


def _csv(lang: str) -> bytes:
    from montages.publish.tables.example_table import empty_table

    return empty_table().encode("utf-8-sig")


def _workbook(lang: str) -> bytes:
    from montages.publish.tables.workbook_template import workbook_template

    return workbook_template(lang)


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
        "Chaque question y est, avec ses réponses possibles : en .yaml pour un projet ; en .xlsx (listes "
        "déroulantes) ou .csv pour plusieurs, un par ligne. Laissez vide ce que vous ne savez pas : Montages "
        "n'invente rien.",
        "Every question is in it, with its possible answers: in .yaml for one project; in .xlsx (drop-down "
        "lists) or .csv for several, one a row. Leave empty what you do not know: Montages makes nothing up.",
    ),
    examples=[
        ("montages new mon-projet.yaml", Text("un projet", "one project")),
        (
            "montages new projets.xlsx",
            Text("plusieurs, dans un tableur", "several, in a spreadsheet"),
        ),
    ],
)
@argument("file", Text("FICHIER", "FILE"), required=False)
@option(
    "--force",
    is_flag=True,
    text=Text("Remplace un fichier qui existe.", "Replace a file that exists."),
)
@lang_option
def new(file: str | None, force: bool) -> None:
    """Write a description, or a table of them, with every question and no answer."""
    lang = session().lang
    path = Path(file or _NAME[lang])
    write = _TEMPLATES.get(path.suffix.lower())
    if write is None:
        endings = " ".join(_TEMPLATES)
        raise UnreadableInput(
            f"{path} : donnez un nom qui finit par l'un de : {endings}.",
            f"{path}: give a name that ends in one of: {endings}.",
        )
    content = write(lang)
    try:
        with path.open("wb" if force else "xb") as out:
            out.write(content)
    except FileExistsError as error:
        raise UnreadableInput(
            f"{path} existe déjà. Donnez un autre nom, ou ajoutez --force pour le remplacer.",
            f"{path} already exists. Give another name, or add --force to replace it.",
        ) from error
    except OSError as error:
        raise UnreadableInput(
            f"Impossible d'écrire {path} : {error.strerror}.",
            f"Cannot write {path}: {error.strerror}.",
        ) from error
    show(Line(_DONE[lang].format(path)))
