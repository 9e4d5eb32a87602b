"""`montages registry`: made, listed, erased from, backed up and restored, by who runs it."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from montages import settings
from montages.api import load
from montages.bilingual import Text, message
from montages.cli.bilingual_commands import BilingualGroup, argument, lang_option, option, session
from montages.cli.options import format_option
from montages.cli.output import show, write
from montages.errors import UnknownName, UnusableInput
from montages.publish.json_text import dump
from montages.publish.text.typeset import Line
from montages_registry import REGISTRY, backups, erasure, moments
from montages_registry.registry import Registry
from montages_registry.version import State, Version

registry_option = option(
    "--registry",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False),
    default=lambda: settings.get("registry"),
    text=message("Folder of the registry; without it, that of MONTAGES_REGISTRY."),
)
_DIR = argument("target", message("DIR"), type=click.Path(file_okay=False))
_FILE = argument("file", message("FILE"), type=click.Path(dir_okay=False, allow_dash=True))
_STATES = {
    State.DRAFT: message("draft"),
    State.PUBLISHED: message("published"),
    State.WITHDRAWN: message("withdrawn"),
    State.ERASED: message("erased"),
}


def registry_in(folder: str) -> Registry:
    """Return the registry of a folder; raises UnusableInput where none is named, else as `Registry.open`."""
    if not folder:
        raise UnusableInput(
            message("Which registry? --registry DIR, or the setting MONTAGES_REGISTRY.")
        )
    return Registry.open(Path(folder))


def done(text: Text) -> None:
    """Say that something is done."""
    show(Line("✓ ", style="green").append(text[session().lang], style="default"))


@click.group(
    "registry",
    cls=BilingualGroup,
    text=REGISTRY.summary,
    examples=[
        ("montages registry init registre", message("make one, with the real projects")),
        ("montages registry list --registry registre", message("what is in it, drafts too")),
    ],
)
@lang_option
def registry() -> None:
    """Group the commands about the registry."""


@registry.command(
    "init", text=message("Make a registry, with the real projects that ship as its first entries.")
)
@_DIR
@lang_option
def init(target: str) -> None:
    """Make a registry in a folder."""
    versions = backups.first_registry(Path(target), load())
    done(
        message(
            "{n} entries, those of the real projects, in {folder}. Next: montages publisher add "
            "SLUG --name “Name” --registry {folder}, then montages serve --registry {folder}",
            n=len(versions),
            folder=target,
        )
    )


@registry.command(
    "list", text=message("List the last version of each entry, drafts too, or all versions of one.")
)
@argument("slug", message("ENTRY"), required=False)
@registry_option
@format_option("text", "json")
@lang_option
def list_versions(slug: str | None, folder: str, form: str) -> None:
    """List the entries, or the versions of one."""
    opened = registry_in(folder)
    versions = opened.history(slug) if slug else opened.entries()
    if slug and not versions:
        raise UnknownName(message("No entry “{slug}” in the registry.", slug=slug))
    if form == "json":
        write(dump([version.to_json() for version in versions]))
        return
    for version in versions:
        show(_line(version))


def _line(version: Version) -> Line:
    state = _STATES[version.state][session().lang]
    since = f"{version.public_from or version.moment:%Y-%m-%d %H:%M}Z"
    line = Line(version.slug, style="bold").append(f" {version.number}  {state} {since}", "default")
    return line.append(f"  {version.publisher}  {version.etag}", "dim")


@registry.command(
    "erase",
    text=message(
        "Erase the bytes of a version for good, and of all that have the very same.\n\nA row "
        "stays: who erased it, when, and why, for all to read; who asks for it gets 410, or 451 "
        "with --legal, and the same bytes are not taken again."
    ),
)
@argument("slug", message("ENTRY"))
@argument("number", message("VERSION"), type=click.IntRange(1, 10**9))
@option(
    "--reason",
    required=True,
    metavar="TEXT",
    text=message("Why, in words that everybody may read: without personal data."),
)
@option(
    "--by",
    "operator",
    metavar="NAME",
    default=getpass.getuser,
    text=message("Who erases, which the registry keeps to itself; without it, the user."),
)
@option("--legal", is_flag=True, text=message("The law or a judge asks for it: 451."))
@registry_option
@lang_option
def erase(slug: str, number: int, reason: str, operator: str, legal: bool, folder: str) -> None:
    """Erase a version."""
    erased = erasure.erase(registry_in(folder), slug, number, reason, operator, legal=legal)
    for version in erased:
        done(message("{version}, is erased.", version=version.name))
    show(Line(_COPIES[session().lang]))


_COPIES = message("Backups and exports made before have it still: delete them in time.")


@registry.command(
    "verify", text=message("Read the whole registry again: its file, and each version's bytes.")
)
@registry_option
@lang_option
def verify(folder: str) -> None:
    """Verify the registry."""
    count = backups.verify(registry_in(folder).database)
    done(message("{n} versions, all as they were written.", n=count))


@registry.command(
    "backup", text=message("Copy the registry into a file, while the service writes; verified.")
)
@_FILE
@registry_option
@lang_option
def backup(file: str, folder: str) -> None:
    """Back the registry up."""
    count = backups.backup(registry_in(folder).database, Path(file))
    done(message("Backup verified: {file}, {n} versions", file=file, n=count))


@registry.command(
    "restore",
    text=message(
        "Make a registry of a backup, verified first, in a folder that is empty or not there."
    ),
)
@_FILE
@_DIR
@lang_option
def restore(file: str, target: str) -> None:
    """Restore a backup."""
    count = backups.restore(Path(file), Path(target))
    done(message("Registry restored and verified: {folder}, {n} versions", folder=target, n=count))


@registry.command(
    "export", text=message("Write the graphs of the public entries as N-Quads; “-” for the output.")
)
@_FILE
@registry_option
@lang_option
def export(file: str, folder: str) -> None:
    """Write the quads of all public entries."""
    quads = b"".join(graph.quads for graph in registry_in(folder).graphs())
    if file == "-":
        write(quads)
        return
    try:
        Path(file).write_bytes(quads)
    except OSError as error:
        raise UnusableInput(
            message(
                "{file}: the file could not be written ({reason}).",
                file=file,
                reason=error.strerror,
            )
        ) from error
    done(message("To load them: montages load {file} --store DIR", file=file))


@registry.command(
    "clock",
    text=message(
        "Say when the registry last saw the clock.\n\nA write that comes more than a day after, "
        "or before, is refused: a clock that jumps is not believed."
    ),
)
@option("--right", is_flag=True, text=message("The clock of the machine is right: writes go on."))
@registry_option
@lang_option
def clock(right: bool, folder: str) -> None:
    """Tell of the clock, or that it is right."""
    database = registry_in(folder).database
    if right:
        with database.transaction() as connection:
            moments.see(connection)
    with database.connection() as connection:
        seen = moments.seen(connection)
    text = message("The clock was last seen at {seen:%Y-%m-%d %H:%M} UTC.", seen=seen)
    show(Line(text[session().lang]))
