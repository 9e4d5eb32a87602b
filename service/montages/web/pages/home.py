"""The front page: what this is, three doors, a project to try, the figures; and how to contest a result."""

from __future__ import annotations

import re
from typing import Any

from rdflib import RDF

from montages.knowledge.files import library
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, iris
from montages.web.pages.page_context import PageContext

_COMMENT = re.compile(r"[ \t]*#.*$", re.MULTILINE)

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


def examples(context: PageContext) -> list[tuple[str, str]]:
    """Return the descriptions that can be tried: slug and name, invented ones first."""
    pairs = []
    real = {
        str(p).rsplit("/", 1)[-1]: p for p in iris(context.graph.subjects(RDF.type, MTG.Project))
    }
    for slug in library.projects():
        if slug in _OWN:
            pairs.append((slug, _OWN[slug][context.lang == "en"]))
        elif slug in real:
            pairs.append((slug, context.labels.name(real[slug], context.lang)))
    order = list(_OWN)
    return sorted(
        pairs, key=lambda p: (order.index(p[0]) if p[0] in order else 99, p[1].casefold())
    )


def example_text(lang: str) -> str:
    """Return a short description to start from; its comments are in French, and left out elsewhere."""
    folder = library.ROOT / "data" / "examples"
    text = (folder / "commune-fournitures.yaml").read_text(encoding="utf-8")
    return text if lang == "fr" else _COMMENT.sub("", text).lstrip()


def trial(context: PageContext) -> dict[str, Any]:
    """Return what the form that tries a project shows."""
    return {"examples": examples(context), "sample": example_text(context.lang)}


def home(context: PageContext) -> str:
    """Return the front page."""
    book, graph = rulebook(), context.graph
    return context.render(
        "home.html",
        **trial(context),
        figures={
            "/contracts": len(book.contract_types),
            "/criteria": len(book.criteria),
            "/requirements": len({r.slug for r in book.requirements}),
            "/projects": len(iris(graph.subjects(RDF.type, MTG.Project))),
            "/panel": len(iris(graph.subjects(RDF.type, MTG.PanelCase))),
        },
    )
