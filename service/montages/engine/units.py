"""Units: the parts of a project that are judged each, and what each answers.

`ClosedUnit` is one once facts are closed, with what its answers come from (R12); `Unit` is the same once
they are reasoned on, with its answers by criterion and the state of each (R6).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import NamedTuple

from rdflib import XSD, Literal, URIRef

from montages.bilingual import Text, message
from montages.description.facts import Facts, Term, label, to_node
from montages.engine.one_truth import Clash, one_truth
from montages.knowledge.files.caching import FunctionCache
from montages.knowledge.logic import NO_ANSWER, Answer
from montages.knowledge.periods import Rules
from montages.knowledge.thing_labels import name_of
from montages.names import MTG, slug
from montages.one_line import OneLine

_LAYER, _UNKNOWN, _PRESUMES = str(MTG.layer), str(MTG.declaresUnknown), str(MTG.presumes)
_EXACT = frozenset(str(XSD[name]) for name in ("integer", "decimal"))

# From a node, what is concluded of it: property → things.
Edges = Callable[[str], Mapping[str, Collection[str]]]


class ClosingFact(NamedTuple):
    """One answer that the closing step gives a unit, and what it comes from."""

    property: str
    value: Term
    source: str
    from_property: str
    state: str

    def iri(self, unit: str) -> str:
        """Return the name of this fact about a unit, as the queries give it."""
        value = self.value if isinstance(self.value, str) else self.value.value
        digest = hashlib.md5(value.encode(), usedforsecurity=False).hexdigest()
        return f"{unit}/fact/{self.property.rpartition('/')[2]}/{digest}"


@dataclass(eq=False)
class ClosedUnit:
    """A layer use in a perimeter, or the part of that there is, with its answers by property."""

    iri: str
    project: str
    use: str | None
    perimeter: str | None
    facts: list[ClosingFact] = field(default_factory=list)
    answers: dict[str, list[Term]] = field(default_factory=dict)
    usages: list[Term] = field(default_factory=list)
    presumptions: list[str] = field(default_factory=list)
    retains: list[str] = field(default_factory=list)
    asserted: list[str] = field(default_factory=list)

    def parts(self) -> Iterator[str]:
        """Return the layer use, the perimeter and the project, nearest first."""
        if self.use is not None:
            yield self.use
        if self.perimeter is not None:
            yield self.perimeter
        yield self.project

    def write(self, fact: ClosingFact) -> None:
        """Add an answer with what it comes from."""
        self.facts.append(fact)
        values = self.answers.setdefault(fact.property, [])
        if fact.value not in values:
            values.append(fact.value)


@dataclass(frozen=True, eq=False)
class Unit(OneLine):
    """One layer use in one perimeter, with its answers by criterion; or several, with all their `layers`.

    `parts` are the layer use, the perimeter and the project it stands for, nearest first; `usages` are
    what it serves, `under` the presumptions whose conditions it meets, `presumed` those that answer;
    `clashes` are answers that did not go together, of which one was kept.
    """

    iri: URIRef
    id: str
    label: Text
    layer: str | None
    perimeter: str | None
    mode: str | None
    answers: dict[str, Answer] = field(default_factory=dict)
    asserted: frozenset[str] = frozenset()
    retained: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    usages: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    presumed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()
    layers: tuple[str, ...] = ()

    def answer(self, criterion: str) -> Answer:
        """Return the answer to a criterion, `NO_ANSWER` when there is none."""
        return self.answers.get(criterion, NO_ANSWER)


@dataclass(frozen=True, eq=False)
class _AnswerProperties:
    """The properties of a criterion, as texts."""

    slug: str
    criterion: str
    value: str
    excluded: str | None
    number: str | None


@cache
def _answer_properties(rules: Rules) -> tuple[_AnswerProperties, ...]:
    return tuple(
        _AnswerProperties(
            c.slug,
            str(c.iri),
            str(c.property),
            str(c.excluded_property) if c.excluded_property else None,
            str(c.numeric_property) if c.numeric_property else None,
        )
        for c in rules.criteria.values()
    )


def units_of(
    closed: Sequence[ClosedUnit], facts: Facts, edges: Edges, rules: Rules
) -> list[tuple[ClosedUnit, Unit]]:
    """Return each closed unit with its answers, sorted by identifier.

    `facts` are those of the description, `edges` gives what was concluded of a unit.
    """
    ordered = sorted(closed, key=lambda unit: unit.iri)
    layers = [layer_of(unit, facts) for unit in ordered]
    # An identifier for each (layer, perimeter), both IRIs or None: `objects@centre`, `objects.2`.
    counts: dict[str, int] = {}
    ids = []
    for place in [(layer, unit.perimeter) for layer, unit in zip(layers, ordered, strict=True)]:
        name = "@".join(slug(part) for part in place if part is not None) or "project"
        counts[name] = counts.get(name, 0) + 1
        ids.append(name if counts[name] == 1 else f"{name}.{counts[name]}")
    units = [
        (unit, _unit(unit, name, layer, facts, edges, rules))
        for unit, name, layer in zip(ordered, ids, layers, strict=True)
    ]
    return sorted(units, key=lambda pair: pair[1].id)


def layer_of(unit: ClosedUnit, facts: Facts) -> str | None:
    """Return the layer of a unit, None where its layer use names none."""
    layers = facts.objects(unit.use, _LAYER) if unit.use is not None else []
    return next((term if isinstance(term, str) else term.value for term in layers), None)


def _unit(
    unit: ClosedUnit, name: str, layer: str | None, facts: Facts, edges: Edges, rules: Rules
) -> Unit:
    given = dict(_answers(unit, facts, edges, rules))
    answers, clashes = one_truth(given, _stated(unit, given, rules), rules)
    mode = answers["management-mode"].values if "management-mode" in answers else frozenset()
    return Unit(
        iri=URIRef(unit.iri),
        id=name,
        label=_label(layer, unit.perimeter, facts),
        layer=slug(layer) if layer else None,
        perimeter=slug(unit.perimeter) if unit.perimeter else None,
        mode=min(mode, default=None),
        answers=answers,
        asserted=frozenset(slug(requirement) for requirement in unit.asserted),
        retained=tuple(sorted(slug(arrangement) for arrangement in unit.retains)),
        parts=tuple(unit.parts()),
        usages=tuple(sorted(slug(usage) for usage in unit.usages if isinstance(usage, str))),
        under=tuple(sorted(slug(presumption) for presumption in unit.presumptions)),
        presumed=_presumed(unit, rules),
        clashes=clashes,
    )


def _stated(
    unit: ClosedUnit, answers: Mapping[str, Answer], rules: Rules
) -> dict[str, frozenset[str]]:
    """Return the values that were stated of each criterion that has several, where some were."""
    out: dict[str, frozenset[str]] = {}
    for of in _answer_properties(rules):
        if of.slug in answers and len(answers[of.slug].values) > 1:
            of_it = (f for f in unit.facts if f.property == of.value and f.state == "explicit")
            values = frozenset(slug(str(f.value)) for f in of_it)
            if values:
                out[of.slug] = values
    return out


def _presumed(unit: ClosedUnit, rules: Rules) -> dict[str, tuple[str, ...]]:
    """Return criterion → the presumptions that answer it."""
    out: dict[str, set[str]] = {}
    for fact in unit.facts:
        if fact.from_property == _PRESUMES:
            out.setdefault(fact.property, set()).add(slug(fact.source))
    return {
        of.slug: tuple(sorted(out[of.value]))
        for of in (_answer_properties(rules) if out else ())
        if of.value in out
    }


def _label(layer: str | None, perimeter: str | None, facts: Facts) -> Text:
    """Return the name of a unit: its layer's and its perimeter's."""
    names = [name_of(layer)] if layer else []
    names += [label(facts, perimeter)] if perimeter else []
    if not names:
        return message("The whole project", context="a part of the answer")
    return Text(" — ".join(n.fr for n in names), " — ".join(n.en for n in names))


def _answers(
    unit: ClosedUnit, facts: Facts, edges: Edges, rules: Rules
) -> Iterator[tuple[str, Answer]]:
    concluded = edges(unit.iri)
    unknown = {value for part in unit.parts() for value in facts.objects(part, _UNKNOWN)}
    written: dict[str, list[ClosingFact]] = {}
    for fact in unit.facts:
        written.setdefault(fact.property, []).append(fact)
    for of in _answer_properties(rules):
        values = concluded.get(of.value, ())
        excluded = concluded.get(of.excluded, ()) if of.excluded else ()
        if values:
            yield (
                of.slug,
                Answer(
                    values=_slugs(values),
                    excluded=_slugs(excluded),
                    state=_state(written.get(of.value, ()), values),
                    number=_number(unit.answers.get(of.number)) if of.number else None,
                ),
            )
        elif excluded or of.criterion in unknown:
            state = "explicit-unknown" if of.criterion in unknown else "not-asked"
            yield of.slug, Answer(excluded=_slugs(excluded), state=state)


def _slugs(iris: Collection[str]) -> frozenset[str]:
    if len(iris) == 1:
        return _alone[next(iter(iris))]
    return frozenset(map(slug, iris))


_alone: FunctionCache[str, frozenset[str]] = FunctionCache(lambda iri: frozenset({slug(iri)}))


def _state(facts: Iterable[ClosingFact], values: Collection[str]) -> str:
    states = {fact.state for fact in facts if fact.value in values}
    return next((s for s in ("explicit", "derived", "default") if s in states), "derived")


def _number(terms: Sequence[Term] | None) -> Decimal | None:
    """Return the first of some terms as a number; None for a word in its place, which the shapes tell."""
    if not terms or isinstance(terms[0], str):
        return None
    term = terms[0]
    if term.datatype.value in _EXACT:
        try:
            return Decimal(term.value)
        except InvalidOperation:
            return None
    node = to_node(term)
    value = node.value if isinstance(node, Literal) else None
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return Decimal(str(value))
    return None
