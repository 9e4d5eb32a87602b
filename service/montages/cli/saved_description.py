"""A description of our keys as it is saved: in YAML, its values in their own form, and nothing is lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from montages.bilingual import message
from montages.description.readings import Reading
from montages.errors import UnusableInput


def as_read(tree: dict[str, Any], readings: Sequence[Reading]) -> dict[str, Any]:
    """Return a description in which a value that was read by its name stands in its own form."""
    for reading in readings:
        node: Any = tree
        *way, last = reading.place.strip("/").split("/")
        for step in way:
            node = node[int(step) if isinstance(node, list) else step]
        key = int(last) if isinstance(node, list) else last
        value = node[key]
        if isinstance(value, list):
            node[key] = [reading.read if str(v) == reading.written else v for v in value]
        else:
            node[key] = reading.read
    return tree


def save_description(tree: dict[str, Any], path: Path) -> None:
    """Write a description beside its file, then in its place; raises UnusableInput where it cannot.

    The file keeps its rights.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        try:
            beside.write_text(
                yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), encoding="utf-8"
            )
            if path.exists():
                shutil.copymode(path, beside)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise UnusableInput(
            message(
                "{path} could not be saved ({why}). Give another file: montages ask OTHER.yaml",
                path=path,
                why=why,
            )
        ) from error
