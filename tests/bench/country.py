"""Projects for a batch, as many as wanted: the real ones under other names, with answers drawn at random.

Each depends on its number alone, so that the first thousand of a million are the same thousand. All answers
are drawn for the figures that have bounds: hardly two projects are alike, which is the worst there can be. A
platform has projects nearer to each other: `near` draws a few answers only.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import XSD

from montages.knowledge.files import library
from montages.names import MTG, PROJECT
from sampling import KEYS, RULES, profile

_CRITERIA = {key: RULES.criteria[name] for name, key in KEYS.items()}
_CHUNK = 500
# How many answers at most are drawn of a project that is near a real one.
FEW = 3


@cache
def _real() -> tuple[tuple[str, list[tuple[str, str]]], ...]:
    """Return the name of each real project, and its triples: what each says of the project, and its text."""
    paths = sorted((library.ROOT / "data" / "projects").glob("*.ttl"))
    return tuple((str(PROJECT[path.stem]), list(_triples(path))) for path in paths)


def _triples(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (property if the project is the subject, triple), blank nodes numbered in their order."""
    project, blank = ox.NamedNode(PROJECT[path.stem]), dict[str, str]()
    text = path.read_bytes()
    for quad in ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=str(PROJECT)):
        line = str(quad.triple)
        for term in (quad.subject, quad.object):
            if isinstance(term, ox.BlankNode):
                number = blank.setdefault(term.value, f"_:n{len(blank)}")
                line = line.replace(str(term), number)
        yield quad.predicate.value if quad.subject == project else "", line


def iri(number: int) -> str:
    """Return the name of a project."""
    return f"{_real()[number % len(_real())][0]}-{number}"


def lines(number: int, near: bool = False) -> Iterator[str]:
    """Yield the triples of a project as N-Triples without their full stop."""
    project, triples = _real()[number % len(_real())]
    drawn = dict(_drawn(profile(number)))
    if near:
        few = random.Random(number)  # noqa: S311 — a sample, not a secret
        drawn = dict(few.sample(list(drawn.items()), min(number % (FEW + 1), len(drawn))))
    for prop, line in triples:
        if prop not in drawn:
            yield line.replace(f"<{project}", f"<{iri(number)}").replace("_:", f"_:p{number}")
    for prop, values in drawn.items():
        for value in values:
            yield f"<{iri(number)}> <{prop}> {value}"


def _drawn(tree: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Yield the answers of a profile as (property, terms of N-Triples)."""
    for key, answer in tree["answers"].items():
        criterion = _CRITERIA[key]
        if criterion.numeric_property:
            yield str(criterion.numeric_property), [f'"{answer}"^^<{XSD.integer}>']
        else:
            given = [criterion.value(v) for v in (answer if isinstance(answer, list) else [answer])]
            # A profile may contradict itself, and would be refused: "none" beside another answer.
            values = [v for v in given if len(given) == 1 or not v.excludes_others]
            yield str(criterion.property), [f"<{value.iri}>" for value in values]
    complete = [f"<{RULES.criteria[name].iri}>" for name in tree.get("complete", ())]
    if complete:
        yield str(MTG.declaresComplete), complete


def n_triples(number: int) -> str:
    """Return a project as N-Triples."""
    return "".join(f"{line} .\n" for line in lines(number))


def n_quads(numbers: Iterable[int], near: bool = False) -> str:
    """Return projects as N-Quads, each in a graph of its name."""
    return "".join(f"{line} <{iri(n)}> .\n" for n in numbers for line in lines(n, near))


@dataclass(frozen=True)
class Country:
    """Files of projects, written when they are first asked for, and room beside them."""

    folder: Path

    def first(self, count: int) -> Path:
        """Return a file of the first projects."""
        path = self.folder / f"{count}.nq"
        if not path.exists():
            _write(path, count)
        return path

    def near(self, count: int) -> Path:
        """Return a file of the first projects, near the real ones."""
        path = self.folder / f"{count}-near.nq"
        if not path.exists():
            _write(path, count, near=True)
        return path


def _write(path: Path, count: int, near: bool = False) -> None:
    chunks = [range(n, min(n + _CHUNK, count)) for n in range(0, count, _CHUNK)]
    with path.open("wb") as file, get_context("spawn").Pool() as pool:
        for text in pool.imap(partial(n_quads, near=near), chunks):
            file.write(text.encode())
