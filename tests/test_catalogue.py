"""The catalogue and the VoID description, read as harvesters read them (L5)."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyshacl
import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF
from rdflib.term import Node

from crawling import PARSERS, canonical, client, document_graph
from harvesters import DCAT, HYDRA, SPDX, udata_pages
from montages.errors import UnusableInput
from montages.knowledge.files import library
from montages.names import BASE
from montages.publish.contacts import contact_point
from montages.store.licence import ckan_entry
from sampled_cases import sampled_cases
from whole_service import HAS_REGISTRY

EU = "http://publications.europa.eu/resource/authority/"
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
REGISTRY = URIRef(BASE + "projects")
REFERENCE = BASE + "reference/"
UNSAID = {
    "CatalogueDataset-versionInfo",
    "CatalogueDistribution-license",
    "CatalogueDistribution-availability",
    "CatalogueDistribution-checksum",
}
CATALOGUE, WHOLE = URIRef(BASE + "catalog"), URIRef(BASE + "void#montages")
GEO_JSON = "https://www.iana.org/assignments/media-types/application/vnd.geo+json"
VIEWS = [(extension, lang) for extension in PARSERS for lang in ("fr", "en")]


@cache
def harvest(extension: str, lang: str = "fr", *, sized: bool = False) -> tuple[Graph, ...]:
    """Walk the pages as data.gouv.fr does; `sized`: once every file is made, as a size is told of those."""
    if sized:
        sums()
    path = f"/catalog.{extension}" + ("?lang=en" if lang == "en" else "")
    return tuple(udata_pages(lambda url: document_graph(url, extension), path))


def datasets(graph: Graph) -> list[Node]:
    """Return the datasets that we publish; the registry has a test of its own."""
    return sorted(set(graph.subjects(RDF.type, DCAT.Dataset)) - {REGISTRY})


@pytest.mark.slow
@pytest.mark.parametrize(("extension", "lang"), sampled_cases(VIEWS, 7))
def test_every_page_conforms_to_our_transcription_of_dcat_ap(extension: str, lang: str) -> None:
    shapes = library.read([library.ROOT / "shapes" / "catalogue.ttl"])
    for graph in harvest(extension, lang, sized=True):
        _, report, text = pyshacl.validate(graph, shacl_graph=shapes)
        # Of the registry, whose entries their publishers answer for, not all is known. What guests write when
        # it is asked for has no checksum.
        faults = {
            (focus if focus == REGISTRY else URIRef(str(focus).rpartition(".")[0]), shape)
            for result, focus in report.subject_objects(SH.focusNode)
            for shape in report.objects(result, SH.sourceShape)
            if not (str(focus).startswith(REFERENCE) and str(shape).endswith("n-checksum"))
        }
        assert {focus for focus, _ in faults} <= {REGISTRY}, text
        assert {str(shape).rpartition("/")[2] for _, shape in faults} <= UNSAID, text


@pytest.mark.slow
def test_the_shapes_look_at_every_class_that_the_catalogue_uses() -> None:
    """A catalogue that conforms is not one that was not looked at."""
    shapes = library.read([library.ROOT / "shapes" / "catalogue.ttl"])
    kinds = {kind for graph in harvest("ttl", sized=True) for kind in graph.objects(None, RDF.type)}
    assert set(shapes.objects(None, SH.targetClass)) <= kinds


@pytest.mark.parametrize("extension", PARSERS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_pages_hold_each_dataset_once(extension: str, lang: str) -> None:
    pages = harvest(extension, lang)
    assert len(pages) > 2
    identifiers = [
        str(graph.value(node, DCTERMS.identifier)) for graph in pages for node in datasets(graph)
    ]
    services = [
        str(graph.value(node, DCTERMS.identifier))
        for graph in pages
        for node in graph.subjects(RDF.type, DCAT.DataService)
    ]
    every = identifiers + services
    assert len(every) == len(set(every))
    assert len(services) == 2
    for graph in pages:
        total = graph.value(CATALOGUE, HYDRA.totalItems)
        assert isinstance(total, Literal)
        assert total.toPython() == len(identifiers) + HAS_REGISTRY
        listed = set(graph.objects(CATALOGUE, DCAT.dataset))
        assert listed == set(datasets(graph)) | (
            {REGISTRY} if graph is pages[0] and HAS_REGISTRY else set()
        )
    first, last = (
        next(graph.subjects(RDF.type, HYDRA.PartialCollectionView))
        for graph in (pages[0], pages[-1])
    )
    assert pages[-1].value(last, HYDRA.next) is None
    assert pages[0].value(first, HYDRA.previous) is None


def test_the_formats_say_the_same_but_for_the_addresses_of_their_own_pages() -> None:
    for number in range(len(harvest("ttl"))):
        texts = set()
        for extension in PARSERS:
            text = canonical(harvest(extension)[number])
            texts.add(text.replace(f"/catalog.{extension}?", "/catalog.X?"))
        # Lines are sorted with their own extension in them, so compare them as sets.
        assert len({frozenset(text.splitlines()) for text in texts}) == 1


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_view_is_in_one_language(lang: str) -> None:
    for graph in harvest("rdf", lang):
        told = {o.language for o in graph.objects() if isinstance(o, Literal) and o.language}
        assert told == {lang}


@pytest.mark.slow
def test_data_gouv_fr_reads_what_it_needs_of_a_dataset() -> None:
    """As udata's harvester does: one value a property, labels only from the page itself."""
    for graph in harvest("ttl", sized=True):
        for node in datasets(graph):
            dataset = graph.resource(node)
            for name in (DCTERMS.title, DCTERMS.description, DCTERMS.identifier):
                assert str(dataset.value(name)).strip()
                assert len(list(dataset.objects(name))) == 1
            frequency = dataset.value(DCTERMS.accrualPeriodicity)
            assert str(frequency.identifier).startswith(f"{EU}frequency/")
            contact = dataset.value(DCAT.contactPoint)
            assert str(contact.value(VCARD.fn))
            # It takes a contact with an e-mail address, or a page under a name of its own spelling.
            assert str(contact.value(VCARD.hasUrl).identifier).startswith("http")
            (box,) = (o for o in dataset.value(DCTERMS.spatial).objects() if _is_geo_json(o))
            shape = json.loads(box.toPython())
            assert shape["type"] == "MultiPolygon"
            assert all(ring[0] == ring[-1] for polygon in shape["coordinates"] for ring in polygon)
            # It fetches a period that has an address.
            period = dataset.value(DCTERMS.temporal)
            assert isinstance(period.identifier, BNode)
            assert isinstance(period.value(DCAT.startDate).toPython(), date)
            # Its licences are matched by the name given in the page.
            names = {str(o.value(RDFS.label)) for o in dataset.objects(DCTERMS.license)}
            assert names == {"Licence Ouverte / Open Licence version 2.0"}
            assert all(isinstance(k, Literal) for k in dataset.objects(DCAT.keyword))
            assert all(str(t.value(SKOS.prefLabel)) for t in dataset.objects(DCAT.theme))
            landing = dataset.value(DCAT.landingPage)
            assert client().get(urlsplit(str(landing.identifier)).path).status_code == 200
            for distribution in dataset.objects(DCAT.distribution):
                _as_udata(distribution)


