"""The gate of the registry (G1): what a text has to pass to be an entry, and what is made of it, once."""

from __future__ import annotations

from montages.api import Knowledge
from montages.bilingual import message
from montages.description.parsing.media_types import MEDIA_TYPES, readable
from montages.description.parsing.source_text import TABLE_MEDIA_TYPES
from montages.errors import Refused, UnusableInput
from montages.validation.findings import Report, points_to_correct
from montages_registry.entry_names import project_iri
from montages_registry.entry_quads import own_facts, triple_lines
from montages_registry.entry_summary import entry_summary
from montages_registry.version import EntryContent

SYNTAXES = {**MEDIA_TYPES, **TABLE_MEDIA_TYPES}


def admit(
    knowledge: Knowledge, body: bytes, media_type: str, slug: str
) -> tuple[EntryContent, Report]:
    """Return what a description becomes as an entry, with what there is to say of it that does not forbid it.

    Raises Refused with every finding, UnusableInput for no project or several; the rest as
    `Knowledge.examine`.
    """
    source, syntax = readable(body, SYNTAXES[media_type])
    report = knowledge.examine(source, syntax, count_rows=_one_row)
    blocking = [point for point in report.findings if point.severity == "violation"]
    if blocking:
        raise Refused(
            message(
                "{slug}: {points}, and nothing was stored. The first: {first}",
                slug=slug,
                points=points_to_correct(len(blocking)),
                first=blocking[0].message,
            ),
            findings=report.findings,
            final=True,
        )
    if len(report.projects) != 1:
        raise _several(len(report.projects))
    description = knowledge.read(source, syntax)
    facts = own_facts(description, slug)
    summary = entry_summary(facts, project_iri(str(description.project), slug))
    return EntryContent(body, media_type, triple_lines(facts), summary), report


def _one_row(number: int) -> None:
    if number > 1:
        raise _several(number)


def _several(count: int) -> UnusableInput:
    """Return the refusal of an entry that describes no project, or several: so many at least."""
    return UnusableInput(
        message(
            "An entry describes one project, and this text describes {count}: send them one by "
            "one. Nothing was stored.",
            count=count,
        ),
        projects=count,
    )
