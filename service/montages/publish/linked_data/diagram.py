"""A module of the ontology as a diagram: its classes, what is a kind of what, what links what (SVG)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

from rdflib import OWL, RDF, RDFS, Graph

from montages.names import iris

Name = Callable[[str], str]
Address = Callable[[str], str | None]

# Lengths are in CSS pixels. A letter's width is that of a wide system font, so that boxes never overflow.
_LETTER, _SMALL_LETTER, _PAD = 7.7, 6.6, 12
_BOX, _ROW, _LINE = 28, 40, 21
_INDENT, _LANE, _MARGIN = 34, 14, 12
_TEXTS = {
    "fr": (
        "Diagramme du module « {} »",
        "est une sorte de",
        "aussi une sorte de",
        "classes",
        "liens",
    ),
    "en": ("Diagram of the module “{}”", "is a kind of", "also a kind of", "classes", "links"),
}
_STYLE = """
:root { color-scheme: light dark }
text { font: 13px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: #1c2726 }
.box { fill: #f1f5f4; stroke: #5f7673; stroke-width: 1.2 }
.far { stroke-dasharray: 4 3; fill: #fff }
.says { font-size: 11.5px; fill: #0b5a5c }
.also { font-size: 11.5px; fill: #52625f; font-style: italic }
.up, .link { fill: none; stroke: #5f7673; stroke-width: 1.2 }
.link { stroke: #0f7173 }
.head { fill: #fff; stroke: #5f7673; stroke-width: 1.2 }
.tip { fill: #0f7173 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6eceb }
  .box { fill: #22302f; stroke: #8ea5a1 }
  .far, .head { fill: #141a1a }
  .says { fill: #86d3cf }
  .also { fill: #a9b8b5 }
  .up, .head { stroke: #8ea5a1 }
  .link { stroke: #5fb8b4 }
  .tip { fill: #5fb8b4 }
}
"""


@dataclass(frozen=True)
class _Terms:
    """The classes of a module, the kinds they are of, and the properties that lead from one to another."""

    own: frozenset[str]
    up: dict[str, list[str]]
    links: list[tuple[str, str, str]]

    @cached_property
    def nodes(self) -> frozenset[str]:
        """Return every class met, of the module or not."""
        parents = {b for nodes in self.up.values() for b in nodes}
        return frozenset(self.own | parents | {n for a, _, b in self.links for n in (a, b)})


@dataclass
class _Place:
    """Where a class stands: its box, and the lines of text under it."""

    x: float
    y: float
    width: float
    says: list[tuple[str, float]] = field(default_factory=list)

    @property
    def middle(self) -> float:
        """Return the height of the middle of the box."""
        return self.y + _BOX / 2


def drawable(graph: Graph) -> bool:
    """Tell whether a module has anything to draw: classes in a hierarchy, or linked."""
    terms = _terms(graph)
    return bool(any(terms.up.values()) or terms.links)


def diagram(
    graph: Graph, module: str, lang: str, name: Name, address: Address, styled: bool = True
) -> str:
    """Return the SVG of a module; `name` and `address` give what a term is called and where its page is.

    Classes stand one under another, each below and to the right of what it is a kind of, as a
    hollow arrow tells; under a class are the properties it has, with a full arrow to the class of
    their values. Classes of other modules have a dashed edge. Boxes and properties are links. Inside
    a page, whose style sheet knows its classes, the drawing is not `styled`.
    """
    return _Drawing(_terms(graph), module, lang, name, address).svg(styled)


def _terms(graph: Graph) -> _Terms:
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
    return _Terms(frozenset(own), up, sorted(links))


class _Drawing:
    """One diagram being drawn."""

    def __init__(self, terms: _Terms, module: str, lang: str, name: Name, address: Address) -> None:
        self.terms, self.module, self.lang = terms, module, lang
        self.name, self.address = name, address
        self.below: dict[str, list[str]] = defaultdict(list)
        for node, parents in terms.up.items():
            if parents:
                self.below[self._parent(parents)].append(node)
        self.places: dict[str, _Place] = {}
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
        place = _Place(_MARGIN + depth * _INDENT, self.bottom, width)
        self.places[node] = place
        self.bottom += _BOX
        for _ in self._under(node):
            self.bottom += _LINE
        self.bottom += _ROW - _BOX
        for child in sorted(self.below[node], key=self._order):
            self._stand(child, depth + 1)

    def _under(self, node: str) -> list[tuple[str, str, str | None]]:
        """Return the lines under a class: property, words, and the class it leads to if it is drawn."""
        lines: list[tuple[str, str, str | None]] = [
            (p, f"{self.name(p)} → {self.name(b)}", b) for a, p, b in self.terms.links if a == node
        ]
        others = [p for p in self.terms.up.get(node, ()) if node not in self.below[p]]
        lines += [(p, f"{_TEXTS[self.lang][2]} {self.name(p)}", None) for p in others]
        return lines

    def svg(self, styled: bool) -> str:
        """Return the text of the drawing."""
        title, kind_of, _, classes, links = _TEXTS[self.lang]
        right = max(self._right(n) for n in self.places) + _MARGIN
        routes = list(self._routes())
        width = right + _LANE * (1 + max((lane for *_, lane in routes), default=0)) + _MARGIN
        summary = [f"{len(self.terms.own)} {classes}, {len(self.terms.links)} {links}."]
        summary += [
            f"{self.name(a)} {kind_of} {', '.join(map(self.name, up))}."
            for a, up in sorted(self.terms.up.items())
            if up
        ]
        summary += [
            f"{self.name(a)}, {self.name(p)} → {self.name(b)}." for a, p, b in self.terms.links
        ]
        opening = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="diagram" '
            f'preserveAspectRatio="xMinYMin" viewBox="0 0 {width:.0f} {self.bottom:.0f}" '
            f'width="{width:.0f}" height="{self.bottom:.0f}" role="group" '
            f'lang="{self.lang}" aria-labelledby="diagram-title" aria-describedby="diagram-desc">'
        )
        parts = [
            opening,
            f'<title id="diagram-title">{escape(title.format(self.name(self.module)))}</title>',
            f'<desc id="diagram-desc">{escape(" ".join(summary))}</desc>',
            f"<style>{_STYLE}</style>" if styled else "",
        ]
        parts += [self._kind_of(node, parent) for parent, ns in self.below.items() for node in ns]
        parts += [self._leads(route, right) for route in routes]
        parts += [self._box(node) for node in self.places]
        return "\n".join([*filter(None, parts), "</svg>", ""])

    def _right(self, node: str) -> float:
        place = self.places[node]
        lines = [len(words) * _SMALL_LETTER + 20 for _, words, _ in self._under(node)]
        return place.x + max([place.width, *lines])

    def _routes(self) -> Iterator[tuple[str, str, float, float, float, int]]:
        """Yield each link: its words, from where to which height, and a lane that is free all the way."""
        occupied: list[list[tuple[float, float]]] = []
        links = []
        for node, place in self.places.items():
            for number, (_, words, target) in enumerate(self._under(node)):
                if target is not None:
                    y = place.y + _BOX + _LINE * number + 14
                    start = place.x + 20 + len(words) * _SMALL_LETTER
                    links.append((f"{self.name(node)}, {words}", target, start, y))
        links.sort(key=lambda f: abs(self.places[f[1]].middle - f[3]))
        arrivals: dict[str, int] = defaultdict(int)
        for words, target, start, y in links:
            # Several arrows into one box meet it at different heights.
            to = self.places[target].middle + (0, 7, -7, 4, -4)[arrivals[target] % 5]
            arrivals[target] += 1
            span = (min(y, to) - 3, max(y, to) + 3)
            lane = next(
                (
                    i
                    for i, spans in enumerate(occupied)
                    if all(span[1] < low or high < span[0] for low, high in spans)
                ),
                len(occupied),
            )
            if lane == len(occupied):
                occupied.append([])
            occupied[lane].append(span)
            yield words, target, start, y, to, lane

    def _kind_of(self, node: str, parent: str) -> str:
        """Return the hollow arrow from a class to what it is a kind of."""
        child, above = self.places[node], self.places[parent]
        x, top = above.x + 14, above.y + _BOX
        says = f"{self.name(node)} {_TEXTS[self.lang][1]} {self.name(parent)}"
        return (
            f'<g><title>{escape(says)}</title><path class="up" d="M{child.x:.0f},{child.middle:.0f} '
            f'H{x + 6:.0f} Q{x:.0f},{child.middle:.0f} {x:.0f},{child.middle - 6:.0f} V{top + 9:.0f}"/>'
            f'<path class="head" d="M{x:.0f},{top:.0f} l-5,9 h10 Z"/></g>'
        )

    def _leads(self, route: tuple[str, str, float, float, float, int], right: float) -> str:
        """Return the arrow of a property: out to its lane, along it, and back to the class it leads to."""
        words, target, start, y, to, lane = route
        x, place = right + _LANE * (lane + 1), self.places[target]
        end = place.x + place.width
        turn = 5 if to > y else -5
        return (
            f'<g><title>{escape(words)}</title><path class="link" d="M{start:.0f},{y:.0f} H{x - 5:.0f} '
            f"Q{x:.0f},{y:.0f} {x:.0f},{y + turn:.0f} V{to - turn:.0f} "
            f"Q{x:.0f},{to:.0f} {x - 5:.0f},{to:.0f} "
            f'H{end + 8:.0f}"/><path class="tip" d="M{end:.0f},{to:.0f} l9,-4.5 v9 Z"/></g>'
        )

    def _box(self, node: str) -> str:
        place = self.places[node]
        far = "" if node in self.terms.own else " far"
        box = (
            f'<rect class="box{far}" x="{place.x:.0f}" y="{place.y:.0f}" width="{place.width:.0f}" '
            f'height="{_BOX}" rx="5"/><text x="{place.x + place.width / 2:.0f}" '
            f'y="{place.middle + 4.5:.1f}" text-anchor="middle">{escape(self.name(node))}</text>'
        )
        parts = [self._linked(node, box)]
        for number, (term, words, target) in enumerate(self._under(node)):
            y = place.y + _BOX + _LINE * number + 18
            kind = "also" if target is None else "says"
            text = f'<text class="{kind}" x="{place.x + 22:.0f}" y="{y:.0f}">{escape(words)}</text>'
            parts.append(self._linked(term, text))
        return "".join(parts)

    def _linked(self, term: str, drawn: str) -> str:
        href = self.address(term)
        return f'<a href="{escape(href)}">{drawn}</a>' if href else drawn
