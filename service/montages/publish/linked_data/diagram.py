"""A module of the ontology as a diagram: its classes, what is a kind of what, what links what (SVG)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup
from rdflib import OWL, RDF, RDFS, Graph

from montages.bilingual import message
from montages.names import iris
from montages.publish.drawing.svg import drawing

Name = Callable[[str], str]
Address = Callable[[str], str | None]

# Lengths are in CSS pixels. A letter's width is that of a wide system font, so that boxes never overflow.
_LETTER, _SMALL_LETTER, _PAD = 7.7, 6.6, 12
_BOX, _ROW, _LINE = 28, 40, 21
_INDENT, _LANE, _MARGIN = 34, 14, 12
_WORDS = {
    "title": message("Diagram of the module “{}”"),
    "kind_of": message("is a kind of"),
    "classes": message("classes"),
    "links": message("links"),
}
_ALSO = message("also a kind of")


@dataclass(frozen=True)
class ModuleTerms:
    """The classes of a module, the kinds they are of, and the properties that lead from one to another."""

    own: frozenset[str]
    up: dict[str, list[str]]
    links: list[tuple[str, str, str]]

    @cached_property
    def nodes(self) -> frozenset[str]:
        """Return every class met, of the module or not."""
        parents = {b for nodes in self.up.values() for b in nodes}
        return frozenset(self.own | parents | {n for a, _, b in self.links for n in (a, b)})


@dataclass(frozen=True)
class ClassBox:
    """Where the box of a class stands."""

    x: float
    y: float
    width: float
    height: int = _BOX

    @property
    def middle(self) -> float:
        """Return the height of its middle."""
        return self.y + self.height / 2

    @property
    def foot(self) -> float:
        """Return the height of its lower edge."""
        return self.y + self.height

    @property
    def right(self) -> float:
        """Return where its right edge is."""
        return self.x + self.width


@dataclass(frozen=True)
class LineUnder:
    """A line under the box of a class: a property, its words, the class that it leads to if it is drawn."""

    term: str
    words: str
    target: str | None = None


@dataclass(frozen=True)
class LinkRoute:
    """The way of an arrow: from where, at which height, to which height, by a lane free all the way."""

    words: str
    target: str
    start: float
    y: float
    to: float
    lane: int


def drawable(graph: Graph) -> bool:
    """Tell whether a module has anything to draw: classes in a hierarchy, or linked."""
    terms = _terms(graph)
    return bool(any(terms.up.values()) or terms.links)


def diagram(
    graph: Graph, module: str, lang: str, name: Name, address: Address, styled: bool = True
) -> Markup:
    """Return the SVG of a module; `name` and `address` give what a term is called and where its page is.

    Classes stand one under another, each below and to the right of what it is a kind of, as a
    hollow arrow tells; under a class are the properties it has, with a full arrow to the class of
    their values. Classes of other modules have a dashed edge. Boxes and properties are links. Inside
    a page, whose style sheet knows its classes, the drawing is not `styled`.
    """
    drawn = ModuleDiagram(_terms(graph), module, lang, name, address)
    words = {key: text[lang] for key, text in _WORDS.items()}
    return drawing("diagram.svg", it=drawn, words=words, styled=styled)


def _terms(graph: Graph) -> ModuleTerms:
    own = {str(c) for c in iris(graph.subjects(RDF.type, OWL.Class))}
    up: dict[str, list[str]] = {c: [] for c in sorted(own)}
    for a, b in sorted(graph.subject_objects(RDFS.subClassOf)):
        if str(a) in own and str(b).startswith("http") and b != OWL.Thing:
            up[str(a)].append(str(b))
    links = [
        (str(domain), str(prop), str(target))
        for prop in iris(graph.subjects(RDF.type, OWL.ObjectProperty))
        for domain in iris(graph.objects(prop, RDFS.domain))
        for target in iris(graph.objects(prop, RDFS.range))
    ]
    return ModuleTerms(frozenset(own), up, sorted(links))


class ModuleDiagram:
    """What stands where in the diagram of a module."""

    def __init__(
        self, terms: ModuleTerms, module: str, lang: str, name: Name, address: Address
    ) -> None:
        self.terms, self.module, self.lang = terms, module, lang
        self.name, self.address = name, address
        self.below: dict[str, list[str]] = defaultdict(list)
        for node, parents in terms.up.items():
            if parents:
                self.below[self._parent(parents)].append(node)
        self.places: dict[str, ClassBox] = {}
        self.bottom = float(_MARGIN)
        for root in sorted(
            terms.nodes - {n for ns in self.below.values() for n in ns}, key=self._order
        ):
            self._stand(root, 0)

    def _parent(self, parents: list[str]) -> str:
        """Return the kind under which a class stands: one of the module rather than of another."""
        return min(parents, key=lambda p: (p not in self.terms.own, p))

    def _order(self, node: str) -> tuple[int, str]:
        """Order classes by how much hangs from them, then by name."""
        return -self._size(node), self.name(node).casefold()

    def _size(self, node: str) -> int:
        links = sum(a == node for a, _, _ in self.terms.links)
        return links + sum(1 + self._size(child) for child in self.below[node])

    def _stand(self, node: str, depth: int) -> None:
        width = len(self.name(node)) * _LETTER + 2 * _PAD
        self.places[node] = ClassBox(_MARGIN + depth * _INDENT, self.bottom, width)
        self.bottom += _ROW + _LINE * len(self.under(node))
        for child in sorted(self.below[node], key=self._order):
            self._stand(child, depth + 1)

    def under(self, node: str) -> list[LineUnder]:
        """Return the lines under a class: its properties, then what else it is a kind of."""
        links = [
            LineUnder(p, f"{self.name(p)} → {self.name(b)}", b)
            for a, p, b in self.terms.links
            if a == node
        ]
        others = [p for p in self.terms.up.get(node, ()) if node not in self.below[p]]
        return links + [LineUnder(p, f"{_ALSO[self.lang]} {self.name(p)}") for p in others]

    def line_y(self, box: ClassBox, number: int) -> float:
        """Return the height at which a line under a class is written."""
        return box.foot + _LINE * number + 18

    def kinds(self) -> list[tuple[str, str]]:
        """Return each class that stands under what it is a kind of, with that."""
        return [(node, parent) for parent, nodes in self.below.items() for node in nodes]

    @cached_property
    def _right(self) -> float:
        """Return the right edge of all boxes and lines."""
        return _MARGIN + max(
            box.x + max([box.width, *(_line_width(line) for line in self.under(node))])
            for node, box in self.places.items()
        )

    @property
    def width(self) -> float:
        """Return the width of the diagram, with the lanes of its arrows."""
        return self.lane_x(max((route.lane for route in self.routes), default=0)) + _MARGIN

    def lane_x(self, lane: int) -> float:
        """Return where a lane is."""
        return self._right + _LANE * (lane + 1)

    @cached_property
    def routes(self) -> list[LinkRoute]:
        """Return the way of each link, the shortest first."""
        return list(self._routes())

    def _routes(self) -> Iterator[LinkRoute]:
        links = []
        for node, box in self.places.items():
            for number, line in enumerate(self.under(node)):
                if line.target is not None:
                    y = self.line_y(box, number) - 4
                    words = f"{self.name(node)}, {line.words}"
                    links.append((words, line.target, box.x + _line_width(line), y))
        links.sort(key=lambda f: abs(self.places[f[1]].middle - f[3]))
        occupied: list[list[tuple[float, float]]] = []
        arrivals: dict[str, int] = defaultdict(int)
        for words, target, start, y in links:
            # Several arrows into one box meet it at different heights.
            to = self.places[target].middle + (0, 7, -7, 4, -4)[arrivals[target] % 5]
            arrivals[target] += 1
            span = (min(y, to) - 3, max(y, to) + 3)
            free = (n for n, spans in enumerate(occupied) if _is_free(span, spans))
            lane = next(free, len(occupied))
            if lane == len(occupied):
                occupied.append([])
            occupied[lane].append(span)
            yield LinkRoute(words, target, start, y, to, lane)


def _line_width(line: LineUnder) -> float:
    return 20 + len(line.words) * _SMALL_LETTER


def _is_free(span: tuple[float, float], spans: list[tuple[float, float]]) -> bool:
    return all(span[1] < low or high < span[0] for low, high in spans)
