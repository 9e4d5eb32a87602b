"""The pages (L4, S5, O3): every kind, in both languages, valid, linked, readable without script."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import groupby, pairwise
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import html5rdf
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from rdflib import RDF
from werkzeug.test import TestResponse

from crawling import client, state
from montages.knowledge.files import library
from montages.names import MTG
from montages.publish.linked_data.diagram import drawable
from montages.publish.linked_data.problem_types import IN_FRENCH, problem_types
from montages.store.search_index import Search
from montages.web.pages import page_context, translations
from montages.web.pages.no_breaks import no_breaks
from page_kinds import ALL, HTML, THINGS

LANGS = ("fr", "en")
EVERY = [(kind, lang) for kind in ALL for lang in LANGS]
SVG = "{http://www.w3.org/2000/svg}"


def get(path: str, lang: str = "fr", accept: str = HTML) -> TestResponse:
    headers = {"Accept": accept, "Accept-Language": lang}
    return client().get(path, headers=headers, buffered=True)


def patient_status(path: str) -> int:
    """Return the status of a page, asked for once more where the service says to come back."""
    status = get(path).status_code
    return get(path).status_code if status == 503 else status


@cache
def text_of(path: str, lang: str = "fr") -> str:
    return get(path, lang).get_data(as_text=True)


class Read(HTMLParser):
    """What a test looks for in a page: tags with their attributes, and the text that shows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.shown: list[str] = []
        self._off: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style", "pre", "code", "title", "textarea", "desc"):
            self._off.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._off and self._off[-1] == tag:
            self._off.pop()

    def handle_data(self, data: str) -> None:
        if not self._off:
            self.shown.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.shown).split())

    def values(self, tag: str, name: str) -> list[str]:
        return [str(a[name]) for t, a in self.tags if t == tag and a.get(name)]


@pytest.mark.parametrize(("kind", "lang"), EVERY)
def test_every_page_is_valid_html_in_its_language(kind: str, lang: str) -> None:
    response = get(ALL[kind], lang)
    assert response.status_code == (404 if kind == "not-found" else 200)
    assert response.mimetype == "text/html"
    page = response.get_data(as_text=True)
    parser = html5rdf.HTMLParser()
    parser.parse(page)
    assert [e for e in parser.errors if e[1] != "unexpected-html-element-in-foreign-content"] == []
    found = Read(page)
    assert next(a for t, a in found.tags if t == "html")["lang"] == lang
    ids = [a["id"] for _, a in found.tags if a.get("id")]
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)


@pytest.mark.parametrize(("kind", "lang"), EVERY)
def test_headings_are_in_order_under_one_title(kind: str, lang: str) -> None:
    levels = [
        int(t[1]) for t, _ in Read(text_of(ALL[kind], lang)).tags if re.fullmatch("h[1-6]", t)
    ]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels)), levels


@pytest.mark.parametrize(("kind", "lang"), EVERY)
def test_no_iri_of_ours_shows_where_it_has_a_name(kind: str, lang: str) -> None:
    found = Read(text_of(ALL[kind], lang))
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


@pytest.mark.parametrize(("kind", "lang"), EVERY)
def test_no_inline_script_or_style_so_that_a_strict_policy_holds(kind: str, lang: str) -> None:
    for tag, attributes in Read(text_of(ALL[kind], lang)).tags:
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
        a.get("type") for t, a in Read(page).tags if t == "link" and a.get("rel") == "alternate"
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
        found = Read(text_of(path))
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
    folder = Path(translations.__file__).parents[1]
    methods = [("pages/**.py", "python"), ("templates/**.html", "jinja2")]
    used = {
        m[2] for m in extract_from_dir(folder, methods, keywords={"_": None, "ngettext": (1, 2)})
    }
    with translations.ENGLISH.open("rb") as file:
        catalogue = read_po(file, locale="en")
    known = {m.id for m in catalogue if m.id and all(m.string if m.pluralizable else [m.string])}
    assert len(used) > 200
    assert used == known


def french() -> Iterator[str]:
    with translations.ENGLISH.open("rb") as file:
        for message in read_po(file, locale="en"):
            if message.id and isinstance(message.id, str) and message.id != message.string:
                yield message.id


@pytest.mark.parametrize("kind", ALL)
def test_an_english_page_says_nothing_of_the_interface_in_french(kind: str) -> None:
    shown = Read(text_of(ALL[kind], "en")).text
    left = [said for said in french() if len(said) > 14 and "%" not in said and said in shown]
    assert left == []


