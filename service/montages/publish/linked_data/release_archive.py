"""Modules as earlier releases published them, from the dump that each left in `data/releases/` (L7)."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from montages.knowledge.files import library
from montages.names import BASE

_ENDING = ".trig.gz"


def archive_folder() -> Path:
    """Return the folder of the dumps, `<version>.trig.gz` each."""
    return library.ROOT / "data" / "releases"


def archived_module(path: str) -> Graph | None:
    """Return the module that a path such as `module/actors/0.1.0` names, as it was; None where none was."""
    name, _, version = path.rpartition("/")
    file = archive_folder() / f"{version}{_ENDING}"
    if not name.startswith("module/") or not version or not file.is_file():
        return None
    text = _modules(file).get(BASE + name)
    return Graph().parse(data=text, format="nt") if text else None


@lru_cache(maxsize=4)
def _modules(file: Path) -> dict[str, bytes]:
    """Return each graph of a dump as N-Triples, by its name."""
    dataset: dict[str, list[ox.Triple]] = {}
    for quad in ox.parse(gzip.decompress(file.read_bytes()), format=ox.RdfFormat.TRIG):
        if isinstance(quad.graph_name, ox.NamedNode):
            dataset.setdefault(quad.graph_name.value, []).append(quad.triple)
    return {
        name: ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
        for name, triples in dataset.items()
    }
