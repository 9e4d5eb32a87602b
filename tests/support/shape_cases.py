"""The cases of tests/shapes: Turtle that a shape must take, or find at fault, by the name of the shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from montages.names import ID, PREFIXES, VOCABULARIES

FOLDER = Path(__file__).parents[1] / "shapes"
_FOREIGN = {
    "dcatap": "http://data.europa.eu/r5r/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
_PREFIX = re.compile(r"(?<![\w:<\"-])([a-z][\w-]*):")


@dataclass(frozen=True, order=True)
class ShapeCase:
    """A case of a shape, `valid-…` or `invalid-…`, and its Turtle."""

    shape: str
    name: str
    text: str


@cache
def shape_cases() -> tuple[ShapeCase, ...]:
    """Return every case, by shape and name."""
    return tuple(sorted(case for path in FOLDER.glob("*.yaml") for case in _read(path)))


def _read(path: Path) -> Iterator[ShapeCase]:
    shapes = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    for shape, kinds in shapes.items():
        for kind, cases in kinds.items():
            for name, text in cases.items():
                yield ShapeCase(shape, f"{kind}-{name}", f"{_declared(text)}\n{text}")


def _declared(text: str) -> str:
    """Return the prefixes of a text: those of ours, or the folder of things that bears the name."""
    known = {**PREFIXES, **VOCABULARIES, **_FOREIGN}
    used = sorted(set(_PREFIX.findall(text)))
    return "".join(f"@prefix {name}: <{known.get(name, f'{ID}{name}/')}> .\n" for name in used)
