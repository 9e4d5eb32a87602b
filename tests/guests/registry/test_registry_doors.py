"""The registry over HTTP: who may write what, what is refused and why, and what everybody reads (G1)."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from montages.api.project_assessor import SourceReader
from montages.publish.linked_data.problem_types import problem_types
from montages.web import create_app
from montages_registry import moments
from montages_registry.upkeep import erase
from pace import tell_if_long
from registry_service import RegistryService, description, registry_service, versions_in

LABELS = """SELECT ?g ?name { GRAPH ?g { ?p a <https://w3id.org/montages/def/Project> ;
    <http://www.w3.org/2000/01/rdf-schema#label> ?name } FILTER CONTAINS(?name, "Graphe") }"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> RegistryService:
    return registry_service(tmp_path_factory.mktemp("doors") / "registry", has_quota=False)


def test_the_first_version_is_created_and_the_next_replaces_the_one_it_names(
    service: RegistryService,
) -> None:
    path = "/projects/eclairage"
    first = service.put(path, description("Éclairage"), service.town)
    assert (first.status_code, first.json["number"]) == (201, 1)
    assert first.headers["Location"].endswith(f"{path}/versions/1")
    for number, ending in enumerate((".ttl", ".html", ""), 2):  # the tag of any form of a version
        tag = service.call("GET", path + ending).headers["ETag"]
        body = description(f"Éclairage {number}")
        answer = service.put(path, body, service.town, If_Match=tag)
        assert (answer.status_code, answer.json["number"]) == (200, number)
        assert service.put(path, body, service.town, If_Match=tag).status_code == 412


DRAFTED = description("Refus")
# What is sent to an entry that is there, by whose token and under which headers: the problem of each.
REFUSALS: dict[str, tuple[int, str, str, Mapping[str, str]]] = {
    "no token": (401, "unknown-token", "", {}),
    "a wrong token": (401, "unknown-token", "mtg_wrong", {"If_Match": "*"}),
    "a token of another scheme": (401, "unknown-token", "", {"Authorization": "Basic eA=="}),
    "another owner": (403, "not-yours", "other", {"If_Match": "*"}),
    "a stale version": (412, "stale-version", "town", {"If_Match": '"stale"'}),
    "no condition": (428, "condition-missing", "town", {}),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_write_is_refused_with_a_problem_and_nothing_is_stored(
    service: RegistryService, name: str
) -> None:
    service.put("/projects/refusals", DRAFTED, service.town)
    before = versions_in(service.registry)
    status, slug, token, headers = REFUSALS[name]
    token = getattr(service, token, token) if token else ""
    answer = service.put("/projects/refusals", description("Autre"), token, **headers)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    problem = json.loads(answer.text)
    assert problem["type"].endswith(f"/problem/{slug}")
    assert problem["title"] == problem_types()[slug].title["fr"]
    if status == 401:
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert versions_in(service.registry) == before


def test_a_name_that_is_none_is_refused(service: RegistryService) -> None:
    for slug in ("A", "%C3%A9", "a_b", "a" * 81, "a%20b", "a.ttl", "%00"):
        answer = service.put(f"/projects/{slug}", description("Nom"), service.town)
        assert (answer.status_code, answer.json["type"].endswith("/unusable-slug")) == (400, True)


TWO_PROJECTS = """@prefix m: <https://w3id.org/montages/def/> .
@prefix r: <http://www.w3.org/2000/01/rdf-schema#> .
<a> a m:Project ; r:label "A"@fr ; m:holder [ a m:Commune ] .
<b> a m:Project ; r:label "B"@fr ; m:holder [ a m:Commune ] ."""
ROW = "projet;porteur_type;usages\nLampes;Commune;éclairage public\n"
NO_ENTRIES: dict[str, tuple[str, str, int]] = {
    "no YAML": ("project: [", "application/yaml", 400),
    "no Turtle": ("<a> <b>", "text/turtle", 400),
    "no such column": ("projet;quoi\nA;objects\n", "text/csv", 422),
    "no such media type": ("x", "application/x-evil", 415),
    "a list": ("- 1\n", "application/yaml", 422),
    "a violation": (description("Faux", "answers: {management: own}\n"), "application/yaml", 422),
    "two projects": (TWO_PROJECTS, "text/turtle", 422),
    "two rows": (ROW + "Mâts;Commune;voirie\n", "text/csv", 422),
}


@pytest.mark.parametrize("name", NO_ENTRIES)
def test_what_is_no_description_is_refused_with_its_faults_and_not_stored(
    service: RegistryService, name: str
) -> None:
    body, media, status = NO_ENTRIES[name]
    answer = service.put("/projects/none?lang=en", body, service.town, media)
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    if "two" in name:
        assert answer.json["projects"] == 2
    if name == "a violation":
        faults = [f for f in answer.json["findings"] if f["severity"] == "violation"]
        assert [fault["line"] for fault in faults] == [4]
    assert service.registry.history("none") == ()


def test_a_row_of_a_table_is_an_entry(service: RegistryService) -> None:
    answer = service.put("/projects/tableau", ROW, service.town, "text/csv")
    assert answer.status_code == 201, answer.text
    sent = service.call("GET", "/projects/tableau/versions/1")
    assert (sent.text, sent.mimetype) == (ROW, "text/csv")
    assert "Lampes" in service.call("GET", "/projects/tableau.ttl").text
    assert "Lampes" in service.call("GET", "/projects/tableau.html").text


def test_a_draft_is_its_publishers_until_it_is_published(service: RegistryService) -> None:
    path = "/projects/brouillon"
    draft = service.put(f"{path}?state=draft", description("Brouillon"), service.town)
    assert (draft.status_code, draft.json["state"]) == (201, "draft")
    for reader in ("", service.other):
        for tail in ("", ".ttl", "/versions", "/versions/1"):
            assert service.call("GET", path + tail, reader).status_code == 404
    own = service.call("GET", f"{path}/versions/1", service.town)
    assert (own.status_code, own.headers["Cache-Control"]) == (200, "private, no-store")
    assert service.call("GET", f"{path}/versions", service.town).json["versions"][0]["number"] == 1
    published = service.call("POST", f"{path}/publish", service.town, If_Match=own.headers["ETag"])
    assert (published.status_code, published.json["state"]) == (200, "published")
    assert service.call("GET", f"{path}/versions/1").text == description("Brouillon")
    again = service.call("POST", f"{path}/publish", service.town, If_Match="*")
    assert again.status_code == 409


def test_what_was_sent_comes_back_as_it_was(service: RegistryService) -> None:
    body = description("Octets").encode() + b"# \xc3\xa9\r\n\r\n"
    path = "/projects/octets"
    sent = service.put(path, body, service.town)
    day = moments.now().date()
    lead = service.call("GET", f"{path}/versions/{day}")
    assert (lead.status_code, lead.headers["Location"]) == (302, sent.json["version_url"])
    early = day - timedelta(days=1)
    assert service.call("GET", f"{path}/versions/{early}").status_code == 404
    assert service.call("GET", f"{path}/versions/2026-13-01").status_code == 400
    assert service.call("GET", f"{path}/versions/9").status_code == 404
    answer = service.call("GET", f"{path}/versions/1")
    assert (answer.data, answer.mimetype) == (body, "application/yaml")
    assert answer.headers["ETag"] == sent.headers["ETag"]
    again = service.call("GET", f"{path}/versions/1", If_None_Match=answer.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    part = service.call("GET", f"{path}/versions/1", Range="bytes=0-3")
    assert (part.status_code, part.data) == (206, body[:4])


MEDIA = {
    "text/html": "text/html",
    "text/turtle": "text/turtle",
    "application/ld+json": "application/ld+json",
    "application/rdf+xml": "application/rdf+xml",
    "application/n-quads": "application/n-quads",
    "*/*": "text/turtle",
}


def test_an_entry_is_given_in_the_format_asked_for(service: RegistryService) -> None:
    service.put("/projects/formes", description("Formes"), service.town)
    for accept, media in MEDIA.items():
        answer = service.call("GET", "/projects/formes", Accept=accept)
        assert (answer.status_code, answer.mimetype) == (200, media)
        assert ("Accept" in answer.headers["Vary"], "Formes" in answer.text) == (True, True)
        assert 'rel="version-history"' in answer.headers["Link"]
    assert service.call("GET", "/projects/formes", Accept="image/png").status_code == 406


def test_a_withdrawn_entry_is_gone_with_its_history(service: RegistryService) -> None:
    path, body = "/projects/retrait", description("Retrait")
    tag = service.put(path, body, service.town).headers["ETag"]
    assert service.call("DELETE", path, service.town).status_code == 428
    assert service.call("DELETE", path, service.other, If_Match=tag).status_code == 403
    gone = service.call("DELETE", path, service.town, If_Match=tag)
    assert (gone.status_code, gone.json["state"]) == (200, "withdrawn")
    for accept in ("*/*", "text/html"):
        answer = service.call("GET", path, Accept=accept)
        assert answer.status_code == 410
    listed = service.call("GET", f"{path}/versions").json["versions"]
    assert [it["state"] for it in listed] == ["published", "withdrawn"]
    assert service.call("GET", f"{path}/versions/1").text == body
    assert service.call("GET", f"{path}/versions/2").status_code == 410
    assert service.put(path, body, service.town, If_Match="*").status_code == 410
    assert path not in service.call("GET", "/projects.json").text


def test_what_is_erased_is_gone_from_every_door_of_a_service_that_runs(
    service: RegistryService,
) -> None:
    phrase, path = "Quatre-chemins", "/projects/efface"
    service.put(path, description(phrase), service.town)
    service.put(path, description("Carrefour"), service.town, If_Match="*")
    service.put("/projects/interdit", description(f"{phrase} bis"), service.town)
    doors = [f"{path}/versions/1", "/projects/interdit.ttl", "/projects/interdit.html"]
    doors += ["/projects.json", "/projects.ttl?q=quatre", "/search.json?q=chemins"]
    doors += ["/sparql?query=SELECT%20*{GRAPH?g{?s%20?p%20?o}FILTER(STRSTARTS(STR(?o),'Quatre-'))}"]
    said = [service.call("GET", door).text for door in doors]
    assert [door for door, text in zip(doors, said, strict=True) if phrase not in text] == []
    erase(service.registry, "efface", 1, "Un numéro de téléphone", "greffe")
    erase(service.registry, "interdit", 1, "Un jugement", "greffe", legal=True)
    answers = [service.call("GET", door) for door in doors]
    assert not any(phrase in answer.text for answer in answers)
    assert [answer.status_code for answer in answers[:3]] == [410, 451, 451]
    assert answers[0].json["reason"] == "Un numéro de téléphone"
    assert "greffe" not in answers[0].text
    assert "Carrefour" in service.call("GET", path).text
    assert service.put(path, description(phrase), service.town, If_Match="*").status_code == 410


def test_public_entries_are_asked_by_sparql_as_soon_as_they_are_written(
    service: RegistryService,
) -> None:
    path = "/projects/graphe"

    def names() -> list[tuple[str, str]]:
        answer = service.client.get("/sparql", query_string={"query": LABELS, "format": "json"})
        rows = answer.json["results"]["bindings"]
        return [(r["g"]["value"].rpartition("projects/")[2], r["name"]["value"]) for r in rows]

    assert names() == []
    service.put(path, description("Graphe un"), service.town)
    assert names() == [("graphe/versions/1", "Graphe un")]
    body = description("Graphe deux")
    draft = service.put(f"{path}?state=draft", body, service.town, If_Match="*").headers["ETag"]
    assert names() == [("graphe/versions/1", "Graphe un")]
    service.call("POST", f"{path}/publish", service.town, If_Match=draft)
    assert names() == [("graphe/versions/2", "Graphe deux")]
    service.call("DELETE", path, service.town, If_Match="*")
    assert names() == []


@pytest.mark.slow(seconds=8)
def test_no_query_no_probe_and_no_start_reads_an_entry_again(
    service: RegistryService, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = description("Commentaires") + "# que des mots\n" * 320_000
    assert len(large) > 4_800_000
    limited = service.registry.publishers.add("rouen", "Ville de Rouen")
    refused = service.put("/projects/grand-0", large, limited)
    assert (refused.status_code, "--no-quota" in refused.text) == (413, True)
    for number in range(4):
        assert service.put(f"/projects/grand-{number}", large, service.other).status_code == 201

    def read_again(real: object) -> object:
        def reading(self: SourceReader, source: object, *more: object, **others: object) -> object:
            is_long = isinstance(source, (bytes, str)) and len(source) > 10_000
            assert not is_long, "an entry is read again"
            return real(self, source, *more, **others)  # type: ignore[operator]

        return reading

    for name in ("read", "examine"):
        monkeypatch.setattr(SourceReader, name, read_again(getattr(SourceReader, name)))
    start = time.monotonic()
    assert service.call("GET", "/sparql?query=ASK{}").status_code == 200
    tell_if_long(time.monotonic() - start, 0.2)
    folder = service.registry.database.folder
    client = create_app({"REGISTRY": folder, "RATE_LIMIT": 0}).test_client()
    for path in (
        "/sparql?query=ASK{}",
        "/readyz",
        "/projects.json?q=commentaires",
        "/projects.ttl",
    ):
        assert client.get(path).status_code == 200
    assert "Commentaires" in client.get("/projects/grand-1.ttl").text


def test_the_probe_says_whether_queries_are_put_to_entries_and_the_clock_is_believed(
    service: RegistryService, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = service.call("GET", "/readyz").json
    assert (probe["checks"]["registry"], probe["entries"]) == (True, "queried")
    assert probe["clock"] == "on-time"
    jumped = moments.now() + timedelta(days=3)
    monkeypatch.setattr(moments, "now", lambda: jumped)
    assert service.call("GET", "/readyz").json["clock"] == "in-doubt"
    refused = service.put("/projects/heure", description("Heure"), service.town)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "3600")
    assert json.loads(refused.text)["type"].endswith("clock-in-doubt")


def test_what_a_description_says_is_shown_and_never_run(service: RegistryService) -> None:
    service.put("/projects/marques", description('"<script>alert(1)</script>"'), service.town)
    for path in ("/projects/marques", "/projects?q=alert"):
        page = service.call("GET", path, Accept="text/html")
        assert "<script>alert" not in page.text
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    sent = service.call("GET", "/projects/marques/versions/1")
    assert "sandbox" in sent.headers["Content-Security-Policy"]


def test_a_page_of_another_site_may_write(service: RegistryService) -> None:
    asked = {"Origin": "https://town.example", "Access-Control-Request-Method": "PUT"}
    told = service.client.options("/projects/lampes", headers=asked).headers
    assert "PUT" in told["Access-Control-Allow-Methods"]
    assert {"Authorization", "If-Match"} <= set(told["Access-Control-Allow-Headers"].split(", "))
    assert {"ETag", "Location"} <= set(told["Access-Control-Expose-Headers"].split(", "))
    assert told["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in told


def test_no_token_is_in_any_log(
    service: RegistryService, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = service.registry.database.folder
    client = create_app({"REGISTRY": folder, "REQUEST_LOG": "on"}).test_client()
    headers = {"Authorization": f"Bearer {service.town}"}
    client.put("/projects/journal", data=description("Journal"), headers=headers)
    logged = capfd.readouterr()
    assert service.town not in logged.err + logged.out


def test_without_a_registry_its_addresses_say_how_to_open_one(tmp_path: Path) -> None:
    client = create_app({"RATE_LIMIT": 0, "REQUEST_LOG": "off"}).test_client()
    for method, path in (
        ("GET", "/projects/a"),
        ("GET", "/projects/a/versions"),
        ("PUT", "/projects/a"),
        ("DELETE", "/projects/a"),
        ("POST", "/projects/a/publish"),
        ("GET", "/projects.ttl"),
    ):
        answer = client.open(f"{path}?lang=en", method=method)
        assert answer.status_code == 404
        assert "montages registry init" in answer.json["detail"]
    assert "Dijon" in client.get("/projects").text
