"""`montages new`: start a description."""

from __future__ import annotations

from pathlib import Path

import click

from montages.bilingual import Text
from montages.cli.bilingual_commands import BilingualCommand, argument, lang_option, option, session
from montages.cli.output import show
from montages.errors import UnreadableInput
from montages.publish.text.template import template
from montages.publish.text.typeset import Line

_NAME = Text("projet.yaml", "project.yaml")
_DONE = Text(
    "{0} est prêt : remplissez ce que vous savez, puis lancez « montages assess {0} ».",
    "{0} is ready: fill in what you know, then run “montages assess {0}”.",
)


@click.command(
    "new",
    cls=BilingualCommand,
    text=Text(
        "Écrit une description à remplir.\n\n"
        "Chaque question y est, avec ses réponses possibles. Laissez vide ce que vous ne savez pas : "
        "Montages n'invente rien.",
        "Write a description to fill in.\n\n"
        "Every question is in it, with its possible answers. Leave empty what you do not know: "
        "Montages makes nothing up.",
    ),
    examples=[("montages new mon-projet.yaml", Text("crée le fichier", "create the file"))],
)
@argument("file", Text("FICHIER", "FILE"), required=False)
@option(
    "--force",
    is_flag=True,
    text=Text("Remplace un fichier qui existe.", "Replace a file that exists."),
)
@lang_option
def new(file: str | None, force: bool) -> None:
    """Write a commented YAML description with every question."""
    lang = session().lang
    path = Path(file or _NAME[lang])
    if path.suffix.lower() not in (".yaml", ".yml"):
        raise UnreadableInput(
            f"{path} : le modèle est en YAML, donnez un nom en .yaml.",
            f"{path}: the template is in YAML, give a name ending in .yaml.",
        )
    try:
        with path.open("w" if force else "x", encoding="utf-8") as out:
            out.write(template(lang))
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
