"""Which registry a command is about: the option that names its folder."""

from __future__ import annotations

from pathlib import Path

import click

from montages import settings
from montages.bilingual import Text
from montages.cli.bilingual_commands import option
from montages.errors import UnusableInput
from montages.registry.registry import Registry

# The greatest whole number that the record holds.
MOST = 2**63 - 1
registry_option = option(
    "--registry",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False),
    default=lambda: settings.get("registry"),
    text=Text(
        "Dossier du registre ; sans cela, celui de MONTAGES_REGISTRY.",
        "Folder of the registry; without it, that of MONTAGES_REGISTRY.",
    ),
)


def registry_in(folder: str, *, read_only: bool = False) -> Registry:
    """Return the registry of a folder; raises UnusableInput where none is named, else as `Registry.open`."""
    if not folder:
        raise UnusableInput(
            "Quel registre ? --registry DOSSIER, ou le réglage MONTAGES_REGISTRY.",
            "Which registry? --registry DIR, or the setting MONTAGES_REGISTRY.",
        )
    return Registry.open(Path(folder), read_only=read_only)
