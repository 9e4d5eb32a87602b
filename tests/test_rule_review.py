"""The review of a rule: written, shown, counted once on papers, lapsed by a change of what was read."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import DCTERMS, FOAF, PROV, RDF, RDFS, XSD, Graph, Literal, URIRef

from commands import run
from montages import load
from montages.knowledge import rule_review
from montages.knowledge.files import library
from montages.knowledge.panel import panel
from montages.knowledge.periods import rules_at
from montages.knowledge.rule_review import (
    published_reviews,
    reviews_counted,
    reviews_of,
    rule_digest,
    rule_reviews,
)
from montages.names import MTG, REQUIREMENT, iris
from montages.publish.text.source_reading import reviewed_text
from montages.quality.checks import check_rules
from montages.quality.checks.check_rules import lapsed_reviews
from montages.quality.checks.counted_descriptions import counted_descriptions
from montages.quality.checks.own_data import findings_in
from montages.quality.rule_effect import DUE, FOLDED, review_form, rule_effect
from montages.quality.rules_index import rule
from montages.web import create_app

DAY = date(2026, 11, 30)
RULE = "mpgp-public-funding"
VERSION = URIRef(f"{REQUIREMENT}{RULE}/2023-03-31")
ARTICLE = URIRef("https://w3id.org/montages/id/clause/ccp-l2191-5")
# What stands in the form, and what an organisation of this test alone writes there.
FILLED = {
    "ORGANISATION-DAY": "essai-2026-12-01",
    "mtg:OPINION": "mtg:OpenNorm",
    "REMARK": "Le texte ne dit pas ce qu'est un paiement différé.",
    "ORGANISATION": "Organisme d'essai",
    "DAY": "2026-12-01",
}
WORDS = {
    "fr": "relue par Organisme d'essai le 1er décembre 2026 : norme ouverte",
    "en": "reviewed by Organisme d'essai on 1 December 2026: open norm",
}
NOT_REVIEWED = {
    "fr": "non relue par un organisme extérieur",
    "en": "not reviewed by an outside organisation",
}
# Of the panel, as all of it under each of its periods takes twenty seconds.
CASES = (
    "portal-two-modes",  # what a gate closes
    "car-parks-run-by-a-company",  # what is due
    "cc-lighting-results-2m",  # what advice folds
)
Write = Callable[[str], Path]


@pytest.fixture(autouse=True)
def a_small_panel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what a rule decides be told of a few cases."""
    cases = tuple(case for case in panel() if case.slug in CASES)
    digest = f"{library.panel_hash()} {CASES}"
    monkeypatch.setattr("montages.quality.rule_effect.panel", lambda: cases)
    monkeypatch.setattr(library, "panel_hash", lambda: digest)


@cache
def client() -> FlaskClient:
    return create_app().test_client()


def form(lang: str = "fr") -> str:
    version = rule(RULE).on(DAY)
    assert version is not None
    return review_form(version, lang)


def filled() -> str:
    text = form()
    for word, by in FILLED.items():
        text = text.replace(word, by)
    return text


def forget() -> None:
    for known in (rule_review.rule_reviews, rule_review.standing_reviews):
        known.cache_clear()


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Give what writes a review into a data folder of the test's own."""
    folder = tmp_path / library.REVIEWS
    folder.mkdir(parents=True)
    monkeypatch.setattr(library, "REVIEWS", str(folder))

    def written(text: str) -> Path:
        path = folder / "review.ttl"
        path.write_text(text, encoding="utf-8")
        forget()
        return path

    yield written
    forget()


def change(monkeypatch: pytest.MonkeyPatch, *triple: URIRef | Literal) -> None:
    """Have the data say something else of a thing, as a new file would."""
    data = Graph() + library.data()
    data.set(triple)  # type: ignore[arg-type]
    monkeypatch.setattr(library, "data", lambda: data)
    forget()


