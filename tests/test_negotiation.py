"""What a client asks for is what it gets: Accept, extensions, parameters, profiles, conditions (L1–L3)."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Namespace, URIRef
from rdflib.namespace import DCTERMS

from crawling import PARSERS, client, docs, graph_of
from montages.names import BASE
from montages.publish.linked_data.formats import ALL, ALTR, DATA, HTML, PROFILES, QUADS
from montages.web.linked_data.negotiation import best_format
from montages.web.requests.accept_header import accepted_profiles, media_ranges

# Headers that no two answers share.
EACH_ITS_OWN = ("Date", "X-Request-Id")
THING = "/id/contract/mpgp"
MODULE = "/module/actors"
OFFERED = (*DATA, HTML)
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7"
)
# What rdflib itself sends.
RDFLIB = (
    "text/turtle,application/x-turtle,application/rdf+xml;q=0.9,application/n-triples;q=0.9,"
    "application/xhtml+xml;q=0.5,*/*;q=0.1"
)

ACCEPT = {
    None: "ttl",
    "": "ttl",
    "*/*": "ttl",
    FIREFOX: "html",
    CHROME: "html",
    RDFLIB: "ttl",
    "text/html": "html",
    "text/html;level=1": "html",
    "text/turtle": "ttl",
    "TEXT/Turtle": "ttl",
    "text/turtle; charset=utf-8": "ttl",
    "application/ld+json": "jsonld",
    'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"': "jsonld",
    "application/json": "json",
    "application/rdf+xml": "rdf",
    "application/n-triples": "nt",
    "application/*": "jsonld",
    "text/*": "ttl",
    # q-values, with and without spaces
    "text/turtle;q=0.5, application/rdf+xml": "rdf",
    "text/turtle ; q=0.5 , application/rdf+xml ; q=0.4": "ttl",
    "text/html;q=0.1, application/n-triples;q=0.11": "nt",
    "text/turtle;Q=0.2, application/n-triples;q=0.3": "nt",
    "application/rdf+xml;q=0.9, */*;q=0.1": "rdf",
    "text/turtle;q=0, */*": "jsonld",
    "*/*;q=0.5, text/turtle;q=0.1": "jsonld",
    "text/*;q=0.3, text/html;q=0.7, */*;q=0.2": "html",
    "application/json, text/javascript, */*;q=0.01": "json",
    # between equals: named most closely, then named first
    "text/html, text/turtle": "html",
    "text/turtle, text/html": "ttl",
    "*/*, text/html": "html",
    "image/png, application/n-triples, text/turtle": "nt",
    # a parameter that holds a comma or a semicolon
    'text/html;x="a,b;q=0", text/turtle;q=0.9': "html",
    # what is malformed is passed over; where nothing readable is left, nothing in particular was asked
    "turtle": "ttl",
    ",;=,": "ttl",
    "*/turtle": "ttl",
    "text/": "ttl",
    "text/html;q=high, application/n-triples": "nt",
    "text/html;q=1.5, application/n-triples;q=0.1": "nt",
    "text/html;q=-1, application/n-triples;q=0.1": "nt",
    "text/turtle, \"": "ttl",
    # what Java's own client sends
    "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2": "html",
    "image/gif, *; q=.2": "ttl",
    "application/ld+json;q=.5, text/turtle;q=.2": "jsonld",
    "*": "ttl",
    "*;q=0": None,
    # nothing fits
    "image/png": None,
    "text/turtle;q=0": None,
    "*/*;q=0": None,
    "text/*;q=0, application/*;q=0.000": None,
    "application/trig": "trig",
    "application/vnd.example": None,
}  # fmt: skip


@pytest.mark.parametrize("accept", ACCEPT, ids=repr)
def test_accept_is_read_in_full(accept: str | None) -> None:
    form = best_format(media_ranges(accept or ""), OFFERED)
    assert (form and form.extension) == ACCEPT[accept]


@pytest.mark.parametrize("accept", ACCEPT, ids=repr)
def test_a_thing_leads_to_the_document_of_the_format(accept: str | None) -> None:
    headers = {} if accept is None else {"Accept": accept}
    answer = client().get(THING, headers=headers)
    expected = ACCEPT[accept]
    if expected is None:
        assert answer.status_code == 406
        return
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"http://localhost{THING}.{expected}"
    assert answer.headers["Vary"].startswith("Accept")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@given(st.text(alphabet=' ,;="\\/*.q01atexhml+-\t', max_size=60))
@settings(max_examples=400)
def test_no_header_breaks_the_reading(header: str) -> None:
    accepted = media_ranges(header)
    assert all(0 <= quality <= 1 for _, quality in accepted)
    best_format(accepted, OFFERED)
    accepted_profiles(header)


@pytest.mark.parametrize("form", OFFERED, ids=lambda f: f.extension)
def test_each_extension_answers_in_its_type_whatever_is_accepted(form: object) -> None:
    assert form in ALL
    for accept in ("*/*", "image/png", FIREFOX):
        answer = client().get(f"{THING}.{form.extension}", headers={"Accept": accept})  # type: ignore[attr-defined]
        assert (answer.status_code, answer.mimetype) == (200, form.media_type)  # type: ignore[attr-defined]


@pytest.mark.parametrize("form", QUADS, ids=lambda f: f.extension)
def test_a_module_has_the_formats_of_quads_too(form: object) -> None:
    answer = client().get(MODULE, headers={"Accept": form.media_type})  # type: ignore[attr-defined]
    assert answer.headers["Location"].endswith(f"{MODULE}.{form.extension}")  # type: ignore[attr-defined]
    assert client().get(f"{MODULE}.{form.extension}").mimetype == form.media_type  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("query", "extension"),
    [
        ("_format=rdf", "rdf"),
        ("_format=turtle", "ttl"),
        ("_format=application/ld%2Bjson", "jsonld"),
        ("_format=html", "html"),
        ("_mediatype=text/turtle", "ttl"),
        ("_mediatype=application/rdf+xml", "rdf"),
        ("_mediatype=application/rdf%2Bxml", "rdf"),
        ("_mediatype=application/n-triples,text/turtle", "nt"),
        ("_format=parchment", None),
        ("_mediatype=image/png", None),
    ],
)
def test_a_parameter_goes_before_accept(query: str, extension: str | None) -> None:
    answer = client().get(f"{THING}?{query}", headers={"Accept": "application/json"})
    if extension is None:
        assert answer.status_code == 406
    else:
        assert urlsplit(answer.headers["Location"]).path == f"{THING}.{extension}"


@pytest.mark.slow
def test_406_lists_what_exists_and_each_answers() -> None:
    for path in (THING, "/catalog", "/void"):
        answer = client().get(path, headers={"Accept": "image/png"})
        assert (answer.status_code, answer.mimetype) == (406, "application/problem+json")
        available = json.loads(answer.data)["available"]
        assert len(available) >= len(DATA)
        for one in available:
            listed = client().get(urlsplit(one["url"]).path)
            assert (listed.status_code, listed.mimetype) == (200, one["mediaType"])


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/id/contract/mpgq", "/id/contract/mpgp"),
        ("/id/contract/mpgp.pdf", "/id/contract/mpgp"),
        ("/id/contract/mpgp/", ""),
        ("/compiled/", ""),
        ("/def/Nothing.ttl", ""),
        ("/module/actors/9.9.9", ""),
        ("/id/contract/%C3%A9t%C3%A9", ""),
        ("/id/contract/..%2F..", ""),
    ],
)
def test_what_does_not_exist_is_a_problem_with_the_nearest_address(path: str, word: str) -> None:
    answer = client().get(path)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert word in json.loads(answer.data)["detail"]


@pytest.mark.parametrize(
    "path",
    [THING, f"{THING}.ttl", f"{THING}.html", "/id/contract/none", "/catalog.ttl", "/void.rdf",
     "/dump/ontology.ttl", "/context.jsonld", "/sitemap.xml", "/"],
)  # fmt: skip
def test_head_is_get_without_a_body(path: str) -> None:
    get, head = client().get(path), client().head(path)
    assert head.status_code == get.status_code
    assert head.data == b""
    told = [dict(answer.headers) for answer in (get, head)]
    for headers in told:
        for name in [n for n in headers if n in EACH_ITS_OWN or "RateLimit" in n]:
            del headers[name]
    assert told[0] == told[1]


@pytest.mark.parametrize("path", [THING, f"{THING}.ttl", "/catalog", "/dump/all.nq"])
def test_only_reading_is_allowed(path: str) -> None:
    options = client().options(path)
    assert options.status_code == 200
    assert {"GET", "HEAD", "OPTIONS"} == set(options.headers["Allow"].replace(" ", "").split(","))
    assert client().post(path).status_code == 405


@pytest.mark.parametrize(
    "path",
    [f"{THING}.{extension}" for extension in (*PARSERS, "html")]
    + [
        "/catalog.ttl?page=2",
        "/catalog.html",
        "/void",
        "/dump/actors.ttl",
        "/context",
        "/robots.txt",
    ],
)
def test_what_the_client_has_is_not_sent_again(path: str) -> None:
    first = client().get(path)
    tag = first.headers["ETag"]
    assert not tag.startswith("W/")
    for given_tag in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = client().get(path, headers={"If-None-Match": given_tag})
        assert (again.status_code, again.data) == (304, b"")
        for name in ("ETag", "Cache-Control", "Access-Control-Allow-Origin"):
            assert again.headers[name] == first.headers[name]
        assert again.headers.get("Vary") == first.headers.get("Vary")
        assert client().head(path, headers={"If-None-Match": given_tag}).status_code == 304
    assert client().get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert client().get(path, headers=since).status_code == 304
    # An ETag that differs goes before a date that agrees.
    assert client().get(path, headers=since | {"If-None-Match": '"other"'}).status_code == 200
    for date in ("Thu, 01 Jan 2015 00:00:00 GMT", "yesterday"):
        assert client().get(path, headers={"If-Modified-Since": date}).status_code == 200


def test_each_representation_has_its_own_etag() -> None:
    asked = [f"{THING}.{f.extension}" for f in OFFERED] + [
        f"{THING}.html?lang=en",
        f"{THING}.ttl?_profile=alt",
        "/catalog.ttl",
        "/catalog.ttl?page=2",
        "/catalog.ttl?lang=en",
    ]
    tags = [client().get(path).headers["ETag"] for path in asked]
    assert len(set(tags)) == len(tags)
    elsewhere = client().get(f"{THING}.jsonld", base_url="http://other.example")
    assert elsewhere.headers["ETag"] != client().get(f"{THING}.jsonld").headers["ETag"]


def test_304_comes_before_the_body_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    path = "/id/contract/affermage.ttl"
    tag = client().get("/id/contract/dsp.ttl").headers["ETag"]
    assert tag

    def fall(*_: object) -> None:
        raise AssertionError("built")

    monkeypatch.setattr("montages.web.linked_data.things.write", fall)
    assert client().get(path, headers={"If-None-Match": "*"}).status_code == 304


def test_the_language_of_the_page_is_the_reader_s() -> None:
    english = client().get(f"{THING}.html", headers={"Accept-Language": "en"})
    french = client().get(f"{THING}.html", headers={"Accept-Language": "fr-FR, fr;q=0.9, en;q=0.5"})
    assert english.headers["Content-Language"] == "en"
    assert french.headers["Content-Language"] == "fr"
    assert "Accept-Language" in english.headers["Vary"]
    kept = client().get(f"{THING}?lang=en", headers={"Accept": "text/html"})
    assert kept.headers["Location"].endswith(f"{THING}.html?lang=en")


# ---- Links and profiles


def test_links_tell_the_thing_its_formats_its_class_and_its_licence() -> None:
    links = client().get(f"{THING}.ttl").headers["Link"]
    assert f'<{BASE}id/contract/mpgp>; rel="canonical"' in links
    assert '<https://w3id.org/montages/def/ContractType>; rel="type"' in links
    assert 'rel="license"' in links
    assert 'rel="profile"' in links
    assert f'<http://localhost{THING}.jsonld>; rel="alternate"; type="application/ld+json"' in links
    page = client().get(f"{THING}.html").headers["Link"]
    assert f'<http://localhost{THING}.ttl>; rel="describedby"; type="text/turtle"' in page


@pytest.mark.parametrize(
    "headers", [{}, {"Accept-Profile": f"<{PROFILES['alt']}>"}], ids=["parameter", "header"]
)
def test_the_alternates_profile_lists_every_representation(headers: dict[str, str]) -> None:
    asked = THING if headers else f"{THING}?_profile=alt"
    seen = client().get(asked, headers=headers | {"Accept": "text/turtle"})
    assert seen.status_code == 303
    location = urlsplit(seen.headers["Location"])
    answer = client().get(f"{location.path}?{location.query}")
    graph = graph_of(answer, "ttl")
    thing = URIRef(BASE + "id/contract/mpgp")
    default = list(graph.objects(thing, ALTR.hasDefaultRepresentation))
    assert len(default) == 1
    listed = [*default, *graph.objects(thing, ALTR.hasRepresentation)]
    assert len(listed) == len(ALL) + len(DATA)
    for one in listed:
        address = urlsplit(str(graph.value(one, DCTERMS.source)))
        found = client().get(f"{address.path}?{address.query}")
        assert found.mimetype == str(graph.value(one, DCTERMS["format"]))
        assert f'<{graph.value(one, DCTERMS.conformsTo)}>; rel="profile"' in found.headers["Link"]


@pytest.mark.parametrize("word", ["nothing", "https://example.org/profile"])
def test_a_profile_that_does_not_exist_is_refused_by_name_and_passed_over_as_a_wish(
    word: str,
) -> None:
    answer = client().get(f"{THING}?_profile={word}")
    assert answer.status_code == 406
    assert [p["profile"] for p in json.loads(answer.data)["available"]] == list(PROFILES.values())
    wished = client().get(THING, headers={"Accept-Profile": f"<{word}>"})
    assert wished.status_code == 303


def test_every_profile_is_described_somewhere() -> None:
    ours = [uri for uri in PROFILES.values() if uri.startswith(BASE)]
    assert ours
    assert all(uri[len(BASE) :] in docs().paths for uri in ours)


def test_the_root_is_a_page_for_people_and_the_catalogue_for_machines() -> None:
    assert client().get("/", headers={"Accept": FIREFOX}).mimetype == "text/html"
    answer = client().get("/", headers={"Accept": "text/turtle"})
    assert answer.mimetype == "text/turtle"
    dcat = Namespace("http://www.w3.org/ns/dcat#")
    assert (URIRef(BASE + "catalog"), None, dcat.Catalog) in graph_of(answer, "ttl")
