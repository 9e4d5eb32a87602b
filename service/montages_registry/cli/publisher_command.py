"""`montages publisher`: who may write in the registry, by which tokens, how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import click

from montages.bilingual import message
from montages.cli.bilingual_commands import (
    BilingualGroup,
    F,
    argument,
    lang_option,
    option,
    session,
)
from montages.cli.options import format_option
from montages.cli.output import show, write
from montages.errors import UnusableInput
from montages.publish.json_text import dump
from montages.publish.text.typeset import Line
from montages.store.licence import LICENCE
from montages_registry import PUBLISHER
from montages_registry.cli.registry_command import done, registry_in, registry_option
from montages_registry.moments import moment_text
from montages_registry.publishers import PublisherEntry, Right
from montages_registry.quota import NO_QUOTA, Quota

_MOST = 2**63 - 1
_QUOTA = {
    "versions": message("versions in 24 hours"),
    "bytes": message("bytes in 24 hours"),
    "entry_bytes": message("bytes an entry"),
}
_OPTIONS = {
    "versions": "--versions-a-day",
    "bytes": "--bytes-a-day",
    "entry_bytes": "--bytes-an-entry",
}
_slug_argument = argument("slug", message("PUBLISHER"))
_token_option = option(
    "--token",
    "name",
    default="main",
    metavar="NAME",
    text=message("Name of the token: a publisher has several, one a person or a tool."),
)
_rights_option = option(
    "--right",
    "rights",
    multiple=True,
    type=click.Choice([right.value for right in Right]),
    text=message(
        "What the token lets do; may be repeated. Without it: what the former one did, else all."
    ),
)


def _quota_options(function: F) -> F:
    for name, flag in reversed(_OPTIONS.items()):
        most = click.IntRange(0, _MOST)
        text = message("At most so many {unit}.", unit=_QUOTA[name])
        function = option(flag, name, type=most, metavar="N", text=text)(function)
    return option("--no-quota", is_flag=True, text=message("As much as it likes."))(function)


def _changed(quota: Quota, no_quota: bool, given: dict[str, int | None]) -> Quota:
    """Return a quota with what is said otherwise; what is not said stays."""
    named = {name: value for name, value in given.items() if value is not None}
    return replace(NO_QUOTA if no_quota else quota, **named)


@click.group(
    "publisher",
    cls=BilingualGroup,
    text=PUBLISHER.summary,
    examples=[
        ("montages publisher add vernon --name 'Ville de Vernon'", message("show its token, once")),
        (
            "montages publisher rotate vernon --token agents --right edit",
            message("a token that does not publish"),
        ),
    ],
)
@lang_option
def publisher() -> None:
    """Group the commands about publishers."""


@publisher.command("add", text=message("Add a publisher, and show its token and its quota."))
@_slug_argument
@option(
    "--name", "label", required=True, metavar="NAME", text=message("Its name, as people read it.")
)
@option(
    "--licence",
    default=LICENCE,
    metavar="URL",
    text=message("The licence of its entries, which it has agreed to."),
)
@_token_option
@_rights_option
@_quota_options
@registry_option
@lang_option
def add(
    slug: str,
    label: str,
    licence: str,
    name: str,
    rights: Sequence[str],
    no_quota: bool,
    folder: str,
    **given: int | None,
) -> None:
    """Add a publisher with a token."""
    publishers = registry_in(folder).publishers
    publishers.add(slug, label, _changed(Quota(), no_quota, given), licence)
    _show_token(slug, publishers.rotate(slug, name, _rights(rights)))
    show(_publisher_line(publishers.named(slug)), err=True)


@publisher.command(
    "quota", text=message("Change how much a publisher may write; what is not said stays.")
)
@_slug_argument
@_quota_options
@registry_option
@lang_option
def quota(slug: str, no_quota: bool, folder: str, **given: int | None) -> None:
    """Set a quota."""
    if not no_quota and set(given.values()) == {None}:
        raise UnusableInput(
            message("Say the quota: {flags}, or --no-quota.", flags=", ".join(_OPTIONS.values()))
        )
    publishers = registry_in(folder).publishers
    publishers.set_quota(slug, _changed(publishers.named(slug).quota, no_quota, given))
    show(_publisher_line(publishers.named(slug)))


@publisher.command(
    "rotate", text=message("Give a publisher a new token: the former one of the same name is void.")
)
@_slug_argument
@_token_option
@_rights_option
@registry_option
@lang_option
def rotate(slug: str, name: str, rights: Sequence[str], folder: str) -> None:
    """Replace a token."""
    _show_token(slug, registry_in(folder).publishers.rotate(slug, name, _rights(rights)))


@publisher.command(
    "revoke", text=message("Revoke the tokens of a publisher, or one of them; its entries stay.")
)
@_slug_argument
@option("--token", "name", metavar="NAME", text=message("That token alone; without it, all."))
@registry_option
@lang_option
def revoke(slug: str, name: str | None, folder: str) -> None:
    """Revoke tokens."""
    names = registry_in(folder).publishers.revoke(slug, name)
    done(message("Revoked: {names}", names=", ".join(names)))


@publisher.command(
    "list", text=message("List the publishers, their tokens by name, and what each lets do.")
)
@registry_option
@format_option("text", "json")
@lang_option
def list_publishers(folder: str, form: str) -> None:
    """List the publishers."""
    entries = registry_in(folder).publishers.entries()
    if form == "json":
        write(dump([_publisher_json(entry) for entry in entries]))
        return
    for entry in entries:
        show(_publisher_line(entry))


def _publisher_line(entry: PublisherEntry) -> Line:
    """Return a publisher in a few lines: its licence, its quota, its tokens by name with their rights."""
    lang = session().lang
    line = Line(entry.slug, style="bold").append(f"  {entry.name}  {entry.licence}", "default")
    for name, unit in _QUOTA.items():
        if (most := getattr(entry.quota, name)) is not None:
            line.append(f"\n  {most:,} {unit[lang]}".replace(",", "\u202f"), "default")
    for token in entry.tokens:
        revoked = message("revoked")[lang] if token.revoked else ""
        words = " ".join([token.name, *sorted(token.rights), revoked])
        line.append(f"\n  {words}", "dim")
    return line


def _publisher_json(entry: PublisherEntry) -> dict[str, Any]:
    """Return a publisher as JSON; of a token its name, never the token."""
    tokens = [
        {
            "name": token.name,
            "rights": sorted(token.rights),
            "added": moment_text(token.added),
            "revoked": moment_text(token.revoked) if token.revoked else None,
        }
        for token in entry.tokens
    ]
    named = {"slug": entry.slug, "name": entry.name, "licence": entry.licence}
    return {**named, "added": moment_text(entry.added), **asdict(entry.quota), "tokens": tokens}


def _rights(rights: Sequence[str]) -> list[Right] | None:
    return [Right(right) for right in rights] or None


def _show_token(slug: str, token: str) -> None:
    """Write a token to standard output, alone, and whose it is on standard error."""
    text = message("Token of “{publisher}”, shown this once:", publisher=slug)
    show(Line(text[session().lang]), err=True)
    write(token + "\n")
