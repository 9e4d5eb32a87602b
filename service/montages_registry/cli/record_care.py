"""`montages registry init`, `verify`, `check`, `backup`, `restore` and `rebuild`: the record, kept whole."""

from __future__ import annotations

from pathlib import Path

import click

from montages.api import load
from montages.bilingual import Text, message
from montages.cli.bilingual_commands import BilingualCommand, argument, lang_option, option, session
from montages.cli.options import format_option
from montages.cli.output import show, write
from montages.engine.engines import engine_named
from montages.publish.json_text import dump
from montages.publish.text.typeset import Line
from montages_registry.cli.access import registry_in, registry_option
from montages_registry.entry_check import refused_entries
from montages_registry.graph_index import GraphIndex
from montages_registry.publish.registry_text import (
    record_json,
    record_text,
    refused_line,
    unread_text,
)
from montages_registry.record_check import RecordReport, record_report
from montages_registry.record_copies import backup, restore
from montages_registry.registry import first_registry

_BEGUN = message("{n} entries, those of the real projects, in {folder}")
_NEXT = message(
    "Next: montages publisher add SLUG --name “Name” --registry {folder}, then montages serve "
    "--registry {folder}"
)
_SAVED = message("Backup verified: {file}")
_RESTORED = message("Registry restored and verified: {folder}")
_EQUAL = message("The index made again from the record is the same: {n} public entries.")
_DIFFERENT = message("The index was not that of the record for: {slugs}. It is made again.")
_ALL_LET_IN = message("The check of today lets every entry in.")
_dir_argument = argument("target", message("DIR"), type=click.Path(file_okay=False))
_file_argument = argument("file", message("FILE"), type=click.Path(dir_okay=False))


@click.command(
    "init",
    cls=BilingualCommand,
    text=message("Make a registry, with the real projects that ship as its first entries."),
    examples=[("montages registry init registre", message("in a new folder"))],
)
@_dir_argument
@lang_option
def init(target: str) -> None:
    """Make a registry in a folder."""
    lang = session().lang
    versions = first_registry(Path(target))
    show(_done(_BEGUN[lang].format(n=len(versions), folder=target)))
    show(Line(_NEXT[lang].format(folder=target)))


@click.command(
    "verify",
    cls=BilingualCommand,
    text=message(
        "Read the whole record again: each byte against its hash, each row against the one "
        "before.\n\nNames the row that is not what was written; the exit code is 1 then. Names "
        "also the public entries whose description cannot be read. Note the head hash "
        "elsewhere, and give it later by --head: nothing that came before it can have been "
        "written anew."
    ),
)
@registry_option
@option(
    "--head",
    metavar="HASH",
    default="",
    text=message("Head hash noted some time ago, which must be in the record."),
)
@format_option("text", "json")
@lang_option
def verify(folder: str, head: str, form: str) -> int:
    """Verify the record."""
    registry, lang = registry_in(folder, read_only=True), session().lang
    report = record_report(registry.record, head)
    unread = GraphIndex(registry).unread() if report.is_whole else ()
    if form == "json":
        write(dump(record_json(report, unread, lang)))
    else:
        show(record_text(report, lang))
        show(unread_text(unread, lang))
    return int(not report.is_whole)


@click.command(
    "backup",
    cls=BilingualCommand,
    text=message("Copy the record into a file, while the service writes, and verify the copy."),
    examples=[("montages registry backup 2026-06-01.sqlite3", message("a file a day"))],
)
@_file_argument
@registry_option
@lang_option
def backup_record(file: str, folder: str) -> None:
    """Back the record up."""
    report = backup(registry_in(folder, read_only=True).record, Path(file))
    _show_copy(_SAVED, report, file=file)


@click.command(
    "restore",
    cls=BilingualCommand,
    text=message(
        "Make a registry of a backup, verified first, in a folder that is empty or not there."
    ),
    examples=[
        (
            "montages registry restore 2026-06-01.sqlite3 registre",
            message("nothing is overwritten"),
        ),
        (
            "montages registry restore 2026-06-01.sqlite3 registre --erasures ancien",
            message("without what the former registry has erased since"),
        ),
    ],
)
@_file_argument
@_dir_argument
@option(
    "--erasures",
    "later",
    metavar="PATH",
    type=click.Path(),
    text=message(
        "What was erased since is erased too: the registry that is replaced, or a later backup."
    ),
)
@lang_option
def restore_record(file: str, target: str, later: str | None) -> None:
    """Restore a backup."""
    report = restore(Path(file), Path(target), Path(later) if later else None)
    _show_copy(_RESTORED, report, folder=target)


@click.command(
    "rebuild",
    cls=BilingualCommand,
    text=message(
        "Make the index of graphs again from the record, and say whether it is the same.\n\nThe "
        "exit code is 1 where it was not."
    ),
)
@registry_option
@lang_option
def rebuild(folder: str) -> int:
    """Make the index again, and compare."""
    lang, index = session().lang, GraphIndex(registry_in(folder))
    different = index.rebuild()
    if different:
        sentence = _DIFFERENT[lang].format(slugs=", ".join(different))
        show(Line("! ", style="yellow").append(sentence, style="default"))
    else:
        show(_done(_EQUAL[lang].format(n=len(index.graphs()))))
    return int(bool(different))


@click.command(
    "check",
    cls=BilingualCommand,
    text=message(
        "Judge the last version of each entry as if it came today.\n\nEach went through the "
        "check of its day. The exit code is 1 where some are left that the check of today "
        "refuses."
    ),
)
@registry_option
@option(
    "--mend",
    is_flag=True,
    text=message(
        "Write anew what can be, as a version of the same publisher: addresses with %20, "
        "invisible signs left out."
    ),
)
@lang_option
def check(folder: str, mend: bool) -> int:
    """Judge all entries again."""
    lang = session().lang
    refused = list(refused_entries(registry_in(folder), load(), engine_named(), mend))
    for entry in refused:
        show(refused_line(entry, lang))
    left = sum(1 for entry in refused if entry.mended is None)
    if not left:
        show(_done(_ALL_LET_IN[lang]))
    return int(left > 0)


def _show_copy(sentence: Text, report: RecordReport, **values: str) -> None:
    lang = session().lang
    show(_done(sentence[lang].format(**values)))
    show(record_text(report, lang))


def _done(sentence: str) -> Line:
    return Line("✓ ", style="green").append(sentence, style="default")
