"""Which registry a command is about, and on whose behalf it writes there."""

from __future__ import annotations

from pathlib import Path

import click

from montages import settings
from montages.bilingual import message
from montages.cli.bilingual_commands import option
from montages.errors import UnreadableInput, UnusableInput
from montages_registry.publishers import Publisher
from montages_registry.registry import Registry
from montages_registry.registry_errors import UnknownToken

# The greatest whole number that the record holds.
MOST = 2**63 - 1
registry_option = option(
    "--registry",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False),
    default=lambda: settings.get("registry"),
    text=message("Folder of the registry; without it, that of MONTAGES_REGISTRY."),
)


def registry_in(folder: str, *, read_only: bool = False) -> Registry:
    """Return the registry of a folder; raises UnusableInput where none is named, else as `Registry.open`."""
    if not folder:
        raise UnusableInput(
            message("Which registry? --registry DIR, or the setting MONTAGES_REGISTRY.")
        )
    return Registry.open(Path(folder), read_only=read_only)


token_file_option = option(
    "--token-file",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    default=lambda: settings.get("registry_token_file"),
    text=message(
        "File whose content is the token of the publisher; without it, MONTAGES_REGISTRY_TOKEN."
    ),
)


def publisher_of(registry: Registry, token_file: str) -> Publisher:
    """Return the publisher whose token is in a file, or in the environment; raises UnknownToken."""
    token = settings.get("registry_token")
    if token_file:
        try:
            token = Path(token_file).read_text("utf-8").strip()
        except (OSError, UnicodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "UTF-8"
            raise UnreadableInput(
                message(
                    "{token_file}: the file of the token cannot be read ({reason}).",
                    token_file=token_file,
                    reason=reason,
                )
            ) from error
    try:
        return registry.publishers.authenticate(token)
    except UnknownToken as error:
        raise UnknownToken(
            message(
                "This command wants the token of a publisher, in force: --token-file FILE, or "
                "MONTAGES_REGISTRY_TOKEN. To make one: montages publisher rotate."
            )
        ) from error
