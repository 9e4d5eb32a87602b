"""The front page: what this is, three doors, a project to try, the figures; and how to contest a result."""

from __future__ import annotations

from typing import Any

from rdflib import RDF

from montages.knowledge import library
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, iris
from montages.web.pages.frame import Frame

_OWN = {
    "exemple-metropole": (
        "Une métropole, tout répondu (inventé)",
        "A metropolis, fully answered (invented)",
    ),
    "deux-perimetres": (
        "Deux périmètres, deux contrats (inventé)",
        "Two perimeters, two contracts (invented)",
    ),
    "commune-fournitures": (
        "Une commune qui achète des capteurs (inventé)",
        "A commune buying sensors (invented)",
    ),
    "empty": ("Une description vide", "An empty description"),
}


def examples(frame: Frame) -> list[tuple[str, str]]:
    """Return the descriptions that can be tried: slug and name, invented ones first."""
    found = []
    real = {str(p).rsplit("/", 1)[-1]: p for p in iris(frame.graph.subjects(RDF.type, MTG.Project))}
    for slug in library.projects():
        if slug in _OWN:
            found.append((slug, _OWN[slug][frame.lang == "en"]))
        elif slug in real:
            found.append((slug, frame.labels.name(real[slug], frame.lang)))
    order = list(_OWN)
    return sorted(
        found, key=lambda p: (order.index(p[0]) if p[0] in order else 99, p[1].casefold())
    )


def example_text() -> str:
    """Return a short description to start from."""
    folder = library.ROOT / "data" / "examples"
    return (folder / "commune-fournitures.yaml").read_text(encoding="utf-8")


def trial(frame: Frame) -> dict[str, Any]:
    """Return what the form that tries a project shows."""
    return {"examples": examples(frame), "sample": example_text()}


def home(frame: Frame) -> str:
    """Return the front page."""
    book, graph = rulebook(), frame.graph
    contracts = [a for a in frame.rules.proposed() if a.kind == "contract"]
    return frame.render(
        "home.html",
        **trial(frame),
        figures={
            "/contracts": len(contracts),
            "/criteria": len(book.criteria),
            "/requirements": len({r.slug for r in book.requirements}),
            "/projects": len(iris(graph.subjects(RDF.type, MTG.Project))),
        },
    )