def _is_geo_json(node: Any) -> bool:
    return isinstance(node, Literal) and str(node.datatype) == GEO_JSON


def _as_udata(distribution: Any) -> None:
    url = str(distribution.value(DCAT.downloadURL).identifier)
    assert distribution.value(DCAT.accessService) is None
    name, checksum = url.rpartition("/")[2], distribution.value(SPDX.checksum)
    if not str(distribution.identifier).startswith(REFERENCE):
        assert checksum.value(SPDX.algorithm).identifier == SPDX.checksumAlgorithm_sha256
        # It keeps only text: rdflib makes bytes of xsd:hexBinary.
        value = checksum.value(SPDX.checksumValue).toPython()
        assert isinstance(value, str)
        assert f"{value}  {name}" in sums()
        assert isinstance(distribution.value(DCAT.byteSize).toPython(), int)
    media_type = str(distribution.value(DCAT.mediaType).identifier)
    assert media_type.startswith("https://www.iana.org/assignments/media-types/")
    form = distribution.value(DCTERMS["format"])
    assert str(form.identifier).startswith(f"{EU}file-type/")
    assert str(form.value(RDFS.label)) in name


@cache
def sums() -> tuple[str, ...]:
    return tuple(client().get("/dump/SHA256SUMS").get_data(as_text=True).splitlines())


