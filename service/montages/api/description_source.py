"""What a description is given as, each told by its type: nothing is guessed, and no text is ever a path."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl

from rdflib import Graph

from montages.bilingual import message
from montages.description.description import Description
from montages.description.parsing.source_text import (
    FILE_SUFFIXES,
    MEDIA_TYPES,
    TABLE_SYNTAXES,
    Frame,
    FrameRow,
    likely_syntax,
    read_file,
)
from montages.errors import UnreadableInput, UnusableInput
from montages.knowledge.did_you_mean import unknown_name
from montages.knowledge.files import library

# A tree of our keys, a path, the name of a path or of an example, what a file holds, a graph, a row.
Source = Description | Mapping[str, object] | PathLike[str] | str | bytes | Graph | FrameRow

_SYNTAXES = dict.fromkeys((*MEDIA_TYPES.values(), *TABLE_SYNTAXES))
_LONGEST_NAME = 255  # what is longer is a sentence, if it has words, or a text


class Content(NamedTuple):
    """A text, or the bytes of a workbook, and its syntax."""

    content: bytes | str
    syntax: str


# A source, once what it names is read.
Given = Description | Mapping[str, object] | Content


def content_of(source: Source | None, syntax: str | None, text: str | None) -> Given:
    """Return a source with what it names read: a file and a graph are contents, the row of a frame a tree.

    Raises UnusableInput for what is no source, for none or two, and for a syntax where the source tells its
    own; UnreadableInput or TooLarge for a file.
    """
    if (source is None) == (text is None):
        raise UnusableInput(
            message(
                "One description is needed, and one only: a path, keys, bytes, a graph, a row, "
                "or text=…."
            )
        )
    if syntax is not None and syntax not in _SYNTAXES:
        raise unknown_name(message("syntax"), syntax, _SYNTAXES)
    if text is not None:
        if not isinstance(text, str):
            raise UnusableInput(message("text=… is a string; bytes are given by themselves."))
        return Content(text, syntax or likely_syntax(text.encode("utf-8", "surrogatepass")))
    if isinstance(source, bytes):
        return Content(source, syntax or likely_syntax(source))
    if syntax is not None:
        raise UnusableInput(
            message(
                "syntax tells what bytes or text=… are; a string by itself is a path or the "
                "name of an example."
            )
        )
    if isinstance(source, str):
        names = len(source) <= _LONGEST_NAME or len(source.split()) > 1 or _LINK.match(source)
        if not source or not names or "\n" in source or "{" in source:
            raise UnusableInput(
                message(
                    "A string is a path, the name of an example or a sentence: a text is given as "
                    "text=…."
                )
            )
        return Content(*named_content(source))
    if isinstance(source, PathLike):
        return Content(*read_file(Path(source)))
    if isinstance(source, Graph):
        if source.context_aware:
            return Content(source.serialize(format="nquads"), "nq")
        return Content(source.serialize(format="nt"), "nt")
    if isinstance(source, (Description, Mapping)):
        return source
    if isinstance(source, FrameRow) and not isinstance(source, Frame):
        from montages.description.tables.sheet_cell import frame_tree

        return frame_tree(source)
    kind = type(source).__name__
    raise UnusableInput(
        message(
            "{kind} is no description: give a path, keys, bytes, a graph or a row "
            "(frame.iloc[0]); for a whole frame, montages.assess_many(frame).",
            kind=kind,
        )
    )


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
            message(
                "Neither a file nor a shipped project of that name.{hint} Shipped projects: "
                "{names}.",
                hint=hint,
                names=names,
            )
        )
    return path


def named_content(name: str) -> tuple[bytes, str]:
    """Return what a name stands for and its syntax; raises UnreadableInput or TooLarge."""
    if (case := _panel_case(name)) is not None:
        return _panel_description(case), "json"
    if link := _LINK.match(name):
        return _linked_description(name[link.end() :]), "json"
    if is_sentence(name):
        return json.dumps({"sentence": name}).encode(), "json"
    return read_file(path_of(name))


def is_sentence(text: str) -> bool:
    """Tell whether a text is a sentence: of several words, no file that is there, and no name of one."""
    several = len(text.split()) > 1
    return several and Path(text.strip()).suffix.lower() not in FILE_SUFFIXES and not _exists(text)


def _exists(text: str) -> bool:
    try:
        return Path(text).exists()
    except OSError:  # no file has so long a name
        return False


# A project kept as a link of the service, which says all of it.
_LINK = re.compile(r"https?://[^?#\s]*/projet\?")


def _linked_description(query: str) -> bytes:
    """Return the description that the parameters of a link say, as JSON; raises UnreadableInput."""
    from montages.description.address.read_address import read_address

    reading = read_address(parse_qsl(query.partition("#")[0], keep_blank_values=True))
    if reading.faults:
        raise UnreadableInput(reading.faults[0].message)
    name = message("Project of a link")
    named = {"project": name.fr, "project-en": name.en, **reading.address.tree}
    return json.dumps(named, default=str).encode()


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
        raise UnreadableInput(message("No case of the panel of that name.{hint}", hint=hint))
    tree = {"project": case.title.fr, "project-en": case.title.en, "id": case.slug, **case.tree}
    return json.dumps(tree, default=str).encode()
