"""What follows from answers: what one implies about another, and which criteria bear on which.

Implications are the `hasValue` axioms of the ontology, as pairs of answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from rdflib import OWL, RDFS, Graph, URIRef

from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.law import Clause
from montages.knowledge.logic import NO_ANSWER, Answer, Answers
from montages.knowledge.periods import Rules
from montages.knowledge.rulebook import rulebook
from montages.names import slug

AnswerPair = tuple[str, str]


def graph_implications(
    graph: Graph,
) -> dict[tuple[URIRef, URIRef], tuple[tuple[URIRef, URIRef], ...]]:
    """Return (property, value) → the pairs it implies, from subclasses of `hasValue`."""
    out: dict[tuple[URIRef, URIRef], list[tuple[URIRef, URIRef]]] = {}
    for narrow, wide in graph.subject_objects(RDFS.subClassOf):
        pairs = [
            (graph.value(n, OWL.onProperty), graph.value(n, OWL.hasValue)) for n in (narrow, wide)
        ]
        if all(isinstance(x, URIRef) for pair in pairs for x in pair):
            out.setdefault(pairs[0], []).append(pairs[1])  # type: ignore[arg-type]  # IRIs: checked
    return {key: tuple(sorted(values)) for key, values in out.items()}


@disk_cache
def implications() -> dict[AnswerPair, tuple[AnswerPair, ...]]:
    """Return (criterion, value) → the answers to other criteria that it implies."""
    by_property = {c.property: c.slug for c in rulebook().criteria.values()}
    return {
        (by_property[prop], slug(value)): tuple(
            (by_property[p], slug(v)) for p, v in implied if p in by_property
        )
        for (prop, value), implied in graph_implications(library.ontology()).items()
        if prop in by_property
    }


@cache
def implying(criterion: str) -> tuple[AnswerPair, ...]:
    """Return the answers that imply one to a criterion."""
    return tuple(
        pair for pair, implied in implications().items() if criterion in {n for n, _ in implied}
    )


def closure(answers: Iterable[AnswerPair]) -> dict[str, frozenset[str]]:
    """Return answers with all they imply, by criterion; two values of one criterion may clash."""
    out: dict[str, frozenset[str]] = {}
    todo = list(answers)
    while todo:
        criterion, value = todo.pop()
        if value not in out.get(criterion, frozenset()):
            out[criterion] = out.get(criterion, frozenset()) | {value}
            todo += implications().get((criterion, value), ())
    return out


@cache
def implied(pair: AnswerPair) -> frozenset[AnswerPair]:
    """Return an answer with all it implies."""
    return frozenset((c, v) for c, values in closure([pair]).items() for v in values)


def supposing(answers: Answers, criterion: str, value: str, rules: Rules) -> dict[str, Answer]:
    """Return the answers with one more, and with what that one implies."""
    out = dict(answers)
    todo = [(criterion, value)]
    while todo:
        name, chosen = todo.pop()
        definition = rules.criteria[name]
        before = out.get(name, NO_ANSWER)
        if chosen in before.values:
            continue
        excluded = before.excluded
        if definition.multiple and definition.value(chosen).excludes_others:
            excluded = frozenset(v.slug for v in definition.values) - {chosen}
        out[name] = Answer(before.values | {chosen}, excluded, "explicit", before.number)
        todo += implications().get((name, chosen), ())
    return out


def without_assumptions(answers: Answers, rules: Rules) -> dict[str, Answer]:
    """Return the answers that do not rest on an assumed one."""
    following: set[str] = set()
    for name, answer in answers.items():
        if answer.state == "default":
            for value in answer.values:
                following |= _names_implied(name, value, rules)
    return {
        name: answer
        for name, answer in answers.items()
        if answer.state != "default" and not (name in following and answer.state == "derived")
    }


@cache
def _names_implied(criterion: str, value: str, rules: Rules) -> frozenset[str]:
    if all(value != v.slug for v in rules.criteria[criterion].values):
        return frozenset()  # on no list: nothing follows from it
    return frozenset(supposing({}, criterion, value, rules))


@cache
def asked_for(criterion: str, rules: Rules) -> tuple[str, ...]:
    """Return the criteria to ask so as to know one: itself, or those it is only ever derived from."""
    if rules.criteria[criterion].answer_origin != "Derived":
        return (criterion,)
    return tuple(sorted({name for name, _ in implying(criterion)})) or (criterion,)


def is_asked(criterion: str, rules: Rules) -> bool:
    """Tell whether a criterion is asked itself, and not only derived from others."""
    return criterion in asked_for(criterion, rules)


@cache
def read_by(clauses: tuple[Clause, ...], rules: Rules) -> tuple[str, ...]:
    """Return every criterion that may decide clauses: theirs, those to ask for them, and all those imply."""
    todo = [clause.criterion for clause in clauses]
    todo += [source for name in todo for source in asked_for(name, rules)]
    names = set(todo)
    for name in todo:
        new = _implied_by(name) - names
        names |= new
        todo += new
    return tuple(sorted(names))


def bearing_on(names: Iterable[str], rules: Rules) -> frozenset[str]:
    """Return some criteria, and all those an answer to which answers any of them."""
    bearing = frozenset(names)
    while more := {c for c in rules.criteria if c not in bearing and _implied_by(c) & bearing}:
        bearing |= more
    return bearing


@cache
def _implied_by(criterion: str) -> frozenset[str]:
    """Return the criteria that some answer to one answers too."""
    return frozenset(
        other
        for (name, _), implied in implications().items()
        if name == criterion
        for other, _ in implied
    )


@cache
def telling(name: str, rules: Rules) -> tuple[str, ...]:
    """Return the criteria whose answers tell one: itself, and those that imply an answer to it."""
    sources = {source for source, _ in implying(name)}
    return (name, *(c for c in rules.criteria if c in sources and c != name))


@cache
def asking_order(names: tuple[str, ...], rules: Rules) -> tuple[str, ...]:
    """Return the criteria whose answers bear on some: they, those that tell them, those asked before.

    They are in the order in which they are asked: what is asked after another comes after it.
    """
    criteria = dict.fromkeys(names)
    todo = list(names)
    for name in todo:
        before = [c.criterion for w in rules.criteria[name].asked_when for c in w.clauses]
        new = [n for n in (*telling(name, rules), *before) if n not in criteria]
        criteria |= dict.fromkeys(new)
        todo += new
    return tuple(sorted(criteria, key=lambda n: (_depth(n, rules), rules.criteria[n].order)))


@cache
def _depth(name: str, rules: Rules) -> int:
    """Return how many questions come before one, at most."""
    before = [
        source
        for condition in rules.criteria[name].asked_when
        for clause in condition.clauses
        for source in telling(clause.criterion, rules)
        if source != name
    ]
    return 1 + max((_depth(source, rules) for source in before), default=-1)
