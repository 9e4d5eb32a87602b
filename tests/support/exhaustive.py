"""Every way of answering what rules read: the compiled axioms, Kleene's logic and the masks compared (R11).

Shared by the tests and the benchmarks, which only differ by how many profiles they take the time for.

Closed here are the answers of one unit as they are once numbers are in buckets and complete lists closed.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, combinations, cycle, product
from math import prod

from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from montages.engine.fast.fast_derive import outcome, statuses
from montages.engine.fast.fast_engine import rule_tables
from montages.engine.fast.rule_tables import RuleTables
from montages.knowledge import entailment, logic
from montages.knowledge.compiled.masks import Masks, masks
from montages.knowledge.entailment import implications
from montages.knowledge.law import Clause, Requirement
from montages.knowledge.logic import NO_ANSWER, Answer
from montages.knowledge.model import Criterion
from montages.knowledge.periods import Rules
from montages.names import MTG, PROJECT
from montages.reasoning import Closure

UNIT = f"{PROJECT}p#unit"
_LONG = 12
TYPE = str(RDF.type)
Facts = list[tuple[str, str, str]]


@dataclass(frozen=True)
class Option:
    """One way of answering a criterion: the values stated, and those left out of a complete list."""

    criterion: Criterion
    values: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def facts(self) -> Facts:
        """Return what the closing step says of a unit that answers so."""
        prop, excluded = self.criterion.property, self.criterion.excluded_property
        said = [(UNIT, str(prop), str(self.criterion.value(v).iri)) for v in self.values]
        return said + [
            (UNIT, str(excluded), str(self.criterion.value(v).iri)) for v in self.left_out
        ]


@dataclass(frozen=True)
class Compared:
    """What was compared of an arrangement: how, how many profiles, how many they stand for, the statuses."""

    how: str
    profiles: int
    stands_for: int
    statuses: Mapping[str, int]


def options(criterion: Criterion, clashing: bool = False) -> list[Option]:
    """Return every way of answering a criterion, not at all included.

    A list is stated with some of its values, complete or not; where a value excludes all others, it is
    complete. Of a long list, one value of which is read at a time, two values are taken at most, and all.
    With `clashing`, answers that contradict themselves too: two values of which one is right, or what a list
    leaves out and another answer implies.
    """
    values = [v.slug for v in criterion.values]
    if not criterion.multiple:
        found = [Option(criterion), *(Option(criterion, (v,)) for v in values)]
        pairs = [Option(criterion, pair) for pair in combinations(values, 2)]
        return found + (pairs if clashing else [])
    alone = {v.slug for v in criterion.values if v.excludes_others}
    found = []
    sizes = range(len(values) + 1) if len(values) < _LONG else (0, 1, 2, len(values))
    for stated in chain.from_iterable(combinations(values, n) for n in sizes):
        if alone.isdisjoint(stated):
            found.append(Option(criterion, stated))
        if stated:
            left_out = tuple(v for v in values if v not in stated)
            found.append(Option(criterion, stated, left_out))
    implied = _implied(criterion.slug)
    more = chain.from_iterable(combinations(implied, n) for n in range(1, len(implied) + 1))
    return found + [
        replace(option, values=(*option.values, *added))
        for added in (more if clashing else ())
        for option in found
        if set(added) <= set(option.left_out)
    ]


@cache
def _count(criterion: Criterion) -> int:
    return len(options(criterion))


def _implied(name: str) -> list[str]:
    """Return the values of a criterion that some answer implies."""
    return sorted({v for said in implications().values() for c, v in said if c == name})


def answers(chosen: Iterable[Option], rules: Rules) -> dict[str, Answer]:
    """Return the answers of a unit, with what each implies, worked out without engine or axioms."""
    found: dict[str, Answer] = {}
    lists = []
    for option in chosen:
        for value in option.values:
            found = entailment.supposing(found, option.criterion.slug, value, rules)
        if option.criterion.multiple:
            lists.append(option)
    for option in lists:
        name = option.criterion.slug
        found[name] = replace(found.get(name, NO_ANSWER), excluded=frozenset(option.left_out))
    return found


class Comparison:
    """Compares what the fast engine and Kleene's logic say under the rules of one period."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.tables: RuleTables = rule_tables(rules)
        self.masks: Masks = masks(rules)

    def fast(self, chosen: Iterable[Option], asserted: Iterable[URIRef] = ()) -> set[str]:
        """Return the classes that the fast engine concludes a unit to be in."""
        facts = [(UNIT, TYPE, str(MTG.Unit)), *chain.from_iterable(o.facts() for o in chosen)]
        facts += [(UNIT, str(MTG.assertedRequirement), str(iri)) for iri in asserted]
        return self.of(facts)

    def of(self, facts: Facts) -> set[str]:
        """Return the classes that the fast engine concludes from facts about a unit."""
        return Closure(self.tables.axioms, facts).classes(UNIT)

    def read(self, requirements: Iterable[Requirement]) -> list[Criterion]:
        """Return the criteria that requirements read, in author order."""
        names = {clause.criterion for r in requirements for clause in r.clauses()}
        return [criterion for name, criterion in self.rules.criteria.items() if name in names]

    def hard(self, slug: str) -> list[Requirement]:
        """Return the hard requirements of an arrangement, inherited ones included."""
        return [r for r in self.rules.effective(slug) if r.hard]

    def together(self) -> list[list[Requirement]]:
        """Return the requirements, those together that read the same criteria."""
        found: dict[tuple[str, ...], list[Requirement]] = {}
        for requirement in self.rules.requirements:
            names = tuple(c.slug for c in self.read([requirement]))
            found.setdefault(names, []).append(requirement)
        return list(found.values())

    def ways(self, requirements: Sequence[Requirement]) -> int:
        """Return how many ways there are to answer what requirements read."""
        return prod(map(_count, self.read(requirements)))

    def outcomes(self, requirements: Sequence[Requirement]) -> int:
        """Compare the outcomes of requirements for every way of answering what they read; count them."""
        return self._outcomes(requirements, product(*map(options, self.read(requirements))))

    def clashes(self, requirement: Requirement) -> int:
        """Compare its outcome for answers that contradict themselves, and where it is asserted; count them.

        One answer stands here for those that its clauses do not tell apart.
        """
        clauses = requirement.clauses()
        groups = [alike(c, clauses, self.rules, True) for c in self.read([requirement])]
        return sum(
            self._outcomes([requirement], taken_in_turn(groups), asserted)
            for asserted in (False, True)
        )

    def _outcomes(
        self,
        requirements: Sequence[Requirement],
        profiles: Iterable[Sequence[Option]],
        asserted: bool = False,
    ) -> int:
        rules, count = self.rules, 0
        masked = [(r, self.masks.requirements[self.masks.position[r.slug]]) for r in requirements]
        slugs, iris = [], []
        if asserted:
            slugs, iris = [r.slug for r in requirements], [r.iri for r in requirements]
        for chosen in profiles:
            said = answers(chosen, rules)
            classes = self.fast(chosen, iris)
            bits = self.masks.encode(said)
            for requirement, mask in masked:
                wanted = logic.outcome(requirement, said, rules, slugs)
                assert outcome(requirement.slug, classes) == wanted, (
                    requirement.slug,
                    _shown(chosen),
                )
                assert mask.outcome(bits, asserted) == wanted, (requirement.slug, _shown(chosen))
                count += 1
        return count

    def arrangement(self, slug: str, limit: int, drawn: int = 5000) -> Compared:
        """Compare the status of an arrangement over what its hard requirements read.

        Over every profile where there are at most `limit`. Else over one profile for all those that no
        clause tells apart, where there are at most `limit` of these: the answers of a group take turns in
        standing for it, so that each is seen. Else over some profiles drawn, most of them near to
        eligible: `tests/test_exhaustive.py` says what proves the rest.
        """
        hard = self.hard(slug)
        criteria, clauses = self.read(hard), [c for r in hard for c in r.clauses()]
        lists = [options(c) for c in criteria]
        groups = [alike(c, clauses, self.rules) for c in criteria]
        every = prod(map(len, lists))
        if every <= limit:
            return self._statuses("every profile", slug, product(*lists), every)
        if prod(map(len, groups)) <= limit:
            return self._statuses("one of those alike", slug, taken_in_turn(groups), every)
        return self._statuses("drawn", slug, self._draw(slug, drawn), every)

    def _statuses(
        self, how: str, slug: str, profiles: Iterable[Sequence[Option]], every: int
    ) -> Compared:
        seen: Counter[str] = Counter()
        for chosen in profiles:
            wanted = logic.status(slug, answers(chosen, self.rules), self.rules)
            found = statuses(self.fast(chosen), self.tables)[slug]
            assert found == wanted, (slug, found, wanted, _shown(chosen))
            seen[wanted] += 1
        return Compared(how, seen.total(), every if how != "drawn" else seen.total(), seen)

    def _draw(self, slug: str, count: int) -> Iterator[Sequence[Option]]:
        draw, hard = random.Random(slug), self.hard(slug)  # noqa: S311 — a sample, not a secret
        clauses = [c for r in hard for c in r.clauses()]
        lists = []
        for criterion in self.read(hard):
            every = options(criterion)
            owns = [c for c in clauses if c in {r.own for r in hard}]
            good = [o for o in every if not any(_refutes(o, c, self.rules) for c in owns)]
            lists.append((every, [o for o in good if o.values] or every))
        for _ in range(count):
            nearness = draw.choice((0.3, 0.7, 0.9, 0.98))
            yield [draw.choice(good if draw.random() < nearness else all_) for all_, good in lists]


