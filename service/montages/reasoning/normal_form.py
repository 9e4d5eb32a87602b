"""Axioms in normal form, free of RDF; and those of them that matter for some conclusions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from montages.reasoning.owl_terms import TYPE


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


def relevant(axioms: NormalizedAxioms, wanted: Iterable[str]) -> NormalizedAxioms:
    """Return the axioms that can lead to a node being in some classes, or to edges of some properties.

    Its classes are those wanted, and those that an axiom tests whether a node is in; others are only passed
    through.
    """
    wanted = set(wanted)
    needed = _needed(axioms, wanted)
    return NormalizedAxioms(
        classes=axioms.classes & needed & (wanted | _tested(axioms)),
        sub_class={axiom for axiom in axioms.sub_class if axiom[1] in needed},
        intersection={axiom for axiom in axioms.intersection if axiom[1] in needed},
        value_from_class={axiom for axiom in axioms.value_from_class if axiom[1] in needed},
        class_from_value={axiom for axiom in axioms.class_from_value if axiom[2] in needed},
        some={axiom for axiom in axioms.some if axiom[2] in needed},
        sub_property={axiom for axiom in axioms.sub_property if axiom[1] in needed},
        inverse={axiom for axiom in axioms.inverse if not needed.isdisjoint(axiom)},
        chain={axiom for axiom in axioms.chain if axiom[2] in needed},
        domain={axiom for axiom in axioms.domain if axiom[1] in needed},
        range={axiom for axiom in axioms.range if axiom[1] in needed},
        facts={(s, p, o) for s, p, o in axioms.facts if (o if p == TYPE else p) in needed},
    )


def _tested(axioms: NormalizedAxioms) -> set[str]:
    """Return the classes whose members an axiom concludes something about, superclasses apart."""
    tested = {member for members, _ in axioms.intersection for member in members}
    tested |= {filler for _, filler, _ in axioms.some}
    return tested | {name for name, _, _ in axioms.value_from_class}


def _needed(axioms: NormalizedAxioms, wanted: set[str]) -> set[str]:
    """Return every class and property that some axiom leads from to what is wanted, itself included."""
    led_from: defaultdict[str, set[str]] = defaultdict(set)
    for conclusion, premises in _steps(axioms):
        led_from[conclusion].update(premises)
    needed = set(wanted)
    todo = list(needed)
    for name in todo:
        new = led_from[name] - needed
        needed |= new
        todo += new
    return needed


def _steps(axioms: NormalizedAxioms) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return what each axiom concludes, and the classes and properties it concludes it from."""
    yield from ((whole, members) for members, whole in axioms.intersection)
    yield from ((prop, (name,)) for name, prop, _ in axioms.value_from_class)
    yield from ((name, (prop,)) for prop, _, name in axioms.class_from_value)
    yield from ((name, (prop, filler)) for prop, filler, name in axioms.some)
    yield from ((whole, (first, second)) for first, second, whole in axioms.chain)
    for pairs in (
        axioms.sub_class,
        axioms.sub_property,
        axioms.domain,
        axioms.range,
        axioms.inverse,
    ):
        yield from ((after, (before,)) for before, after in pairs)
    yield from ((before, (after,)) for before, after in axioms.inverse)
