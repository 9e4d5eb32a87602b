"""How entries of the registry are found: by the search, by facets, page by page, beside the real projects."""

from __future__ import annotations

import pytest

from registry_service import RegistryService, description, registry_service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> RegistryService:
    return registry_service(tmp_path_factory.mktemp("lists") / "registry")


def test_an_entry_is_found_by_the_search_and_a_publisher_leads_to_its_entries(
    service: RegistryService,
) -> None:
    service.put("/projects/recherche", description("Zéphyrine des lampes"), service.town)
    page = service.call("GET", "/search?q=zephyrine", Accept="text/html").text
    assert 'href="/projects/recherche"' in page
    found = service.call("GET", "/search.json?q=zephyrine&lang=en").json
    assert [(it["type"], it["page"]) for it in found["results"]] == [
        ("entry", "/projects/recherche?lang=en")
    ]
    way = service.call("GET", "/publishers/vernon")
    assert (way.status_code, way.headers["Location"]) == (
        303,
        "http://localhost/projects?publisher=vernon",
    )
    assert service.call("GET", "/publishers/nobody").status_code == 404


def test_the_real_projects_are_on_the_page_and_lead_to_the_entries(
    service: RegistryService,
) -> None:
    service.put("/projects/lampes-de-vernon", description("Lampes de Vernon"), service.town)
    page = service.call("GET", "/projects", Accept="text/html").text
    assert "OnDijon" in page
    assert "Lampes de Vernon" not in page
    assert 'href="/projects?q="' in page
    assert "/projects.csv" not in page
    entries = service.call("GET", "/projects?q=", Accept="text/html").text
    assert 'id="entries"' in entries
    assert 'href="/projects"' in entries
    assert "OnDijon" not in entries
    found = service.call("GET", "/projects?q=vernon", Accept="text/html").text
    assert "Lampes de Vernon" in found
    chosen = service.call("GET", "/projects?usage=&contract=mpgp&size=", Accept="text/html").text
    assert "/id/project/" in chosen
    listed = service.call("GET", "/projects.json?q=vernon").json["items"]
    assert "Lampes de Vernon" in str(listed)


def test_the_name_of_the_project_of_an_entry_leads_to_it(service: RegistryService) -> None:
    service.put("/projects/lampes", description("Lampes"), service.town)
    way = service.call("GET", "/id/project/lampes")
    assert (way.status_code, way.headers["Location"]) == (303, "http://localhost/projects/lampes")
    assert service.call("GET", "/id/project/nothing").status_code == 404
    assert service.call("GET", "/id/project/dijon").headers["Location"].endswith("dijon.ttl")
    assert service.call("GET", "/id/project/dijon.ttl").status_code == 200


POINT = (
    "@prefix mtg: <https://w3id.org/montages/def/> .\n"
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    '<lieu> a mtg:Project ; rdfs:label "Lieu"@fr ; mtg:holder [ a mtg:Commune ] ;\n'
    "<http://purl.org/dc/terms/spatial> <http://id.insee.fr/geo/commune/27681> ;\n"
    '<http://www.w3.org/2003/01/geo/wgs84_pos#lat> "49.09" ;\n'
    '<http://www.w3.org/2003/01/geo/wgs84_pos#long> "1.48" .\n'
)


def test_lists_have_facets_pages_and_places_that_are_stated(service: RegistryService) -> None:
    service.put("/projects/lieu", POINT, service.town, "text/turtle")
    for n in range(3):
        service.put(f"/projects/ailleurs-{n}", description(f"Ailleurs {n}"), service.other)
    tree = service.call("GET", "/projects.json?publisher=evreux").json
    assert tree["total"] == 3
    assert {it["slug"] for it in tree["items"]} == {f"ailleurs-{n}" for n in range(3)}
    counts = {it["value"]: it["count"] for it in tree["facets"]["publisher"]["values"]}
    assert counts["evreux"] == 3
    assert counts["vernon"] >= 1  # other tests may have put more
    # What is named first, by its row where no answer tells its kind.
    assert {it["proposed"] for it in tree["items"]} == {"marche-simple"}
    assert tree["facets"]["proposed"]["values"][0]["value"] == "marche-simple"
    features = service.call("GET", "/projects.geojson?department=27").json["features"]
    assert [it["geometry"] for it in features] == [{"type": "Point", "coordinates": [1.48, 49.09]}]
    elsewhere = service.call("GET", "/projects.geojson?q=ailleurs").json["features"]
    assert [it["geometry"] for it in elsewhere] == [None] * 3
    assert "point-map" in service.call("GET", "/projects?q=lieu", Accept="text/html").text
    assert "point-map" not in service.call("GET", "/projects?q=ailleurs", Accept="text/html").text
    rows = service.call("GET", "/projects.csv?publisher=evreux").text.splitlines()
    assert (len(rows), rows[0].startswith("slug,url,label")) == (4, True)


def test_long_lists_lead_to_the_pages_beside(service: RegistryService) -> None:
    for n in range(21):
        service.put(f"/projects/page-{n}", description(f"Pagination {n}"), service.town)
    first = service.call("GET", "/projects?q=pagination", Accept="text/html")
    assert 'page=2>; rel="next"' in first.headers["Link"]
    assert "q=pagination" in first.headers["Link"]
    second = service.call("GET", "/projects?q=pagination&page=2", Accept="text/html")
    assert 'rel="prev"' in second.headers["Link"]
    assert "next" not in second.headers["Link"]
