"""The FILE of a command: a path, the bare name of a project that ships, or a case of the panel."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from montages.cli.output import show
from montages.description.description import Description
from montages.engine.engines import engine_named
from montages.errors import MontagesError, UnreadableInput
from montages.knowledge.files import library
from montages.publish.text.typeset import Line
from montages.publish.text.typography import colon

# What begins the name of a case of the panel.
PANEL = "panel/"


class UnreadableFiles(MontagesError):
    """Some of the files could not be read; the reason of each is on standard error already."""


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
        from montages.knowledge.did_you_mean import nearest, suggestion

        hint, names = suggestion(nearest(name, shipped)), ", ".join(shipped)
        raise UnreadableInput(
            f"Ni fichier ni projet fourni de ce nom.{hint.fr} Projets fournis : {names}.",
            f"Neither a file nor a shipped project of that name.{hint.en} Shipped projects: {names}.",
        )
    return path


def read(name: str, project: str | None = None, engine: str | None = None) -> Description:
    """Return the description in a FILE, read by an engine (the setting's by default).

    Raises as `parse.parse_file`, naming nothing but the fault.
    """
    if name.startswith(PANEL):
        return engine_named(engine).parse(_panel_description(name), "json", project)
    return engine_named(engine).parse_file(path_of(name), project)


def _panel_description(name: str) -> str:
    """Return the description of a case of the panel, such as `panel/village-meters`, as JSON."""
    from montages.knowledge.did_you_mean import nearest, suggestion
    from montages.knowledge.panel import panel

    cases = {case.slug: case for case in panel()}
    case = cases.get(name.removeprefix(PANEL))
    if case is None:
        hint = suggestion(nearest(name.removeprefix(PANEL), cases))
        raise UnreadableInput(
            f"Aucun cas du panel de ce nom.{hint.fr}",
            f"No case of the panel of that name.{hint.en}",
        )
    return json.dumps(
        {"project": case.title.fr, "project-en": case.title.en, "id": case.slug, **case.tree},
        default=str,
    )


def read_all(
    names: Sequence[str], project: str | None, lang: str, engine: str | None = None
) -> list[Description]:
    """Return the descriptions of several files; shows the error of each before raising UnreadableFiles."""
    descriptions, errors = [], []
    for name in names:
        try:
            descriptions.append(read(name, project, engine))
        except MontagesError as error:
            errors.append(error)
            show_error(name, error, lang)
    if errors:
        raise UnreadableFiles("", "") from errors[-1]
    return descriptions


def every_fault(name: str, first: MontagesError) -> list[MontagesError]:
    """Return all that is wrong with the keys of a FILE, where reading it stopped at the first of them."""
    if "pointer" not in first.extra:
        return [first]
    from montages.description.parsing import parse
    from montages.description.parsing.key_faults import KeyFaults
    from montages.description.parsing.keys_to_json_ld import keys_to_json_ld

    path = path_of(name)
    tree = parse.parse_tree(parse.decode(path.read_bytes()), parse.SUFFIXES[path.suffix.lower()])
    faults = KeyFaults(every=True)
    keys_to_json_ld(tree, faults)
    return [*faults.errors] or [first]


def show_error(name: str, error: MontagesError, lang: str) -> None:
    """Write an error about a file on standard error."""
    line = Line("✗ ", style="red").append(name, style="default bold")
    show(line.append(f"{colon(lang)} {error.message(lang)}", style="default"), err=True)
