"""`montages batch -o answers.xlsx`: the rows of the CSV as a workbook, nothing in it a formula."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

import batches
from batches import OPTIONS, batch
from commands import run
from deferred import Deferred
from montages_workbooks import answer_workbook
from montages_workbooks.answer_workbook import write_answer_workbook
from montages_workbooks.openpyxl_workbooks import OpenpyxlWorkbooks

openpyxl: Any = Deferred("openpyxl")

COUNT = 4


def sheets(path: Path) -> list[list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(path, read_only=True)
    return [[tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book]


def source(folder: Path, more: str = "") -> Path:
    return batches.write(folder, "a.jsonl", batches.json_lines(batches.trees(COUNT)) + more)


def as_csv(cell: Any) -> str:
    return "" if cell is None else str(float(cell) if isinstance(cell, int) else cell)


@pytest.mark.slow
def test_a_workbook_has_the_rows_and_columns_of_the_csv_and_the_errors_beside(
    tmp_path: Path,
) -> None:
    path, out = source(tmp_path, '{"project": 3}\n'), tmp_path / "o.xlsx"
    assert batch(path, "-o", out).code == 1
    assert batch(path, "-o", tmp_path / "o.csv").code == 1
    (sheet,) = sheets(out)
    rows = list(csv.reader(io.StringIO((tmp_path / "o.csv").read_text(encoding="utf-8"))))
    assert [
        [as_csv(cell) for cell in row] + [""] * (len(rows[0]) - len(row)) for row in sheet
    ] == rows
    assert {path.name for path in tmp_path.glob("o.xlsx*")} == {"o.xlsx", "o.xlsx.errors.jsonl"}


def test_the_same_batch_gives_the_same_bytes(tmp_path: Path) -> None:
    path = source(tmp_path)
    for name in ("a.xlsx", "b.xlsx"):
        ran = run(
            "batch", str(path), "-o", str(tmp_path / name), *batches.OPTIONS, "--workers", "1"
        )
        assert ran.code == 0, ran.err
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    titles, *rows = sheets(tmp_path / "a.xlsx")[0]
    assert "phrase" in titles
    assert rows


@pytest.mark.parametrize("text", ["=1+1", "+33", "-1", "@a", "\t=1", "=cmd|' /C calc'!A0"])
def test_no_text_is_a_formula_whatever_it_begins_with(tmp_path: Path, text: str) -> None:
    rows, out = tmp_path / "rows", tmp_path / "o.xlsx"
    rows.write_text(f'["projet"]\n{json.dumps([text])}\n', encoding="utf-8")
    write_answer_workbook(rows, out, "fr")
    cell = openpyxl.load_workbook(out).active["A2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)
    with zipfile.ZipFile(out) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_signs_that_no_cell_holds_are_blanks_and_a_long_text_is_cut_and_says_so(
    tmp_path: Path,
) -> None:
    rows, out = tmp_path / "rows", tmp_path / "o.xlsx"
    rows.write_text(
        f'["projet"]\n{json.dumps(["a" + chr(7) + "b"])}\n{json.dumps(["x" * 40_000])}\n'
    )
    write_answer_workbook(rows, out, "en")
    (_, (first,), (second,)) = sheets(out)[0]
    assert first == "a b"
    assert len(second) == 32_767
    assert second.endswith("…")


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_workbook, "MOST_ROWS", 3)
    rows, out = tmp_path / "rows", tmp_path / "o.xlsx"
    rows.write_text("".join(f"{json.dumps([n])}\n" for n in ("titre", 1, 2, 3, 4, 5)))
    write_answer_workbook(rows, out, "en")
    assert openpyxl.load_workbook(out).sheetnames == ["Answers", "Answers 2", "Answers 3"]
    assert sheets(out) == [[("titre",), (1,), (2,)], [("titre",), (3,), (4,)], [("titre",), (5,)]]


def test_a_batch_of_errors_alone_gives_a_workbook_of_titles(tmp_path: Path) -> None:
    path, out = batches.write(tmp_path, "a.jsonl", '{"project": 3}\n'), tmp_path / "o.xlsx"
    assert batch(path, "-o", out).code == 1
    (sheet,) = sheets(out)
    assert len(sheet) == 1


def test_what_stops_before_the_workbook_is_written_goes_on_with_the_same_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out = source(tmp_path), tmp_path / "o.xlsx"

    def no_room(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(OpenpyxlWorkbooks, "write_answers", no_room)
    assert batch(path, "-o", out).code != 0
    assert not out.exists()
    monkeypatch.undo()
    assert batch(path, "-o", out).code == 0
    assert len(sheets(out)[0]) > COUNT
    assert [path.name for path in tmp_path.glob("o.xlsx*")] == ["o.xlsx"]


def test_a_workbook_that_is_there_is_left_alone(tmp_path: Path) -> None:
    path, out = source(tmp_path), tmp_path / "o.xlsx"
    out.write_bytes(b"mine")
    assert batch(path, "-o", out).code == 2
    assert out.read_bytes() == b"mine"
    assert batch(path, "-o", out, "--overwrite").code == 0
    assert out.read_bytes() != b"mine"


def test_standard_output_and_a_detail_are_refused_in_words(tmp_path: Path) -> None:
    path, out = str(source(tmp_path)), str(tmp_path / "o.xlsx")
    ran = run("batch", path, "-o", "-", "--format", "xlsx", *OPTIONS)
    assert (ran.code, ran.out) == (2, "")
    assert "classeur" in ran.err
    assert "--detail" in run("batch", path, "-o", out, "--detail", "brief").err
