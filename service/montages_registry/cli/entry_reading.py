"""`montages registry list`, `history`, `show`, `export`: what there is and was, its bytes, its quads."""

from __future__ import annotations

from pathlib import Path

import click

from montages.bilingual import Text
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

slug_argument = argument("slug", Text("FICHE", "ENTRY"))


@click.command(
    "list",
    cls=BilingualCommand,
    text=Text(
        "Liste les fiches : leur version, leur état, leur éditeur, et depuis quand.",
        "List the entries: their version, their state, their publisher, and since when.",
    ),
)
@registry_option
@option(
    "--all",
    "everything",
    is_flag=True,
    text=Text(
        "Brouillons et versions à venir aussi : la dernière version de chaque fiche.",
        "Drafts and versions to come too: the last version of each entry.",
    ),
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
    text=Text(
        "Toutes les versions d'une fiche, brouillons compris, la dernière en bas.",
        "All versions of an entry, drafts included, the last one below.",
    ),
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
    text=Text(
        "Écrit une fiche telle qu'elle a été envoyée, octet pour octet : celle que chacun lit, une version, "
        "ou celle d'un jour.",
        "Write an entry as it was sent, byte for byte: the one that everybody reads, a version, or that of a "
        "day.",
    ),
    examples=[
        ("montages registry show dijon", Text("telle qu'elle est", "as it is")),
        (
            "montages registry show dijon --at 2026-06-01",
            Text("telle qu'elle était ce jour-là", "as it was that day"),
        ),
    ],
)
@slug_argument
@option(
    "--version",
    "number",
    type=click.IntRange(1),
    metavar="N",
    text=Text("Une version par son numéro.", "A version by its number."),
)
@option(
    "--at",
    "moment",
    metavar="WHEN",
    text=Text(
        "Ce qui était public à un moment : 2026-06-01, ou 2026-06-01T12:00:00+02:00.",
        "What was public at a moment: 2026-06-01, or 2026-06-01T12:00:00+02:00.",
    ),
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
            f"« {slug} » a été retirée le {version.moment:%Y-%m-%d}. Ses versions d'avant : montages "
            f"registry history {slug}, puis show {slug} --version N.",
            f"“{slug}” was withdrawn on {version.moment:%Y-%m-%d}. Its versions before that: montages "
            f"registry history {slug}, then show {slug} --version N.",
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
        f"Aucune fiche « {slug} » de cette version ou de ce jour.{hint.fr} La liste : montages registry "
        "list.",
        f"No entry “{slug}” of that version or day.{hint.en} The list: montages registry list.",
    )


_QUADS = Text("{n} fiches publiques dans {file}", "{n} public entries in {file}")
_LOAD = Text(
    "Pour les charger : montages load {file} --store MAGASIN",
    "To load them: montages load {file} --store DIR",
)


@click.command(
    "export",
    cls=BilingualCommand,
    text=Text(
        "Écrit les graphes des fiches publiques en N-Quads, les mêmes octets pour le même registre.",
        "Write the graphs of the public entries as N-Quads, the same bytes for the same record.",
    ),
    examples=[
        (
            "montages registry export fiches.nq",
            Text("à charger par « montages load »", "to load with “montages load”"),
        ),
        ("montages registry export -", Text("sur la sortie standard", "to standard output")),
    ],
)
@argument("file", Text("FICHIER", "FILE"), type=click.Path(dir_okay=False, allow_dash=True))
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