@pytest.mark.parametrize("extension", PARSERS)
def test_ckan_reads_what_it_needs_of_a_dataset(extension: str) -> None:
    """As ckanext-dcat's DCAT-AP 3 profile does: types inline, the version in owl:versionInfo."""
    for graph in harvest(extension):
        for view in graph.subjects(RDF.type, HYDRA.PagedCollection):  # the name it knows pages by
            following = graph.value(view, HYDRA.next)
            assert following is None or f"/catalog.{extension}?" in following
        for node in datasets(graph):
            assert isinstance(node, URIRef)
            assert graph.value(node, OWL.versionInfo)
            agents = list(graph.objects(node, DCTERMS.publisher))
            assert len(agents) == 1
            assert graph.value(agents[0], FOAF.name)
            places = list(graph.objects(node, DCTERMS.spatial))
            assert places == [URIRef(f"{EU}country/FRA")]
            assert str(graph.value(places[0], RDFS.label)) == "France"
            box = graph.value(places[0], DCAT.bbox)
            assert _is_geo_json(box)
            assert json.loads(str(box))
            (period,) = graph.objects(node, DCTERMS.temporal)
            assert str(graph.value(period, DCAT.startDate))[:4].isdigit()
            (contact,) = graph.objects(node, DCAT.contactPoint)
            assert graph.value(contact, VCARD.fn)
            assert str(graph.value(contact, VCARD.hasURL)).startswith("http")
            for predicate, kind in (
                (DCAT.contactPoint, VCARD.Kind),
                (DCTERMS.spatial, DCTERMS.Location),
                (DCTERMS.temporal, DCTERMS.PeriodOfTime),
                (DCTERMS.accrualPeriodicity, DCTERMS.Frequency),
                (DCTERMS.license, DCTERMS.LicenseDocument),
                (DCTERMS.accessRights, DCTERMS.RightsStatement),
                (DCTERMS.conformsTo, DCTERMS.Standard),
                (DCAT.landingPage, FOAF.Document),
                (DCAT.distribution, DCAT.Distribution),
            ):
                found = list(graph.objects(node, predicate))
                assert found, predicate
                assert all((thing, RDF.type, kind) in graph for thing in found), predicate
            for file in graph.objects(node, DCAT.distribution):
                assert isinstance(file, URIRef)
                (licence,) = graph.objects(file, DCTERMS.license)
                assert _license_id(graph, licence) == "etalab-2.0"
                (form,) = graph.objects(file, DCTERMS["format"])
                assert (form, RDF.type, DCTERMS.MediaTypeOrExtent) in graph


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_term_of_a_list_is_named_where_it_is_used(lang: str) -> None:
    for graph in harvest("ttl", lang):
        concepts = set(graph.subjects(RDF.type, SKOS.Concept))
        assert len(concepts) >= 4
        for concept in concepts:
            assert [o.language for o in graph.objects(concept, SKOS.prefLabel)] == [lang]  # type: ignore[attr-defined]


PERIODS = {
    "montages": ("2018-01-01", None),  # the whole: since the first rule that it knows
    "module-requirements": ("2019-04-01", None),
    "module-thresholds": ("2018-01-01", None),
    "module-procedures": ("2019-04-01", None),
    "module-criteria": ("2018-01-01", None),  # without dates of its own: since the rules use it
    "module-projects-data": ("2012-01-01", None),  # of the first contract only the year is known
    "module-panel-data": ("2019-12-31", "2029-06-01"),  # the days whose law its cases apply
    "module-sources": ("1970-10-16", None),
    "module-shapes-catalogue": ("2026-11-24", None),  # no rule uses it: since it was published
}


@pytest.mark.slow
@pytest.mark.clock
def test_the_period_of_a_dataset_is_that_of_its_own_dates() -> None:
    stated = {}
    for graph in harvest("ttl"):
        for node in datasets(graph):
            (period,) = graph.objects(node, DCTERMS.temporal)
            days = (graph.value(period, DCAT.startDate), graph.value(period, DCAT.endDate))
            name = str(graph.value(node, DCTERMS.identifier))
            stated[name] = tuple(day and str(day) for day in days)
    assert {name: stated[name] for name in PERIODS} == PERIODS
    assert all(first and first <= str(date.today()) for first, _ in stated.values())


def test_the_contact_has_the_e_mail_address_of_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    tag = client().get("/catalog.ttl").headers["ETag"]
    monkeypatch.setenv("MONTAGES_CONTACT_EMAIL", "contact@montages.example")
    answer = client().get("/catalog.ttl")
    graph = Graph().parse(data=answer.get_data(as_text=True), format="turtle")
    assert answer.headers["ETag"] != tag
    emails = {str(graph.value(c, VCARD.hasEmail)) for c in graph.objects(None, DCAT.contactPoint)}
    assert emails == {"mailto:contact@montages.example"}
    for wrong in ("contact", "a b@montages.example", "a@b", "x@y.example?subject=z"):
        monkeypatch.setenv("MONTAGES_CONTACT_EMAIL", wrong)
        with pytest.raises(UnusableInput, match="MONTAGES_CONTACT_EMAIL"):
            contact_point()


def _license_id(graph: Graph, licence: Node) -> str:
    """Return what CKAN finds in its register of licences: by address, else by title."""
    entry = ckan_entry()
    by_address, by_title = {entry["url"]: entry["id"]}, {entry["title"]: entry["id"]}
    title = str(graph.value(licence, DCTERMS.title))
    found = by_address.get(str(licence))
    assert found == by_title.get(title) == str(graph.value(licence, DCTERMS.identifier))
    return found or ""


