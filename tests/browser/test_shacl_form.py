"""A form generator that knows nothing of us renders our shapes, and writes back what we accept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from rdflib import RDF, RDFS, SH, Graph, URIRef

from montages.api import load
from montages.knowledge.compiled.answer_shapes import answer_shape, answer_shapes
from montages.knowledge.compiled.project_form import FORM, project_form
from montages.knowledge.rulebook import rulebook
from montages.names import ID, MTG, PROJECT
from served import CHROMIUM, MISSING

pytestmark = pytest.mark.slow

MODULE = Path(__file__).parents[2] / "node_modules/@ulb-darmstadt/shacl-form/dist/form-default.js"
SITE = "http://form.test"
SUBJECT = str(PROJECT["essai"])
HTML = f"""<!doctype html><html lang="fr"><meta charset="utf-8">
<script src="form.js" type="module"></script>
<shacl-form data-shapes-url="form.ttl" data-shape-subject="{FORM}" data-language="fr"
  data-ignore-owl-imports="true" data-collapse="open" data-values-subject="{SUBJECT}"></shacl-form>
"""


@pytest.fixture
def form(browser: Browser) -> Iterator[Page]:
    if CHROMIUM is None:
        pytest.skip(MISSING)
    if not MODULE.is_file():
        pytest.skip("No form generator here. To run this test: npm ci")
    shapes = (answer_shapes() + project_form()).serialize(format="turtle")
    files = {
        "/": (HTML, "text/html"),
        "/form.ttl": (shapes, "text/turtle"),
        "/form.js": (MODULE.read_text("utf-8"), "text/javascript"),
    }

    def answer(route: Route) -> None:
        body, kind = files.get(route.request.url.removeprefix(SITE), ("", "text/plain"))
        route.fulfill(body=body, content_type=kind)

    context = browser.new_context(locale="fr-FR")
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.route("**/*", answer)
    page.goto(f"{SITE}/")
    expect(page.get_by_text("Nom du projet").first).to_be_visible()
    yield page
    context.close()


def field(form: Page, path: URIRef) -> Locator:
    return form.locator(f'.property-instance[data-path="{path}"]')


def test_the_form_asks_each_question_once_under_its_theme(form: Page) -> None:
    expect(form.get_by_text("Qui porte le projet, et sa compétence", exact=True)).to_be_visible()
    shapes = [answer_shape(c) for c in rulebook().criteria.values() if not c.numeric_property]
    asked = {*project_form().objects(FORM, SH.property)}.intersection(shapes)
    assert len(asked) > 60
    paths = [str(answer_shapes().value(shape, SH.path)) for shape in asked]
    instances = form.locator(".property-instance").evaluate_all(
        "all => all.map(it => it.dataset.path)"
    )
    assert [path for path in paths if instances.count(path) != 1] == []


def test_what_the_form_writes_is_a_description_that_we_accept(form: Page) -> None:
    field(form, RDFS.label).locator("input").fill("Éclairage de la ville")
    form.locator(".add-button", has_text="Qui porte le projet ?").click()
    for path, value in (
        (RDF.type, "Commune"),
        (MTG.usage, "Éclairage public"),
        (MTG.mainObject, "Travaux"),
    ):
        field(form, path).locator("select").select_option(label=value)
    turtle = form.locator("shacl-form").evaluate("form => form.serialize('text/turtle')")
    graph = Graph().parse(data=turtle, format="turtle")
    assert (URIRef(SUBJECT), RDF.type, MTG.Project) in graph
    assert (URIRef(SUBJECT), MTG.mainObject, ID["main-object/works"]) in graph
    report = load().check(load().read(text=turtle, syntax="turtle"))
    assert [f.message.fr for f in report.findings if f.severity == "violation"] == []
