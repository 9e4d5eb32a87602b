"""Each folder of tests/cases is one rule: a description, and what must come out. A case needs no Python."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from description_files import parse_file
from montages import Assessment, load
from montages.description.description import Description
from montages.description.facts import Facts
from montages.description.parsing.yaml_text import parse_yaml
from montages.errors import MontagesError
from rulebook_cases import status

FOLDER = Path(__file__).parent / "cases"
CASES = sorted(path.name for path in FOLDER.iterdir())
DAY = date(2026, 6, 1)


def expected(name: str) -> dict[str, Any]:
    return dict(parse_yaml((FOLDER / name / "expected.yaml").read_text()))


def described(name: str) -> Description:
    return parse_file(next((FOLDER / name).glob("description.*")))


@pytest.fixture(scope="module")
def assessed() -> dict[str, Assessment]:
    """Assess all the cases in one run: unrelated projects do not influence each other."""
    found = load().assess_all([described(name) for name in CASES], as_of=DAY, anyway=True)
    return dict(zip(CASES, found, strict=True))


def _status(a: Assessment, want: Any) -> None:
    assert {slug: status(a.conclusions, slug) for slug in want} == want


def _units(a: Assessment, want: Any) -> None:
    for unit, statuses in want.items():
        derived = a.premises.derived.statuses[unit]
        assert {slug: derived[slug] for slug in statuses} == statuses, unit


def _none(a: Assessment, want: Any) -> None:
    derived = a.premises.derived.statuses.values()
    assert [slug for of_unit in derived for slug, status in of_unit.items() if status == want] == []


def _outcomes(a: Assessment, want: Any) -> None:
    found = {c.requirement.slug: c.outcome for v in a.conclusions.verdicts for c in v.checks}
    assert {slug: found[slug] for slug in want} == want


def _to_verify(a: Assessment, want: Any) -> None:
    verdicts = {slug: a.conclusions.verdict(slug) for slug in want}
    assert {slug: [t.criterion for t in v.to_verify] for slug, v in verdicts.items()} == want


def _provisional(a: Assessment, want: Any) -> None:
    assert all(a.conclusions.verdict(slug).provisional for slug in want)


def _facts(a: Assessment, want: Any) -> None:
    states = {f["criterion"]: f["state"] for f in a.premises.facts}
    assert {name: states.get(name) for name in want} == want if want else states == {}


def _values(a: Assessment, want: Any) -> None:
    values = {f["criterion"]: f["value"] for f in a.premises.facts}
    assert {name: values.get(name) for name in want} == want


def _no_facts(a: Assessment, want: Any) -> None:
    assert not {f["criterion"] for f in a.premises.facts} & set(want)


def _retained(a: Assessment, want: Any) -> None:
    assert {r.contract: r.verdict.value for r in a.coherence.retained} == want


def _verdicts(a: Assessment, want: Any) -> None:
    assert {slug: a.conclusions.verdict(slug).verdict for slug in want} == want


def _first(a: Assessment, want: Any) -> None:
    assert (a.answer.first.slug if a.answer.first else None) == want


def _places(a: Assessment, slugs: list[str]) -> list[int]:
    ranked = [result.arrangement.slug for result in a.conclusions.verdicts]
    return [ranked.index(slug) for slug in slugs]


def _in_order(a: Assessment, want: Any) -> None:
    places = _places(a, want)
    assert places == sorted(places)


def _side_by_side(a: Assessment, want: Any) -> None:
    places = _places(a, want)
    assert max(places) - min(places) == len(want) - 1


def _rows(a: Assessment, want: Any) -> None:
    shown = {row.slug: row.shown.arrangement.slug for row in a.rows}
    assert {slug: shown[slug] for slug in want} == want


def _folded(a: Assessment, want: Any) -> None:
    assert {slug: a.conclusions.verdict(slug).folded is not None for slug in want} == want


def _procedures(a: Assessment, want: Any) -> None:
    """Compare the procedures in their order."""
    found = [
        (v.arrangement.slug, v.procedure)
        for v in a.conclusions.verdicts
        if v.arrangement.slug in want
    ]
    assert found == [*want.items()]


def _duties(a: Assessment, want: Any) -> None:
    for slug, duties in want.items():
        states = {
            duty.requirement.slug: duty.state.value for duty in a.conclusions.verdict(slug).duties
        }
        assert {name: states.get(name) for name in duties} == duties, slug


def _reopens(a: Assessment, want: Any) -> None:
    for slug, changes in want.items():
        found = [[c.criterion for c in r.changes] for r in a.conclusions.verdict(slug).reopens_to]
        assert found == changes, slug


CHECKS: dict[str, Callable[[Assessment, Any], None]] = {
    "status": _status, "units": _units, "none": _none, "outcomes": _outcomes,
    "to-verify": _to_verify, "provisional": _provisional, "facts": _facts, "values": _values,
    "no-facts": _no_facts, "retained": _retained, "verdicts": _verdicts, "first": _first,
    "in-order": _in_order, "side-by-side": _side_by_side, "rows": _rows, "folded": _folded,
    "procedures": _procedures, "duties": _duties, "reopens": _reopens,
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_case(name: str, assessed: dict[str, Assessment]) -> None:
    want = expected(name)
    unknown = set(want) - set(CHECKS) - {"rule", "anyway"}
    assert not unknown, f"unknown keys in {name}/expected.yaml: {unknown}"
    for key, value in want.items():
        if key in CHECKS:
            CHECKS[key](assessed[name], value)


def test_two_projects_of_one_graph_do_not_influence_each_other() -> None:
    """R4b, R13: a project gives the same answer alone and in a graph that holds another one."""
    one, other = described(CASES[0]), described("two-perimeters-are-judged-each-on-its-own")
    mixed = Description(Facts([*one.facts, *other.facts]), other.project, other.places)
    mixed.source = other.source
    alone, together = load().assess_all([other, mixed], as_of=DAY)
    assert alone.to_json() == together.to_json()


def test_the_python_door_takes_a_tree_and_a_written_date_and_refuses_the_rest_by_name() -> None:
    """R30: the same errors as every other door, never a bare KeyError or AttributeError."""
    known = load()
    found = known.assess({"project": "P", "answers": {"duration-months": 60}}, as_of="2026-06-01")
    assert (found.premises.as_of, found.verdict("mpgp")) == (DAY, "to-verify")
    for wrong in (
        lambda: known.assess({"project": "P"}, lang="de"),
        lambda: known.assess({"project": "P"}, as_of="1 June 2026"),
        lambda: known.assess({"project": 3}),
        lambda: found.verdict("no-such-thing"),
    ):
        with pytest.raises(MontagesError):
            wrong()
