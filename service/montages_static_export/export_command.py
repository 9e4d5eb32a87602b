"""`montages export`: the whole service as files, which nginx alone serves."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import click

from montages import settings
from montages.bilingual import message
from montages.cli.bilingual_commands import BilingualCommand, argument, lang_option, option, session
from montages.cli.output import show
from montages.errors import UnusableInput
from montages.publish.text.typeset import Line
from montages_static_export import EXPORT

_WRITTEN = message("{files} files, {size} MB, in {folder}")
_NEXT = message(
    "To serve them: {folder}/{name}, which nginx reads as it is; your name and TLS are missing."
)
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-]+(:[0-9]+)?|https?://\[[0-9a-fA-F:]+\](:[0-9]+)?")


@click.command(
    "export",
    cls=BilingualCommand,
    text=EXPORT.help(
        message(
            "nginx is enough to serve the folder: the rules of negotiation are in it "
            "(nginx.conf). What is worked out (to assess, to search, to query) leads to the "
            "service, or says so. The folder is replaced once the copy is whole."
        )
    ),
    examples=[
        (
            "montages export copie --base-url https://montages.example",
            message("the copy, to be served at that address"),
        ),
        (
            "montages export copie --base-url https://montages.example --service https://outils.example",
            message("tools stay elsewhere"),
        ),
    ],
)
@argument("folder", message("DIR"), type=click.Path(path_type=Path))
@option(
    "--base-url",
    metavar="URL",
    default=lambda: settings.get("base_url"),
    text=message("Address where the copy will be served (MONTAGES_BASE_URL)."),
)
@option(
    "--service",
    metavar="URL",
    default="",
    text=message(
        "Address of the service, where assessment, search and queries lead; without it, the "
        "copy says that the service is needed."
    ),
)
@option("--replace", is_flag=True, text=message("Replace an older copy."))
@lang_option
def export(folder: Path, base_url: str, service: str, replace: bool) -> None:
    """Write the copy and say how large it is."""
    for name, url in (("--base-url", base_url), ("--service", service)):
        if not _ORIGIN.fullmatch(url.rstrip("/")) and (url or name == "--base-url"):
            raise UnusableInput(
                message(
                    "{name}: an address without a path is expected, like https://montages.example.",
                    name=name,
                )
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
