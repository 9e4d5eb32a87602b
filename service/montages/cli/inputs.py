"""The FILES of a command, read one after the other, and what is wrong with one shown under its name."""

from __future__ import annotations

from collections.abc import Sequence

from montages.api import load
from montages.cli.output import show
from montages.description.description import Description
from montages.errors import MontagesError, Refused, UnreadableFiles
from montages.publish.text.typeset import Line
from montages.publish.text.typography import colon
from montages.validation.findings import Finding, Report


def read_all(
    names: Sequence[str], project: str | None, lang: str, engine: str | None = None
) -> list[Description]:
    """Return the descriptions of several files, all rows of a table; an error is shown with its file.

    Raises UnreadableFiles after the last file where there was one.
    """
    descriptions, errors = list[Description](), list[MontagesError]()
    for name in names:
        try:
            if project is None:
                descriptions += load(engine).read_all(name)
            else:
                descriptions.append(load(engine).read(name, project=project))
        except MontagesError as error:
            errors.append(error)
            show_error(name, error, lang)
    if errors:
        raise UnreadableFiles(errors) from errors[-1]
    return descriptions


def show_error(name: str, error: MontagesError, lang: str) -> None:
    """Write an error about a file on standard error, with its findings if it has any."""
    if isinstance(error, Refused):
        from montages.publish.text.findings_text import report_text

        findings = tuple(f for f in error.findings if isinstance(f, Finding))
        show(report_text(name, Report(findings), lang), err=True)
        return
    line = Line("✗ ", style="red").append(name, style="default bold")
    show(line.append(f"{colon(lang)} {error.message(lang)}", style="default"), err=True)
