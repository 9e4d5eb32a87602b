"""The part of the rules that matters for some conclusions: these come out the same without the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from montages.decision.rl.rules import Rules
from montages.decision.rl.vocabulary import TYPE


def relevant(rules: Rules, wanted: Iterable[str]) -> Rules:
    """Return the rules that can lead to a node being in some classes, or to edges of some properties.

    Its classes are those wanted, and those that a rule asks whether a node is in; others are only passed
    through. What nothing can be concludes nothing: clashes are not looked for.
    """
    wanted = set(wanted)
    needed = _needed(rules, wanted)
    return Rules(
        classes=rules.classes & needed & (wanted | _asked(rules)),
        sub_class={rule for rule in rules.sub_class if rule[1] in needed},
        intersection={rule for rule in rules.intersection if rule[1] in needed},
        value_from_class={rule for rule in rules.value_from_class if rule[1] in needed},
        class_from_value={rule for rule in rules.class_from_value if rule[2] in needed},
        some={rule for rule in rules.some if rule[2] in needed},
        every={rule for rule in rules.every if rule[2] in needed},
        sub_property={rule for rule in rules.sub_property if rule[1] in needed},
        inverse={rule for rule in rules.inverse if not needed.isdisjoint(rule)},
        chain={rule for rule in rules.chain if rule[2] in needed},
        domain={rule for rule in rules.domain if rule[1] in needed},
        range={rule for rule in rules.range if rule[1] in needed},
        facts={(s, p, o) for s, p, o in rules.facts if (o if p == TYPE else p) in needed},
    )


def carried(rules: Rules) -> frozenset[str]:
    """Return the classes and properties from which something may follow about a neighbour of a node."""
    seconds = {second for _, second, _ in rules.chain}
    fillers = {filler for _, filler, _ in rules.some}
    every = {name for cls, prop, _ in rules.every for name in (cls, prop)}
    ends = {prop for prop, _ in rules.range} | {prop for pair in rules.inverse for prop in pair}
    return frozenset(_needed(rules, seconds | fillers | every | ends))


def _asked(rules: Rules) -> set[str]:
    """Return the classes that a rule asks about, superclasses apart."""
    asked = {member for members, _ in rules.intersection for member in members}
    asked |= {filler for _, filler, _ in rules.some}
    return asked | {name for name, _, _ in rules.value_from_class | rules.every}


def _needed(rules: Rules, wanted: set[str]) -> set[str]:
    """Return every class and property that some rule leads from to what is wanted, itself included."""
    led_from: defaultdict[str, set[str]] = defaultdict(set)
    for conclusion, premises in _steps(rules):
        led_from[conclusion].update(premises)
    needed = set(wanted)
    todo = list(needed)
    for name in todo:
        new = led_from[name] - needed
        needed |= new
        todo += new
    return needed


def _steps(rules: Rules) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return what each rule concludes, and the classes and properties it concludes it from."""
    yield from ((whole, members) for members, whole in rules.intersection)
    yield from ((prop, (name,)) for name, prop, _ in rules.value_from_class)
    yield from ((name, (prop,)) for prop, _, name in rules.class_from_value)
    yield from ((name, (prop, filler)) for prop, filler, name in rules.some)
    yield from ((filler, (name, prop)) for name, prop, filler in rules.every)
    yield from ((whole, (first, second)) for first, second, whole in rules.chain)
    for pairs in (rules.sub_class, rules.sub_property, rules.domain, rules.range, rules.inverse):
        yield from ((after, (before,)) for before, after in pairs)
    yield from ((before, (after,)) for before, after in rules.inverse)
