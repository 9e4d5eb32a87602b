"""The pages of lists, of their values, and of the buckets that the bounds of the rules cut."""

from __future__ import annotations

from typing import Any

from rdflib import SKOS, URIRef

from montages.names import MTG, iris, slug
from montages.web.pages import criterion
from montages.web.pages.frame import Frame


def make(iri: str, frame: Frame) -> dict[str, Any]:
    """Return what the page of a value, or of a bucket, shows: its list, its question, what it changes."""
    graph, ref = frame.graph, URIRef(iri)
    schemes = iris(graph.objects(ref, SKOS.inScheme))
    asking = {c for s in schemes for c in iris(graph.subjects(MTG.values, s))}
    asking |= set(iris(graph.objects(ref, MTG.bucketOf)))
    changes = []
    for asked in sorted(asking, key=lambda c: frame.rank(c)):
        made = criterion.make(str(asked), frame)
        answers = [a for a in made["answers"] if a.value.slug == slug(iri)]
        changes.append((frame.link(asked), made["criterion"].question[frame.lang], answers))
    others = {o for s in schemes for o in iris(graph.subjects(SKOS.inScheme, s))} - {ref}
    return {
        "schemes": frame.links(schemes),
        # «Yes» and «no» answer many questions: each question says what they change there.
        "changes": changes if len(changes) <= 3 else [],
        "questions": [link for link, _, _ in changes],
        "others": frame.links(others)[:60],
    }


def make_scheme(iri: str, frame: Frame) -> dict[str, Any]:
    """Return what the page of a list of values shows."""
    graph, ref = frame.graph, URIRef(iri)
    members = iris(graph.subjects(SKOS.inScheme, ref))
    members.sort(key=lambda m: frame.rank(m))
    return {
        "members": [(frame.link(m), frame.labels.definition(str(m), frame.lang)) for m in members],
        "criteria": frame.links(graph.subjects(MTG.values, ref)),
    }
