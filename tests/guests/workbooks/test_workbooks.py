"""Workbooks in .xlsx: the template to fill in, and what is read of one that an office sends back."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

import workbooks
from commands import run
from deferred import Deferred
from montages.api import Knowledge, load
from montages.description.description import Description
from montages.description.tables.columns import by_name
from montages.errors import NotInstalled, UnreadableInput, UnusableInput, install_command
from montages.knowledge.panel import panel
from montages.publish.tables.labelled_cells import labelled_cells
from montages.web import create_app
from montages_workbooks import openpyxl_workbooks
from montages_workbooks.workbook_template import (
    choices,
    filled_workbook,
    question_of,
    template_columns,
    workbook_template,
)
from sampled_cases import sampled_cases

openpyxl: Any = Deferred("openpyxl")

PARTS = 6


@cache
def cases() -> dict[str, dict[str, Any]]:
    """Return the cases that a row can say: no perimeters, no layers that answer for themselves."""
    return {
        case.slug: {"project": case.title.fr, "id": case.slug, **case.tree}
        for case in panel()
        if "perimeters" not in case.tree
        and not any("answers" in layer for layer in case.tree.get("layers", ()))
    }


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load("fast")


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app({"RATE_LIMIT": 0, "REQUEST_LOG": "off"}).test_client()


@pytest.fixture(scope="module")
def whole_panel() -> bytes:
    """Return the panel as the template filled in."""
    return filled_workbook([labelled_cells(tree, "fr") for tree in cases().values()], "fr")


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def findings(content: bytes, knowledge: Knowledge) -> list[tuple[str | None, str]]:
    report = knowledge.examine(content, "xlsx")
    return [(f.cell, f.message.fr) for f in report.findings if f.severity == "violation"]


# The template.


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_template_asks_every_question_with_its_list_its_unit_and_its_comment(lang: str) -> None:
    book = opened(workbook_template(lang))
    sheet, guide, lists = book.worksheets
    assert (sheet.title, lists.sheet_state) == ({"fr": "Projets", "en": "Projects"}[lang], "hidden")
    assert sheet.freeze_panes == "B2"
    assert guide.max_row > len(template_columns())
    listed = {str(v.sqref).split(":")[0]: v for v in sheet.data_validations.dataValidation}
    covered = {cell for v in sheet.data_validations.dataValidation for cell in str(v.sqref).split()}
    assert listed
    for place, each in enumerate(template_columns(), 1):
        title = sheet.cell(1, place)
        assert title.value == each.title(lang)
        assert title.comment.text == question_of(each, lang)
        letters = title.column_letter
        offered = choices(each, lang)
        numeric = each.column.criterion is not None and each.column.criterion.numeric_property
        assert (f"{letters}2:{letters}501" in covered) == bool(offered or numeric), title.value
        if numeric:
            assert title.value.endswith(f"({each.column.criterion.unit[lang]})")


@pytest.mark.slow
def test_every_answer_of_every_list_is_read_as_it_is_offered(knowledge: Knowledge) -> None:
    """However the template words an answer, it is one answer, and no other."""
    column = next(each.column for each in template_columns() if choices(each, "fr"))
    wrong = workbooks.workbook(["projet", column.name], ["p", "ce que nul n'offre"])
    assert any("inconnu" in message for _, message in findings(wrong, knowledge))
    for lang in ("fr", "en"):
        for each in template_columns():
            offered = choices(each, lang)
            if not offered or each.column.key == "unknown":
                continue
            rows = [["projet", each.column.name]]
            rows += [[f"p{n}", word] for n, word in enumerate(offered)]
            for cell, message in findings(workbooks.workbook(*rows), knowledge):
                assert "inconnu" not in message, (each.column.key, cell, message)


def test_the_template_is_the_same_bytes_each_time() -> None:
    rows = [labelled_cells(tree, "fr") for tree in list(cases().values())[:2]]
    assert filled_workbook(rows, "fr") == filled_workbook(rows, "fr")


@pytest.fixture(scope="module")
def read_back(whole_panel: bytes, knowledge: Knowledge) -> dict[str, Description]:
    """Return the projects of the panel as they are read back, by their names."""
    return {d.slug: d for d in knowledge.read_all(whole_panel, "xlsx")}


@pytest.mark.slow
def test_the_panel_filled_in_and_read_back_says_the_same(
    read_back: dict[str, Description], knowledge: Knowledge
) -> None:
    assert set(read_back) == set(cases())
    for slug, tree in cases().items():
        assert set(read_back[slug].graph) == set(knowledge.read(tree).graph), slug


@pytest.mark.slow
@pytest.mark.parametrize("part", sampled_cases(range(PARTS), PARTS))
def test_a_row_is_assessed_as_the_same_project_in_yaml(
    part: int, whole_panel: bytes, read_back: dict[str, Description], knowledge: Knowledge
) -> None:
    some = list(cases().items())[part::PARTS]
    alone = knowledge.read(whole_panel, "xlsx", some[0][0])
    assert set(alone.graph) == set(read_back[some[0][0]].graph)
    for slug, tree in some:
        told = [
            knowledge.assess(it, lang="fr").to_json(brief=True) for it in (read_back[slug], tree)
        ]
        for each in told:
            each.pop("readings", None)
            for finding in each["findings"]:
                for place in ("where", "line", "column", "cell", "field"):
                    finding.pop(place, None)
        assert told[0] == told[1], slug


@pytest.mark.slow
def test_every_command_reads_a_workbook(tmp_path: Path) -> None:
    book, yaml_file = tmp_path / "projets.xlsx", tmp_path / "a.yaml"
    slug = "bus-information-entity"
    some = {name: cases()[name] for name in (*list(cases())[::4], slug)}
    book.write_bytes(filled_workbook([labelled_cells(t, "fr") for t in some.values()], "fr"))
    yaml_file.write_text(json.dumps(cases()[slug]), encoding="utf-8")
    assert run("check", str(book)).code == 0
    for command in (("what-if",), ("compare",), ("explain", "--contract", "mpgp"), ("assess",)):
        of_row = run(*command, str(book), "--project", slug, "--format", "json")
        of_yaml = run(*command, str(yaml_file), "--format", "json")
        assert of_row.code == of_yaml.code == 0, of_row.err
        assert without_readings(of_row.out) == without_readings(of_yaml.out), command
    out = tmp_path / "o.jsonl"
    ran = run("batch", str(book), "-o", str(out), "--workers", "1", "--quiet")
    assert ran.code == 0, ran.err
    assert len(out.read_text("utf-8").splitlines()) == len(some)


def test_assess_takes_every_row(tmp_path: Path) -> None:
    book = tmp_path / "projets.xlsx"
    rows = [labelled_cells(tree, "fr") for tree in list(cases().values())[:3]]
    book.write_bytes(filled_workbook(rows, "fr"))
    assert run("assess", str(book)).out.count("Droit applicable") == 3


def without_readings(text: str) -> Any:
    tree = json.loads(text)
    for part in (tree, *(v for v in tree.values() if isinstance(v, dict))):
        part.pop("readings", None)
    return tree


@pytest.mark.slow
def test_every_address_reads_a_workbook(whole_panel: bytes, client: FlaskClient) -> None:
    slug = "bus-information-entity"
    sent = {"data": whole_panel, "content_type": workbooks.MEDIA}
    report = client.post("/validate", **sent, headers={"Accept": "application/json"}).get_json()
    assert (report["counts"]["violation"], len(report["projects"])) == (0, len(cases()))
    for path in ("/assess", "/what-if", "/compare", "/questions"):
        one = client.post(f"{path}?project={slug}", **sent).get_json()
        other = client.post(path, json=cases()[slug]).get_json()
        assert without_readings(json.dumps(one)) == without_readings(json.dumps(other)), path
    several = client.post("/assess", **sent)
    assert (several.status_code, several.get_json()["projects"]) == (422, len(cases()))


def test_the_tool_gives_a_project_as_a_workbook_and_takes_it_back(client: FlaskClient) -> None:
    query = "holder=commune&layers=objects:own&usages=parking&estimated-value=20000.5&agility=low"
    content = client.get(f"/projet.xlsx?{query}").data
    assert opened(content).active["A2"].value
    sent = {"file": (io.BytesIO(content), "Mon projet.XLSX")}
    answer = client.post("/projet", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 303
    for part in query.split("&"):
        assert part in answer.headers["Location"]


def test_no_cell_that_is_written_is_a_formula(client: FlaskClient) -> None:
    for sign in "=+-@":
        content = client.get(
            "/projet.xlsx", query_string={"project": f"{sign}1+1", "holder": "commune"}
        ).data
        cell = opened(content).active["A2"]
        assert (cell.value, cell.data_type, cell.quotePrefix) == (f"{sign}1+1", "s", True)


# What comes back.


def table(*values: Any, title: str = "valeur_estimee") -> bytes:
    return workbooks.workbook(["projet", title], *([f"p{n}", v] for n, v in enumerate(values)))


@pytest.mark.parametrize(
    ("title", "value", "says"),
    [
        ("valeur_estimee", "=1+1", "B2 : c'est une formule. Copiez"),
        ("porteur_nom", '=HYPERLINK("http://127.0.0.1:9/")', "B2 : c'est une formule"),
        ("valeur_estimee", date(2026, 3, 1), "B2 : le tableur a pris cette valeur pour une date"),
        ("porteur_nom", datetime(2026, 3, 1, 12), "B2 : le tableur a pris cette valeur"),
        ("date_de_signature", 46082, "sans doute 2026-03-01"),
        ("date_de_signature", datetime(2026, 3, 1, 12), None),
        ("date_de_signature", date(2026, 3, 1), None),
        ("date_de_signature", 2024, None),
        ("date_de_signature", "01/03/2026", None),
        ("valeur_estimee", 217.125, None),
        ("valeur_estimee", "20 000,50 €", None),
        ("couches_completes", True, None),
        ("agilite_attendue", "FAIBLE", None),
        ("agilite_attendue", "Moyenne", "Valeur inconnue"),
        ("porteur_siren", 217500016, None),
    ],
)
def test_a_cell_is_read_or_told_with_its_address(
    title: str, value: Any, says: str | None, knowledge: Knowledge
) -> None:
    told = findings(table(value, title=title), knowledge)
    if says is None:
        assert [one for one in told if one[0] == "B2"] == []
    else:
        assert [one for one in told if one[0] == "B2" and says in one[1]], told


def test_a_cell_in_error_or_under_no_title_is_told(knowledge: Knowledge) -> None:
    book = openpyxl.load_workbook(io.BytesIO(table(1, 2, 3)))
    book.active["B2"].value, book.active["B2"].data_type = "#REF!", "e"
    book.active["D3"] = "perdu"
    told = dict(findings(workbooks.saved(book), knowledge))
    assert "en erreur (#REF!)" in told["B2"]
    assert "sous aucun titre" in told["D3"]


def test_merged_cells_and_formulas_as_titles_are_refused(knowledge: Knowledge) -> None:
    book = openpyxl.load_workbook(io.BytesIO(table(1, 2, 3)))
    book.active.merge_cells("B2:B4")
    with pytest.raises(UnusableInput, match=r"B2:B4.*Unmerge"):
        knowledge.examine(workbooks.saved(book), "xlsx")
    with pytest.raises(UnusableInput, match="B1: the title"):
        knowledge.examine(table(1, title="=1+1"), "xlsx")


def test_the_sheet_of_projects_is_read_whichever_stands_first(knowledge: Knowledge) -> None:
    book = openpyxl.load_workbook(io.BytesIO(table(1)))
    notes = book.create_sheet("Notes", 0)
    notes.append(["à", "faire"])
    assert len(knowledge.examine(workbooks.saved(book), "xlsx").projects) == 1
    book["Projets"].title = "Autre"
    book["Notes"].sheet_state = "hidden"
    assert len(knowledge.examine(workbooks.saved(book), "xlsx").projects) == 1


def test_empty_rows_and_columns_say_nothing(knowledge: Knowledge) -> None:
    content = workbooks.workbook(
        ["projet", None, "Agilité attendue"], [], ["a", None, "low"], [None, " "]
    )
    report = knowledge.examine(content, "xlsx")
    assert [project.rpartition("/")[2] for project in report.projects] == ["a"]


def test_a_batch_tells_an_error_by_its_cell(tmp_path: Path) -> None:
    path, out = tmp_path / "p.xlsx", tmp_path / "o.jsonl"
    path.write_bytes(table("=1+1", "beaucoup", 20000))
    ran = run("batch", str(path), "-o", str(out), "--workers", "1", "--quiet")
    assert ran.code == 1
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    errors = [line["error"] for line in lines if "error" in line]
    assert [error["cell"] for error in errors] == ["B2", "B3"]
    assert errors[1]["column"] == "valeur_estimee"


def test_without_the_library_it_is_said_what_to_install(
    monkeypatch: pytest.MonkeyPatch, client: FlaskClient, knowledge: Knowledge
) -> None:
    content = table(1)
    monkeypatch.setattr(openpyxl_workbooks, "find_spec", lambda name: None)
    with pytest.raises(NotInstalled, match=r"pip install .openpyxl"):
        knowledge.examine(content, "xlsx")
    answer = client.post("/validate", data=content, content_type=workbooks.MEDIA)
    assert (answer.status_code, answer.get_json()["install"]) == (
        501, install_command("spreadsheets"),
    )  # fmt: skip
    assert client.get("/modele.xlsx?lang=en", headers={"Range": "bytes=0-1"}).status_code == 501
    assert client.get("/projet.xlsx?holder=commune").status_code == 501
    assert "projet.xlsx" not in client.get("/projet?holder=commune").text
    assert "modele.xlsx" not in client.get("/schema").text
    assert run("new", "/nowhere/a.xlsx").code == 2


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_damaged_workbook_is_told(name: str, knowledge: Knowledge) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(table(1))) as given, zipfile.ZipFile(out, "w") as archive:
        for part in given.namelist():
            content = given.read(part)
            archive.writestr(part, content[: len(content) // 2] if part == name else content)
    with pytest.raises(UnreadableInput, match="damaged"):
        knowledge.examine(out.getvalue(), "xlsx")


def test_a_title_is_known_by_its_name_its_key_and_its_labels(knowledge: Knowledge) -> None:
    column = by_name()["estimated-value"]
    titles = (
        column.name,
        column.key,
        column.title.fr,
        column.title.en,
        f"{column.title.fr} (€ HT)",
        column.title.fr.upper(),
    )
    for title in titles:
        report = knowledge.examine(table("beaucoup", title=title), "xlsx")
        assert [f.field for f in report.findings if f.severity == "violation"][:1] == [title]
