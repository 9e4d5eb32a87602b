"""The JSON of an assessment: every fact once, under a slug that the legend explains (R40)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest

from montages import Assessment, load
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.forms.full_json import result_json
from montages.assessment.json_pieces import ONE_LINE
from montages.knowledge.files import library
from montages.knowledge.logic import Verdict
from montages.knowledge.model import SECTIONS
from montages.knowledge.periods import rules_at
from montages.knowledge.rulebook import rulebook

DAY = date(2026, 6, 1)
# Where each kind of slug is explained; what names one is a text, or a list of them.
EXPLAINED_BY = {
    "requirement": "requirements",
    "criterion": "criteria",
    "source": "sources",
    "sources": "sources",
    "closed_by": "requirements",
    "disputed": "criteria",
    "wanted": "criteria",
    "because": "requirements",
    "attention": "attention_points",
    "common": "criteria",
    "next": "criteria",
}
NAMES = sorted(library.projects())


@cache
def assessed(name: str) -> Assessment:
    return load().assess(library.projects()[name], as_of=DAY)


@cache
def tree(name: str, lang: str = "fr") -> dict[str, Any]:
    return assessed(name).to_json(lang)


def references(value: Any) -> Iterator[tuple[str, str]]:
    """Yield each slug that stands somewhere in a tree, with the section that explains it."""
    if isinstance(value, list):
        for each in value:
            yield from references(each)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if section := EXPLAINED_BY.get(key):
                slugs = [inner] if isinstance(inner, str) else inner
                if isinstance(slugs, list):
                    yield from ((section, slug) for slug in slugs)
            if key == "duties" and isinstance(inner, dict):
                yield from (("requirements", slug) for slugs in inner.values() for slug in slugs)
            yield from references(inner)


def every_slug_is_explained_and_nothing_else_is(name: str) -> None:
    it = tree(name)
    named = set(references(it))
    for each in it["answer"]["rows"]:
        named |= {("requirements", duty["slug"]) for duty in each["duties"]}
        named |= {("attention_points", slug) for slug in each["attention"]}
        named |= {("criteria", slug) for slug in each["presumed"]}
    for section in ("requirements", "criteria", "attention_points", "sources"):
        assert {slug for where, slug in named if where == section} == set(it[section]), section
    assert {source["document"] for source in it["sources"].values()} == set(it["documents"])


def test_the_iri_of_a_source_is_its_kind_and_its_slug_after_the_base() -> None:
    it, requirements = tree("dijon"), rules_at(DAY).requirements
    iris = {source.slug: str(source.iri) for r in requirements for source in r.sources}
    cited = {slug for entry in it["requirements"].values() for slug in entry["sources"]}
    for slug in cited:
        assert f"{it['base']}{it['sources'][slug]['kind']}/{slug}" == iris[slug]


def row_of(result: ArrangementVerdict, whole: dict[str, Any]) -> dict[str, Any]:
    """Return what the JSON of one arrangement by itself says of it, as its row in `whole` does."""
    alone = json.loads(result_json(assessed(NAMES[0]).premises, result, None, "fr"))
    row: dict[str, Any] = next(
        row
        for row in whole[SECTIONS[result.arrangement.kind]]
        if row["contract"] == result.arrangement.slug
    )
    return {key: alone[key] for key in row}


@pytest.mark.parametrize("name", ["deux-perimetres", "dijon", "libourne"])
def test_a_unit_is_the_project_with_what_differs(name: str) -> None:
    it, units = tree(name), assessed(name).conclusions.units
    for unit, entry in zip(units, it["units"], strict=True):
        for result in unit.verdicts:
            kind, slug = SECTIONS[result.arrangement.kind], result.arrangement.slug
            row = next(row for row in it[kind] if row["contract"] == slug)
            other = entry[kind].get(slug, {})
            alone = row_of(result, it)
            assert {k: v for k, v in other.items() if row[k] == v} == {}
            together = row | other
            for part in ("verdict", "disputed", "summary", "terms", "duties", "attention"):
                assert together[part] == alone[part], (slug, part)


def test_the_whole_json_of_a_real_project_is_light_enough_to_send() -> None:
    assert len(assessed("dijon").json_text()) <= 320_000


def test_an_entry_a_line_or_all_on_one_line_is_the_same() -> None:
    by_lines, at_once = assessed("dijon").json_text(), assessed("dijon").json_text(end=ONE_LINE)
    assert b"\n" not in at_once
    assert json.loads(at_once) == json.loads(by_lines)
    assert max(map(len, by_lines.splitlines())) < 9_000


def test_a_whole_number_of_any_size_is_written_as_it_is() -> None:
    number = 10**30
    it = (
        load().assess({"project": "P", "answers": {"estimated-value": number}}, as_of=DAY).to_json()
    )
    (fact,) = (f for f in it["facts"] if f["criterion"] == "estimated-value")
    assert fact["number"] == number


def slugs_of(entry: dict[str, Any], *parts: str) -> list[str]:
    return [slug for part in parts for slug in entry.get(part, ())]


def the_brief_json_says_in_short_what_the_whole_says(name: str) -> None:
    brief, whole = assessed(name).to_json("fr", brief=True), tree(name)
    for part in ("project", "as_of", "rulebook_version", "scope", "disclaimer", "contest"):
        assert brief[part] == whole[part]
    for part in ("sentence", "verdict", "common", "next", "ending"):
        assert brief["answer"][part] == whole["answer"][part]
    deciding = [[each["criterion"] for each in of["answer"]["deciding"]] for of in (brief, whole)]
    assert deciding[0] == deciding[1]
    rows = [[row["contract"] for row in of["answer"]["rows"]] for of in (brief, whole)]
    assert rows[0] == rows[1]
    shown = [(row.shown.arrangement.slug, row.shown.verdict.value) for row in assessed(name).rows]
    assert [(entry["contract"], entry["verdict"]) for entry in brief["contracts"]] == shown
    # One that ranks behind others is left out until something calls for it.
    behind = {a.slug for a in rulebook().arrangements.values() if a.ranks_behind}
    for section in ("procedures", "channels", "vehicles"):
        said = [(e["contract"], e.get("verdict"), e.get("procedure")) for e in brief[section]]
        wanted = [
            (e["contract"], None if "procedure" in e else e["verdict"], e.get("procedure"))
            for e in whole[section]
            if e.get("procedure") not in ("to-verify", "closed") or e["contract"] not in behind
        ]
        assert said == wanted
    for section in SECTIONS.values():
        for entry in brief[section]:
            named = slugs_of(entry, "closed_by", "folded")
            assert set(named) <= set(brief["articles"])
            if "verdict" in entry and Verdict(entry["verdict"]).open:
                assert "closed_by" not in entry
            asked = {term["criterion"] for term in entry.get("to_verify", ())}
            assert asked <= set(brief["questions"])


def the_brief_json_begins_with_the_answer_and_what_to_do_next(name: str) -> None:
    text = assessed(name).json_text(brief=True)
    whole = json.loads(text)
    assert len(text) <= 16_000
    first = text[:1_500].decode(errors="ignore")
    answer = whole["answer"]
    assert json.dumps(answer["sentence"], ensure_ascii=False) in first
    assert list(whole["questions"])[: len(answer["next"])] == answer["next"]
    assert all(duty["article"] for row in answer["rows"] for duty in row["duties"])


RULES = (
    every_slug_is_explained_and_nothing_else_is,
    the_brief_json_says_in_short_what_the_whole_says,
    the_brief_json_begins_with_the_answer_and_what_to_do_next,
)


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_of_the_json_holds(name: str) -> None:
    for rule in RULES:
        rule(name)
