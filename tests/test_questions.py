"""Every published question has its expected answer, and two SPARQL engines give it.

`questions/<question>.csv` is the answer with the default parameters,
`questions/<question>--<parameter>=<value>.csv` that with other ones, under the law of AS_OF.
After a change of the data, `montages query <question> --as-of 2026-06-01 --format csv` writes the
new answer: read it against the data before you keep it.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Store

from montages.knowledge import library
from montages.store import query
from montages.store.graph import published_graph
from montages.store.parameters import bind, declared, filled
from oxigraph import select, store

AS_OF = date(2026, 6, 1)
EXPECTED = sorted((Path(__file__).parent / "questions").glob("*.csv"))


def asked(case: Path) -> tuple[str, dict[str, str]]:
    name, *given = case.stem.split("--")
    return name, dict(item.split("=", 1) for item in given)


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@cache
def second_store() -> Store:
    return store(published_graph(AS_OF))


@pytest.mark.parametrize("case", EXPECTED, ids=lambda case: case.stem)
def test_a_question_has_its_expected_answer_on_two_engines(case: Path) -> None:
    name, given = asked(case)
    expected = table(case.read_text(encoding="utf-8"))
    assert table(query.run(name, given, AS_OF).to_csv()) == expected
    question = query.find(name)
    text = filled(question, bind(question, given, published_graph(AS_OF)))
    assert select(second_store(), text) == expected


def test_every_question_has_an_expected_answer_that_is_not_empty() -> None:
    plain = {case.stem: case for case in EXPECTED if "--" not in case.stem}
    assert set(plain) == {question.key for question in query.listing()}
    assert len(plain) >= 20
    assert not [name for name, case in plain.items() if len(table(case.read_text("utf-8"))) < 2]


def test_every_question_answers_as_much_in_english() -> None:
    for case in EXPECTED:
        if "--" not in case.stem and "lang" in declared(query.find(case.stem)):
            english = query.run(case.stem, {"lang": "en"}, AS_OF)
            assert len(english.rows) == len(table(case.read_text("utf-8"))) - 1, case.stem


def test_the_inventory_lists_each_element_of_the_sheet_once() -> None:
    text = (library.ROOT / "data" / "sheet.ttl").read_text(encoding="utf-8")
    written = re.findall(r"^sheet:(\S+) a mtg:SheetElement", text, re.MULTILINE)
    result = query.run("sheet-inventory", {}, AS_OF)
    rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    assert [str(row["id"]) for row in rows] == written
    assert all(row["locator"] and row["refersTo"] for row in rows)
    assert Counter(str(row["kind"]) for row in rows) == {
        "level": 2, "lever": 3, "group": 3, "layer": 6, "mode": 2, "matrix": 12, "contract": 4,
        "criterion": 8, "cell": 30, "blank": 2, "stage": 3, "overlay": 6, "attention": 3,
        "reference": 3, "definition": 2, "criteria": 1, "scope": 1, "actor": 1,
    }  # fmt: skip
