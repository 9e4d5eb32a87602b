"""A description of our keys saved as YAML: beside its file, then in its place, so that nothing is lost."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import yaml

from montages.errors import UnusableInput


def save_description(tree: dict[str, Any], path: Path) -> None:
    """Write a description to its file, which keeps its rights; raises UnusableInput where it cannot."""
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
            f"{path} n'a pas pu être enregistré ({why}). Donnez un autre fichier : montages ask AUTRE.yaml",
            f"{path} could not be saved ({why}). Give another file: montages ask OTHER.yaml",
        ) from error
