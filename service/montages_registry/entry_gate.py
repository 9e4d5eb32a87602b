"""The gate of the registry (G1): what a text has to pass to be an entry, and what is made of it, once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from montages.api import Knowledge
from montages.bilingual import message
from montages.description.parsing.source_text import MEDIA_TYPES, TABLE_MEDIA_TYPES, readable
from montages.errors import Refused, UnusableInput
from montages.validation.findings import Report, points_to_correct
from montages_registry.entry_quads import own_triples, triple_lines
from montages_registry.entry_summary import EntrySummary, entry_summary

SYNTAXES = {**MEDIA_TYPES, **TABLE_MEDIA_TYPES}
_REFUSED = message("{slug}: {points}, and nothing was stored. The first: {first}")
_SEVERAL = message(
    "An entry describes one project, and this text {count}: send them one by one, none is stored."
)


@dataclass(frozen=True)
class EntryContent:
    """The bytes of a description as they were sent, and what the gate made of them.

    `triples` are lines of N-Triples, under the names of the entry.
    """

    body: bytes
    media_type: str
    triples: str
    summary: EntrySummary

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()


def admit(
    knowledge: Knowledge, body: bytes, media_type: str, slug: str
) -> tuple[EntryContent, Report]:
    """Return what a description becomes as an entry, with what there is to say of it that does not forbid it.

    Raises Refused with every finding, UnusableInput for no project or several; the rest as
    `Knowledge.examine`.
    """
    source, syntax = readable(body, SYNTAXES[media_type])
    report = knowledge.examine(source, syntax, count_rows=_check_one)
    blocking = [point for point in report.findings if point.severity == "violation"]
    if blocking:
        points, first = points_to_correct(len(blocking)), blocking[0].message
        refusal = _REFUSED.fill(slug=slug, points=points, first=first)
        raise Refused(refusal, findings=report.findings, final=True)
    _check_one(len(report.projects))
    description = knowledge.read(source, syntax)
    lines = triple_lines(own_triples(description, slug))
    return EntryContent(body, media_type, lines, entry_summary(description, slug)), report


def _check_one(count: int) -> None:
    if count != 1:
        raise UnusableInput(_SEVERAL.fill(count=count), projects=count)