@cache
def comparison(rules: Rules) -> Comparison:
    """Return the comparison of a period, made once."""
    return Comparison(rules)


def _meets(option: Option, clause: Clause, rules: Rules) -> bool:
    if clause.criterion != option.criterion.slug:
        return False
    return not (rules.accepted(clause) or frozenset()).isdisjoint(option.values)


def _refutes(option: Option, clause: Clause, rules: Rules) -> bool:
    if clause.criterion != option.criterion.slug:
        return False
    if option.criterion.multiple:
        return clause.accepts <= set(option.left_out)
    return not rules.rejected(clause).isdisjoint(option.values)


def alike(
    criterion: Criterion, clauses: Sequence[Clause], rules: Rules, clashing: bool = False
) -> list[list[Option]]:
    """Return the ways of answering a criterion, those together that no clause tells apart.

    What implies another answer stays apart from what does not.
    """
    own = [c for c in dict.fromkeys(clauses) if c.criterion == criterion.slug]
    groups: dict[object, list[Option]] = {}
    for option in options(criterion, clashing):
        told = tuple((_meets(option, c, rules), _refutes(option, c, rules)) for c in own)
        implying = [v for v in option.values if (criterion.slug, v) in implications()]
        groups.setdefault((told, tuple(implying)), []).append(option)
    return list(groups.values())


