"""What each requirement must have (R10): sources, readings, a basis, versions apart; axioms in OWL 2 RL.

And the table of what defines each contract: lines that say nothing, contracts that a later one calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise, permutations

from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from montages.knowledge.compiled.owl_compiler import compile_rules
from montages.knowledge.files import library
from montages.knowledge.law import Preference, Requirement, Span
from montages.knowledge.model import Definition, Rulebook
from montages.knowledge.periods import Rules, change_dates, rules_at
from montages.names import MTG, slug
from montages.quality.checks.rules_report import Remark, remark

_HARD_BASES = ("Statute", "SettledCaseLaw", "Definition")


def ill_formed(book: Rulebook) -> Iterator[Remark]:
    """Yield a remark for each thing that a requirement or a threshold must have and has not."""
    for requirement in book.requirements:
        yield from _incomplete(requirement)
    yield from _overlaps(book)
    yield from _profile(book)


def _incomplete(requirement: Requirement) -> Iterator[Remark]:
    name = requirement.slug
    if not requirement.sources:
        yield remark("no-source", name)
    readings = library.data().objects(requirement.version, MTG.reading)
    languages = {o.language for o in readings if isinstance(o, Literal)}
    yield from (remark("no-reading", name, lang=x) for x in ("fr", "en") if x not in languages)
    if not requirement.soft and requirement.basis not in _HARD_BASES:
        yield remark("hard-without-law", name, basis=requirement.basis)
    if isinstance(requirement, Preference) and not 1 <= requirement.weight <= 3:
        yield remark("weight", name)


def _overlaps(book: Rulebook) -> Iterator[Remark]:
    spans: dict[str, list[Span]] = {}
    for requirement in book.requirements:
        spans.setdefault(requirement.slug, []).append(requirement.span)
    for threshold, values in book.thresholds.items():
        spans[slug(str(threshold))] = [dated.span for dated in values]
    for name, versions in spans.items():
        for before, after in pairwise(sorted(versions, key=lambda span: span.first)):
            if after.first <= before.last:
                yield remark("overlap", name, first=after.first)


def _profile(book: Rulebook) -> Iterator[Remark]:
    graphs = {"ontology": library.ontology()}
    graphs |= {f"compiled/{day}": compile_rules(rules_at(day)) for day in change_dates(book)}
    for name, graph in graphs.items():
        yield from (remark("owl-2-rl", name, fault=fault) for fault in outside_rl(graph))


# Everything OWL says that we use; any other word of its vocabulary is refused.
_ALLOWED = {
    OWL.onProperty,
    OWL.hasValue,
    OWL.someValuesFrom,
    OWL.intersectionOf,
    OWL.unionOf,
    OWL.oneOf,
    OWL.propertyChainAxiom,
    OWL.inverseOf,
    OWL.imports,
    OWL.versionIRI,
    OWL.versionInfo,
    OWL.priorVersion,
    OWL.deprecated,
    # A note on an axiom, which concludes nothing.
    OWL.annotatedSource,
    OWL.annotatedProperty,
    OWL.annotatedTarget,
}
_DECLARED = {
    OWL.Ontology,
    OWL.Axiom,
    OWL.Class,
    OWL.Restriction,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    OWL.NamedIndividual,
    OWL.SymmetricProperty,
    OWL.TransitiveProperty,
}
# What may stand on each side of a subclass axiom, beside a named class.
_NARROW = (OWL.hasValue, OWL.someValuesFrom, OWL.intersectionOf, OWL.unionOf, OWL.oneOf)
_WIDE = (OWL.hasValue, OWL.intersectionOf)


def outside_rl(graph: Graph) -> tuple[str, ...]:
    """Return what leaves the part of OWL 2 RL the project uses, empty if nothing does."""
    return tuple(dict.fromkeys(sorted([*_words(graph), *_subclasses(graph), *_chains(graph)])))


def _words(graph: Graph) -> Iterator[str]:
    for s, p, o in graph:
        if str(p).startswith(str(OWL)) and p not in _ALLOWED:
            yield f"{_name(s)} {_name(p)}"
        if p == RDF.type and str(o).startswith(str(OWL)) and o not in _DECLARED:
            yield f"{_name(s)} a {_name(o)}"


def _subclasses(graph: Graph) -> Iterator[str]:
    for narrow, wide in graph.subject_objects(RDFS.subClassOf):
        yield from (f"{fault}, subclass" for fault in _expression(graph, narrow, _NARROW))
        yield from (f"{fault}, superclass" for fault in _expression(graph, wide, _WIDE))


def _expression(graph: Graph, node: Node, allowed: tuple[URIRef, ...]) -> Iterator[str]:
    """Yield what is wrong with a class expression that stands where only some constructs may."""
    if isinstance(node, Literal) or (node == OWL.Thing and allowed is _NARROW):
        yield _name(node)
    if not isinstance(node, BNode):
        return
    used = [p for p in (*_NARROW, OWL.allValuesFrom, OWL.complementOf) if (node, p, None) in graph]
    if len(used) != 1 or used[0] not in allowed:
        yield f"{_name(node)} {', '.join(_name(p) for p in used) or '?'}"
        return
    if used[0] in (OWL.hasValue, OWL.someValuesFrom) and (node, OWL.onProperty, None) not in graph:
        yield f"{_name(node)} owl:onProperty ?"
    inner = graph.value(node, used[0])
    if used[0] in (OWL.intersectionOf, OWL.unionOf) and inner is not None:
        for member in graph.items(inner):
            yield from _expression(graph, member, allowed)
    elif used[0] == OWL.someValuesFrom and inner is not None:
        yield from _expression(graph, inner, allowed)


def _chains(graph: Graph) -> Iterator[str]:
    for prop, chain in graph.subject_objects(OWL.propertyChainAxiom):
        links = list(graph.items(chain))
        if len(links) < 2 or not all(isinstance(link, URIRef) for link in links):
            yield f"{_name(prop)} owl:propertyChainAxiom"


def _name(node: Node) -> str:
    for prefix, base in (("owl", OWL), ("rdfs", RDFS), ("rdf", RDF), ("skos", SKOS)):
        if str(node).startswith(str(base)):
            return f"{prefix}:{str(node)[len(str(base)) :]}"
    return f"_:{node}" if isinstance(node, BNode) else str(node).rsplit("/", 1)[-1]


def checked_definitions(rules: Rules, idle: Iterable[str]) -> Iterator[Remark]:
    """Yield what is wrong with definitions; `idle` are those that decide no case."""
    yield from _implied(rules)
    yield from _called_by_terms(rules)
    yield from (remark("idle-definition", slug) for slug in idle)


def _implied(rules: Rules) -> Iterator[Remark]:
    """Yield the definitions that hold only where another of the same contract does."""
    for one, other in permutations(rules.book.definitions, 2):
        same = one.defines == other.defines and one.also == other.also
        if same and _narrower(one, other, rules):
            yield remark("implied-definition", one.slug, slug=other.slug)


def _narrower(one: Definition, other: Definition, rules: Rules) -> bool:
    """Tell whether a definition asks all that another asks, and is kept from calling wherever it is."""
    wanted, asked = _accepted(other, rules), _accepted(one, rules)
    excepted = set(other.unless) <= set(one.unless)
    silent = set(other.unless_stated) <= set(one.unless_stated)
    return excepted and silent and all(asked.get(n, {""}) <= values for n, values in wanted.items())


def _accepted(definition: Definition, rules: Rules) -> dict[str, set[str]]:
    clauses = [clause for condition in definition.when for clause in condition.clauses]
    return {clause.criterion: set(rules.accepted(clause) or ()) for clause in clauses}


def _called_by_terms(rules: Rules) -> Iterator[Remark]:
    """Yield the contracts that the terms of a later one would call: to take it would name another."""
    for definition in rules.book.definitions:
        wanted = _accepted(definition, rules)
        for later in rules.arrangements.values():
            order = rules.book.arrangements[definition.defines].qualification_order
            if later.qualification_order <= order or later.abstract:
                continue
            terms = _terms(later.slug, rules)
            if wanted and all(n in terms and terms[n] <= values for n, values in wanted.items()):
                yield remark("definition-by-terms", definition.slug, slug=later.slug)


def _terms(slug: str, rules: Rules) -> dict[str, set[str]]:
    """Return what a contract asks of choices, by criterion."""
    gates = (gate for gate in rules.effective(slug) if gate.hard)
    return {
        gate.own.criterion: set(rules.accepted(gate.own) or ())
        for gate in gates
        if rules.criteria[gate.own.criterion].nature == "choice"
    }
