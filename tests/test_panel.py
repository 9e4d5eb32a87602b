"""R38: the panel of everyday projects, what it expects, and how its files are read."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from commands import run
from montages import load
from montages.errors import BrokenKnowledge
from montages.knowledge.files import library
from montages.knowledge.panel import panel, read_panel_case
from montages.rulebook_tests.panel_results import panel_report, panel_results
from montages.store.panel_graph import case_in_words, expectations
from panel_cases import SLUGS, panel_case

LEAST = 140
CASE = library.ROOT / "data" / "panel" / "village-meters.yaml"


def test_every_case_says_what_is_expected_why_and_who_could_contest_it() -> None:
    for case in panel():
        assert case.expected, case.slug
        assert case.sources, case.slug
        assert list(expectations(case)), case.slug
        for text in (case.title, case.reason, case.contested_by, case_in_words(case)):
            assert text.fr, case.slug
            assert text.en, case.slug


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"expekt": {}}, "expekt"),
        ({"expect": {"fist": ["regie"]}}, "fist"),
        ({"expect": {"first": ["regy"]}}, "regy"),
        ({"expect": {"procedure": {"procedure-adaptee": "possible"}}}, "possible"),
        ({"sources": ["ccp-l9999-9"]}, "ccp-l9999-9"),
        ({"sources": []}, "source"),
        ({"reason": {"fr": "Seulement."}}, "reason"),
    ],
)
def test_what_a_case_may_not_say_is_named(
    change: dict[str, object], named: str, tmp_path: Path
) -> None:
    tree = yaml.safe_load(CASE.read_text()) | change
    (tmp_path / "case.yaml").write_text(yaml.safe_dump(tree))
    with pytest.raises(BrokenKnowledge, match=named):
        read_panel_case(tmp_path / "case.yaml")


@pytest.mark.parametrize("slug", SLUGS)
def test_what_a_case_expects_comes_out(slug: str) -> None:
    (result,) = panel_results(load(), [panel_case(slug)])
    assert result.passed, [*map(str, result.differences), *map(str, result.invalid)]


@pytest.mark.slow
def test_the_panel_exercises_every_gate_and_expects_every_contract_and_procedure_twice() -> None:
    report = panel_report(load())
    assert len(report.results) >= LEAST
    gates = report.coverage.seen["gates"].items()
    assert [slug for slug, seen in gates if not seen & {"satisfied", "violated"}] == []
    assert report.coverage.lacking.get("expected", {}) == {}
    assert [slug for slug, seen in report.coverage.seen["definitions"].items() if not seen] == []


@pytest.mark.slow
def test_the_report_tells_how_the_cases_come_out_and_what_they_cover() -> None:
    told = run("rules", "report", "--lang", "en")
    assert told.code == 0
    assert f"panel: {len(panel())} cases passed, 0 failures" in told.out
    assert "gates seen satisfied and violated" in told.out


@pytest.mark.parametrize("name", ["panel/village-meters", "data/panel/village-meters.yaml"])
def test_a_case_is_assessed_by_its_name_or_its_file(name: str) -> None:
    found = run("assess", name, "--as-of", "2026-11-25")
    assert found.code == 0
    assert "compteurs connectés à la mairie" in found.out
    wrong = run("assess", "panel/village-meter")
    assert wrong.code == 2
    assert "village-meters" in wrong.err
