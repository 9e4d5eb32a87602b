"""The main pages in a real browser: home, term, contract, tables, editor, assessment of a description."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect
from screen import fits

from served import AXE, needs_axe

pytestmark = pytest.mark.slow


def test_from_home_to_a_contract_to_its_law_to_what_cites_it(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Contrats", exact=True).first.click()
    page.get_by_role("link", name="Marché public global de performance (MPGP)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Marché public global de performance (MPGP)"
    )
    page.get_by_role("heading", name="Toutes ses règles, avec leurs sources").click()
    page.get_by_role("link", name="CCP, art. L2171-3", exact=True).first.click()
    expect(page.get_by_role("heading", name="Ce qui s'appuie dessus")).to_be_visible()
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", name="What rests on it")).to_be_visible()


@pytest.mark.parametrize("path", ["/?lang=fr", "/?lang=en"])
def test_the_rubrics_stand_on_one_line_of_a_screen(page: Page, path: str) -> None:
    page.goto(path)
    rubrics = page.locator(".top > nav li")
    tops = rubrics.evaluate_all("all => all.map(it => it.getBoundingClientRect().top)")
    assert len(tops) == 5
    assert len(set(tops)) == 1


def test_search_leads_to_a_term_with_its_hierarchy_and_shapes(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Rechercher").first.fill("type de contrat")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="type de contrat", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("type de contrat")
    expect(page.get_by_role("link", name="montage", exact=True).first).to_be_visible()


def test_the_layer_matrix_reads_as_a_table_and_as_cards_on_a_phone(
    page: Page, browser: Browser, address: str
) -> None:
    page.goto("/layer-matrix")
    assert page.locator("table.matrix thead").bounding_box()["height"] > 20  # type: ignore[index]
    phone = browser.new_context(base_url=address, viewport={"width": 390, "height": 800})
    small = phone.new_page()
    small.goto("/layer-matrix")
    fits(small)
    cell = small.locator("table.matrix td").first.bounding_box()
    assert cell is not None
    assert cell["width"] > 300
    phone.close()


def test_an_operation_is_tried_where_it_stands_and_nothing_is_refused_to_the_page(
    page: Page,
) -> None:
    faults: list[str] = []
    page.on("console", lambda it: faults.append(it.text) if it.type == "error" else None)
    page.goto("/api/operations")
    page.locator(".opblock-summary", has_text="/modele.csv").click()
    page.locator(".execute").click()
    expect(page.locator(".live-responses-table .response-col_status").last).to_contain_text("200")
    assert faults == []


def test_the_editor_runs_an_example_and_its_answer_leads_to_pages(page: Page) -> None:
    page.goto("/sparql")
    page.wait_for_selector("#yasgui .CodeMirror")
    page.locator("[data-example]").first.click()
    page.wait_for_url("**/sparql?query=*")
    row = page.locator("#answer tbody tr").first
    expect(row).to_be_visible()
    assert page.locator("#answer tbody tr").count() > 50
    row.locator("a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_editor_runs_a_query_typed_and_tells_what_is_wrong_with_another(page: Page) -> None:
    page.goto("/sparql")
    page.wait_for_selector("#yasgui .CodeMirror")
    page.evaluate(
        "document.querySelector('#yasgui .CodeMirror').CodeMirror.setValue('ASK { ?s ?p ?o }')"
    )
    page.get_by_role("button", name="Exécuter").click()
    expect(page.locator("#answer")).to_contain_text("Oui")
    page.wait_for_selector("#yasgui .CodeMirror")
    page.evaluate(
        "document.querySelector('#yasgui .CodeMirror').CodeMirror.setValue('SELECT WHERE')"
    )
    page.get_by_role("button", name="Exécuter").click()
    expect(page.locator("#answer strong")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_the_editor_offers_is_read_in_the_dark_too(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(base_url=address, color_scheme=scheme)
    page = context.new_page()
    page.goto("/sparql")
    editor = "document.querySelector('#yasgui .CodeMirror').CodeMirror"
    page.wait_for_selector("#yasgui .CodeMirror")
    page.evaluate(f"() => {{ {editor}.setValue(''); {editor}.focus(); }}")
    page.keyboard.type("PREFIX mtg: <https://w3id.org/montages/def/> SELECT * { ?s mtg:requi")
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".CodeMirror-hint:not(.CodeMirror-hint-active)")
    card, hints = (
        page.evaluate(f"getComputedStyle(document.querySelector('{of}')).backgroundColor")
        for of in ("#yasgui .yasqe", ".CodeMirror-hints")
    )
    assert hints == card
    ink, offered = (
        page.evaluate(f"getComputedStyle(document.querySelector('{of}')).color")
        for of in ("body", ".CodeMirror-hint:not(.CodeMirror-hint-active)")
    )
    assert offered == ink
    context.close()


def test_the_editor_completes_our_terms_and_a_query_as_typed_has_an_address(page: Page) -> None:
    editor = "document.querySelector('#yasgui .CodeMirror').CodeMirror"
    page.goto("/sparql")
    page.wait_for_selector("#yasgui .CodeMirror")
    query = "PREFIX mtg: <https://w3id.org/montages/def/> SELECT * { ?x mtg:estimatedVal"
    page.evaluate(f"query => {{ {editor}.setValue(query); {editor}.focus(); }}", query)
    page.evaluate(f"{editor}.setCursor(0, 200)")
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hints li").first).to_have_text("mtg:estimatedValue")
    page.keyboard.press("Escape")
    written = "ASK { ?s ?p 'é + %' } # à garder"
    page.evaluate(f"query => {editor}.setValue(query)", written)
    address = page.locator("#as-typed").get_attribute("href")
    page.goto(f"/sparql{address}")
    page.reload()
    page.wait_for_selector("#yasgui .CodeMirror")
    assert page.evaluate(f"{editor}.getValue()") == written


def test_a_query_has_an_answer_with_an_address_and_files_without_script(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto("/sparql")
    query = "SELECT ?s WHERE { ?s a <https://w3id.org/montages/def/Layer> }"
    page.fill("#query", query)
    page.get_by_role("button", name="Exécuter", exact=True).click()
    row = page.locator("#answer tbody a").first
    assert "/id/layer/" in str(row.get_attribute("href"))
    assert page.input_value("#query") == query
    page.goto(str(page.get_by_role("link", name="lien permanent").get_attribute("href")))
    expect(page.locator("#answer tbody a").first).to_have_attribute(
        "href", str(row.get_attribute("href"))
    )
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert "id/layer/storage" in download.value.path().read_text()
    page.fill("#query", f"{query} # {'long ' * 2000}")
    page.get_by_role("button", name="Exécuter une longue requête").click()
    expect(page.locator("#answer tbody a").first).to_be_visible()
    page.get_by_role("button", name="JSON", exact=True).click()
    expect(page.locator("body")).to_contain_text("id/layer/storage")
    page.goto("/sparql")
    page.fill("#query", "SELECT ?s\nWHERE { ?s ?p }")
    page.get_by_role("button", name="Exécuter", exact=True).click()
    expect(page.locator("#answer")).to_contain_text("Ligne 2")
    assert page.input_value("#query") == "SELECT ?s\nWHERE { ?s ?p }"
    context.close()


def test_a_long_query_is_posted_by_the_script_itself(page: Page) -> None:
    page.goto("/sparql")
    page.wait_for_selector("#yasgui .CodeMirror")
    page.evaluate(
        "document.querySelector('#yasgui .CodeMirror').CodeMirror.setValue('ASK {} #' + 'long '.repeat(2000))"
    )
    page.get_by_role("button", name="Exécuter", exact=True).click()
    expect(page.locator("#answer")).to_contain_text("Oui")
    assert "query=" not in page.url


def test_a_faulty_description_pasted_is_told_how_to_be_repaired(page: Page) -> None:
    page.goto("/try")
    page.fill("#description", "project: Essai\nanswers: {deployment: [massive, progressive]}\n")
    page.get_by_role("button", name="Évaluer ma description").click()
    findings = page.locator(".findings > li")
    expect(findings.first).to_be_visible()
    assert "une réponse, et une seule" in page.inner_text("main")
    page.goto("/try")
    page.fill("#description", "project: Essai\nanswers: {deployment: masive}\n")
    page.get_by_role("button", name="Évaluer ma description").click()
    expect(page.locator("main")).to_contain_text("vouliez-vous")


def test_the_law_can_be_read_on_paper(page: Page) -> None:
    page.emulate_media(media="print")
    page.goto("/id/contract/mpgp.html")
    expect(page.locator("nav").first).to_be_hidden()
    # What is folded on screen is printed.
    assert page.locator(".checklist details .reading").first.is_visible()


@needs_axe
def test_axe_is_that_of_the_lock() -> None:
    assert b"axe v4.14.1" in AXE.read_bytes()[:200]


def test_a_faulty_description_is_checked_with_its_line_and_its_repair(page: Page) -> None:
    page.goto("/validate")
    page.fill("#content", "project: Essai\nanswers: {deployment: masive}\n")
    page.get_by_role("button", name="Vérifier", exact=True).click()
    report = page.locator("main")
    expect(report).to_contain_text("ligne 2")
    expect(report).to_contain_text("massive")
