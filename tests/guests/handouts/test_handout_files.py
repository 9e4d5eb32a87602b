"""The two papers of a project as files: as page, PDF and Word, of so many pages, at their addresses."""

from __future__ import annotations

import dataclasses
import io
import re
import socket
import zlib
from itertools import pairwise
from typing import Any

import docx
import html5rdf
import pytest
import segno

from crawling import client
from montages import load
from montages.cli.main import main
from montages.errors import NotInstalled, install_command
from montages.knowledge.files import library
from montages.knowledge.panel import panel
from montages.publish.text.calendar_stops import calendar_stops
from montages_handouts import document_extras
from montages_handouts.handout import PAPERS, draft, handout_file
from montages_handouts.handout_page import Paper, handout_page, picture_colours
from montages_handouts.handout_source import HandoutSource
from montages_handouts.qr_code import qr_code
from papers import DAY, METROPOLIS, SITE, VILLAGE, answer, source

PANGO = pytest.mark.usefixtures("pango")
QUERY = (
    "holder=commune&usages=street-lighting&layers=objects:own&contract-object=supplies"
    "&estimated-value=20000"
)
HOSTILE = (
    "</title><script>alert(1)</script><img src=http://127.0.0.1:9/a><style>@import 'x'</style>"
)


def pages(of: HandoutSource, paper: str) -> int:
    return pages_of(draft(of, paper))


def pages_of(paper: Paper) -> int:
    from montages_handouts.handout_page import rendered

    return len(rendered(handout_page(paper)).pages)


def everything() -> list[str]:
    return [*(f"panel/{case.slug}" for case in panel()), *library.projects()]


def named(text: str) -> HandoutSource:
    it = source(VILLAGE)
    tree = {**it.address.tree, "project": text, "holder": {"type": text}}
    assessment = load().assess({**it.address.tree, "project": text}, anyway=True)
    return dataclasses.replace(
        it, assessment=assessment, address=dataclasses.replace(it.address, tree=tree)
    )


@pytest.fixture(scope="session")
def pango() -> None:
    """Skip what makes a PDF where the library finds no Pango."""
    try:
        import weasyprint  # noqa: F401 — it looks for Pango as it is loaded
    except OSError:
        pytest.skip(f"without Pango no PDF is made: {document_extras.SYSTEM}")


@pytest.fixture
def without_extras(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(document_extras, "import_module", missing)
    monkeypatch.setattr(document_extras, "find_spec", lambda name: None)


@pytest.mark.slow
@PANGO
def test_the_mayor_has_one_page() -> None:
    assert pages(source(METROPOLIS), "mayor") == 1


@PANGO
@pytest.mark.slow
@pytest.mark.parametrize("name", ["dijon", "panel/small-shareholder-no-control", "panel/mgpe-2029"])
def test_the_longest_papers_keep_to_their_pages(name: str) -> None:
    for paper, kind in PAPERS.items():
        assert pages(source(name), paper) <= kind.pages


@PANGO
@pytest.mark.soak
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_case_and_project_keeps_to_its_pages_and_nearly_all_in_their_fullest_draft(
    lang: str,
) -> None:
    longer = [
        (name, paper)
        for name in everything()
        for paper, kind in PAPERS.items()
        if pages(source(name, lang), paper) > kind.pages
    ]
    assert len(longer) <= len(everything()) // 100, longer
    for name, paper in longer:
        kind = PAPERS[paper]
        drafts = kind.drafts(source(name, lang))
        assert any(pages_of(one) <= kind.pages for one in drafts), (name, paper)


@PANGO
@pytest.mark.clock
def test_a_pdf_is_tagged_in_its_language_names_no_author_and_is_the_same_each_time() -> None:
    pdf = handout_file(source(VILLAGE), "mayor", "pdf")
    assert pdf == handout_file(source(VILLAGE), "mayor", "pdf")
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    parts = b"".join(zlib.decompressobj().decompress(each) for each in streams if each[:1] == b"x")
    for part in (
        b"/StructTreeRoot",
        b"/Lang (fr)",
        b"/MarkInfo",
        b"pdfuaid",
        f"(D:{DAY:%Y%m%d}".encode(),
    ):
        assert part in pdf + parts, part
    assert b"/Author" not in pdf + parts


@PANGO
def test_nothing_is_fetched_for_a_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    from montages_handouts.handout_page import rendered

    def no_call(*_: Any, **__: Any) -> None:
        raise AssertionError("an outbound call")

    monkeypatch.setattr(socket, "socket", no_call)
    monkeypatch.setattr(socket, "create_connection", no_call)
    opened: list[str] = []
    monkeypatch.setattr(
        "urllib.request.OpenerDirector.open", lambda self, url, *a, **k: opened.append(str(url))
    )
    hostile = (
        '<img src="http://127.0.0.1:9/a"><img src="file:///etc/hostname"><img src="data:,a">'
        '<link rel=stylesheet href="file:///etc/hostname"><style>@import url(http://127.0.0.1:9/b);'
        "@font-face{font-family:a;src:url(http://127.0.0.1:9/c)} p{font-family:a}</style><p>a"
    )
    assert len(rendered(hostile).pages) == 1
    assert opened == []


@pytest.mark.parametrize("paper", PAPERS)
def test_a_hostile_name_is_text_on_a_paper(paper: str) -> None:
    page = handout_file(named(HOSTILE), paper, "html").decode()
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("<style>") == 1
    assert "&lt;script&gt;alert(1)" in page
    document = docx.Document(io.BytesIO(handout_file(named(HOSTILE), paper, "docx")))
    assert any("<script>alert(1)" in p.text for p in document.paragraphs)


@PANGO
def test_a_name_without_end_does_not_make_a_page_more() -> None:
    long = named("Capteurs " * 200)
    assert draft(long, "mayor").head.project.endswith("…")
    assert pages(long, "mayor") == 1


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", [VILLAGE, "panel/no-competence-no-body", "panel/empty-project"])
def test_a_page_is_valid_html_whose_headings_are_in_order(name: str, paper: str, lang: str) -> None:
    page = handout_file(source(name, lang), paper, "html").decode()
    parser = html5rdf.HTMLParser()
    parser.parse(page)
    assert [e for e in parser.errors if e[1] != "unexpected-html-element-in-foreign-content"] == []
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels)), levels
    assert "style=" not in page