def test_none_ships() -> None:
    assert library.files(library.REVIEWS) == []
    assert rule_reviews() == ()
    assert [*lapsed_reviews()] == []


@pytest.mark.slow
def test_the_file_is_refused_until_it_is_filled_in() -> None:
    for lang in ("fr", "en"):
        findings = findings_in(Graph().parse(data=form(lang)))
        assert {f.constraint.rpartition("/")[2] for f in findings} == {
            "RuleReview",
            "RuleReview-opinion",
            "RuleReview-remark",
            "RuleReview-name",
            "RuleReview-date",
        }
    graph = Graph().parse(data=filled())
    assert findings_in(graph) == ()
    (review,) = iris(graph.subjects(RDF.type, MTG.RuleReview))
    assert review.endswith(f"/id/review/{RULE}-essai-2026-12-01")
    organisation = graph.value(review, PROV.wasAssociatedWith)
    assert (organisation, RDF.type, FOAF.Organization) in graph
    assert graph.value(review, DCTERMS.date) == Literal("2026-12-01", datatype=XSD.date)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_review_is_told_with_its_rule(write: Write, lang: str) -> None:
    version = rule(RULE).on(DAY)
    assert version is not None
    assert reviewed_text(version, lang) == NOT_REVIEWED[lang]
    assert rule(RULE).to_json(lang)["versions"][0]["reviews"] == []
    path = write(filled())
    assert reviewed_text(version, lang) == WORDS[lang]
    entry = next(v for v in rule(RULE).to_json(lang)["versions"] if v["version"] == str(VERSION))
    assert entry["reviewed"] == WORDS[lang]
    assert entry["reviews"] == [
        {
            "id": f"https://w3id.org/montages/id/review/{RULE}-essai-2026-12-01",
            "organisation": "Organisme d'essai",
            "day": "2026-12-01",
            "opinion": {"fr": "norme ouverte", "en": "open norm"}[lang],
            "remark": FILLED["REMARK"],
        }
    ]
    assert published_reviews() == [path]


def test_papers_count_reviews_once(write: Write) -> None:
    premises = load().assess("dijon", as_of="2026-11-30").premises
    none = "Aucune règle n'a été relue ici par un organisme extérieur."
    assert premises.reviewed.fr == none
    assert run("assess", "dijon", "--lang", "fr").out.replace("\n", " ").count(none[:40]) == 1
    write(filled())
    rules = rules_at(DAY)
    number = len(rules.requirements)
    assert reviews_counted(rules).fr == (
        f"1 règle sur {number} a été relue par un organisme extérieur."
    )


@pytest.mark.parametrize(
    "changed",
    [
        (VERSION, MTG.validThrough, Literal("2027-01-01", datatype=XSD.date)),
        (VERSION, MTG.reading, Literal("Autre chose.", lang="fr")),
        (ARTICLE, MTG.versionRead, URIRef("https://w3id.org/montages/id/provision-version/new")),
        (VERSION, RDF.type, MTG.Requirement),
    ],
    ids=["its-last-day", "its-reading", "the-version-of-its-article", "no-such-version"],
)
def test_a_change_of_what_was_read_lapses_a_review(
    write: Write, monkeypatch: pytest.MonkeyPatch, changed: tuple[URIRef, URIRef, URIRef | Literal]
) -> None:
    write(filled())
    assert len(reviews_of(VERSION)) == 1
    change(monkeypatch, *changed)
    assert reviews_of(VERSION) == ()
    assert published_reviews() == []
    (remark,) = lapsed_reviews()
    assert (remark.check, remark.severity, remark.about) == ("lapsed-review", "warning", RULE)
    assert "Organisme d'essai" in remark.text.fr
    assert "review.ttl" in remark.text.en


