"""`montages export`: the whole service as files, which nginx alone serves."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import click

from montages import settings
from montages.bilingual import Text
from montages.cli.bilingual_commands import BilingualCommand, argument, lang_option, option, session
from montages.cli.output import show
from montages.errors import UnusableInput
from montages.publish.text.typeset import Line
from montages_static_export import EXPORT

_WRITTEN = Text(
    "{files} fichiers, {size} Mo, dans {folder}", "{files} files, {size} MB, in {folder}"
)
_NEXT = Text(
    "Pour les servir : {folder}/{name}, que nginx lit tel quel ; il y manque votre nom et TLS.",
    "To serve them: {folder}/{name}, which nginx reads as it is; your name and TLS are missing.",
)
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-]+(:[0-9]+)?|https?://\[[0-9a-fA-F:]+\](:[0-9]+)?")


@click.command(
    "export",
    cls=BilingualCommand,
    text=EXPORT.help(
        "nginx suffit à servir le dossier : les règles de négociation y sont (nginx.conf). Ce qui demande un "
        "calcul (évaluer, chercher, interroger) renvoie au service, ou le dit. Le dossier n'est remplacé "
        "qu'une fois la copie entière.",
        "nginx is enough to serve the folder: the rules of negotiation are in it (nginx.conf). What is "
        "worked out (to assess, to search, to query) leads to the service, or says so. The folder is "
        "replaced once the copy is whole.",
    ),
    examples=[
        (
            "montages export copie --base-url https://montages.example",
            Text("la copie, à servir à cette adresse", "the copy, to be served at that address"),
        ),
        (
            "montages export copie --base-url https://montages.example --service https://outils.example",
            Text("les outils restent ailleurs", "tools stay elsewhere"),
        ),
    ],
)
@argument("folder", Text("DOSSIER", "DIR"), type=click.Path(path_type=Path))
@option(
    "--base-url",
    metavar="URL",
    default=lambda: settings.get("base_url"),
    text=Text(
        "Adresse où la copie sera servie (MONTAGES_BASE_URL).",
        "Address where the copy will be served (MONTAGES_BASE_URL).",
    ),
)
@option(
    "--service",
    metavar="URL",
    default="",
    text=Text(
        "Adresse du service, où mènent évaluation, recherche et requêtes ; sans elle, la copie dit qu'il "
        "faut le service.",
        "Address of the service, where assessment, search and queries lead; without it, the copy says that "
        "the service is needed.",
    ),
)
@option(
    "--replace",
    is_flag=True,
    text=Text("Remplace une copie plus ancienne.", "Replace an older copy."),
)
@lang_option
def export(folder: Path, base_url: str, service: str, replace: bool) -> None:
    """Write the copy and say how large it is."""
    for name, url in (("--base-url", base_url), ("--service", service)):
        if not _ORIGIN.fullmatch(url.rstrip("/")) and (url or name == "--base-url"):
            raise UnusableInput(
                f"{name} : une adresse sans chemin est attendue, comme https://montages.example.",
                f"{name}: an address without a path is expected, like https://montages.example.",
            )
    # Read by all that writes an address, which is imported below.
    os.environ["MONTAGES_BASE_URL"] = base_url.rstrip("/")
    from montages_static_export.export_service import export_service

    is_terminal = sys.stderr.isatty()

    def tell(done: int, total: int) -> None:
        if is_terminal and (done % 100 == 0 or done == total):
            click.echo(f"\r{done} / {total}", nl=done == total, err=True)

    summary = export_service(folder, base_url.rstrip("/"), service.rstrip("/"), replace, tell)
    size = f"{summary.bytes / 1e6:.0f}"
    values = {"files": summary.files, "size": size, "folder": folder, "name": "nginx.conf"}
    lang = session().lang
    show(Line(_WRITTEN[lang].format(**values)), err=True)
    show(Line(_NEXT[lang].format(**values)), err=True)
