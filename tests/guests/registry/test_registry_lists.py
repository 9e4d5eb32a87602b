"""How entries of the registry are found: by the search, by facets, page by page, beside the real projects."""

from __future__ import annotations

import pytest

from registry_service import RegistryService, description, registry_service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> RegistryService:
    return registry_service(tmp_path_factory.mktemp("lists") / "registry")


def test_an_entry_is_found_by_the_search(service: RegistryService) -> None:
    service.put("/projects/recherche", description("Zéphyrine des lampes"), service.town)
    page = service.call("GET", "/search?q=zephyrine", Accept="text/html").text
    assert 'href="/projects/recherche"' in page
    found = service.call("GET", "/search.json?q=zephyrine&lang=en").json
    assert [(it["type"], it["page"]) for it in found["results"]] == [
        ("entry", "/projects/recherche?lang=en")
    ]


def test_the_real_projects_are_on_the_page_and_lead_to_the_entries(
    service: RegistryService,
) -> None:
    service.put("/projects/lampes-de-vernon", description("Lampes de Vernon"), service.town)
    page = service.call("GET", "/projects", Accept="text/html").text
    assert "OnDijon" in page
    assert "Lampes de Vernon" not in page
    assert 'href="/projects?q="' in page
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


PLACED = (
    "@prefix mtg: <https://w3id.org/montages/def/> .\n"
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    '<lieu> a mtg:Project ; rdfs:label "Lieu"@fr ; mtg:holder [ a mtg:Commune ] ;\n'
    "<http://purl.org/dc/terms/spatial> <http://id.insee.fr/geo/commune/27681> ,"
    " <http://id.insee.fr/geo/commune/97411> .\n"
)


def test_lists_have_facets_that_count_what_the_others_leave(service: RegistryService) -> None:
    service.put("/projects/lieu", PLACED, service.town, "text/turtle")
    for n in range(3):
        more = "retained: mpgp\n" if n else ""
        service.put(f"/projects/ailleurs-{n}", description(f"Ailleurs {n}", more), service.other)
    service.put("/projects/lieu-cache?state=draft", PLACED, service.town, "text/turtle")
    tree = service.call("GET", "/projects.json?publisher=evreux&contract=mpgp").json
    assert (tree["total"], len(tree["items"])) == (2, 2)
    counts = tree["facets"]
    assert counts["publisher"] == {"evreux": 2}  # of those with that contract
    assert counts["contract"] == {"mpgp": 2}
    assert service.call("GET", "/projects.json?publisher=evreux").json["total"] == 3
    placed = service.call("GET", "/projects.json?department=27&department=99").json["items"]
    assert [it["facets"]["department"] for it in placed] == [["27", "974"]]
    asked = {
        "none": "q=lieu+ailleurs",
        "one": "q=LIEU",
        "two": "q=ailleurs&contract=mpgp&contract=x",
    }
    found = [
        service.call("GET", f"/projects.json?{query}").json["total"] for query in asked.values()
    ]
    assert found == [0, 1, 2]
    assert service.call("GET", "/projects.json?q=%25%27%3Blieu--").json["total"] == 1
    assert service.call("GET", "/projects.json?color=red").status_code == 400


def test_long_lists_lead_to_the_pages_beside(service: RegistryService) -> None:
    for n in range(21):
        service.put(f"/projects/page-{n}", description(f"Pagination {n}"), service.town)
    first = service.call("GET", "/projects?q=pagination", Accept="text/html").text
    assert 'href="/projects?q=pagination&amp;page=2"' in first
    second = service.call("GET", "/projects?q=pagination&page=2", Accept="text/html").text
    assert 'href="/projects?q=pagination"' in second
