"""Every published question has its expected answer, and two SPARQL engines give it.

After a change of the data, `make accept` writes the new answers and shows what changes: read it
against the data before you keep it.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Store

from montages.knowledge.files import library
from montages.store.published_graph import published_graph
from montages.store.questions import ask
from montages.store.questions.query_parameters import bind, declared_parameters, query_text
from oxigraph import select, store
from question_answers import AS_OF, FOLDER, accept_all, question_of

EXPECTED = sorted(FOLDER.glob("*.csv"))


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@pytest.fixture(scope="module")
def second_store() -> Store:
    return store(published_graph(AS_OF))


@pytest.mark.parametrize("case", EXPECTED, ids=lambda case: case.stem)
def test_a_question_has_its_expected_answer_on_two_engines(case: Path, second_store: Store) -> None:
    name, parameters = question_of(case)
    expected = table(case.read_text(encoding="utf-8"))
    assert table(ask.run(name, parameters, AS_OF).to_csv()) == expected
    question = ask.find(name)
    text = query_text(question, bind(question, parameters, published_graph(AS_OF)))
    assert select(second_store, text) == expected


def test_every_question_has_an_expected_answer_that_is_not_empty() -> None:
    plain = {case.stem: case for case in EXPECTED if "--" not in case.stem}
    assert set(plain) == {question.key for question in ask.listing()}
    assert len(plain) >= 20
    assert not [name for name, case in plain.items() if len(table(case.read_text("utf-8"))) < 2]


def test_accept_writes_the_answers_that_changed_and_shows_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    few = [case for case in EXPECTED if case.stem in ("layers", "legal-bases", "sheet-inventory")]
    questions = [ask.find(case.stem) for case in few]
    monkeypatch.setattr(ask, "listing", lambda: questions)
    for case in few:
        (tmp_path / case.name).write_bytes(case.read_bytes())
    wrong, absent = tmp_path / "layers.csv", tmp_path / "legal-bases.csv"
    wrong.write_text("group\nnone\n", encoding="utf-8")
    absent.unlink()
    assert accept_all(tmp_path) == 2
    assert f"--- {wrong}" in (printed := capsys.readouterr().out)
    assert "\n-none\n" in printed
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        case.name: case.read_bytes() for case in few
    }


@pytest.mark.soak
def test_every_question_answers_as_much_in_english() -> None:
    for case in EXPECTED:
        if "--" not in case.stem and "lang" in declared_parameters(ask.find(case.stem)):
            english = ask.run(case.stem, {"lang": "en"}, AS_OF)
            assert len(english.rows) == len(table(case.read_text("utf-8"))) - 1, case.stem


def test_the_inventory_lists_each_element_of_the_sheet_once() -> None:
    text = (library.ROOT / "data" / "sheet.ttl").read_text(encoding="utf-8")
    slugs = re.findall(r"^sheet:(\S+) a mtg:SheetElement", text, re.MULTILINE)
    result = ask.run("sheet-inventory", {}, AS_OF)
    rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    assert [str(row["id"]) for row in rows] == slugs
    assert all(row["locator"] and row["refersTo"] for row in rows)
    assert Counter(str(row["kind"]) for row in rows) == {
        "level": 2, "lever": 3, "group": 3, "layer": 6, "mode": 2, "matrix": 12, "contract": 4,
        "criterion": 8, "cell": 30, "blank": 2, "stage": 3, "overlay": 6, "attention": 3,
        "reference": 3, "definition": 2, "criteria": 1, "scope": 1, "actor": 1,
    }  # fmt: skip
