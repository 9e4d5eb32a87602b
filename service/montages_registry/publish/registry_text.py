"""The registry in the terminal: entries, versions, what was written, what a record says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table

from montages.bilingual import Text, message
from montages.publish.text.signs import Sign
from montages.publish.text.typeset import Line
from montages.publish.text.typography import colon
from montages_registry.entry_check import RefusedEntry
from montages_registry.entry_facts import EntryQuads
from montages_registry.moments import moment_text
from montages_registry.record_check import RecordReport
from montages_registry.version import State, Version

_STATES = {
    State.PUBLISHED: Sign("✓", "green", message("published"), Text("", "")),
    State.DRAFT: Sign("…", "yellow", message("draft"), Text("", "")),
    State.SCHEDULED: Sign("✓", "green", message("published"), Text("", "")),
    State.WITHDRAWN: Sign("✗", "red", message("withdrawn"), Text("", "")),
}
_ERASED = Sign("✗", "red", message("erased"), Text("", ""))
_TO_COME = Sign("…", "yellow", message("to come"), Text("", ""))
_NEVER = Sign("–", "dim", message("never public"), Text("", ""))
_ENTRY_COLUMNS = (
    message("Entry"),
    message("Version"),
    message("State"),
    message("Public since"),
    message("Publisher"),
)
_VERSION_COLUMNS = (
    message("Version"),
    message("State"),
    message("Since"),
    message("Entity tag (If-Match)"),
)
_NO_ENTRIES = message("No entries.")
_COUNT = message("{n} entries")
_WRITTEN = {
    State.PUBLISHED: message("{slug}, version {number}, public since {since}. Entity tag: {etag}"),
    State.DRAFT: message("{slug}, version {number}, a draft. Entity tag: {etag}"),
    State.SCHEDULED: message(
        "{slug}, version {number}, public from {since} on. Entity tag: {etag}"
    ),
    State.WITHDRAWN: message("{slug} is withdrawn; its versions stay."),
}
_WHOLE = message(
    "Whole: {versions} versions of {entries} entries, {events} acts on publishers. Erased "
    "contents: {erasures}"
)
_HEAD = message("Head hash")
_ALTERED = message("Altered: this is not what was written")
_WHAT_NEXT = message(
    "Take the last backup into another folder: montages registry restore FILE DIR."
)

_NAMED = message("{slug}, version {number}")
_MENDED = message("Written as version {number}.")
_UNREAD = message(
    "These entries are served without what they describe: montages registry check --mend."
)


def entry_table(versions: Sequence[Version], lang: str) -> RenderableType:
    """Return entries, one a line, and how many there are."""
    if not versions:
        return Line(_NO_ENTRIES[lang])
    table = _table(_ENTRY_COLUMNS, lang, right=(1,))
    for version in versions:
        table.add_row(
            Line(version.slug, style="bold"),
            str(version.number),
            _state(version, lang),
            _since(version),
            version.publisher,
        )
    return Group(table, Line(_COUNT[lang].format(n=len(versions)), style="dim"))


def version_table(versions: Sequence[Version], lang: str) -> RenderableType:
    """Return the versions of an entry, one a line, each with since when it is what it is."""
    table = _table(_VERSION_COLUMNS, lang, right=(0,))
    now = datetime.now(UTC)
    last_public = max((v.number for v in versions if v.is_public(now)), default=0)
    for version in versions:
        table.add_row(
            str(version.number),
            _state(version, lang, last_public),
            _day(version.public_from or version.moment),
            Line(version.etag, style="dim"),
        )
    return table


def written_line(version: Version, lang: str) -> str:
    """Return what became of a write."""
    return _WRITTEN[version.state][lang].format(
        slug=version.slug, number=version.number, since=_since(version), etag=version.etag
    )


def record_text(report: RecordReport, lang: str) -> RenderableType:
    """Return what a record says of itself: how much there is, its head, or its faults and what to do."""
    if report.is_whole:
        counted = ("versions", "entries", "events", "erasures")
        counts = {name: getattr(report, name) for name in counted}
        first = Line("✓ ", style="green").append(_WHOLE[lang].format(**counts), style="default")
        return Group(first, Line(f"{_HEAD[lang]}{colon(lang)} {report.head}", style="dim"))
    lines = [Line("✗ ", style="red").append(_ALTERED[lang], style="bold default")]
    for fault in report.faults:
        what = Line(f"  {fault.table}, {fault.row}", style="bold")
        lines.append(what.append(f"{colon(lang)} {fault.what[lang]}", style="default"))
    return Group(*lines, Line(_WHAT_NEXT[lang]))


def unread_text(graphs: Sequence[EntryQuads], lang: str) -> RenderableType:
    """Return the public entries whose description cannot be read, one a line with the reason."""
    lines = []
    for graph in graphs:
        name = _NAMED[lang].format(slug=graph.slug, number=graph.number)
        reason = f"{colon(lang)} {graph.fault[lang] if graph.fault else ''}"
        line = Line("! ", style="yellow").append(name, style="bold default")
        lines.append(line.append(reason, style="default"))
    return Group(*lines, *([Line(_UNREAD[lang])] if lines else []))


def refused_line(entry: RefusedEntry, lang: str) -> Line:
    """Return an entry that the gate of today refuses, with the version that takes its place, if any."""
    name = _NAMED[lang].format(slug=entry.version.slug, number=entry.version.number)
    sign = Line("✗ ", style="red") if entry.mended is None else Line("✓ ", style="green")
    line = sign.append(name, style="bold default")
    line.append(f"{colon(lang)} {entry.why[lang]}", style="default")
    if entry.mended is not None:
        line.append(f" {_MENDED[lang].format(number=entry.mended.number)}", style="green")
    return line


def unread_json(graph: EntryQuads, lang: str) -> dict[str, Any]:
    """Return an entry whose description cannot be read as JSON."""
    why = graph.fault[lang] if graph.fault else ""
    return {"slug": graph.slug, "version": graph.number, "why": why}


def version_json(version: Version) -> dict[str, Any]:
    """Return a version as JSON, without its content."""
    return {
        "slug": version.slug,
        "version": version.number,
        "state": version.state.value,
        "publisher": version.publisher,
        "written": moment_text(version.moment),
        "publicFrom": moment_text(version.public_from) if version.public_from else None,
        "mediaType": version.media_type,
        "bytes": version.size,
        "sha256": version.digest,
        "etag": version.etag,
        "hash": version.hash,
        "previousHash": version.previous_hash,
        "erased": version.erasure and moment_text(version.erasure.moment),
    }


def record_json(report: RecordReport, unread: Sequence[EntryQuads], lang: str) -> dict[str, Any]:
    """Return what a record says of itself as JSON, with the entries whose description cannot be read."""
    return {
        "whole": report.is_whole,
        "versions": report.versions,
        "entries": report.entries,
        "events": report.events,
        "erasures": report.erasures,
        "head": report.head,
        "faults": [
            {"table": fault.table, "row": fault.row, "what": fault.what[lang]}
            for fault in report.faults
        ],
        "unread": [unread_json(graph, lang) for graph in unread],
    }


def _table(columns: Iterable[Text], lang: str, right: Sequence[int] = ()) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    for place, column in enumerate(columns):
        table.add_column(
            column[lang], justify="right" if place in right else "left", overflow="fold"
        )
    return table


def _state(version: Version, lang: str, last_public: int = 0) -> Line:
    """Return the state of a version; one that is to come will not, where a later one is public already."""
    sign = _STATES[version.state]
    if version.erasure is not None:
        sign = _ERASED
    elif version.public_from is not None and not version.is_public(datetime.now(UTC)):
        sign = _TO_COME if version.number > last_public else _NEVER
    return Line(f"{sign.symbol} {sign.one[lang]}", style=sign.colour)


def _since(version: Version) -> str:
    return _day(version.public_from) if version.public_from else "–"


def _day(moment: datetime) -> str:
    """Return a moment to the minute, in UTC as the record has it."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}Z"