def test_the_page_gives_the_entry_that_ckan_s_register_needs() -> None:
    text = html.unescape(client().get("/catalog.html").get_data(as_text=True))
    assert json.dumps(ckan_entry(), ensure_ascii=False, indent=2) in text


@pytest.mark.slow
def test_every_file_of_the_catalogue_is_there_and_every_dump_is_in_the_catalogue() -> None:
    told = {
        urlsplit(str(url)).path
        for graph in harvest("nt")
        for dataset in datasets(graph)
        for file in graph.objects(dataset, DCAT.distribution)
        for url in graph.objects(file, DCAT.downloadURL)
    }
    of_guests = {path for path in told if path.startswith("/reference/")}
    assert told - of_guests == {f"/dump/{line.split('  ')[1]}" for line in sums()}
    assert all(client().head(path).status_code == 200 for path in of_guests)


def test_nobody_is_named() -> None:
    for graph in harvest("ttl"):
        assert not list(graph.subjects(RDF.type, FOAF.Person))
        assert not list(graph.subject_objects(VCARD.hasEmail))


def test_the_services_say_where_they_are() -> None:
    first = harvest("ttl")[0]
    for name, address in (("sparql", "/sparql"), ("api", "/")):
        service = URIRef(f"{CATALOGUE}#{name}")
        assert urlsplit(str(first.value(service, DCAT.endpointURL))).path == address
        assert first.value(service, DCAT.endpointDescription)
        served = {WHOLE, REGISTRY} if name == "api" and HAS_REGISTRY else {WHOLE}
        assert set(first.objects(service, DCAT.servesDataset)) == served


@pytest.mark.parametrize(
    ("query", "status"),
    [("page=1", 200), ("page=4", 200), ("page=0", 404), ("page=99", 404), ("page=x", 400),
     ("page=-1", 400), ("page=", 400), ("page=" + "9" * 5000, 400)],
)  # fmt: skip
def test_pages_that_do_not_exist_say_so(query: str, status: int) -> None:
    answer = client().get(f"/catalog.ttl?{query}")
    assert answer.status_code == status
    if status != 200:
        assert json.loads(answer.data)["status"] == status


def test_links_lead_from_page_to_page() -> None:
    links = client().get("/catalog.jsonld?page=2&lang=en").headers["Link"]
    assert '<http://localhost/catalog.jsonld?page=3&lang=en>; rel="next"' in links
    assert '<http://localhost/catalog.jsonld?page=1&lang=en>; rel="prev"' in links


def test_the_page_for_people_has_six_families_each_with_its_files_its_day_and_its_licence() -> None:
    text = client().get("/catalog", headers={"Accept": "text/html"}).get_data(as_text=True)
    cards = re.findall(r'<section class="card" aria-labelledby="f-.*?</section>', text, re.DOTALL)
    assert len(cards) == 6
    for card in cards:
        assert "/dump/" in card
        assert "Licence Ouverte" in card
        assert re.search(r"\d{4} · <a", card)


@pytest.mark.slow
def test_the_page_for_people_lists_every_file() -> None:
    text = client().get("/catalog", headers={"Accept": "text/html"}).get_data(as_text=True)
    for line in sums():
        assert f'/dump/{line.split("  ")[1]}"' in text


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_two_datasets_bear_the_same_title(lang: str) -> None:
    titles = [
        str(title)
        for graph in harvest("ttl", lang)
        for dataset in datasets(graph)
        for title in graph.objects(dataset, DCTERMS.title)
        if isinstance(title, Literal) and title.language == lang
    ]
    assert len(titles) > 30
    assert [title for title, count in Counter(titles).items() if count > 1] == []


# ---- VoID


def test_the_shapes_are_no_part_of_what_a_description_must_say() -> None:
    """Shapes of a catalogue are apart: no project is asked for a title in one language."""
    from montages.knowledge.compiled.answer_shapes import description_shapes

    assert not any("Catalogue" in str(s) for s in description_shapes().subjects())
    assert (Path(library.ROOT) / "shapes" / "catalogue.ttl").is_file()


def test_every_dataset_says_its_licence_its_territory_its_period_and_how_often_it_changes() -> None:
    graph = harvest("ttl")[0]
    for page in harvest("ttl")[1:]:
        graph = graph + page
    for dataset in graph.subjects(RDF.type, DCAT.Dataset):
        for term in ("license", "spatial", "temporal", "accrualPeriodicity"):
            assert graph.value(dataset, DCTERMS[term]), (dataset, term)
    for file in graph.subjects(RDF.type, DCAT.Distribution):
        assert graph.value(file, DCTERMS["format"]), file
