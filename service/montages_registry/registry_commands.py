"""`montages registry` and `montages publisher`: what who runs a registry does on the machine."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from montages import settings
from montages.bilingual import Text, message
from montages.cli.bilingual_commands import (
    BilingualGroup,
    F,
    argument,
    lang_option,
    option,
    session,
)
from montages.cli.output import show, write
from montages.errors import UnknownName, UnusableInput
from montages.publish.text.typeset import Line
from montages_registry import PUBLISHER, REGISTRY, backups, erasure, moments
from montages_registry.publishers import NO_QUOTA
from montages_registry.registry import Registry
from montages_registry.version import State

_registry_option = option(
    "--registry",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False),
    default=lambda: settings.get("registry"),
    text=message("Folder of the registry; without it, that of MONTAGES_REGISTRY."),
)
_WHICH = message("Which registry? --registry DIR, or the setting MONTAGES_REGISTRY.")
_DIR = argument("target", message("DIR"), type=click.Path(file_okay=False))
_FILE = argument("file", message("FILE"), type=click.Path(dir_okay=False))
_STATES = {
    State.DRAFT: message("draft"),
    State.PUBLISHED: message("published"),
    State.WITHDRAWN: message("withdrawn"),
    State.ERASED: message("erased"),
}
_UNITS = {
    "versions_a_day": message("versions in 24 hours"),
    "bytes_a_day": message("bytes in 24 hours"),
    "bytes_an_entry": message("bytes an entry"),
}


def _registry_in(folder: str) -> Registry:
    if not folder:
        raise UnusableInput(_WHICH)
    return Registry.open(Path(folder))


def _done(text: Text) -> None:
    show(Line("✓ ", style="green").append(text[session().lang], style="default"))


@click.group(
    "registry",
    cls=BilingualGroup,
    text=REGISTRY.summary,
    examples=[
        ("montages registry init registre", message("make an empty one")),
        ("montages registry list --registry registre", message("what is in it, drafts too")),
    ],
)
@lang_option
def registry() -> None:
    """Group the commands about the registry."""


@registry.command("init", text=message("Make an empty registry."))
@_DIR
@lang_option
def init(target: str) -> None:
    """Make a registry in a folder."""
    Registry.create(Path(target))
    _done(_MADE.fill(folder=target))


_MADE = message(
    "Registry made: {folder}. Next: montages publisher add SLUG --name “Name” --registry {folder}, "
    "then montages serve --registry {folder}"
)


@registry.command(
    "list", text=message("List the last version of each entry, drafts too, or all versions of one.")
)
@argument("slug", message("ENTRY"), required=False)
@_registry_option
@lang_option
def list_versions(slug: str | None, folder: str) -> None:
    """List the entries, or the versions of one."""
    opened = _registry_in(folder)
    versions = opened.history(slug) if slug else opened.entries()
    if slug and not versions:
        raise UnknownName(message("No entry “{slug}” in the registry.", slug=slug))
    for one in versions:
        state, since = _STATES[one.state][session().lang], one.public_from or one.moment
        words = f" {one.number}  {state} {since}  {one.publisher}  {one.etag}"
        show(Line(one.slug, style="bold").append(words, "default"))


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
@_registry_option
@lang_option
def erase(slug: str, number: int, reason: str, operator: str, legal: bool, folder: str) -> None:
    """Erase a version."""
    erased = erasure.erase(_registry_in(folder), slug, number, reason, operator, legal=legal)
    for version in erased:
        _done(message("{slug}, version {n}, is erased.", slug=version.slug, n=version.number))
    show(Line(_COPIES[session().lang]))


_COPIES = message("Backups made before have it still: delete them in time.")


@registry.command(
    "backup", text=message("Copy the registry into a file, while the service writes; verified.")
)
@_FILE
@_registry_option
@lang_option
def backup(file: str, folder: str) -> None:
    """Back the registry up."""
    count = backups.backup(_registry_in(folder).database, Path(file))
    _done(message("Backup verified: {file}, {n} versions", file=file, n=count))


@registry.command(
    "restore",
    text=message("Make a registry of a backup, verified first, in a folder that has none."),
)
@_FILE
@_DIR
@lang_option
def restore(file: str, target: str) -> None:
    """Restore a backup."""
    count = backups.restore(Path(file), Path(target))
    _done(message("Registry restored and verified: {folder}, {n} versions", folder=target, n=count))


@registry.command(
    "clock",
    text=message(
        "Say that the clock of the machine is right.\n\nA write that comes more than a day after "
        "the registry last saw the clock, or before, is refused: a clock that jumps is not believed."
    ),
)
@_registry_option
@lang_option
def clock(folder: str) -> None:
    """Believe the clock."""
    with _registry_in(folder).database.transaction() as connection:
        moments.see(connection)
    _done(message("The clock is believed: {clock}", clock=moments.moment_text(moments.now())))


@click.group(
    "publisher",
    cls=BilingualGroup,
    text=PUBLISHER.summary,
    examples=[
        ("montages publisher add vernon --name 'Ville de Vernon'", message("show its token, once")),
        ("montages publisher rotate vernon", message("another token; the former one is void")),
    ],
)
@lang_option
def publisher() -> None:
    """Group the commands about publishers."""


_PUBLISHER = argument("slug", message("PUBLISHER"))


@publisher.command("add", text=message("Add a publisher, and show its token and its quota."))
@_PUBLISHER
@option("--name", required=True, metavar="NAME", text=message("Its name, as people read it."))
@_registry_option
@lang_option
def add(slug: str, name: str, folder: str) -> None:
    """Add a publisher with a token."""
    opened = _registry_in(folder)
    opened.publishers.add(slug, name)
    _show_token(opened, slug)
    _show_publishers(opened, slug)


@publisher.command("rotate", text=message("Give a publisher a new token: the former one is void."))
@_PUBLISHER
@_registry_option
@lang_option
def rotate(slug: str, folder: str) -> None:
    """Replace a token."""
    _show_token(_registry_in(folder), slug)


def _quota_options(function: F) -> F:
    for name, unit in reversed(_UNITS.items()):
        flag, most = f"--{name.replace('_', '-')}", click.IntRange(0, 2**63 - 1)
        text = message("At most so many {unit}.", unit=unit)
        function = option(flag, name, type=most, metavar="N", text=text)(function)
    return option("--no-quota", is_flag=True, text=message("As much as it likes."))(function)


@publisher.command(
    "quota", text=message("Change how much a publisher may write; what is not said stays.")
)
@_PUBLISHER
@_quota_options
@_registry_option
@lang_option
def quota(slug: str, no_quota: bool, folder: str, **given: int | None) -> None:
    """Set a quota."""
    opened = _registry_in(folder)
    named = {name: value for name, value in given.items() if value is not None}
    opened.publishers.set_quota(slug, {**(NO_QUOTA if no_quota else {}), **named})
    _show_publishers(opened, slug)


@publisher.command("list", text=message("List the publishers, with their quotas."))
@_registry_option
@lang_option
def list_publishers(folder: str) -> None:
    """List the publishers."""
    _show_publishers(_registry_in(folder))


def _show_publishers(opened: Registry, slug: str = "") -> None:
    """Show each publisher, or one beside its token: its name, its quota."""
    for one in opened.publishers.entries():
        line = Line(one.slug, style="bold").append(f"  {one.name}", "default")
        for name, unit in _UNITS.items():
            if (most := getattr(one, name)) is not None:
                words = f"\n  {most:,} {unit[session().lang]}".replace(",", "\u202f")
                line.append(words, "default")
        if slug in ("", one.slug):
            show(line, err=bool(slug))


def _show_token(opened: Registry, slug: str) -> None:
    """Give a publisher a token: to standard output, alone, and whose it is to standard error."""
    token = opened.publishers.rotate(slug)
    text = message("Token of “{publisher}”, shown this once:", publisher=slug)
    show(Line(text[session().lang]), err=True)
    write(token + "\n")