def test_the_code_of_a_paper_is_that_of_its_address() -> None:
    link = source(VILLAGE).link
    assert link.startswith(f"{SITE}/p/1.H6.U")
    code = qr_code(link)
    assert code is not None
    assert not code.dense
    assert code.modules <= 61
    expected = segno.make(link.upper(), error="m", boost_error=False, micro=False, mask=4)
    assert expected.mode == "alphanumeric"
    assert code.code == expected
    assert code.svg("x") in handout_page(draft(source(VILLAGE), "mayor")).replace(
        "Code QR\u00a0: l'adresse qui rouvre ce projet", "x"
    ).replace("Code QR : l'adresse qui rouvre ce projet", "x")
    assert link.replace("&", "&amp;") in handout_page(draft(source(VILLAGE), "mayor"))


def test_a_short_address_has_a_sturdy_code_and_one_too_long_has_none() -> None:
    short, long = qr_code(f"{SITE}/projet?holder=commune"), qr_code(f"{SITE}/?{'a' * 1800}")
    assert short is not None
    assert not short.dense
    assert short.code.error == "M"
    assert 30 <= short.millimetres * (short.modules - 8) / short.modules <= 32
    assert long is None
    paper = dataclasses.replace(draft(source(VILLAGE), "mayor"))
    head = dataclasses.replace(paper.head, address=f"{SITE}/?{'a' * 1800}")
    assert "trop longue pour un code QR" in handout_page(dataclasses.replace(paper, head=head))
    head = dataclasses.replace(paper.head, address=f"{SITE}/?{'a' * 2800}")
    assert "trop longue pour le papier" in handout_page(dataclasses.replace(paper, head=head))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_word_document_opens_again_with_headings_tables_links_and_a_footer(lang: str) -> None:
    content = handout_file(source(METROPOLIS, lang), "note", "docx")
    assert content == handout_file(source(METROPOLIS, lang), "note", "docx")
    document = docx.Document(io.BytesIO(content))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    expected = {"fr": "Les voies comparées", "en": "The ways compared"}[lang]
    assert expected in headings
    assert len(headings) >= 6
    assert len(document.tables) == 2
    paragraphs = [p.text for p in document.paragraphs]
    for clause in draft(source(METROPOLIS, lang), "note").clauses:
        assert paragraphs[paragraphs.index(clause.title) + 1] == clause.text
    assert document.tables[0].rows[0].cells[1].text == {"fr": "Obligation", "en": "Duty"}[lang]
    assert any("☐" in cell.text for row in document.tables[0].rows for cell in row.cells)
    kinds = [relation.reltype.rpartition("/")[2] for relation in document.part.rels.values()]
    assert kinds.count("hyperlink") > 3
    assert "image" in kinds
    footer = document.sections[0].footer
    assert SITE in footer._element.xml or any(
        SITE in r.target_ref for r in footer.part.rels.values()
    )
    core = document.core_properties
    assert (core.author, core.language) == ("", {"fr": "fr-FR", "en": "en-GB"}[lang])
    assert core.created.date() == source(METROPOLIS, lang).assessment.premises.as_of


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_a_page_draws_stands_in_word_as_text(lang: str) -> None:
    parking = source("panel/town-parking-dsp-28000", lang)
    document = docx.Document(io.BytesIO(handout_file(parking, "note", "docx")))
    texts = [paragraph.text for paragraph in document.paragraphs]
    beginning = {"fr": "Qui paie, qui fait", "en": "Who pays, who does"}[lang]
    assert any(text.startswith(beginning) for text in texts)
    for stop in calendar_stops(parking.assessment.answer, lang):
        assert any(
            text.startswith(stop.title) and all(part in text for part in (*stop.bodies, stop.days))
            for text in texts
        )