def test_its_name_and_how_far_we_verified_it_are_no_content(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    digest = rule_digest(VERSION)
    assert re.fullmatch("[0-9a-f]{64}", digest or "")
    change(monkeypatch, VERSION, RDFS.label, Literal("Autre nom", lang="fr"))
    change(monkeypatch, VERSION, MTG.certainty, MTG.Disputed)
    assert rule_digest(VERSION) == digest


def test_the_digest_is_the_same_however_a_file_is_read() -> None:
    data = library.data()
    copied = Graph()
    for triple in sorted(data, reverse=True):
        copied.add(triple)
    digest = rule_digest(VERSION)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "data", lambda: copied)
        assert rule_digest(VERSION) == digest


@pytest.mark.slow
def test_the_check_of_the_rules_lists_what_has_lapsed(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = counted_descriptions(rules_at(DAY))
    monkeypatch.setattr(check_rules, "counted_descriptions", lambda rules: counted)
    report = check_rules.check_rules(DAY)
    assert "lapsed-review" not in {remark.check for remark in report.remarks}
    write(filled().replace(rule_digest(VERSION) or "", "0" * 64))
    later = check_rules.check_rules(DAY)
    assert [r.about for r in later.remarks if r.check == "lapsed-review"] == [RULE]
    assert later.passed == report.passed


@pytest.mark.slow
def test_what_a_rule_decides_by_itself() -> None:
    rules = rules_at(DAY)
    by_slug = {r.slug: r for r in rules.requirements}
    gate = rule_effect(by_slug["mpgp-performance-commitments"], rules)
    assert gate.closes == {"performance-commitments": ("no",)}
    assert gate.opens == {"performance-commitments": ("yes",)}
    assert not gate.waits
    assert ("portal-two-modes", "mpgp") in {(f.case, f.arrangement) for f in gate.flips}
    assert all(
        f.under.startswith("closed") and not f.without.startswith("closed") for f in gate.flips
    )
    duty = rule_effect(by_slug["concession-delegation-vote"], rules)
    assert duty.closes is None
    assert {flip.under for flip in duty.flips} == {DUE}
    advice = rule_effect(by_slug["conception-realisation-not-global"], rules)
    assert {flip.under for flip in advice.flips} == {FOLDED}


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_shows_what_to_judge_by_and_gives_the_file(lang: str) -> None:
    slug = "mpgp-performance-commitments"
    page = plain(client().get(f"/review/{slug}?lang={lang}").text)
    titles = re.findall(r'<h2 id="(\w+)">', page)
    assert titles == ["text", "reading", "decides", "panel", "file"]
    assert "https://marche-public.fr/ccp/L2171-03" in page
    assert NOT_REVIEWED[lang][1:] in page
    version = rule(slug).latest
    (file,) = re.findall(r'<textarea id="review-file"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert file == review_form(version, lang).replace("\u00a0", " ")
    for value in ("RightRule", "WrongRule", "OpenNorm"):
        assert f'value="{value}"' in page
    assert 'name="organisation"' in page
    assert 'type="date"' in page
    thing = client().get(f"/requirement/{slug}.html?lang={lang}").text
    assert f'href="/review/{slug}?lang={lang}"' in thing
    assert NOT_REVIEWED[lang][1:] in html.unescape(thing)


def test_a_page_of_a_reviewed_rule_names_the_organisation(write: Write) -> None:
    served = client()
    write(filled())
    assert WORDS["fr"][1:] in plain(served.get(f"/requirement/{RULE}.html?lang=fr").text)


@pytest.mark.slow
def test_so_does_its_page_of_review(write: Write) -> None:
    served = client()
    write(filled())
    assert WORDS["fr"][1:] in plain(served.get(f"/review/{RULE}?lang=fr").text)


def plain(page: str) -> str:
    return html.unescape(page).replace("\u00a0", " ")


def test_no_rule_has_a_page_of_review_that_is_not_ours() -> None:
    answer = client().get("/review/no-such-rule?lang=en")
    assert answer.status_code == 404
    assert "no-such-rule" in answer.text
