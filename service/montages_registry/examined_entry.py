"""The gate of the registry: what a text has to pass before it is an entry, the same at every door (G1)."""

from __future__ import annotations

from montages.api import Knowledge
from montages.bilingual import message
from montages.errors import Refused, UnusableInput
from montages.validation.findings import points_to_correct
from montages.validation.validate_text import TextReport
from montages_registry.entry_facts import first_version, served_quads


def examine_entry(knowledge: Knowledge, source: bytes | str, syntax: str, slug: str) -> TextReport:
    """Return what there is to say of a text that may be an entry: one project, no violation, quads made.

    Raises Refused with every finding, or UnusableInput; the rest as `Knowledge.examine`.
    """
    examined = knowledge.examine(source, syntax, count_rows=_one_row)
    blocking = [point for point in examined.report.findings if point.severity == "violation"]
    if blocking:
        points, first = points_to_correct(len(blocking)), blocking[0].message
        raise Refused(
            message(
                "{slug}: {points}, and nothing was stored. The first: {first}",
                slug=slug,
                points=points,
                first=first,
            ),
            findings=examined.report.findings,
            final=True,
        )
    if len(examined.projects) != 1:
        raise _several(len(examined.projects))
    served_quads(knowledge.read(source, syntax), first_version(slug))
    return examined


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