@PANGO
def test_the_pictures_of_a_pdf_have_their_colours() -> None:
    pdf = handout_file(source(VILLAGE), "note", "pdf")
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    drawn = b"".join(zlib.decompressobj().decompress(part) for part in parts if part[:1] == b"x")
    ground = bytes.fromhex(picture_colours()["fill"][1:])
    assert b"%.6g " % (ground[0] / 255) in drawn


@pytest.mark.parametrize("paper", ["maire", "note"])
def test_a_paper_has_an_address_of_its_own_under_the_tool(paper: str) -> None:
    found = answer(f"/projet/{paper}?{QUERY}")
    assert (found.status_code, found.mimetype) == (200, "text/html")
    assert found.headers["Referrer-Policy"] == "same-origin"
    assert found.headers["Cache-Control"] == "private, no-cache"
    assert "'sha256-" in found.headers["Content-Security-Policy"]
    for text in (f"/projet/{paper}.pdf?", f"/projet/{paper}.docx?", "view=result", "lang=en"):
        assert text in found.text
    again = answer(f"/projet/{paper}?{QUERY}", **{"If-None-Match": found.headers["ETag"]})
    assert again.status_code == 304
    policy = found.headers["Content-Security-Policy"]
    assert again.headers["Content-Security-Policy"] == policy, "a browser takes it over"
    assert "Scoping note" in answer(f"/projet/{paper}?{QUERY}&lang=en").text


@PANGO
def test_a_pdf_and_a_word_document_are_sent_as_files() -> None:
    pdf = answer(f"/projet/maire.pdf?{QUERY}")
    assert (pdf.status_code, pdf.mimetype, pdf.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert pdf.headers["Content-Disposition"] == 'inline; filename="page-pour-les-elus.pdf"'
    word = answer(f"/projet/note.docx?{QUERY}")
    assert word.headers["Content-Disposition"] == 'attachment; filename="note-de-cadrage.docx"'
    assert docx.Document(io.BytesIO(word.data)).tables


@pytest.mark.usefixtures("without_extras")
def test_without_the_extras_the_page_offers_no_file_and_has_no_code() -> None:
    page = answer(f"/projet/note?{QUERY}")
    assert page.status_code == 200
    assert not re.search(r'note\.pdf|note\.docx|class="code|pip install', page.text)


def test_without_pango_the_page_offers_word_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_extras, "_has_pango", lambda: False)
    page = answer(f"/projet/note?{QUERY}").text
    assert ("note.docx" in page, "note.pdf" in page) == (True, False)
    assert [text.en for text in document_extras.what_to_install()] == [
        f"PDF: to be installed here, by {document_extras.SYSTEM}."
    ]


@pytest.mark.usefixtures("without_extras")
@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_without_the_extras_a_program_is_told_what_to_install(form: str) -> None:
    problem = client().get(f"/projet/note.{form}?{QUERY}", headers={"Accept": "*/*"})
    assert problem.status_code == 501
    assert problem.mimetype == "application/problem+json"
    assert problem.json["install"] == install_command("documents")
    with pytest.raises(NotInstalled, match="to be installed here"):
        load().handout(library.projects()["dijon"], "note", form)


def test_where_pango_is_missing_the_packages_of_the_system_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(name: str) -> Any:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(document_extras, "import_module", broken)
    with pytest.raises(NotInstalled, match="libpangoft2"):
        document_extras.library_of("pdf")


def test_the_command_writes_the_form_that_the_name_ends_in(tmp_path: Any) -> None:
    out = tmp_path / "maire.docx"
    with pytest.raises(SystemExit) as left:
        main(["note", VILLAGE, "--mayor", "--site", SITE, "-o", str(out)])
    assert left.value.code == 0
    assert "Page pour les élus" in docx.Document(str(out)).core_properties.title


def test_the_command_refuses_another_ending(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["note", VILLAGE, "-o", "note.odt", "--lang", "en"])
    assert left.value.code == 2
    assert ".html, .pdf, .docx" in capsys.readouterr().err
