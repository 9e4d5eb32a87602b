"""The public entries as lists show them: read once a version, kept in memory and beside the record (G1)."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from flask import current_app

from montages.bilingual import Text
from montages.web.app_state import AppState, current_state
from montages_registry.publish.entry_summary import EntryLine, EntrySummary
from montages_registry.version import State, Version
from montages_registry.version_rows import last_numbers
from montages_registry.web.app_registry import app_registry
from montages_registry.web.entry_gate import summary_of

_KEY = "montages-entry-index"
_AT_ONCE = 200  # entries whose bytes are held at a time
# Seconds that one list may take to judge entries written by another door; the rest wait for the next.
_READING = 4.0


@dataclass(frozen=True)
class EntryIndex:
    """The public entries by slug, none that is gone; those not `read` are named by their slug alone."""

    lines: tuple[EntryLine, ...] = ()
    unread: tuple[EntryLine, ...] = ()

    @cached_property
    def every(self) -> tuple[EntryLine, ...]:
        """Return all entries by slug, those that are still to be read among them."""
        return tuple(sorted((*self.lines, *self.unread), key=lambda line: line.slug))

    @cached_property
    def digest(self) -> str:
        """Return what tells this index from any other: which versions, and which of them are read."""
        pairs = [[(line.slug, line.number) for line in some] for some in (self.lines, self.unread)]
        return hashlib.sha256(repr(pairs).encode()).hexdigest()[:16]


@dataclass
class _Kept:
    """What a process remembers: the entries by slug and number, under which rules and after which erasure."""

    under: tuple[str, int] = ("", 0)
    lines: dict[tuple[str, int], EntryLine | None] = field(default_factory=dict)
    index: tuple[Sequence[tuple[str, int]], EntryIndex] = ((), EntryIndex())


def summaries_basis(state: AppState) -> str:
    """Return what a summary depends on beside its description: the rules, and the day of the law."""
    return f"{state.knowledge.version} {state.dataset.day}"


def entry_index() -> EntryIndex:
    """Return the entries that are public now; each is read once, the rest is remembered."""
    served, basis = app_registry(), summaries_basis(current_state())
    under = (basis, served.registry.acts().erasures)
    kept: _Kept = current_app.extensions.setdefault(_KEY, _Kept())
    if kept.under != under:
        kept = current_app.extensions[_KEY] = _Kept(under)
    record = served.registry.record
    with record.faults():
        current = last_numbers(record.read(), datetime.now(UTC))
    if kept.index[0] == current and not kept.index[1].unread:
        return kept.index[1]
    missing = [pair for pair in current if pair not in kept.lines]
    lines = {pair: kept.lines[pair] for pair in current if pair in kept.lines}
    read, unread = _read(missing, basis)
    kept.lines = lines = lines | read
    index = EntryIndex(
        tuple(line for pair in current if (line := lines.get(pair)) is not None), tuple(unread)
    )
    kept.index = (current, index)
    return index


def _read(
    missing: Sequence[tuple[str, int]], basis: str
) -> tuple[dict[tuple[str, int], EntryLine | None], list[EntryLine]]:
    """Return the entries that are not remembered, None for one that is gone; then those beyond the time."""
    served, end = app_registry(), time.monotonic() + _READING
    lines: dict[tuple[str, int], EntryLine | None] = {}
    unread: list[EntryLine] = []
    judged: dict[Version, EntrySummary] = {}
    for start in range(0, len(missing), _AT_ONCE):
        some = missing[start : start + _AT_ONCE]
        versions = [served.registry.numbered(slug, n, public=False) for slug, n in some]
        present = [version for version in versions if version is not None]
        summaries = served.summaries.read((version.hash for version in present), basis)
        for version in present:
            pair = (version.slug, version.number)
            if version.state is State.WITHDRAWN or version.erasure is not None:
                lines[pair] = None
                continue
            summary = summaries.get(version.hash)
            if summary is None and time.monotonic() < end:
                summary = summary_of(version.content.body, version.media_type)
                if summary is not None:
                    judged[version] = summary
            if summary is not None:
                lines[pair] = _line(version, summary)
            else:
                name = EntrySummary(Text(version.slug, version.slug))
                unread.append(_line(version, name))
    keep_summaries(judged, basis)
    return lines, unread


def keep_summaries(summaries: Mapping[Version, EntrySummary], basis: str) -> None:
    """Keep the summaries of versions, but of those that were erased since they were read."""
    if not summaries:
        return
    store, registry = app_registry().summaries, app_registry().registry
    store.write({version.hash: summary for version, summary in summaries.items()}, basis)
    now = (registry.numbered(version.slug, version.number, public=False) for version in summaries)
    if gone := [
        version.hash for version in now if version is not None and version.erasure is not None
    ]:
        with registry.record.faults():
            store.forget(gone)


def _line(version: Version, summary: EntrySummary) -> EntryLine:
    moment = version.public_from or version.moment
    return EntryLine(version.slug, version.number, version.publisher, moment, summary)
