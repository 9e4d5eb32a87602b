"""The main classes in one picture: a description, the rules, the answer, and what leads where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markupsafe import Markup
from rdflib import RDFS, Graph

from montages.bilingual import Text, message
from montages.knowledge.graphs import label
from montages.names import MTG
from montages.publish.drawing.svg import drawing

# The three columns, each with its title and its classes from top to bottom.
COLUMNS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (message("A description"), ("Actor", "Project", "LayerUse", "Layer")),
    (message("The rules"), ("Clause", "RequirementVersion", "Criterion", "ContractType")),
    (message("The answer"), ("Assessment", "Check", "Unit", "UnitVerdict")),
)
# What leads from a class to another.
LINKS = (
    ("Project", "holder", "Actor"),
    ("Project", "hasLayerUse", "LayerUse"),
    ("LayerUse", "layer", "Layer"),
    ("RequirementVersion", "source", "Clause"),
    ("RequirementVersion", "criterion", "Criterion"),
    ("RequirementVersion", "requirementOf", "ContractType"),
    ("Criterion", "answerProperty", "Project"),
    ("Assessment", "hasCheck", "Check"),
    ("Check", "judgesUnit", "Unit"),
    ("Check", "checksVersion", "RequirementVersion"),
    ("UnitVerdict", "judgesUnit", "Unit"),
    ("UnitVerdict", "arrangement", "ContractType"),
)
STEPS = message(
    "1 close: the answers stated, and what follows from them · 2 reason: OWL 2 RL · 3 derive: outcomes, "
    "statuses · 4 answer: which contracts fit, why, what would change it"
)
# Lengths are in CSS pixels.
_BOX, _TALL, _ACROSS, _DOWN, _LEFT, _TOP = 190, 34, 330, 92, 10, 40


@dataclass(frozen=True)
class ClassBox:
    """A class with its name and its place."""

    address: str
    name: str
    x: int
    y: int

    @property
    def middle(self) -> tuple[float, float]:
        """Return the middle of the box."""
        return self.x + _BOX / 2, self.y + _TALL / 2


@dataclass(frozen=True)
class LinkArrow:
    """A property from one class to another, its name in the middle of its arrow."""

    name: str
    start: tuple[float, float]
    end: tuple[float, float]

    words: tuple[float, float]


def vocabulary_picture(ontology: Graph, lang: str, address: Callable[[str], str] = str) -> Markup:
    """Return the picture as SVG, in one language: classes and properties by their labels in the ontology.

    `address` gives that of the page of a class from its IRI.
    """
    boxes = dict(_boxes(ontology, lang, address))
    return drawing(
        "vocabulary-picture.svg",
        title=message("From a description to an answer")[lang],
        titles=[(n * _ACROSS + _LEFT, title[lang]) for n, (title, _) in enumerate(COLUMNS)],
        boxes=list(boxes.values()),
        arrows=[_arrow(label(ontology, MTG[p])[lang], boxes[a], boxes[b]) for a, p, b in LINKS],
        steps=[part.strip() for part in STEPS[lang].split("·")],
        box=(_BOX, _TALL),
        width=2 * _ACROSS + _BOX + 2 * _LEFT,
        top=_TOP + 4 * _DOWN - 20,
    )


def _boxes(
    ontology: Graph, lang: str, address: Callable[[str], str]
) -> Iterator[tuple[str, ClassBox]]:
    for column, (_, classes) in enumerate(COLUMNS):
        for row, name in enumerate(classes):
            assert (MTG[name], RDFS.label, None) in ontology, name
            place = (column * _ACROSS + _LEFT, row * _DOWN + _TOP)
            yield name, ClassBox(address(str(MTG[name])), label(ontology, MTG[name])[lang], *place)


def _arrow(name: str, start: ClassBox, end: ClassBox) -> LinkArrow:
    """Return an arrow from the edge of a box to that of another, beside the boxes between them."""
    across = start.x != end.x
    forward = end.x > start.x if across else end.y > start.y
    between = 0 if across else abs(end.y - start.y) // _DOWN - 1
    if across:
        tail = start.x + float(_BOX * forward), start.middle[1]
        head = end.x + float(_BOX * (not forward)), end.middle[1]
    else:
        x = start.middle[0] + 90 * between
        tail, head = (
            (x, float(start.y + _TALL * forward)),
            (x, float(end.y + _TALL * (not forward))),
        )
    share = 0.82 if between else 0.5
    words = tail[0] + (head[0] - tail[0]) * share, tail[1] + (head[1] - tail[1]) * share
    return LinkArrow(name, tail, head, words)
