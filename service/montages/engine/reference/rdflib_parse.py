"""An RDF text as rdflib reads it: the reference beside which the other parser is checked."""

from __future__ import annotations

import warnings

from rdflib import Dataset, Graph

from montages.description.blank_nodes import name_blank_nodes
from montages.description.facts import (
    Facts,
    bind_literal_readers,
    from_graph,
    in_one_form,
    silent_terms,
)
from montages.description.parsing.parse import parse_rdf
from montages.description.parsing.syntax_errors import syntax_error
from montages.names import PROJECT

_WITH_GRAPHS = {"trig": "trig", "nq": "nquads"}


def rdflib_facts(text: str, syntax: str) -> Facts:
    """Return the facts of an RDF text as rdflib reads it; raises as `parse_rdf`, whose messages are clear."""
    parse_rdf(text, syntax)
    bind_literal_readers()
    graph = Dataset(default_union=True) if syntax in _WITH_GRAPHS else Graph()
    try:
        with silent_terms(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd literals are reported by the shapes
            graph.parse(data=text, format=_WITH_GRAPHS.get(syntax, syntax), publicID=str(PROJECT))
    except Exception as error:
        raise syntax_error(syntax, None, None, str(error)) from error
    union = Graph()
    for triple in graph.triples((None, None, None)):
        union.add(triple)
    return name_blank_nodes(Facts(map(in_one_form, from_graph(union))))
