"""`montages registry`: descriptions that publishers gave, every version of them."""

from __future__ import annotations

import click

from montages.bilingual import message
from montages.cli.bilingual_commands import BilingualGroup, lang_option
from montages_registry import REGISTRY
from montages_registry.cli.entry_reading import export, history, list_entries, show_entry
from montages_registry.cli.entry_writing import erase, publish, put, withdraw
from montages_registry.cli.record_care import (
    backup_record,
    check,
    init,
    rebuild,
    restore_record,
    verify,
)


@click.group(
    "registry",
    cls=BilingualGroup,
    text=REGISTRY.summary,
    examples=[
        ("montages registry init registre", message("make one")),
        (
            "montages registry put vernon projet.yaml --registry registre",
            message("store a project in it"),
        ),
        ("montages registry verify --registry registre", message("read it again byte by byte")),
    ],
)
@lang_option
def registry() -> None:
    """Group the commands about the registry."""


for command in (
    init,
    list_entries,
    show_entry,
    history,
    put,
    publish,
    withdraw,
    erase,
    verify,
    check,
    backup_record,
    restore_record,
    rebuild,
    export,
):
    registry.add_command(command)
