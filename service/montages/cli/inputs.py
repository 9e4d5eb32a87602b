"""The FILE of a command: a path, the bare name of a project that ships, or a case of the panel."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from montages.api import load
from montages.cli.output import show
from montages.description.description import Description
from montages.description.parsing.source_text import read_file
from montages.description.tables.table_syntaxes import FILE_SUFFIXES
from montages.errors import MontagesError, Refused, UnreadableFiles, UnreadableInput
from montages.knowledge.files import library
from montages.publish.text.typeset import Line
from montages.publish.text.typography import colon
from montages.validation.findings import Finding, Report

# What begins the name of a case of the panel.
PANEL = "panel/"


def path_of(name: str) -> Path:
    """Return the path of a file, or of the shipped project of that name when there is no such file."""
    path = Path(name)
    if path.exists() or path.parent != Path():
        return path
    shipped = library.projects()
    project = shipped.get(path.stem)
    if project is not None and path.name in (project.name, project.stem):
        return project
    if not path.suffix:
        from montages.knowledge.did_you_mean import nearest_hint

        hint, names = nearest_hint(name, shipped), ", ".join(shipped)
        raise UnreadableInput(
            f"Ni fichier ni projet fourni de ce nom.{hint.fr} Projets fournis : {names}.",
            f"Neither a file nor a shipped project of that name.{hint.en} Shipped projects: {names}.",
        )
    return path


def read(name: str, project: str | None = None, engine: str | None = None) -> Description:
    """Return the description in a FILE, read by an engine (the setting's by default).

    Raises as `Knowledge.read`, naming nothing but the fault.
    """
    if (case := _panel_case(name)) is not None:
        return load(engine).read(_panel_description(case), "json", project)
    return load(engine).read(path_of(name), project=project)


def source(name: str) -> tuple[bytes | str, str]:
    """Return the text of a FILE and its syntax; raises UnreadableInput or TooLarge."""
    if (case := _panel_case(name)) is not None:
        return _panel_description(case), "json"
    return read_file(path_of(name), FILE_SUFFIXES)


def _panel_case(name: str) -> str | None:
    """Return the case of the panel that `panel/village-meters` or its own file names, None for another."""
    if name.startswith(PANEL):
        return name.removeprefix(PANEL)
    path = Path(name)
    shipped = path.parent.name == Path(PANEL).name and path.suffix == ".yaml" and path.exists()
    own = shipped and path.resolve() in {p.resolve() for p in library.files("data/panel", "*.yaml")}
    return path.stem if own else None


def _panel_description(name: str) -> str:
    """Return the description of a case of the panel, by its slug, as JSON."""
    from montages.knowledge.did_you_mean import nearest_hint
    from montages.knowledge.panel import panel

    cases = {case.slug: case for case in panel()}
    case = cases.get(name)
    if case is None:
        hint = nearest_hint(name, cases)
        raise UnreadableInput(
            f"Aucun cas d'école de ce nom.{hint.fr}",
            f"No case of the panel of that name.{hint.en}",
        )
    return json.dumps(
        {"project": case.title.fr, "project-en": case.title.en, "id": case.slug, **case.tree},
        default=str,
    )


def read_all(
    names: Sequence[str], project: str | None, lang: str, engine: str | None = None
) -> list[Description]:
    """Return the descriptions of several files, all rows of a table; an error is shown with its file.

    Raises UnreadableFiles after the last file where there was one.
    """
    descriptions, errors = list[Description](), list[MontagesError]()
    for name in names:
        try:
            if project is None and _panel_case(name) is None:
                descriptions += load(engine).read_all(path_of(name))
            else:
                descriptions.append(read(name, project, engine))
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