def test_the_language_chosen_follows_the_reader_from_link_to_link() -> None:
    found = Read(text_of("/id/contract/mpgp.html?lang=en"))
    inside = [h for h in found.values("a", "href") if h.startswith("/id/") and ".html" in h]
    assert inside
    assert all("lang=" in h for h in inside)
    assert not [
        h for h in Read(text_of("/id/contract/mpgp.html")).values("a", "href") if "lang=fr" in h
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
        assert Read(page).values("script", "src") == []
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


def test_a_contract_page_is_a_checklist_of_all_that_binds_it() -> None:
    from montages.knowledge.periods import rules_at

    for lang in LANGS:
        shown = Read(text_of("/id/contract/mpgp.html", lang)).text.replace("\u00a0", " ")
        for requirement in rules_at(state().dataset.day).effective("mpgp"):
            assert " ".join(requirement.label[lang].split()) in shown
            assert " ".join(requirement.reading[lang].split()) in shown
        assert "OnDijon" in shown


def test_a_contract_page_keeps_gates_duties_preferences_and_folds_apart() -> None:
    page = text_of("/id/contract/concession.html")
    parts = {name: page.index(f'id="{name}"') for name in ("hard", "duties", "soft", "folds")}
    assert list(parts) == sorted(parts, key=lambda name: parts[name])
    folds = page[parts["folds"] : page.index('id="points"')]
    assert "Un montant qui vaut une concession" in folds
    duties = Read(page[parts["duties"] : parts["soft"]]).text
    assert "Avant le lancement" in duties
    assert "Montrer l'amortissement" in duties
    assert "/def/FitsOnTerms.html" in page


def test_a_project_page_says_what_is_said_today_of_what_it_retained() -> None:
    shown = Read(text_of("/id/project/dijon.html")).text
    assert "à condition de payer selon les résultats" in shown
    assert "/def/ToVerify.html" in text_of("/id/project/dijon.html")


def test_a_criterion_page_says_what_each_answer_rules_out() -> None:
    page = text_of("/id/criterion/exploitation-risk.html")
    real = page[page.index("Réel</a></h3>") :]
    real = real[: real.index("</section>")]
    assert "Écarte" in real
    assert "/id/contract/concession.html" not in real
    none = page[page.index("Aucun</a></h3>") :]
    assert "/id/contract/concession.html" in none[: none.index("</section>")]


def test_the_sheet_is_a_table_of_8_rows_and_4_columns_with_its_blanks_blank() -> None:
    rows = list(csv.DictReader(io.StringIO(get("/matrix.csv").get_data(as_text=True))))
    assert len(rows) == 32
    assert [r["cell"].rsplit("/", 1)[1] for r in rows if not r["statement"]] == [
        "T2-customer-marche",
        "T2-customer-accord",
    ]
    assert all(r["requirements"] for r in rows if r["statement"] and "deployment" in r["cell"])
    assert json.loads(get("/matrix.json").data)[0]["row"]
    page = text_of("/matrix")
    assert page.count('class="blank"') == 2
    assert page.count("<td data-head=") == 32
    assert "no statement" in text_of("/matrix", "en")


def test_the_management_matrix_has_every_layer_both_modes_and_who_pays() -> None:
    data = library.data()
    layers, options = (
        set(data.subjects(RDF.type, MTG[kind])) for kind in ("Layer", "ManagementOption")
    )
    assert len(layers) >= 6
    page = text_of("/layer-matrix")
    assert page.count("<td data-head=") == len(options) == 2 * len(layers)
    assert page.count('scope="rowgroup"') == len(set(data.objects(None, MTG.layerGroup)))
    rows = json.loads(get("/layer-matrix.json").data)
    assert len({r["layer"] for r in rows}) == len(layers)
    assert all(r["bearer"] and r["items"] for r in rows)
    assert b"IoT network" in get("/layer-matrix.csv", "en").data


@pytest.mark.parametrize("name", ["requirements", "sources", "terms"])
def test_a_long_list_is_paged_with_links_to_its_neighbours(name: str) -> None:
    first, second = get(f"/{name}"), get(f"/{name}?page=2")
    assert 'rel="next"' in first.headers["Link"]
    assert 'rel="prev"' not in first.headers["Link"]
    assert 'rel="prev"' in second.headers["Link"]
    assert '<link rel="next"' in first.get_data(as_text=True)
    everything = json.loads(get(f"/{name}.json").data)["items"]
    listed, page = 0, 1
    while True:
        text = text_of(f"/{name}?page={page}")
        listed += text.count('<p class="what">')
        if '<link rel="next"' not in text:
            break
        page += 1
    assert listed == len(everything)
    assert get(f"/{name}?page={page + 1}").status_code == 404
    assert get(f"/{name}?page=x").status_code == 400


def test_what_leads_to_a_thing_is_grouped_counted_and_paged() -> None:
    page = text_of("/def/RequirementVersion.html")
    more = re.search(r'href="(/def/RequirementVersion\.html\?in=[^"#]+)#incoming"', page)
    assert more
    second = text_of(more[1].replace("&amp;", "&") + "&page=2")
    assert 'rel="prev"' in second
    assert "/requirement/" in second


def test_search_forgets_accents_and_capitals_and_takes_the_beginning_of_a_word() -> None:
    index = Search(state().dataset)
    accents = index.find("DELEGATION", "fr")
    assert accents.total > 5
    assert accents.hits == index.find("délégation", "fr").hits
    assert index.find("mpg", "fr").hits[0].iri.endswith("/contract/mpgp")
    assert index.find("framework", "en").hits[0].kind == "contract"
    assert index.find('" AND ZZQX( *', "fr").total == 0
    assert index.find("", "fr").total == 0


def test_search_pages_filter_by_kind_and_mark_the_words_found() -> None:
    page = text_of("/search?q=financement&type=criterion")
    assert "<mark>" in page
    assert "/id/contract/" not in page
    tree = json.loads(get("/search.json?q=financement").data)
    assert tree["total"] == sum(tree["kinds"].values())
    assert json.loads(get("/search?q=financement", accept="application/json").data) == tree
    assert get("/search?q=<script>alert(1)</script>").data.count(b"<script>") == 0


def test_each_module_with_classes_is_drawn_with_every_class_and_a_description() -> None:
    graphs = state().dataset.graphs
    drawn = [m for m, g in graphs.items() if "/module/" in m and drawable(g)]
    names = {m.rsplit("/", 1)[1] for m in drawn if "/compiled/" not in m}
    assert {"actors", "arrangements", "layers", "projects", "rulebook"} <= names
    for name in names:
        for lang in LANGS:
            response = get(f"/diagram/{name}.svg", lang)
            assert response.mimetype == "image/svg+xml"
            tree = ElementTree.fromstring(response.data)  # noqa: S314  # our own drawing
            assert tree.find(f"{SVG}title") is not None
            assert len(str(tree.findtext(f"{SVG}desc"))) > 40
            width, height = (float(tree.attrib[x]) for x in ("width", "height"))
            for box in tree.iter(f"{SVG}rect"):
                assert 0 <= float(box.attrib["x"]) <= width - float(box.attrib["width"])
                assert 0 <= float(box.attrib["y"]) <= height
    actors = ElementTree.fromstring(get("/diagram/actors.svg").data)  # noqa: S314
    assert "Métropole" in {t.text for t in actors.iter(f"{SVG}text")}
    assert get("/diagram/nothing.svg").status_code == 404


def test_an_example_or_a_pasted_description_is_assessed_in_a_page() -> None:
    sent = {"Accept": HTML, "Accept-Language": "fr"}
    example = client().post("/assess", data={"example": "exemple-metropole"}, headers=sent)
    assert example.status_code == 200
    shown = Read(example.get_data(as_text=True))
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
    assert "massive" in Read(faulty.get_data(as_text=True)).text
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
    assert problem_types().keys() <= IN_FRENCH.keys()


def test_a_project_shows_what_it_retains_beside_its_contract_and_when_it_was_signed() -> None:
    shown = Read(text_of("/id/project/dijon.html", "fr")).text
    assert "Contrat retenu" in shown
    assert "Procédure retenue Dialogue compétitif" in shown
    assert "signé le 3 septembre 2024" in Read(text_of("/id/project/indre-berry.html", "fr")).text


@pytest.mark.parametrize(
    ("lang", "families"),
    [
        ("fr", ["Classes", "Propriétés", "Individus"]),
        ("en", ["Classes", "Properties", "Individuals"]),
    ],
)
def test_a_module_shows_its_terms_by_family_with_their_counts(
    lang: str, families: list[str]
) -> None:
    page = client().get(f"/module/rulebook.html?lang={lang}").text
    headings = re.findall(r'<h2 id="f-\d+">(\w+) <span class="count">(\d+)</span></h2>', page)
    assert [title for title, _ in headings] == families
    for title, count in headings:
        section = page[page.index(f">{title} <span", page.index("<section aria")) :]
        listed = section[: section.index("</section>")].count("<li>")
        assert listed == int(count)
    # two terms of one name are told apart by what they are called in data
    assert "<code>mtg:Criterion</code>" in page
    assert "<code>mtg:criterion</code>" in page
