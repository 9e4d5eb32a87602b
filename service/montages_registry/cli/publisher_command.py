"""`montages publisher`: who may write in the registry, by which tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

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
from montages_registry import PUBLISHER
from montages_registry.cli.access import MOST, registry_in, registry_option
from montages_registry.publish.publishers_text import publisher_json, publisher_table, rights_text
from montages_registry.publishers import Quota, Right

_TOKEN = message("Token of “{publisher}”, shown this once ({name}: {rights}):")
_REVOKED = message("Revoked: {names}")
_slug_argument = argument("slug", message("PUBLISHER"))
_rights_option = option(
    "--right",
    "rights",
    multiple=True,
    type=click.Choice([right.value for right in Right]),
    text=message(
        "What the token lets do; may be repeated. Without it: what the former one did, else all."
    ),
)
_NO_MORE = message("At most so many in 24 hours.")


def _quota_options(function: F) -> F:
    for name in ("--versions-a-day", "--bytes-a-day"):
        function = option(name, type=click.IntRange(0, MOST), metavar="N", text=_NO_MORE)(function)
    return function


_token_option = option(
    "--token",
    "name",
    default="main",
    metavar="NAME",
    text=message("Name of the token: a publisher has several, one a person or a tool."),
)


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


@publisher.command("add", text=message("Add a publisher, and show its token."))
@_slug_argument
@option(
    "--name", "label", required=True, metavar="NAME", text=message("Its name, as people read it.")
)
@_token_option
@_rights_option
@_quota_options
@registry_option
@lang_option
def add(
    slug: str,
    label: str,
    name: str,
    rights: Sequence[str],
    bytes_a_day: int | None,
    versions_a_day: int | None,
    folder: str,
) -> None:
    """Add a publisher with a token."""
    quota = Quota(bytes_a_day, versions_a_day)
    publishers = registry_in(folder).publishers
    _show_token(slug, name, publishers.enrol(slug, label, name, _rights(rights), quota), folder)


@publisher.command(
    "quota",
    text=message("Change how much a publisher may write in 24 hours; what is not said stays."),
)
@_slug_argument
@_quota_options
@option("--no-quota", is_flag=True, text=message("As much as it likes."))
@registry_option
@lang_option
def quota(
    slug: str, bytes_a_day: int | None, versions_a_day: int | None, no_quota: bool, folder: str
) -> None:
    """Set a quota."""
    publishers = registry_in(folder).publishers
    former, given = publishers.named(slug).quota, Quota(bytes_a_day, versions_a_day)
    if no_quota == (given != Quota()):
        raise UnusableInput(
            message("Say the quota: --versions-a-day N, --bytes-a-day N, or --no-quota.")
        )
    if not no_quota:
        bytes_, versions = (
            old if new is None else new
            for old, new in zip(astuple(former), astuple(given), strict=True)
        )
        given = Quota(bytes_, versions)
    publishers.set_quota(slug, given)
    show(publisher_table([publishers.named(slug)], session().lang))


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
    registry = registry_in(folder)
    _show_token(slug, name, registry.publishers.rotate(slug, name, _rights(rights)), folder)


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
    sentence = _REVOKED[session().lang].format(names=", ".join(names))
    show(Line("✓ ", style="green").append(sentence, style="default"))


@publisher.command(
    "list", text=message("List the publishers, their tokens by name, and what each lets do.")
)
@registry_option
@format_option("text", "json")
@lang_option
def list_publishers(folder: str, form: str) -> None:
    """List the publishers."""
    entries = registry_in(folder, read_only=True).publishers.entries()
    if form == "json":
        write(dump([publisher_json(entry) for entry in entries]))
    else:
        show(publisher_table(entries, session().lang))


def _rights(rights: Sequence[str]) -> list[Right] | None:
    return [Right(right) for right in rights] or None


def _show_token(slug: str, name: str, token: str, folder: str) -> None:
    """Write a token to standard output, alone, and what it is on standard error."""
    lang = session().lang
    entry = registry_in(folder, read_only=True).publishers.named(slug)
    held = next(
        publisher_token
        for publisher_token in reversed(entry.tokens)
        if publisher_token.name == name
    ).rights
    rights = rights_text(held, lang)
    show(Line(_TOKEN[lang].format(publisher=slug, name=name, rights=rights)), err=True)
    write(token + "\n")
