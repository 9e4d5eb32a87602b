"""The FILE of a command: a path, or the bare name of a project that ships with the product."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from montages.cli.output import show
from montages.decision.description import Description
from montages.decision.engine import engine_named
from montages.errors import MontagesError, UnreadableInput
from montages.knowledge import library
from montages.publish.typeset import Line
from montages.publish.words import colon


class Unreadable(MontagesError):
    """Some of the files could not be read; each was told on standard error."""


def path_of(name: str) -> Path:
    """Return the path of a file, or of the shipped project of that name when there is no such file."""
    path = Path(name)
    if path.exists() or path.parent != Path():
        return path
    shipped = library.projects()
    found = shipped.get(path.stem)
    if found is not None and path.name in (found.name, found.stem):
        return found
    if not path.suffix:
        from montages.decision.keys import nearest

        close, listed = nearest(name, shipped), ", ".join(shipped)
        hint_fr = f" Vouliez-vous « {close} » ?" if close else ""
        hint_en = f" Did you mean “{close}”?" if close else ""
        raise UnreadableInput(
            f"Ni fichier ni projet fourni de ce nom.{hint_fr} Projets fournis : {listed}.",
            f"Neither a file nor a shipped project of that name.{hint_en} Shipped projects: {listed}.",
        )
    return path


def read(name: str, project: str | None = None, engine: str | None = None) -> Description:
    """Return the description in a FILE, read by an engine (the setting's by default).

    Raises as `parse.parse_file`, naming nothing but the fault.
    """
    return engine_named(engine).parse_file(path_of(name), project)


def read_all(
    names: Sequence[str], project: str | None, lang: str, engine: str | None = None
) -> list[Description]:
    """Return the descriptions of several files; every one that cannot be read is told before stopping."""
    found, failed = [], []
    for name in names:
        try:
            found.append(read(name, project, engine))
        except MontagesError as error:
            failed.append(error)
            tell(name, error, lang)
    if failed:
        raise Unreadable("", "") from failed[-1]
    return found


def every_fault(name: str, first: MontagesError) -> list[MontagesError]:
    """Return all that is wrong with the keys of a FILE, where reading it stopped at the first of them."""
    if "pointer" not in first.extra:
        return [first]
    from montages.decision import keys, parse

    path = path_of(name)
    tree = parse.tree(parse.decode(path.read_bytes()), parse.SUFFIXES[path.suffix.lower()])
    faults = keys.Faults(every=True)
    keys.to_json_ld(tree, faults)
    return [*faults.found] or [first]


def tell(name: str, error: MontagesError, lang: str) -> None:
    """Write an error about a file on standard error."""
    line = Line("✗ ", style="red").append(name, style="default bold")
    show(line.append(f"{colon(lang)} {error.message(lang)}", style="default"), err=True)
