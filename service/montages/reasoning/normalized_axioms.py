"""The axioms of a graph in normal form, free of RDF: tuples of names of classes and properties."""

from __future__ import annotations

from dataclasses import dataclass, field


def anonymous(name: str) -> bool:
    """Tell whether a name is that of an expression, not an IRI."""
    return name.startswith("{")


@dataclass
class NormalizedAxioms:
    """Axioms by their form, each with one construct at most; collections keep no order."""

    classes: set[str] = field(default_factory=set)
    sub_class: set[tuple[str, str]] = field(default_factory=set)
    intersection: set[tuple[tuple[str, ...], str]] = field(default_factory=set)  # members, whole
    value_from_class: set[tuple[str, str, str]] = field(default_factory=set)  # class, p, value
    class_from_value: set[tuple[str, str, str]] = field(default_factory=set)  # p, value, class
    some: set[tuple[str, str, str]] = field(default_factory=set)  # p, filler, class
    sub_property: set[tuple[str, str]] = field(default_factory=set)
    inverse: set[tuple[str, str]] = field(default_factory=set)
    chain: set[tuple[str, str, str]] = field(default_factory=set)  # first, second, whole
    domain: set[tuple[str, str]] = field(default_factory=set)
    range: set[tuple[str, str]] = field(default_factory=set)
    facts: set[tuple[str, str, str]] = field(default_factory=set)
