"""R28: the cases of tests/rulebook all pass and cover the rulebook; and what their runner does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from montages import Knowledge, load
from montages.errors import UnreadableInput
from montages.knowledge.files import library
from montages.rulebook_tests.case_files import export_case, read_cases
from montages.rulebook_tests.case_results import REQUIRED_OUTCOMES, CasesReport, lacking, run_cases
from montages.rulebook_tests.panel_results import panel_report

FOLDER = Path(__file__).parent / "rulebook"
FILES = sorted(path.name for path in FOLDER.iterdir())


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="module")
def report(knowledge: Knowledge) -> CasesReport:
    return run_cases([FOLDER], knowledge)


@pytest.mark.slow
def test_every_case_passes_and_the_rulebook_is_covered(
    report: CasesReport, knowledge: Knowledge
) -> None:
    assert report.passed, report.to_json("en")
    assert report.coverage.full, report.coverage.to_json()
    print(f"{len(report.results)} cases of {len(FILES)} files in {report.seconds:.0f} s")
    together = panel_report(knowledge, beside=[result.assessment for result in report.results])
    assert together.complete, together.coverage.lacking
    soft, lacks = report.coverage.soft, lacking(report.coverage.soft, REQUIRED_OUTCOMES)
    print(f"soft requirements seen both ways: {len(soft) - len(lacks)} of {len(soft)}")


def write(folder: Path, text: str) -> Path:
    path = folder / "cases.yaml"
    path.write_text(text, encoding="utf-8")
    return path


GOOD = (
    'name: "x", as_of: 2026-06-01, input: {answers: {competence-held: "no"}}, '
    "output: {regie: ineligible}"
)


@pytest.mark.parametrize(
    ("case", "message"),
    [
        (f"{{{GOOD}, whatif: {{}}}}", "unknown key: whatif"),
        (f"{{{GOOD}, outcome: {{}}}}", "Did you mean “outcomes”?"),
        (f"{{{GOOD.replace('regie', 'regi')}}}", "Did you mean “regie”?"),
        (f"{{{GOOD.replace('ineligible', 'inelegible')}}}", "Did you mean “ineligible”?"),
        (
            f"{{{GOOD.replace('competence-held', 'competence-hold')}}}",
            "Did you mean “competence-held”?",
        ),
        (f"{{{GOOD.replace('2026-06-01', 'June')}}}", "YYYY-MM-DD"),
        (f"{{{GOOD.replace('as_of: 2026-06-01, ', '')}}}", "as_of"),
        ("{name: x, as_of: 2026-06-01, input: {}}", "expects nothing"),
        (f"{{{GOOD}, cites: {{regie: [ccp-l2191-55]}}}}", "Did you mean “ccp-l2191-5”?"),
    ],
)
def test_what_a_case_may_not_say_is_reported_with_its_place(
    tmp_path: Path, case: str, message: str
) -> None:
    path = write(tmp_path, f"- {case}\n")
    cases, problems = read_cases(path)
    assert not cases
    assert str(path) in problems[0].message("en")
    assert message in problems[0].message("en")


def test_a_file_that_is_no_list_or_no_yaml_is_a_problem(tmp_path: Path) -> None:
    for text in ("name: x\n", "- {name: [x\n"):
        assert read_cases(write(tmp_path, text))[1]


def test_a_folder_without_cases_is_an_error(tmp_path: Path, knowledge: Knowledge) -> None:
    with pytest.raises(UnreadableInput):
        run_cases([tmp_path], knowledge)


@pytest.mark.parametrize(
    ("facts", "expected", "cause"),
    [
        (
            'answers: {competence-held: "no"}',
            "mpgp: eligible",
            "requirements violated: hors-adhesion-competence-held",
        ),
        ("", "regie: eligible", "missing answers: "),
        ("", "regie: undetermined, mpgp: ineligible", "missing answers: "),
    ],
)
def test_a_case_that_fails_says_what_is_behind_the_status(
    tmp_path: Path, knowledge: Knowledge, facts: str, expected: str, cause: str
) -> None:
    text = f"- {{name: x, as_of: 2026-06-01, input: {{{facts}}}, output: {{{expected}}}}}\n"
    (result,) = run_cases([write(tmp_path, text)], knowledge).results
    (difference,) = result.differences
    assert cause in difference.message("en")
    if difference.actual == ("undetermined",):
        verdict = result.assessment.conclusions.verdict(difference.name)
        assert difference.causes == tuple(missing.criterion for missing in verdict.missing)


BEFORE = """# What a case says, with its comments
- name: "régie"   # kept
  as_of: 2026-06-01
  input: {answers: {competence-held: "no"}}
  output: {regie: eligible, mpgp: ineligible}   # one of them is wrong
  outcomes:
    hors-adhesion-competence-held: satisfied   # wrong
  missing:
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
  missing:
    regie:
      [exploitation-risk, operated-by]
  cites: {regie: [cgct-l5211-17, cgct-l5211-5, cgct-l5721-6-1, ce-1970-saint-vallier, cgct-competences, cgct-management-agreements]}
# the end
"""  # noqa: E501 — on one line, as it is written


@pytest.mark.slow
def test_accept_rewrites_what_was_expected_and_leaves_the_rest(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    path = write(tmp_path, BEFORE)
    failed = run_cases([path], knowledge)
    assert not failed.passed
    assert path.read_text(encoding="utf-8") == BEFORE
    accepted = run_cases([path], knowledge, accept=True)
    assert path.read_text(encoding="utf-8") == AFTER
    assert [change.place for change in accepted.changes] == [
        "output.regie", "outcomes.hors-adhesion-competence-held", "missing.regie", "cites.regie",
    ]  # fmt: skip
    assert run_cases([path], knowledge).passed


@pytest.mark.slow
def test_a_live_project_exports_as_a_case_that_passes(tmp_path: Path, knowledge: Knowledge) -> None:
    names = ["deux-perimetres", "exemple-metropole", "dijon"]
    paths = [library.projects()[name] for name in names]
    assessments = knowledge.assess_all(paths, as_of=date(2026, 6, 1))
    path = write(tmp_path, "\n".join(export_case(assessment) for assessment in assessments))
    again = run_cases([path], knowledge)
    assert again.passed, again.to_json("en")
    for result, assessment in zip(again.results, assessments, strict=True):
        for verdict in assessment.conclusions.verdicts:
            same = result.assessment.conclusions.verdict(verdict.arrangement.slug)
            assert (same.soft, same.verdict) == (verdict.soft, verdict.verdict)
