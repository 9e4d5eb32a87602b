"""A project that a person says in one sentence, where a command takes a file too."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

from montages.description.address.address_answers import SummaryLine, answer_summary
from montages.description.address.project_address import ProjectAddress
from montages.description.address.sentence_reading import sentence_reading
from montages.description.parsing.source_text import FILE_SUFFIXES


def is_sentence(text: str) -> bool:
    """Tell whether a text is a sentence: of several words, no file that is there, and no name of one."""
    several = len(text.split()) > 1
    return several and Path(text.strip()).suffix.lower() not in FILE_SUFFIXES and not _exists(text)


def _exists(text: str) -> bool:
    try:
        return Path(text).exists()
    except OSError:  # no file has so long a name
        return False


def spoken_tree(sentence: str, name: str) -> dict[str, Any]:
    """Return what a sentence says of a project, which bears a name, with what was not understood of it."""
    return {"project": name, **sentence_reading(sentence).whole.tree}


def said_of(tree: dict[str, Any]) -> tuple[list[SummaryLine], str]:
    """Return what was understood of a sentence, an answer a line, and the words that were not."""
    return answer_summary(ProjectAddress(tree)), str(tree.get("not-understood", ""))


def unused_path(name: str) -> Path:
    """Return a file of a name, or of that name with a number where there is one: none is written over."""
    path = Path(name)
    others = (path.with_stem(f"{path.stem}-{n}") for n in count(2))
    return path if not path.exists() else next(other for other in others if not other.exists())
