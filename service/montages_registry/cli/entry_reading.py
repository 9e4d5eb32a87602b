"""`montages registry list`, `history`, `show`, `export`: what there is and was, its bytes, its quads."""

from __future__ import annotations

from pathlib import Path

import click

from montages.bilingual import message
from montages.cli.bilingual_commands import BilingualCommand, argument, lang_option, option, session
from montages.cli.options import format_option
from montages.cli.output import show, write
from montages.errors import UnknownName
from montages.publish.json_text import dump
from montages.publish.text.typeset import Line
from montages_registry.cli.access import registry_in, registry_option
from montages_registry.graph_index import GraphIndex
from montages_registry.moments import read_moment
from montages_registry.publish.registry_text import entry_table, version_json, version_table
from montages_registry.record_copies import write_whole
from montages_registry.registry import Registry
from montages_registry.registry_errors import Withdrawn
from montages_registry.version import State, Version

slug_argument = argument("slug", message("ENTRY"))


@click.command(
    "list",
    cls=BilingualCommand,
    text=message("List the entries: their version, their state, their publisher, and since when."),
)
@registry_option
@option(
    "--all",
    "everything",
    is_flag=True,
    text=message("Drafts and versions to come too: the last version of each entry."),
)
@format_option("text", "json")
@lang_option
def list_entries(folder: str, everything: bool, form: str) -> None:
    """List the current version of each entry."""
    registry = registry_in(folder, read_only=True)
    versions = list(registry.entries(public=not everything))
    if form == "json":
        write(dump([version_json(version) for version in versions]))
    else:
        show(entry_table(versions, session().lang))


@click.command(
    "history",
    cls=BilingualCommand,
    text=message("All versions of an entry, drafts included, the last one below."),
)
@slug_argument
@registry_option
@format_option("text", "json")
@lang_option
def history(slug: str, folder: str, form: str) -> None:
    """List the versions of an entry."""
    registry = registry_in(folder, read_only=True)
    versions = registry.versions(slug, public=False)
    if not versions:
        raise _unknown(registry, slug)
    if form == "json":
        write(dump([version_json(version) for version in versions]))
    else:
        show(version_table(versions, session().lang))


@click.command(
    "show",
    cls=BilingualCommand,
    text=message(
        "Write an entry as it was sent, byte for byte: the one that everybody reads, a "
        "version, or that of a day."
    ),
    examples=[
        ("montages registry show dijon", message("as it is")),
        ("montages registry show dijon --at 2026-06-01", message("as it was that day")),
    ],
)
@slug_argument
@option(
    "--version",
    "number",
    type=click.IntRange(1),
    metavar="N",
    text=message("A version by its number."),
)
@option(
    "--at",
    "moment",
    metavar="WHEN",
    text=message("What was public at a moment: 2026-06-01, or 2026-06-01T12:00:00+02:00."),
)
@registry_option
@lang_option
def show_entry(slug: str, number: int | None, moment: str | None, folder: str) -> None:
    """Write the bytes of a version."""
    registry = registry_in(folder, read_only=True)
    version = _version(registry, slug, number, moment)
    if version is None:
        raise _unknown(registry, slug)
    if version.state is State.WITHDRAWN:
        raise Withdrawn(
            message(
                "“{slug}” was withdrawn on {moment:%Y-%m-%d}. Its versions before that: "
                "montages registry history {slug}, then show {slug} --version N.",
                slug=slug,
                moment=version.moment,
            )
        )
    write(version.content.body)


def _version(
    registry: Registry, slug: str, number: int | None, moment: str | None
) -> Version | None:
    if number is not None:
        return registry.numbered(slug, number, public=False)
    return registry.at(slug, read_moment(moment)) if moment else registry.current(slug)


def _unknown(registry: Registry, slug: str) -> UnknownName:
    from montages.knowledge.did_you_mean import nearest_hint

    hint = nearest_hint(slug, [version.slug for version in registry.entries()])
    return UnknownName(
        message(
            "No entry “{slug}” of that version or day.{hint} The list: montages registry list.",
            slug=slug,
            hint=hint,
        )
    )


_QUADS = message("{n} public entries in {file}")
_LOAD = message("To load them: montages load {file} --store DIR")


@click.command(
    "export",
    cls=BilingualCommand,
    text=message(
        "Write the graphs of the public entries as N-Quads, the same bytes for the same record."
    ),
    examples=[
        ("montages registry export fiches.nq", message("to load with “montages load”")),
        ("montages registry export -", message("to standard output")),
    ],
)
@argument("file", message("FILE"), type=click.Path(dir_okay=False, allow_dash=True))
@registry_option
@lang_option
def export(file: str, folder: str) -> None:
    """Write the quads of all public entries."""
    lang, graphs = session().lang, GraphIndex(registry_in(folder)).graphs()
    quads = b"".join(graph.quads for graph in graphs)
    if file == "-":
        write(quads)
        return
    write_whole(Path(file), quads)
    show(Line("✓ ", style="green").append(_QUADS[lang].format(n=len(graphs), file=file), "default"))
    show(Line(_LOAD[lang].format(file=file)))
