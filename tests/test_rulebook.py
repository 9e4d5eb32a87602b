"""R28: the cases of tests/rulebook all pass and cover the rulebook; and what their runner does."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from montages import load
from montages.errors import MontagesError
from montages.knowledge.panel import panel
from montages.knowledge.periods import rules_at
from montages.knowledge.rulebook import rulebook
from montages.rulebook_tests.panel_coverage import panel_coverage
from montages.rulebook_tests.panel_results import panel_results
from rulebook_cases import FOLDER, accept, assessed, differences, outcomes, read_cases

DAY = date(2026, 6, 1)
DECIDED = {"eligible", "ineligible", "undetermined"}


@pytest.mark.slow
def test_every_case_passes_and_the_rulebook_is_covered() -> None:
    """Each contract in each status, each gate seen both ways; with the panel, each rule every way."""
    cases = [case for path in sorted(FOLDER.iterdir()) for case in read_cases(path)]
    book, statuses, seen = (
        rulebook(),
        defaultdict[str, set[str]](set),
        defaultdict[str, set[str]](set),
    )
    results = list(assessed(cases))
    for case, assessment in results:
        found = assessment.coherence.findings
        assert [f.message for f in found if f.severity == "violation"] == [], case.name
        assert differences(case, assessment.conclusions) == [], case.name
        for name, values in case.expected.get("output", {}).items():
            statuses[name].update(values)
        for name, reached in outcomes(assessment.conclusions).items():
            seen[name].update(reached)
    for gate in (r.slug for r in book.requirements if r.hard):
        assert seen[gate] >= {"satisfied", "violated"}, gate
    for arrangement in (a for a in book.arrangements.values() if not a.abstract):
        # Without a gate it is eligible whatever the answers.
        lineage = rules_at(DAY).lineage(arrangement.slug)
        gated = any(r.hard and r.arrangement in lineage for r in book.requirements)
        assert statuses[arrangement.slug] >= (DECIDED if gated else {"eligible"}), arrangement.slug
    together = [assessment for _, assessment in results]
    together += [r.assessment for r in panel_results(load(), panel()) if r.assessment]
    lacking = panel_coverage(together, panel()).lacking
    assert not any(lacking.values()), lacking


def write(folder: Path, text: str) -> Path:
    path = folder / "cases.yaml"
    path.write_text(text, encoding="utf-8")
    return path


GOOD = (
    'name: "x", as_of: 2026-06-01, input: {answers: {competence-held: "no"}}, '
    "output: {regie: ineligible}"
)


@pytest.mark.parametrize(
    "case",
    [
        f"{{{GOOD}, whatif: {{}}}}",
        f"{{{GOOD}, outcomes: {{mpgp-realization: violated}}}}",
        f"{{{GOOD.replace('competence-held', 'competence-hold')}}}",
        f"{{{GOOD.replace('2026-06-01', 'June')}}}",
        "{name: x, as_of: 2026-06-01, input: {}}",
    ],
)
def test_what_a_case_may_not_say_is_refused(tmp_path: Path, case: str) -> None:
    with pytest.raises((ValueError, MontagesError)):
        read_cases(write(tmp_path, f"- {case}\n"))


BEFORE = """# What a case says, with its comments
- name: "régie"   # kept
  as_of: 2026-06-01
  input: {answers: {competence-held: "no"}}
  output: {regie: eligible, mpgp: ineligible}   # one of them is wrong
  outcomes:
    hors-adhesion-competence-held: satisfied   # wrong
  to-verify:
    regie:
      - duration-months
  cites: {regie: [ccp-l2191-5]}
# the end
"""
AFTER = """# What a case says, with its comments
- name: "régie"   # kept
  as_of: 2026-06-01
  input: {answers: {competence-held: "no"}}
  output: {regie: ineligible, mpgp: ineligible}   # one of them is wrong
  outcomes:
    hors-adhesion-competence-held: violated   # wrong
  to-verify:
    regie:
      []
  cites: {regie: [cgct-l5211-17, cgct-l5211-5, cgct-l5721-6-1, ce-1970-saint-vallier, cgct-competences, cgct-management-agreements]}
# the end
"""  # noqa: E501 — on one line, as it is written


@pytest.mark.slow
def test_accept_rewrites_what_was_expected_and_leaves_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, BEFORE)
    assert accept(path) == 4
    assert path.read_text(encoding="utf-8") == AFTER
    assert "output.regie: eligible → ineligible" in capsys.readouterr().out
    assert accept(path) == 0
