"""The pages (L4, S5, O3): every kind, in both languages, valid, linked, readable without script."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import html5rdf
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from crawling import client
from montages.guests import guests
from montages.publish.linked_data.problem_types import french_meanings, problem_types
from montages.web.pages import page_context, page_language
from montages.web.pages.page_language import no_breaks
from page_kinds import ALL, HTML, THINGS
from page_reading import LANGS, PageTags, get, text_of

EVERY = [(kind, lang) for kind in ALL for lang in LANGS]


def patient_status(path: str) -> int:
    """Return the status of a page, asked for once more where the service says to come back."""
    status = get(path).status_code
    return get(path).status_code if status == 503 else status


@pytest.mark.parametrize(("kind", "lang"), EVERY)
def test_every_page_is_valid_html_in_its_language(kind: str, lang: str) -> None:
    response = get(ALL[kind], lang)
    assert response.status_code == (404 if kind == "not-found" else 200)
    assert response.mimetype == "text/html"
    page = response.get_data(as_text=True)
    parser = html5rdf.HTMLParser()
    parser.parse(page)
    assert [e for e in parser.errors if e[1] != "unexpected-html-element-in-foreign-content"] == []
    found = PageTags(page)
    assert next(a for t, a in found.tags if t == "html")["lang"] == lang
    ids = [a["id"] for _, a in found.tags if a.get("id")]
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)


@pytest.mark.parametrize(("kind", "lang"), EVERY)
def test_headings_are_in_order_under_one_title(kind: str, lang: str) -> None:
    levels = [
        int(t[1]) for t, _ in PageTags(text_of(ALL[kind], lang)).tags if re.fullmatch("h[1-6]", t)
    ]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels)), levels


@pytest.mark.parametrize(("kind", "lang"), EVERY)
def test_no_iri_of_ours_shows_where_it_has_a_name(kind: str, lang: str) -> None:
    found = PageTags(text_of(ALL[kind], lang))
    assert [s for s in found.shown if re.fullmatch(r"\s*https?://\S+\s*", s)] == []
    shown = found.text
    # «None» is an answer in English, so that only French tells it from a slip.
    assert not re.search(
        r"\b(Undefined|rdflib|BNode)\b" + (r"|\bNone\b" if lang == "fr" else ""), shown
    )
    # A prefixed name shows only where nothing has a name: terms and codes of other vocabularies.
    ours = re.findall(
        r"\b(?:mtg|mtgsh|mtgc|criterion|contract|clause|document|layer):\w[\w-]*", shown
    )
    assert ours == []


# The explorer is whole in one file: its policy names its script and its style by their digests.
STRICT = [(kind, lang) for kind, lang in EVERY if kind != "explorer"]


@pytest.mark.parametrize(("kind", "lang"), STRICT)
def test_no_inline_script_or_style_so_that_a_strict_policy_holds(kind: str, lang: str) -> None:
    for tag, attributes in PageTags(text_of(ALL[kind], lang)).tags:
        assert "style" not in attributes, (tag, attributes)
        assert not [name for name in attributes if name.startswith("on")]
        assert tag != "style"
        if tag == "script":
            assert attributes.get("type") == "application/ld+json" or attributes.get("src")


@pytest.mark.parametrize("kind", THINGS)
def test_a_thing_tells_search_engines_and_programs_what_it_is(kind: str) -> None:
    page = text_of(THINGS[kind])
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert script
    tree = json.loads(script[1])
    assert tree["@context"] == "https://schema.org/"
    assert tree["about"]["name"]
    assert tree["about"]["@id"].startswith("https://w3id.org/montages/")
    offered = {
        a.get("type") for t, a in PageTags(page).tags if t == "link" and a.get("rel") == "alternate"
    }
    assert {"text/turtle", "application/ld+json", "application/rdf+xml"} <= offered


def likeness(address: str) -> tuple[str, ...]:
    """Return what addresses share that one route answers alike: where they begin and end, what they ask."""
    parts = urlsplit(address)
    folders, _, name = parts.path.rpartition("/")
    asked = sorted({pair.partition("=")[0] for pair in parts.query.split("&")})
    return "/".join(folders.split("/")[:3]), name.rpartition(".")[2] if "." in name else "", *asked


# Of addresses alike, so many are followed by `make prove`, all by `make soak`.
@pytest.mark.parametrize(
    "most",
    [
        pytest.param(5, marks=pytest.mark.slow(seconds=20)),
        pytest.param(None, marks=pytest.mark.soak),
    ],
)
def test_every_link_of_every_kind_of_page_resolves(most: int | None) -> None:
    seen: set[str] = set()
    for path in ALL.values():
        found = PageTags(text_of(path))
        targets = (
            found.values("a", "href") + found.values("link", "href") + found.values("img", "src")
        )
        for target in [*targets, *found.values("script", "src")]:
            parts = urlsplit(urljoin(f"http://localhost{path}", target))
            if parts.netloc == "localhost":
                seen.add(parts.path + (f"?{parts.query}" if parts.query else ""))
    followed = [
        p
        for _, alike in groupby(sorted(seen, key=likeness), likeness)
        for p in sorted(alike)[:most]
    ]
    assert len(followed) > 300
    broken = {p: s for p in followed if (s := patient_status(p)) >= 400 and "/nowhere" not in p}
    assert broken == {}


def test_every_string_of_the_interface_has_its_english() -> None:
    folders = (Path(page_language.__file__).parents[1], *guests().folders)
    methods = [("pages/**.py", "python"), ("templates/**.html", "jinja2")]
    used = {
        message[2]
        for folder in folders
        for message in extract_from_dir(folder, methods, keywords={"_": None, "ngettext": (1, 2)})
    }
    with page_language.ENGLISH.open("rb") as file:
        catalogue = read_po(file, locale="en")
    known = {m.id for m in catalogue if m.id and all(m.string if m.pluralizable else [m.string])}
    assert len(used) > 200
    assert used == known


def french() -> Iterator[str]:
    with page_language.ENGLISH.open("rb") as file:
        for message in read_po(file, locale="en"):
            if message.id and isinstance(message.id, str) and message.id != message.string:
                yield message.id


@pytest.mark.parametrize("kind", ALL)
def test_an_english_page_says_nothing_of_the_interface_in_french(kind: str) -> None:
    shown = PageTags(text_of(ALL[kind], "en")).text
    left = [said for said in french() if len(said) > 14 and "%" not in said and said in shown]
    assert left == []


def test_the_language_chosen_follows_the_reader_from_link_to_link() -> None:
    found = PageTags(text_of("/id/contract/mpgp.html?lang=en"))
    inside = [h for h in found.values("a", "href") if h.startswith("/id/") and ".html" in h]
    assert inside
    assert all("lang=" in h for h in inside)
    assert not [
        h for h in PageTags(text_of("/id/contract/mpgp.html")).values("a", "href") if "lang=fr" in h
    ]


def test_pages_stand_without_the_browser_libraries(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from montages.web.pages import editor_page

    monkeypatch.setattr(page_context, "STATIC", tmp_path)
    monkeypatch.setattr(editor_page, "STATIC", tmp_path)
    for path in ("/contest", "/sparql"):
        page = get(path).get_data(as_text=True)
        assert "vendor" not in page
        assert "base.css" not in page
        assert PageTags(page).values("script", "src") == []
        assert "montages.css" in page


def test_browser_libraries_come_with_their_licences() -> None:
    vendor = page_context.STATIC / "vendor"
    if not list(vendor.glob("*.LICENSE.txt")):
        pytest.skip("No browser libraries here. To run this test: npm ci && npm run vendor")
    assert "MIT License" in (vendor / "pico.LICENSE.txt").read_text(encoding="utf-8")
    editor = (vendor / "yasgui.LICENSE.txt").read_text(encoding="utf-8")
    assert all(name in editor for name in ("@zazuko/yasqe 4", "codemirror 5", "dompurify 3"))


def test_the_editor_is_a_plain_form_without_script() -> None:
    page = text_of("/sparql?example=contract-families")
    form = re.search(r'<form id="plain"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert form
    assert 'method="get"' in form[0]
    assert 'action="/sparql#answer"' in form[0]
    assert "<textarea" in form[1]
    assert "SELECT" in form[1]
    assert "hidden" not in re.findall(r"<textarea[^>]*>", form[1])[0]
    settings = json.loads(get("/editor.json").data)
    assert settings["prefixes"]["mtg"] == "https://w3id.org/montages/def/"
    assert len(settings["examples"]) >= 40
    assert "https://w3id.org/montages/def/ContractType" in settings["classes"]


def test_an_example_or_a_pasted_description_is_assessed_in_a_page() -> None:
    sent = {"Accept": HTML, "Accept-Language": "fr"}
    example = client().post("/assess", data={"example": "exemple-metropole"}, headers=sent)
    assert example.status_code == 200
    shown = PageTags(example.get_data(as_text=True))
    assert "Marché public global de performance" in shown.text
    assert "pas conseil juridique" in shown.text
    assert not [a for _, a in shown.tags if "style" in a]
    assert sum(t == "h1" for t, _ in shown.tags) == 1
    pasted = "project: Essai\nholder: {name: V, type: Commune}\nanswers: {deployment: massive}\n"
    for text in (pasted, json.dumps({"project": "Essai", "holder": {"type": "Commune"}})):
        assert client().post("/assess", data={"description": text}, headers=sent).status_code == 200


def test_a_faulty_description_gets_a_page_with_its_repair() -> None:
    sent = {"Accept": HTML, "Accept-Language": "fr"}
    text = "project: Essai\nanswers: {deployment: masive}\n"
    faulty = client().post("/assess", data={"description": text}, headers=sent)
    assert faulty.status_code == 422
    assert "massive" in PageTags(faulty.get_data(as_text=True)).text
    for form, status in (({"description": " "}, 400), ({"example": "nowhere"}, 404)):
        assert client().post("/assess", data=form, headers=sent).status_code == status


def test_an_error_is_a_page_for_readers_and_problem_json_for_programs() -> None:
    assert get("/nowhere").mimetype == "text/html"
    for accept in ("*/*", "application/json", "application/problem+json", "text/turtle"):
        response = get("/nowhere", accept=accept)
        assert response.mimetype == "application/problem+json"
        assert json.loads(response.data)["status"] == 404
    assert "Accept" in get("/nowhere").headers["Vary"]


def test_french_punctuation_never_starts_a_line_and_code_is_left_alone() -> None:
    made = no_breaks(
        '<p title="a : b">Vrai ? « Oui » : 5 €</p><pre>a : b ?</pre><code>x : y</code>'
    )
    assert made == (
        '<p title="a : b">Vrai\u00a0? «\u00a0Oui\u00a0»\u00a0: 5\u00a0€</p>'
        "<pre>a : b ?</pre><code>x : y</code>"
    )
    assert no_breaks(made) == made


def test_every_kind_of_problem_says_what_it_means_in_french() -> None:
    assert problem_types().keys() <= french_meanings().keys()
