"""Every case is in one run: in `make test`, in `make prove` or in `make soak`."""

from __future__ import annotations

from pathlib import Path

import pytest

import proved_cases
from proved_cases import ALL, LEFT, PROVED, TESTED, has_none, taken

CASES = [
    *((f"tests/test_a.py::test_quick[{n}]", False) for n in range(90)),
    *((f"tests/test_a.py::test_slow[{n}]", True) for n in range(90)),
    ("tests/test_a.py::test_alone", False),
    ("tests/test_a.py::test_alone_and_slow", True),
    *(("tests/test_a.py::test_of_one_name", True) for _ in range(40)),
]


def test_three_runs_take_every_case_once() -> None:
    table = proved_cases.table()
    runs = [taken(CASES, way, table) for way in (TESTED, PROVED, LEFT)]
    assert sorted(place for run in runs for place in run) == [*range(len(CASES))]
    assert len(runs[0]) == table["tested"] + 1
    assert all(CASES[place][1] for place in runs[1])


def test_the_same_ones_are_drawn_each_time_and_others_by_another_seed() -> None:
    table = proved_cases.table()
    assert taken(CASES, TESTED, table) == taken(CASES, TESTED, table)
    assert taken(CASES, TESTED, table) != taken(CASES, TESTED, table | {"seed": 1})


def test_each_test_that_is_named_is_there() -> None:
    root = Path(__file__).parents[1]
    named = [name.partition("::") for name in proved_cases.table()["others"]]
    assert [
        (file, test)
        for file, _, test in named
        if not (root / file).exists() or f"def {test}(" not in (root / file).read_text("utf-8")
    ] == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("pytestmark = pytest.mark.slow\n", {ALL, PROVED, LEFT}),
        ("pytestmark = pytest.mark.soak\n", {ALL, LEFT}),
        ("pytestmark = pytest.mark.clock\n", {ALL, TESTED, LEFT}),
        ("@pytest.mark.slow\ndef test_one() -> None: ...\n", {*proved_cases.WAYS}),
        ("from sampled_cases import sampled_cases\n", {*proved_cases.WAYS}),
    ],
)
def test_a_file_is_left_unread_by_a_run_that_takes_none_of_it(
    text: str, read: set[str], tmp_path: Path
) -> None:
    file = tmp_path / "test_one.py"
    file.write_text(text, "utf-8")
    assert {way for way in proved_cases.WAYS if not has_none(file, way)} == read
