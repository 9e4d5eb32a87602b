"""Class expressions: read from the graph, each given a name that says its structure.

Two blank nodes that say the same get the same name, whatever the parser called them; so the numbering of
classes depends on what the axioms say and on nothing else. Such a name stands between braces, which no
IRI contains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rdflib import BNode, Graph, Literal, URIRef

from montages.decision.rl.rules import Rules
from montages.decision.rl.syntax import ON_PROPERTY, Node, Syntax
from montages.decision.rl.vocabulary import (
    NOTHING,
    OWL,
    THING,
    TYPE,
    Unhonoured,
    built_in,
    shown,
)

# What OWL 2 RL lets stand on each side of a subclass axiom.
SUB, SUPER = "subclass", "superclass"
ALLOWED = {
    SUB: {OWL + n for n in ("hasValue", "someValuesFrom", "intersectionOf", "unionOf", "oneOf")},
    SUPER: {OWL + n for n in ("hasValue", "allValuesFrom", "intersectionOf", "complementOf")},
}


class Expressions(Syntax):
    """Reads the expressions of a graph; writes into `rules` what each says where it stands."""

    def __init__(self, graph: Graph, rules: Rules) -> None:
        super().__init__(graph, rules)
        self._reading: list[Node] = []
        self._read: dict[tuple[Node, str], str] = {}
        self._write: dict[str, Callable[[Node, str, str], str]] = {
            OWL + "hasValue": self._has_value,
            OWL + "someValuesFrom": self._some,
            OWL + "allValuesFrom": self._every,
            OWL + "intersectionOf": self._intersection,
            OWL + "unionOf": self._union,
            OWL + "oneOf": self._one_of,
            OWL + "complementOf": self._complement,
        }

    def cls(self, node: Node, side: str) -> str:
        """Return the name of a class, or of an expression standing on one side of a subclass axiom."""
        if isinstance(node, BNode):
            return self.expression(node, side)
        if isinstance(node, Literal):
            raise Unhonoured("literal as a class", node)
        name = str(node)
        if self.data_range(node):
            raise Unhonoured(f"data range as a class ({shown(name)})", node)
        if built_in(name) and name not in (THING, NOTHING):
            raise Unhonoured(f"{shown(name)} as a class", node)
        if name == THING and side == SUB:
            raise Unhonoured("owl:Thing in the subclass position", node)
        self.rules.classes.add(name)
        return name

    def expression(self, node: Node, side: str) -> str:
        """Return the name of the expression written on a node, for one side of a subclass axiom."""
        if (node, side) in self._read:
            return self._read[node, side]
        if node in self._reading:
            raise Unhonoured("malformed expression: it contains itself", node)
        construct = self.construct(node)
        if construct not in ALLOWED[side]:
            raise Unhonoured(f"{shown(construct)} in the {side} position", node)
        self._reading.append(node)
        name = self._write[construct](node, construct, side)
        self._reading.pop()
        self.rules.classes.add(name)
        self._read[node, side] = name
        return name

    def _value(self, node: Node, word: str) -> Node:
        return self.said[node][word][0]

    def _individual(self, node: Node, word: str) -> str:
        if not isinstance(node, URIRef):
            raise Unhonoured(f"{shown(word)} with a literal or an anonymous individual", node)
        return str(node)

    def _has_value(self, node: Node, word: str, side: str) -> str:
        prop = self.property(self._value(node, ON_PROPERTY))
        value = self._individual(self._value(node, word), word)
        name = f"{{{prop} value {value}}}"
        if side == SUB:
            self.rules.class_from_value.add((prop, value, name))
        else:
            self.rules.value_from_class.add((name, prop, value))
        return name

    def _some(self, node: Node, word: str, side: str) -> str:
        prop = self.property(self._value(node, ON_PROPERTY))
        filler = self._value(node, word)
        if str(filler) == THING:
            name = f"{{{prop} some {THING}}}"
            self.rules.domain.add((prop, name))
        else:
            of = self.cls(filler, side)
            name = f"{{{prop} some {of}}}"
            self.rules.some.add((prop, of, name))
        return name

    def _every(self, node: Node, word: str, side: str) -> str:
        prop = self.property(self._value(node, ON_PROPERTY))
        of = self.cls(self._value(node, word), side)
        name = f"{{{prop} only {of}}}"
        self.rules.every.add((name, prop, of))
        return name

    def _members(self, node: Node, word: str, side: str) -> list[str]:
        return sorted({self.cls(item, side) for item in self.items(self._value(node, word))})

    def _intersection(self, node: Node, word: str, side: str) -> str:
        members = self._members(node, word, side)
        name = _joined("and", members)
        if side == SUB:
            self.rules.intersection.add((tuple(members), name))
        else:
            self.rules.sub_class.update((name, member) for member in members)
        return name

    def _union(self, node: Node, word: str, side: str) -> str:
        members = self._members(node, word, side)
        name = _joined("or", members)
        self.rules.sub_class.update((member, name) for member in members)
        return name

    def _one_of(self, node: Node, word: str, side: str) -> str:
        items = self.items(self._value(node, word))
        members = sorted({self._individual(item, word) for item in items})
        name = _joined("one of", members)
        self.rules.facts.update((member, TYPE, name) for member in members)
        return name

    def _complement(self, node: Node, word: str, side: str) -> str:
        of = self.cls(self._value(node, word), SUB)
        name = f"{{not {of}}}"
        self.rules.empty_class.add(("cls-com", (of, name)))
        return name


def _joined(word: str, members: Iterable[str]) -> str:
    return f"{{{word} {' '.join(members)}}}"
