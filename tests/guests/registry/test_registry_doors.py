"""The registry over HTTP: who may write what, what is refused and why, and what everybody reads (G1)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from montages.web import create_app
from registry_service import RegistryService, description, registry_service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> RegistryService:
    return registry_service(tmp_path_factory.mktemp("doors") / "registry")


def test_the_first_version_is_created_and_the_next_replaces_the_one_it_names(
    service: RegistryService,
) -> None:
    first = service.put("/projects/eclairage", description("Éclairage"), service.town)
    assert (first.status_code, first.json["version"]) == (201, 1)
    assert first.headers["Location"].endswith("/projects/eclairage/versions/1")
    second = service.put(
        "/projects/eclairage",
        description("Éclairage public"),
        service.town,
        If_Match=first.headers["ETag"],
    )
    assert (second.status_code, second.json["version"]) == (200, 2)
    assert second.headers["ETag"] != first.headers["ETag"]


REFUSALS = {
    "no token": (401, "unknown-token", {}),
    "a wrong token": (401, "unknown-token", {"token": "mtg_wrong"}),
    "another owner": (403, "not-yours", {"token": "other", "If_Match": "*"}),
    "a stale version": (412, "stale-version", {"token": "town", "If_Match": '"stale"'}),
    "no condition": (428, "condition-missing", {"token": "town"}),
    "what exists, to be created": (412, "stale-version", {"token": "town", "If_None_Match": "*"}),
    "no right to publish": (403, "right-missing", {"token": "editor", "If_Match": "*"}),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_write_is_refused_and_nothing_is_stored(service: RegistryService, name: str) -> None:
    service.put("/projects/refusals", description("Refus"), service.town)
    before = service.registry.acts().versions
    status, slug, options = REFUSALS[name]
    headers = dict(options)
    token = headers.pop("token", "")
    token = getattr(service, token, token)
    answer = service.put("/projects/refusals", description("Autre"), token, **headers)
    assert answer.status_code == status
    problem = json.loads(answer.text)
    assert problem["type"].endswith(f"/problem/{slug}")
    assert answer.mimetype == "application/problem+json"
    assert service.registry.acts().versions == before
    if status == 401:
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_an_invalid_description_gets_its_report_and_is_not_stored(service: RegistryService) -> None:
    before = service.registry.acts().versions
    body = description("Faux", "answers: {management: own}\n")
    answer = service.put("/projects/faux?lang=en", body, service.town)
    assert answer.status_code == 422
    (violation,) = (f for f in answer.json["findings"] if f["severity"] == "violation")
    assert violation["line"] == 4
    assert service.registry.acts().versions == before
    assert service.call("GET", "/projects/faux").status_code == 404


@pytest.mark.parametrize(
    ("body", "media", "status"),
    [
        ("project: [", "application/yaml", 400),
        ("<a> <b>", "text/turtle", 400),
        ("projet;quoi\nA;objects\n", "text/csv", 422),
        ("x", "application/x-evil", 415),
        ("- 1\n", "application/yaml", 422),
    ],
)
def test_what_is_no_description_is_refused(
    service: RegistryService, body: str, media: str, status: int
) -> None:
    answer = service.put("/projects/none", body, service.town, media)
    assert answer.status_code in (status, 422)
    assert service.registry.current("none", public=False) is None


def test_a_row_of_a_table_is_an_entry_and_two_rows_are_none(service: RegistryService) -> None:
    row = "projet;porteur_type;usages\nLampes;Commune;éclairage public\n"
    answer = service.put("/projects/lampes", row, service.town, "text/csv")
    assert answer.status_code == 201, answer.text
    sent = service.call("GET", "/projects/lampes/versions/1")
    assert (sent.text, sent.mimetype) == (row, "text/csv")
    turtle = service.call("GET", "/projects/lampes.ttl")
    assert turtle.status_code == 200
    assert "Lampes" in turtle.text
    assert "Lampes" in service.call("GET", "/projects?q=lampes").text
    two = service.put("/projects/deux", row + "Mâts;Commune;voirie\n", service.town, "text/csv")
    assert (two.status_code, two.json["projects"]) == (422, 2)


def test_two_projects_are_no_entry(service: RegistryService) -> None:
    turtle = (
        "@prefix mtg: <https://w3id.org/montages/def/> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        '<a> a mtg:Project ; rdfs:label "A"@fr ; mtg:holder [ a mtg:Commune ] .\n'
        '<b> a mtg:Project ; rdfs:label "B"@fr ; mtg:holder [ a mtg:Commune ] .\n'
    )
    answer = service.put("/projects/deux", turtle, service.town, "text/turtle")
    assert answer.status_code == 422
    assert answer.json["projects"] == 2


def test_the_right_to_edit_is_not_the_right_to_publish(service: RegistryService) -> None:
    path = "/projects/brouillon"
    draft = service.put(f"{path}?state=draft", description("Brouillon"), service.editor)
    assert (draft.status_code, draft.json["state"]) == (201, "draft")
    assert service.call("GET", path).status_code == 404
    assert service.call("GET", path, service.other).status_code == 404
    own = service.call("GET", path, service.editor)
    assert (own.status_code, own.headers["Cache-Control"]) == (200, "private, no-store")
    tag = draft.headers["ETag"]
    refused = service.call("POST", f"{path}/publish", service.editor, If_Match=tag)
    assert refused.status_code == 403
    published = service.call("POST", f"{path}/publish", service.town, If_Match=tag)
    assert (published.status_code, published.json["state"]) == (200, "published")
    assert service.call("GET", path).text == description("Brouillon")
    again = service.call("POST", f"{path}/publish", service.town, If_Match="*")
    assert again.status_code == 409


def test_what_is_to_be_public_later_is_not_public_yet(service: RegistryService) -> None:
    path = "/projects/demain"
    later = service.put(f"{path}?publish-at=2999-01-01", description("Demain"), service.town)
    assert later.json["public_from"] == "2999-01-01T00:00:00Z"
    assert service.call("GET", path).status_code == 404
    for wrong in ("tomorrow", "2026-13-01", "2026-12-01T08:00:00"):
        answer = service.put(f"{path}?publish-at={wrong}", description("x"), service.town)
        assert (answer.status_code, "publish-at" in answer.text) == (400, True)


def test_the_tag_of_any_form_of_a_version_stands_for_it(service: RegistryService) -> None:
    path = "/projects/etiquette"
    service.put(path, description("Étiquette"), service.town)
    for ending in (".ttl", ".html", ""):
        tag = service.call("GET", path + ending).headers["ETag"]
        answer = service.put(path, description(f"De {ending}"), service.town, If_Match=tag)
        assert answer.status_code == 200, tag
        assert service.put(path, description("x"), service.town, If_Match=tag).status_code == 412


def test_what_was_sent_comes_back_as_it_was(service: RegistryService) -> None:
    body = description("Octets").encode() + b"# \xc3\xa9\r\n\r\n"
    path = "/projects/octets"
    sent = service.put(path, body, service.town)
    for address in (path, f"{path}/versions/1"):
        answer = service.call("GET", address)
        assert (answer.data, answer.mimetype) == (body, "application/yaml")
        assert answer.headers["ETag"] == sent.headers["ETag"]
        again = service.call("GET", address, If_None_Match=answer.headers["ETag"])
        assert (again.status_code, again.data) == (304, b"")
        assert service.call("HEAD", address).headers["ETag"] == answer.headers["ETag"]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/html", "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/n-quads", "application/n-quads"),
        ("*/*", "application/yaml"),
    ],
)
def test_an_entry_is_given_in_the_format_asked_for(
    service: RegistryService, accept: str, media: str
) -> None:
    service.put("/projects/formes", description("Formes"), service.town)
    answer = service.call("GET", "/projects/formes", Accept=accept)
    assert (answer.status_code, answer.mimetype) == (200, media)
    assert "Accept" in answer.headers["Vary"]
    if media != "application/yaml":
        assert "Formes" in answer.text
    assert service.call("GET", "/projects/formes", Accept="image/png").status_code == 406


def test_a_withdrawn_entry_is_gone_with_its_history(service: RegistryService) -> None:
    path = "/projects/retrait"
    body = description("Retrait")
    tag = service.put(path, body, service.town).headers["ETag"]
    assert service.call("DELETE", path, service.town).status_code == 428
    assert service.call("DELETE", path, service.other, If_Match=tag).status_code == 403
    gone = service.call("DELETE", path, service.town, If_Match=tag)
    assert (gone.status_code, gone.json["state"]) == (200, "withdrawn")
    answer = service.call("GET", path)
    assert answer.status_code == 410
    assert [it["version"] for it in answer.json["history"]] == [1, 2]
    assert 'rel="timemap"' in answer.headers["Link"]
    assert service.call("GET", f"{path}/versions/1").text == body
    assert service.call("GET", path, Accept="text/html").status_code == 410
    assert service.put(path, body, service.town, If_Match="*").status_code == 410
    assert path not in service.call("GET", "/projects.json").text


@pytest.mark.parametrize(
    "slug", ["A", "é", "-a", "a--b", "a_b", "a" * 81, "timemap", "versions", "a b"]
)
def test_a_name_that_is_none_is_refused(service: RegistryService, slug: str) -> None:
    answer = service.put(f"/projects/{slug}", description("Nom"), service.town)
    assert answer.status_code == 400
    assert answer.json["type"].endswith("/unusable-slug")


def test_the_names_of_our_real_projects_are_ours(service: RegistryService) -> None:
    assert service.put("/projects/dijon", description("x"), service.town).status_code == 400


def test_without_a_registry_its_addresses_say_how_to_open_one() -> None:
    client = create_app({"RATE_LIMIT": 0, "REQUEST_LOG": "off"}).test_client()
    for method, path in (
        ("GET", "/projects/a"),
        ("PUT", "/projects/a"),
        ("DELETE", "/projects/a"),
        ("POST", "/projects/a/publish"),
        ("GET", "/projects/a/timemap"),
        ("GET", "/projects.geojson"),
        ("GET", "/projects.ttl"),
    ):
        answer = client.open(f"{path}?lang=en", method=method)
        assert answer.status_code == 404
        assert "montages registry init" in answer.json["detail"]
    assert "Dijon" in client.get("/projects").text


def test_no_token_is_in_any_log(
    service: RegistryService, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    client = create_app(
        {"REGISTRY": service.registry.record.folder, "REQUEST_LOG": "on"}
    ).test_client()
    client.put(
        "/projects/journal",
        data=description("Journal"),
        content_type="application/yaml",
        headers={"Authorization": f"Bearer {service.town}"},
    )
    logged = capfd.readouterr()
    assert service.town not in logged.err + logged.out
    assert not any(
        service.town.encode() in path.read_bytes()
        for path in service.registry.record.folder.iterdir()
    )


def test_public_entries_are_asked_by_sparql_as_soon_as_they_are_written(
    service: RegistryService,
) -> None:
    path = "/projects/graphe"
    query = (
        "SELECT ?g ?name WHERE { GRAPH ?g { ?p a <https://w3id.org/montages/def/Project> ; "
        "<http://www.w3.org/2000/01/rdf-schema#label> ?name } FILTER CONTAINS(?name, 'Graphe') } "
        "ORDER BY ?name"
    )

    def names() -> list[tuple[str, str]]:
        answer = service.client.get("/sparql", query_string={"query": query, "format": "json"})
        rows = answer.json["results"]["bindings"]
        return [
            (row["g"]["value"].rpartition("projects/")[2], row["name"]["value"]) for row in rows
        ]

    assert names() == []
    tag = service.put(path, description("Graphe un"), service.town).headers["ETag"]
    assert names() == [("graphe/versions/1", "Graphe un")]
    draft = service.put(
        f"{path}?state=draft", description("Graphe deux"), service.town, If_Match=tag
    ).headers["ETag"]
    assert names() == [("graphe/versions/1", "Graphe un")]
    service.call("POST", f"{path}/publish", service.town, If_Match=draft)
    assert names() == [("graphe/versions/3", "Graphe deux")]
    service.call("DELETE", path, service.town, If_Match="*")
    assert names() == []


def test_a_page_of_another_site_may_write(service: RegistryService) -> None:
    asked = {"Origin": "https://town.example", "Access-Control-Request-Method": "PUT"}
    told = service.client.options("/projects/lampes", headers=asked).headers
    assert "PUT" in told["Access-Control-Allow-Methods"]
    allowed = told["Access-Control-Allow-Headers"].split(", ")
    assert {"Authorization", "If-Match", "Accept-Datetime"} <= set(allowed)
    assert {"ETag", "Location"} <= set(told["Access-Control-Expose-Headers"].split(", "))
    assert (told["Access-Control-Allow-Origin"], "Access-Control-Allow-Credentials" in told) == (
        "*",
        False,
    )


def test_the_probe_says_whether_queries_are_put_to_entries(service: RegistryService) -> None:
    probe = service.call("GET", "/readyz").json
    assert (probe["checks"]["registry"], probe["entries"]) == (True, "queried")


def test_what_a_description_says_is_shown_and_never_run(service: RegistryService) -> None:
    body = description('"<script>alert(1)</script>"')
    service.put("/projects/marques", body, service.town)
    for path in ("/projects/marques", "/projects?q=alert"):
        page = service.call("GET", path, Accept="text/html")
        assert "<script>alert" not in page.text
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    sent = service.call("GET", "/projects/marques")
    assert "sandbox" in sent.headers["Content-Security-Policy"]