def taken_in_turn(criteria: Sequence[Sequence[Sequence[Option]]]) -> Iterator[tuple[Option, ...]]:
    """Yield every combination of groups, one group a criterion; the options of a group take turns."""
    endless = [[cycle(group) for group in groups] for groups in criteria]
    for chosen in product(*endless):
        yield tuple(map(next, chosen))


def _shown(chosen: Iterable[Option]) -> dict[str, object]:
    return {o.criterion.slug: (o.values, o.left_out) for o in chosen if o.values or o.left_out}


def read_by(graph: Graph, cls: URIRef) -> set[tuple[Node, Node]]:
    """Return every (property, value) from which axioms can conclude that something is in a class.

    Fails where anything but subclasses, intersections and values leads to it.
    """
    found: set[tuple[Node, Node]] = set()
    todo: list[Node] = [cls]
    for node in todo:
        # Whatever else mentions a compiled class could lead to it in a way that is not followed here.
        ways = {p for p in graph.predicates(None, node) if p not in (RDF.first, RDF.rest)}
        assert ways <= {RDFS.subClassOf}, (node, ways)
        assert not {OWL.equivalentClass, OWL.unionOf, OWL.oneOf} & set(graph.predicates(node)), node
        new: list[Node] = []
        for narrower in graph.subjects(RDFS.subClassOf, node):
            if not isinstance(narrower, BNode):
                new.append(narrower)
                continue
            value, members = (
                graph.value(narrower, OWL.hasValue),
                graph.value(narrower, OWL.intersectionOf),
            )
            assert (value is None) != (members is None), narrower
            if members is not None:
                new += Collection(graph, members)
            else:
                prop = graph.value(narrower, OWL.onProperty)
                assert prop is not None
                assert value is not None
                found.add((prop, value))
        todo += [n for n in new if n not in todo]
    return found
