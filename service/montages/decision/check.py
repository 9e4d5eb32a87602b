"""Check a description: the shapes, then the terms no shape can know are misspelt."""

from __future__ import annotations

from functools import cache

import pyshacl
from rdflib import RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from montages.decision.description import Description, part
from montages.decision.findings import Finding, Report
from montages.decision.keys import nearest
from montages.knowledge import library
from montages.knowledge.answer_shapes import description_shapes
from montages.knowledge.model import Text
from montages.names import COMPILED, ID, MTG, PROJECT, REQUIREMENT, SHAPE, compact, iris, slug

_SEVERITY: dict[Node | None, str] = {
    SH.Violation: "violation",
    SH.Warning: "warning",
    SH.Info: "info",
}
_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)


def check(description: Description) -> Report:
    """Return what the shapes and the vocabulary say of a description, gravest finding first."""
    graph = part(description)
    findings = [*_shacl(graph), *_vocabulary(graph)]
    located = [_located(finding, description) for finding in findings]
    return Report(tuple(sorted(set(located), key=Finding.key)), looked_at(graph))


@cache
def _background() -> Graph:
    """Return what shapes need to know beside the description: classes, and what each thing is."""
    graph = Graph()
    for triple in library.ontology().triples((None, RDFS.subClassOf, None)):
        if isinstance(triple[2], URIRef):
            graph.add(triple)
    for s, p, o in library.data():
        if p in (RDF.type, SKOS.inScheme, MTG.group) and isinstance(s, URIRef):
            graph.add((s, p, o))
    return graph


def _shacl(graph: Graph) -> list[Finding]:
    shapes = description_shapes()
    _, results, _ = pyshacl.validate(graph + _background(), shacl_graph=shapes, advanced=False)
    assert isinstance(results, Graph)
    found = results.subjects(RDF.type, SH.ValidationResult)
    return [finding_of(results, node, shapes) for node in found]


def finding_of(results: Graph, node: Node, shapes: Graph) -> Finding:
    """Return one result of a SHACL validation as a finding; its messages are those of its shape."""
    shape = results.value(node, SH.sourceShape)
    # Not sh:resultMessage: pySHACL drops its language when the constraint is a query.
    said = shapes.objects(shape, SH.message)
    messages = {m.language: str(m) for m in said if isinstance(m, Literal)}
    some = next(iter(messages.values()), "")
    listed = shapes.value(shape, SH["in"])
    accepted = [slug(str(v)) for v in Collection(shapes, listed)] if listed is not None else []
    value = results.value(node, SH.value)
    path = results.value(node, SH.resultPath)
    return Finding(
        severity=_SEVERITY.get(results.value(node, SH.resultSeverity), "violation"),
        constraint=str(shape),
        focus=str(results.value(node, SH.focusNode)),
        path=str(path) if isinstance(path, URIRef) else "",
        value="" if value is None else str(value),
        message=Text(messages.get("fr", some), messages.get("en", some)),
        accepted=tuple(accepted),
        suggestion=nearest(slug(str(value)), accepted) if accepted and value is not None else None,
    )


@cache
def _known() -> tuple[frozenset[URIRef], frozenset[URIRef]]:
    """Return the terms of the ontology and every thing the data describes."""
    terms = {
        s for s in library.ontology().subjects() if isinstance(s, URIRef) and s.startswith(MTG)
    }
    things = {s for s in library.data().subjects() if isinstance(s, URIRef)}
    versions = library.data().objects(None, MTG.versionOf)
    return frozenset(terms), frozenset(things | {v for v in versions if isinstance(v, URIRef)})


def _vocabulary(graph: Graph) -> list[Finding]:
    terms, things = _known()
    findings = [_reserved(node) for node in iris(set(graph.subjects())) if "#unit" in node]
    for s, p, o in sorted(graph):
        used = [(p, "property"), (o, "class")] if p == RDF.type else [(p, "property")]
        for term, kind in used:
            if isinstance(term, URIRef) and _is_term(term) and term not in terms:
                findings.append(_misspelt(s, p, term, terms, kind))
        if isinstance(o, URIRef) and _is_ours(o) and o not in things and p != RDF.type:
            folder = o.rsplit("/", 1)[0]
            siblings = {t for t in things if t.rsplit("/", 1)[0] == folder}
            findings.append(_misspelt(s, p, o, siblings, "thing"))
    return findings


def _reserved(node: URIRef) -> Finding:
    """Return the finding for a node named as the closing step names units."""
    return Finding(
        severity="violation",
        constraint=str(SHAPE["Description-reservedNames"]),
        focus=str(node),
        path="",
        value=str(node),
        message=Text(
            "Les noms en « #unit… » sont réservés aux unités, que Montages écrit lui-même. "
            "Donnez un autre nom à cet élément.",
            "Names in “#unit…” are kept for units, which Montages writes itself. "
            "Give this element another name.",
        ),
    )


def _is_ours(thing: URIRef) -> bool:
    """Tell whether only our data can describe a thing, rather than the description itself."""
    # As a plain string: rdflib's own startswith takes no tuple.
    name = str(thing)
    return name.startswith((ID, REQUIREMENT)) and not name.startswith(PROJECT)


def _is_term(term: URIRef) -> bool:
    """Tell whether a name claims to be a term or a compiled class of ours."""
    return str(term).startswith((str(MTG), str(COMPILED)))


def _misspelt(
    focus: Node, path: Node, term: URIRef, known: set[URIRef] | frozenset[URIRef], kind: str
) -> Finding:
    names = {slug(iri): iri for iri in known}
    close = nearest(slug(term), names)
    listed = tuple(sorted(names)) if kind == "thing" else ()
    hint_fr = f" Vouliez-vous « {close} » ?" if close else ""
    hint_en = f" Did you mean “{close}”?" if close else ""
    return Finding(
        severity="violation",
        constraint=str(SHAPE["Description-knownTerms"]),
        focus=str(focus),
        path=str(path),
        value=str(term),
        message=Text(
            f"{compact(term)} n'existe pas dans l'ontologie ni dans les listes.{hint_fr}",
            f"{compact(term)} is neither in the ontology nor in the lists.{hint_en}",
        ),
        accepted=listed,
        suggestion=close,
    )


def _located(finding: Finding, description: Description) -> Finding:
    key = finding.focus.removeprefix(str(PROJECT))
    where = description.places.get(key)
    if where is None:
        return finding
    return Finding(**{**finding.__dict__, "where": where or "/"})


def looked_at(graph: Graph) -> dict[str, int]:
    """Return how many nodes each targeted shape looks at, shapes that look at none included."""
    shapes, counts = description_shapes(), {}
    known = graph + _background()
    for shape in {s for target in _TARGETS for s in shapes.subjects(target, None)}:
        nodes: set[Node] = set()
        for target in shapes.objects(shape, SH.targetClass):
            for cls in known.transitive_subjects(RDFS.subClassOf, target):
                nodes |= set(graph.subjects(RDF.type, cls))
        for target in shapes.objects(shape, SH.targetSubjectsOf):
            nodes |= set(graph.subjects(target, None))
        for target in shapes.objects(shape, SH.targetObjectsOf):
            nodes |= set(graph.objects(None, target))
        counts[slug(str(shape))] = len(nodes)
    return counts
