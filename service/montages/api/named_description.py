"""What a name stands for: a path, the bare name of a project that ships, or a case of the panel."""

from __future__ import annotations

import json
from pathlib import Path

from montages.description.parsing.source import FILE_SUFFIXES, read_file
from montages.errors import UnreadableInput
from montages.knowledge.files import library

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


def named_content(name: str) -> tuple[bytes, str]:
    """Return what a name stands for and its syntax; raises UnreadableInput or TooLarge."""
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


def _panel_description(name: str) -> bytes:
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
    tree = {"project": case.title.fr, "project-en": case.title.en, "id": case.slug, **case.tree}
    return json.dumps(tree, default=str).encode()
