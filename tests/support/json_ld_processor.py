"""A JSON-LD 1.1 processor other than rdflib's, which reads our context from the service under test."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pyoxigraph
from pyld import jsonld

from crawling import client

ADDRESS = "http://localhost/context.jsonld"


def _load(url: str, _options: object = None) -> Mapping[str, Any]:
    """Return the context as published; a document names no other address."""
    assert url == ADDRESS, url
    document = json.loads(client().get("/context.jsonld").data)
    return {
        "contextUrl": None,
        "documentUrl": url,
        "contentType": "application/ld+json",
        "document": document,
    }


jsonld.set_document_loader(_load)


def compacted(tree: Any) -> Any:
    """Return a document compacted anew with the published context."""
    return jsonld.compact(jsonld.expand(tree), ADDRESS)


def framed(tree: Any, frame: Mapping[str, Any]) -> Any:
    """Return a document framed with the published context."""
    return jsonld.frame(tree, {"@context": ADDRESS, **frame})


def dataset(tree: Any) -> pyoxigraph.Dataset:
    """Return the statements of a document, blank nodes named by what they hold."""
    quads = jsonld.to_rdf(tree, {"format": "application/n-quads"})
    return _canonical(quads, pyoxigraph.RdfFormat.N_QUADS)


def dataset_of_turtle(text: bytes) -> pyoxigraph.Dataset:
    """Return the statements of a Turtle document, blank nodes named by what they hold."""
    return _canonical(text, pyoxigraph.RdfFormat.TURTLE)


def _canonical(text: bytes | str, form: pyoxigraph.RdfFormat) -> pyoxigraph.Dataset:
    statements = pyoxigraph.Dataset(pyoxigraph.parse(text, format=form))
    statements.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return statements
