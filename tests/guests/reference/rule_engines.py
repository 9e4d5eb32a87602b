"""Engines that run the editions of the rules, and the verdicts that they come to, by project.

pySHACL and shifty are those of others. For the draft of SHACL 1.2 Inference Rules there is none yet: what it
says of layers is followed here, over pyoxigraph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import groupby
from unittest import mock

import pyoxigraph as ox
import pyshacl
from rdflib import Graph
from rdflib.plugins.sparql import processor
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

_MTG = "https://w3id.org/montages/def/"
_VERDICTS = f"""PREFIX mtg: <{_MTG}>
SELECT ?project ?arrangement ?status
WHERE {{
  ?verdict a mtg:ProjectVerdict ; mtg:ofProject ?project ; mtg:arrangement ?arrangement ; mtg:status ?status .
}}"""
_RULES = """PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT ?layer ?once ?order ?text (GROUP_CONCAT(?declared; separator="") AS ?prefixes)
WHERE {
  ?set a sh:RuleSet ; sh:hasRule ?rule .
  ?rule sh:layer ?layer ; sh:order ?order ; sh:construct ?text ; sh:prefixes/sh:declare ?prefix .
  ?prefix sh:prefix ?name ; sh:namespace ?namespace .
  OPTIONAL { ?rule sh:runOnce ?said }
  BIND(COALESCE(?said, false) AS ?once)
  BIND(CONCAT("PREFIX ", ?name, ": <", STR(?namespace), ">\\n") AS ?declared)
}
GROUP BY ?rule ?layer ?once ?order ?text"""

_parsed, _translated = cache(parseQuery), cache(translateQuery)

Verdicts = Mapping[str, Mapping[str, str]]
Engine = Callable[[bytes, Iterable[bytes]], Verdicts]


def by_pyshacl(edition: bytes, descriptions: Iterable[bytes]) -> Verdicts:
    """Return what pySHACL comes to; each rule is read once and not again for each project."""
    data = Graph().parse(data=_together(edition, descriptions), format="turtle")
    with (
        mock.patch.object(processor, "parseQuery", _parsed),
        mock.patch.object(processor, "translateQuery", lambda parsed, *_: _translated(parsed)),
    ):
        rules = Graph().parse(data=edition, format="turtle")
        out = pyshacl.shacl_rules(data, shacl_graph=rules, advanced=True)
    return _verdicts(_store(out.serialize(format="nt").encode(), ox.RdfFormat.N_TRIPLES))


def by_shifty(edition: bytes, descriptions: Iterable[bytes]) -> Verdicts:
    """Return what shifty comes to, which runs rules until nothing new follows."""
    import shifty

    out = shifty.infer(_together(edition, descriptions), edition)
    return _verdicts(_store(out.graph_ntriples.encode(), ox.RdfFormat.N_TRIPLES))


def by_layers(edition: bytes, descriptions: Iterable[bytes]) -> Verdicts:
    """Return what the rules come to layer by layer: once, or until nothing new follows."""
    store = _store(_together(edition, descriptions), ox.RdfFormat.TURTLE)
    rules = [tuple(value.value for value in row) for row in store.query(_RULES)]
    rules.sort(key=lambda rule: (int(rule[0]), rule[1] != "true", int(rule[2])))
    for (_, once), group in groupby(rules, key=lambda rule: rule[:2]):
        texts = [prefixes + text for *_, text, prefixes in group]
        before = -1
        while len(store) != before:
            before = len(store)
            for text in texts:
                store.extend([ox.Quad(*triple) for triple in store.query(text)])
            if once == "true":
                break
    return _verdicts(store)


def _together(edition: bytes, descriptions: Iterable[bytes]) -> bytes:
    return b"\n".join([edition, *descriptions])


def _store(content: bytes, form: ox.RdfFormat) -> ox.Store:
    store = ox.Store()
    store.bulk_load(content, form)
    return store


def _verdicts(store: ox.Store) -> Verdicts:
    out: dict[str, dict[str, str]] = {}
    for project, arrangement, status in store.query(_VERDICTS):
        by_arrangement = out.setdefault(project.value, {})
        assert arrangement.value not in by_arrangement, (project, arrangement)
        by_arrangement[arrangement.value] = status.value
    return out
