"""Harvesters of a DCAT catalogue, which look at what udata (data.gouv.fr) and ckanext-dcat look at alone.

Both go from page to page by Hydra, each by the class of page that it knows. What neither takes is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF
from rdflib.term import Node

DCAT = Namespace("http://www.w3.org/ns/dcat#")
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
MOST_PAGES = 100

# Returns the page at an address, read as RDF.
Read = Callable[[str], Graph]


@dataclass(frozen=True)
class Resource:
    """A file of a dataset as a portal keeps it."""

    url: str
    media_type: str
    sha256: str = ""
    size: int | None = None


@dataclass(frozen=True)
class Harvested:
    """A dataset as a portal keeps it: under the name by which it knows it again, `key`."""

    key: str
    title: str
    description: str
    publisher: str
    page: str
    issued: str
    modified: str
    version: str
    licences: frozenset[str]
    keywords: frozenset[str]
    resources: tuple[Resource, ...]


def udata_pages(read: Read, url: str) -> Iterator[Graph]:
    """Yield the pages as udata walks them: from the one view of each to what it says is next."""
    return _pages(read, url, _after_for_udata)


def udata(read: Read, url: str) -> dict[str, Harvested]:
    """Return what udata has of a catalogue, by identifier."""
    return _once(
        _harvested(page, node, str(_one(page, node, DCTERMS.identifier)))
        for page in udata_pages(read, url)
        for node in page.subjects(RDF.type, DCAT.Dataset)
    )


def ckan(read: Read, url: str) -> dict[str, Harvested]:
    """Return what ckanext-dcat has of a catalogue, by IRI."""
    return _once(
        _harvested(page, node, str(node))
        for page in _pages(read, url, _after_for_ckan)
        for node in page.subjects(RDF.type, DCAT.Dataset)
        if isinstance(node, URIRef)
    )


def _pages(read: Read, url: str | None, after: Callable[[Graph], str | None]) -> Iterator[Graph]:
    for _ in range(MOST_PAGES):
        if url is None:
            return
        page = read(url)
        yield page
        url = after(page)
    raise AssertionError("the pages go round in circles")


def _after_for_udata(page: Graph) -> str | None:
    (view,) = page.subjects(RDF.type, HYDRA.PartialCollectionView)
    return _text(page.value(view, HYDRA.next))


def _after_for_ckan(page: Graph) -> str | None:
    (view,) = page.subjects(RDF.type, HYDRA.PagedCollection)
    return _text(page.value(view, HYDRA.next))


def _once(datasets: Iterator[Harvested]) -> dict[str, Harvested]:
    found: dict[str, Harvested] = {}
    for it in datasets:
        assert it.key not in found, f"{it.key} comes twice: a portal keeps one"
        found[it.key] = it
    return found


def _harvested(page: Graph, node: Node, key: str) -> Harvested:
    publisher = _one(page, node, DCTERMS.publisher)
    assert (publisher, RDF.type, FOAF.Agent) in page
    files = list(page.objects(node, DCAT.distribution))
    return Harvested(
        key,
        str(_one(page, node, DCTERMS.title)),
        str(_one(page, node, DCTERMS.description)),
        str(_one(page, publisher, FOAF.name)),
        str(_one(page, node, DCAT.landingPage)),
        str(page.value(node, DCTERMS.issued)),
        str(page.value(node, DCTERMS.modified)),
        str(page.value(node, OWL.versionInfo)),
        frozenset(
            str(page.value(it, RDFS.label))
            for subject in (node, *files)
            for it in page.objects(subject, DCTERMS.license)
        ),
        frozenset(str(it) for it in page.objects(node, DCAT.keyword)),
        tuple(_resource(page, file) for file in files),
    )


def _resource(page: Graph, file: Node) -> Resource:
    # An address of a file is taken before that of a page about it; an access service would make it an API.
    assert page.value(file, DCAT.accessService) is None
    url = page.value(file, DCAT.downloadURL) or _one(page, file, DCAT.accessURL)
    media_type = str(_one(page, file, DCAT.mediaType))
    checksum, size = page.value(file, SPDX.checksum), page.value(file, DCAT.byteSize)
    value = Literal("") if checksum is None else _one(page, checksum, SPDX.checksumValue)
    sha256 = value.toPython() if isinstance(value, Literal) else None
    # rdflib makes bytes of xsd:hexBinary, which udata drops with its dataset.
    assert isinstance(sha256, str)
    return Resource(
        str(url),
        media_type.removeprefix("https://www.iana.org/assignments/media-types/"),
        sha256,
        size.toPython() if isinstance(size, Literal) else None,
    )


def _one(page: Graph, subject: Node, predicate: URIRef) -> Node:
    """Return the one value of a property: of several, harvesters take any."""
    values = list(page.objects(subject, predicate))
    assert len(values) == 1, (subject, predicate, values)
    return values[0]


def _text(node: Node | None) -> str | None:
    return None if node is None else str(node)
