"""`montages registry put`, `publish`, `withdraw`: as by the doors of the service; and `erase`, by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

import click

from montages.api import load
from montages.api.description_source import named_content
from montages.bilingual import message
from montages.cli.bilingual_commands import (
    BilingualCommand,
    F,
    argument,
    lang_option,
    option,
    session,
)
from montages.cli.inputs import deadline
from montages.cli.output import show
from montages.description.parsing.media_types import MEDIA_TYPES
from montages.description.parsing.source_text import TABLE_MEDIA_TYPES
from montages.errors import MontagesError
from montages.publish.text.typeset import Line
from montages_registry.cli.access import (
    MOST,
    publisher_of,
    registry_in,
    registry_option,
    token_file_option,
)
from montages_registry.cli.entry_reading import slug_argument
from montages_registry.entry_check import examine_entry
from montages_registry.graph_index import GraphIndex
from montages_registry.moments import read_moment
from montages_registry.publish.registry_text import written_line
from montages_registry.registry import Registry
from montages_registry.registry_errors import RegistryBusy
from montages_registry.version import Content, State, Version, WriteCondition

_ERASED = message("{slug}, version {number}, is erased.")
_DAY = message(
    "It was to be public on {day:%Y-%m-%d}: on that day the entry will have no version, unless "
    "its publisher sends another."
)
_COPIES = message(
    "Copies outside this folder remain: restore an earlier backup with --erasures {folder}; "
    "exports now tell of the erasure (prov:invalidatedAtTime) to who loads them again."
)
if_match_option = option(
    "--if-match",
    metavar="TAG",
    text=message(
        "Entity tag of the version to replace, which history tells; “*” for the last one, "
        "whichever it is."
    ),
)
publish_at_option = option(
    "--publish-at",
    metavar="WHEN",
    text=message("Public from that moment on: 2026-06-01, or 2026-06-01T08:00:00+02:00."),
)


def _options(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Return a decorator that adds the options that each of these commands has, after its own."""

    def decorate(function: F) -> F:
        for add_option in (lang_option, registry_option, token_file_option, *reversed(options)):
            function = add_option(function)
        return function

    return decorate


@click.command(
    "put",
    cls=BilingualCommand,
    text=message(
        "Store a description as a new version of an entry, or make the entry.\n\nIt is checked "
        "first, as by “montages check”: with a violation, nothing is stored. The token of the "
        "publisher comes from a file or MONTAGES_REGISTRY_TOKEN, never from the command line."
    ),
    examples=[
        ("montages registry put eclairage-de-vernon projet.yaml", message("make the entry")),
        (
            "montages registry put eclairage-de-vernon projet.yaml --if-match '*' --draft",
            message("a version to read again before it is public"),
        ),
    ],
)
@slug_argument
@argument("file", message("FILE"))
@option("--draft", is_flag=True, text=message("A draft, which its publisher alone sees."))
@_options(if_match_option, publish_at_option)
def put(
    slug: str,
    file: str,
    draft: bool,
    if_match: str | None,
    publish_at: str | None,
    token_file: str,
    folder: str,
) -> None:
    """Check a description and write it as a version."""
    registry = registry_in(folder)
    publisher = publisher_of(registry, token_file)
    body, syntax = named_content(file)
    with deadline():
        examine_entry(load(), body, syntax, slug)
    types = {
        name: media_type
        for media_type, name in reversed([*MEDIA_TYPES.items(), *TABLE_MEDIA_TYPES.items()])
    }
    version = registry.write(
        slug,
        Content(body, types[syntax]),
        publisher,
        _condition(if_match),
        state=State.DRAFT if draft else State.PUBLISHED,
        publish_at=read_moment(publish_at) if publish_at else None,
    )
    _show(version)


@click.command(
    "publish",
    cls=BilingualCommand,
    text=message("Make the last version of an entry public, now or from a moment on."),
)
@slug_argument
@_options(if_match_option, publish_at_option)
def publish(
    slug: str, if_match: str | None, publish_at: str | None, token_file: str, folder: str
) -> None:
    """Publish the last version of an entry."""
    registry = registry_in(folder)
    moment = read_moment(publish_at) if publish_at else None
    publisher = publisher_of(registry, token_file)
    _show(registry.publish(slug, publisher, _condition(if_match), publish_at=moment))


@click.command(
    "withdraw",
    cls=BilingualCommand,
    text=message("Withdraw an entry, for good: its history stays, its name is not given again."),
)
@slug_argument
@_options(if_match_option)
def withdraw(slug: str, if_match: str | None, token_file: str, folder: str) -> None:
    """Withdraw an entry."""
    registry = registry_in(folder)
    publisher = publisher_of(registry, token_file)
    _show(registry.withdraw(slug, publisher, _condition(if_match)))


@click.command(
    "erase",
    cls=BilingualCommand,
    text=message(
        "Erase the bytes of a version for good, wherever they are in this folder.\n\nThe row of "
        "the version, its digest and the reason stay, for all to read; who asks for it gets "
        "410, or 451 with --legal, and the same bytes are not taken again. Run again, it "
        "finishes what was interrupted."
    ),
    examples=[
        (
            "montages registry erase eclairage 3 --reason 'Numéro de téléphone'",
            message("version 3 alone"),
        )
    ],
)
@slug_argument
@argument("number", message("VERSION"), type=click.IntRange(1, MOST))
@option(
    "--reason",
    required=True,
    metavar="TEXT",
    text=message("Why, in words that everybody may read: without personal data."),
)
@option("--legal", is_flag=True, text=message("The law or a judge asks for it: 451."))
@registry_option
@lang_option
def erase(slug: str, number: int, reason: str, legal: bool, folder: str) -> None:
    """Erase a version."""
    registry, lang = registry_in(folder), session().lang
    versions = registry.erase(slug, number, reason, legal=legal)
    _erase_beside(registry, versions)
    for version in versions:
        sentence = _ERASED[lang].format(slug=version.slug, number=version.number)
        show(Line("✓ ", style="green").append(sentence, style="default"))
        if version.state is State.SCHEDULED and not version.is_public(datetime.now(UTC)):
            show(Line(_DAY[lang].format(day=version.public_from)))
    show(Line(_COPIES[lang].format(folder=folder)))


def _erase_beside(registry: Registry, versions: Sequence[Version]) -> None:
    """Leave nothing beside the record of what it has erased; raises RegistryBusy, once all was tried."""
    from montages_registry.web.summary_store import SummaryStore  # brings the pages

    summaries, left = SummaryStore(registry.record.folder), list[str]()
    acts: dict[str, Callable[[], None]] = {
        "summaries.sqlite3": partial(summaries.forget, [version.hash for version in versions]),
        "index.sqlite3": GraphIndex(registry).erase,
        "record.sqlite3-wal": registry.record.empty_journal,
    }
    for name, act in acts.items():
        try:
            with registry.record.faults():
                act()
        except MontagesError:
            left.append(name)
    if left:
        raise RegistryBusy(
            message(
                "It is erased, but others hold {left}, where bytes are left: run the same "
                "command again.",
                left=", ".join(left),
            )
        )


def _condition(if_match: str | None) -> WriteCondition:
    """Return the condition that an entity tag makes, with or without the quotes that a shell takes away."""
    if if_match is None or if_match == "*" or '"' in if_match:
        return WriteCondition(if_match)
    return WriteCondition(f'"{if_match}"')


def _show(version: Version) -> None:
    show(Line("✓ ", style="green").append(written_line(version, session().lang), style="default"))
