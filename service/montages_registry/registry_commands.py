"""`montages registry` and `montages publisher`: what who runs a registry does on the machine."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from montages import settings
from montages.bilingual import Text, message
from montages.cli.bilingual_commands import BilingualGroup, argument, lang_option, option, session
from montages.cli.output import show, write
from montages.errors import UnknownName, UnusableInput
from montages.publish.text.typeset import Line
from montages_registry import PUBLISHER, REGISTRY, moments, upkeep
from montages_registry.publishers import BYTES_A_DAY, BYTES_AN_ENTRY, VERSIONS_A_DAY, Publisher
from montages_registry.registry import Registry

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
    examples=[("montages registry list", message("what is in it, drafts too"))],
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
    done = message("Registry made: {folder}. Next: montages publisher add, then montages serve.")
    _done(done.fill(folder=target))


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
        since = one.public_from or one.moment
        words = f" {one.number}  {one.state} {since}  {one.publisher}  {one.etag}"
        show(Line(one.slug, style="bold").append(words, "default"))


@registry.command(
    "erase",
    text=message("Erase the bytes of a version for good, and of all that have the very same."),
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
    erased = upkeep.erase(_registry_in(folder), slug, number, reason, operator, legal=legal)
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
    count = upkeep.backup(_registry_in(folder).database, Path(file))
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
    count = upkeep.restore(Path(file), Path(target))
    _done(message("Registry restored and verified: {folder}, {n} versions", folder=target, n=count))


@registry.command(
    "clock", text=message("Say that the clock of the machine is right, though it has jumped.")
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
    examples=[("montages publisher add vernon --name Vernon", message("show its token, once"))],
)
@lang_option
def publisher() -> None:
    """Group the commands about publishers."""


@publisher.command(
    "add", text=message("Add a publisher, or give it a new token, which it shows with the quota.")
)
@argument("slug", message("PUBLISHER"))
@option("--name", required=True, metavar="NAME", text=message("Its name, as people read it."))
@option("--no-quota", is_flag=True, text=message("It writes as much as it likes."))
@_registry_option
@lang_option
def add(slug: str, name: str, no_quota: bool, folder: str) -> None:
    """Give a publisher a token: to standard output, alone, and whose it is to standard error."""
    publishers = _registry_in(folder).publishers
    token = publishers.add(slug, name, not no_quota)
    for one in publishers.entries("slug = ?", slug):
        show(_line(one), err=True)
    text = message("Token of “{publisher}”, shown this once:", publisher=slug)
    show(Line(text[session().lang]), err=True)
    write(token + "\n")


@publisher.command("list", text=message("List the publishers, with their quotas."))
@_registry_option
@lang_option
def list_publishers(folder: str) -> None:
    """List the publishers."""
    for one in _registry_in(folder).publishers.entries():
        show(_line(one))


_QUOTA = message(
    "{versions} versions and {bytes} bytes in 24 hours, {entry} bytes an entry",
    versions=VERSIONS_A_DAY,
    bytes=BYTES_A_DAY,
    entry=BYTES_AN_ENTRY,
)


def _line(one: Publisher) -> Line:
    quota = _QUOTA if one.has_quota else message("no quota")
    return Line(one.slug, style="bold").append(f"  {one.name}  {quota[session().lang]}", "default")
