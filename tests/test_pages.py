"""The pages (L4, S5, O3): every kind, in both languages, valid, linked, readable without script."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import html5rdf
import pytest

import words
from crawling import client
from montages.web.pages import page_context
from montages.web.pages.page_context import no_breaks
from montages.word_catalogue import FRENCH, catalogue
from page_kinds import ALL, HTML, THINGS
from page_reading import LANGS, PageTags, get, text_of
from page_texts import PageTexts
from test_english_pages import french_left
from test_french_pages import FOR_PROGRAMS, english_left

EVERY = [(kind, lang) for kind in ALL for lang in LANGS]
# The explorer is whole in one file: its policy names its script and its style by their digests.
BY_DIGEST = {"explorer"}


@dataclass(frozen=True)
class Visit:
    """A kind of page in a language, asked for once, with what came and its tags."""

    kind: str
    lang: str
    status: int
    media: str
    text: str
    tags: PageTags


def patient_status(path: str) -> int:
    """Return the status of a page, asked for once more where the service says to come back."""
    status = get(path).status_code
    return get(path).status_code if status == 503 else status


def answers_in_its_language(page: Visit) -> Iterator[object]:
    """Yield what is other than a page in the language that was asked for."""
    wanted = (404 if page.kind == "not-found" else 200, "text/html", page.lang)
    said = next(a for t, a in page.tags.tags if t == "html")["lang"]
    if (page.status, page.media, said) != wanted:
        yield page.status, page.media, said


def is_valid_html(page: Visit) -> Iterator[object]:
    """Yield each fault of the HTML, and each identifier that stands twice."""
    parser = html5rdf.HTMLParser()
    parser.parse(page.text)
    yield from (e for e in parser.errors if e[1] != "unexpected-html-element-in-foreign-content")
    ids = Counter(a["id"] for _, a in page.tags.tags if a.get("id"))
    yield from (name for name, count in ids.items() if count > 1)


def has_headings_in_order_under_one_title(page: Visit) -> Iterator[object]:
    """Yield the levels of the headings where one is missing, or where there is not one title."""
    levels = [int(t[1]) for t, _ in page.tags.tags if re.fullmatch("h[1-6]", t)]
    if levels.count(1) != 1 or levels[0] != 1 or any(b > a + 1 for a, b in pairwise(levels)):
        yield levels


def shows_no_iri_of_ours_that_has_a_name(page: Visit) -> Iterator[object]:
    """Yield each address, slip of a program, and prefixed name of ours that shows."""
    yield from (s for s in page.tags.shown if re.fullmatch(r"\s*https?://\S+\s*", s))
    # «None» is an answer in English, so that only French tells it from a slip.
    slip = r"\b(?:Undefined|rdflib|BNode)\b" + (r"|\bNone\b" if page.lang == "fr" else "")
    # A prefixed name shows only where nothing has a name: terms and codes of other vocabularies.
    ours = r"\b(?:mtg|mtgsh|mtgc|criterion|contract|clause|document|layer):\w[\w-]*"
    for pattern in (slip, ours):
        yield from re.findall(pattern, page.tags.text)


def has_no_inline_script_or_style(page: Visit) -> Iterator[object]:
    """Yield what a strict policy refuses."""
    for tag, attributes in page.tags.tags if page.kind not in BY_DIGEST else ():
        if "style" in attributes or any(name.startswith("on") for name in attributes):
            yield tag, attributes
        script = tag == "script" and attributes.get("type") != "application/ld+json"
        if tag == "style" or (script and not attributes.get("src")):
            yield tag, attributes


def has_nothing_left_of_the_other_language(page: Visit) -> Iterator[object]:
    """Yield the texts in the other language that are not marked so, nor names."""
    if page.lang == "en":
        yield from french_left(page.text)
        texts = " ".join(PageTexts(page.text, "en").texts)
        yield from (said for said in french() if said in texts)
    elif page.kind not in FOR_PROGRAMS:
        yield from english_left(page.text)


def tells_programs_what_it_is(page: Visit) -> Iterator[object]:
    """Yield what a page of a thing does not tell search engines and programs."""
    if page.kind not in THINGS:
        return
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
    tree = json.loads(script[1]) if script else {}
    about = tree.get("about", {})
    named = about.get("name") and about["@id"].startswith("https://w3id.org/montages/")
    if tree.get("@context") != "https://schema.org/" or not named:
        yield tree
    alternates = {
        a.get("type") for t, a in page.tags.tags if t == "link" and a.get("rel") == "alternate"
    }
    yield from {"text/turtle", "application/ld+json", "application/rdf+xml"} - alternates


RULES = (
    answers_in_its_language,
    is_valid_html,
    has_headings_in_order_under_one_title,
    shows_no_iri_of_ours_that_has_a_name,
    has_no_inline_script_or_style,
    has_nothing_left_of_the_other_language,
    tells_programs_what_it_is,
)


@pytest.mark.parametrize(("kind", "lang"), EVERY)
def test_every_rule_of_pages_holds(kind: str, lang: str) -> None:
    answer = get(ALL[kind], lang)
    text = answer.get_data(as_text=True)
    page = Visit(kind, lang, answer.status_code, str(answer.mimetype), text, PageTags(text))
    assert {rule.__name__: wrong for rule in RULES if (wrong := [*rule(page)])} == {}


def likeness(address: str) -> tuple[str, ...]:
    """Return what addresses share that one route answers alike: where they begin and end, what they ask."""
    parts = urlsplit(address)
    folders, _, name = parts.path.rpartition("/")
    asked = sorted({pair.partition("=")[0] for pair in parts.query.split("&")})
    return "/".join(folders.split("/")[:3]), name.rpartition(".")[2] if "." in name else "", *asked


# `make prove` follows those of every tenth kind of page, of addresses alike one; `make soak` follows all.
@pytest.mark.parametrize(
    ("step", "most"),
    [pytest.param(10, 1, marks=pytest.mark.slow), pytest.param(1, None, marks=pytest.mark.soak)],
)
def test_every_link_of_every_kind_of_page_resolves(step: int, most: int | None) -> None:
    seen: set[str] = set()
    for path in list(ALL.values())[::step]:
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
    assert len(followed) > 300 / step
    broken = {p: s for p in followed if (s := patient_status(p)) >= 400 and "/nowhere" not in p}
    assert broken == {}


@cache
def french() -> tuple[str, ...]:
    """Return the French of the interface that is long enough to be told from a name."""
    entries = catalogue(FRENCH.read_text("utf-8"))
    pages = [of_file for path, of_file in words.sources().items() if path.endswith(".html")]
    pairs = [(source.one, entries[source.key][0]) for of_file in pages for source in of_file]
    return tuple(fr for en, fr in pairs if fr != en and len(fr) > 14 and "%" not in fr)


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
        assert PageTags(page).values("script", "src") == ["/static/search.js"]  # ours
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
    assert "http://www.w3.org/1999/02/22-rdf-syntax-ns#type" in settings["properties"]


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
