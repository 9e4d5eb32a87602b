"""What FOOPS! asks of an ontology: each of its checks, and what of `/def/` answers it (L6)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from crawling import client
from montages.names import BASE, MTG, VOCABULARIES, iris
from montages.publish.linked_data.documents import ONTOLOGY

HERE = Path(__file__).parent
CHECKS = yaml.safe_load((HERE / "fair-checks.yaml").read_text(encoding="utf-8"))
DOC = (HERE.parent / "docs" / "linked-data.md").read_text(encoding="utf-8")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
RDF_TYPES = ("text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples")


@cache
def ontology() -> Graph:
    answer = client().get("/def/", headers={"Accept": "text/turtle"})
    return Graph().parse(data=answer.data, format="turtle")


def terms() -> list[URIRef]:
    return [t for k in KINDS for t in iris(ontology().subjects(RDF.type, k)) if t.startswith(MTG)]


def asked(accept: str, path: str = "/def/") -> tuple[int, str]:
    answer = client().get(path, headers={"Accept": accept})
    return answer.status_code, answer.mimetype


def negotiated() -> bool:
    return page() and rdf()


def page() -> bool:
    return asked("text/html") == (200, "text/html")


def rdf() -> bool:
    return all(asked(media_type) == (200, media_type) for media_type in RDF_TYPES)


def address() -> bool:
    parts = urlsplit(str(ONTOLOGY))
    return (parts.scheme, parts.netloc) == ("https", "w3id.org")


def same_address() -> bool:
    return list(ontology().subjects(RDF.type, OWL.Ontology)) == [ONTOLOGY]


def version() -> bool:
    named = str(ontology().value(ONTOLOGY, OWL.versionIRI))
    answer = client().get(named.replace(BASE, "/"))
    there = urlsplit(answer.headers["Location"]).path
    return named != str(ONTOLOGY) and answer.status_code == 303 and there == "/def/"


def other_vocabularies() -> bool:
    pairs = (
        *ontology().subject_objects(RDFS.subClassOf),
        *ontology().subject_objects(RDFS.subPropertyOf),
    )
    above = {str(o) for s, o in pairs if str(s).startswith(MTG) and isinstance(o, URIRef)}
    return (
        len({name for name, ns in VOCABULARIES.items() if any(o.startswith(ns) for o in above)}) > 3
    )


def labels() -> bool:
    return len(terms()) > 300 and all((term, RDFS.label, None) in ontology() for term in terms())


def definitions() -> bool:
    return all(
        any(isinstance(text, Literal) for text in ontology().objects(term, SKOS.definition))
        for term in terms()
    )


ANSWERS: dict[str, Callable[[], bool]] = {
    answer.__name__: answer
    for answer in (
        negotiated, page, rdf, address, same_address, version, other_vocabularies, labels, definitions,
    )
}  # fmt: skip


@pytest.mark.parametrize("check", CHECKS)
def test_what_is_said_to_answer_a_check_does(check: str) -> None:
    answer = CHECKS[check]
    for name in answer.get("states", ()):
        prefix, _, local = name.partition(":")
        assert ontology().value(ONTOLOGY, URIRef(VOCABULARIES[prefix] + local)), name
    if "answers" in answer:
        assert ANSWERS[answer["answers"]]()


def test_every_check_is_listed_and_what_it_lacks_is_said() -> None:
    assert len(CHECKS) == 24
    assert sum("lacks" not in answer for answer in CHECKS.values()) == 20
    rows = {line.split("|")[1].strip(): line for line in DOC.splitlines() if line.startswith("| ")}
    for check, answer in CHECKS.items():
        assert all(f"`{name}`" in rows[check] for name in answer.get("states", ())), check
        assert ("no: " in rows[check]) == ("lacks" in answer), check


def test_no_identifier_is_made_up() -> None:
    text = client().get("/def.ttl").get_data(as_text=True)
    assert "doi.org" not in text
    assert "orcid.org" not in text
