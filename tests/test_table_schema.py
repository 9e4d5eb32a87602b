"""The Table Schema of tables of projects: what it accepts and refuses, montages check does too, in words."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from commands import run
from montages.description.tables.columns import columns
from montages.publish.tables.table_schema import example_table, table_schema
from montages.web import create_app

FOLDER = Path(__file__).parent / "faulty-tables"
FAULTS: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "expected.yaml").read_text("utf-8"))
NAMES = [column.name for column in columns()]


def whole(text: str) -> str:
    """Return a table with every column of the schema in its order, and what is of none after them."""
    header, *rows = csv.reader(io.StringIO(text), delimiter=";")
    places = {name: header.index(name) for name in NAMES if name in header}
    rest = [n for n, name in enumerate(header) if places.get(name) != n]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    for row in (header, *rows):
        cells = [row[places[n]] if n in places else n if row is header else "" for n in NAMES]
        # Frictionless looks at the labels by place: what is one too many stands after the others.
        writer.writerow([*cells, *(row[n] for n in rest), *row[len(header) :]])
    return out.getvalue()


@cache
def frictionless(folder: Path) -> dict[str, list[str]]:
    """Return the kinds of errors that `frictionless validate` finds in each table, by its name."""
    tables = {name: whole((FOLDER / f"{name}.csv").read_text("utf-8")) for name in FAULTS}
    tables["example"] = example_table()
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    (folder / "schema.json").write_text(json.dumps(table_schema("fr")), encoding="utf-8")
    # The mark between cells is guessed for the example, which whoever takes it has to guess too.
    listed = [
        {"name": n, "path": f"{n}.csv", "schema": "schema.json"}
        | ({} if n == "example" else {"dialect": {"csv": {"delimiter": ";"}}})
        for n in tables
    ]
    (folder / "datapackage.json").write_text(json.dumps({"resources": listed}), encoding="utf-8")
    command = [
        str(Path(sys.executable).with_name("frictionless")),
        "validate",
        "datapackage.json",
        "--json",
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    return {task["name"]: [error["type"] for error in task["errors"]] for task in report["tasks"]}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return frictionless(tmp_path_factory.mktemp("tables"))


@pytest.mark.slow
def test_the_generated_example_is_valid(found: dict[str, list[str]], tmp_path: Path) -> None:
    assert found["example"] == []
    path = tmp_path / "exemple-valide.csv"
    path.write_text(example_table(), encoding="utf-8", newline="")
    report = json.loads(run("check", str(path), "--format", "json").out)
    assert report["conforms"]
    assert len(report["projects"]) == example_table().count("\n") - 1 > 3


@pytest.mark.parametrize("name", FAULTS)
def test_each_faulty_table_is_refused_by_frictionless(
    found: dict[str, list[str]], name: str
) -> None:
    assert FAULTS[name]["frictionless"] in found[name]


@pytest.mark.parametrize("name", FAULTS)
def test_check_tells_the_same_fault_in_its_cell(name: str) -> None:
    fault = FAULTS[name]
    path = str(FOLDER / f"{name}.csv")
    ran = run("check", path)
    assert ran.code == fault["code"], ran.out + ran.err
    said = " ".join((ran.out + ran.err).split())
    assert fault["cell"] in said
    assert fault["says"] in said
    if fault["code"] == 1:
        report = json.loads(run("check", path, "--format", "json").out)
        one = next(f for f in report["findings"] if f["severity"] == "violation")
        assert (one["cell"], one.get("field")) == (fault["cell"], fault.get("field"))


@pytest.mark.parametrize("coding", ["utf-16-le", "utf-16-be"])
def test_a_table_in_utf_16_is_read_at_every_door_as_in_utf_8(coding: str, tmp_path: Path) -> None:
    client = create_app({"RATE_LIMIT": 0, "REQUEST_LOG": "off"}).test_client()
    plain = (FOLDER / "amount-in-words.csv").read_text("utf-8")
    path = tmp_path / "a.tsv"
    path.write_bytes(("\ufeff" + plain.replace(";", "\t")).encode(coding))
    answers = []
    for content in (plain.encode(), path.read_bytes()):
        sent = client.post("/validate?format=json", data=content, content_type="text/csv")
        guessed = client.post("/validate?format=json", data={"file": (io.BytesIO(content), "a")})
        answers += [sent.json["findings"], guessed.json["findings"]]
    answers.append(json.loads(run("check", str(path), "--format", "json").out)["findings"])
    assert answers[0]
    assert answers == [answers[0]] * 5


def test_what_is_no_utf_16_is_told_in_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        "\ufeffprojet;description\nA;b\n".encode("utf-16-le") + b"C\x00;\x00\x00\xd8\n\x00"
    )
    (finding,) = json.loads(run("check", str(path), "--format", "json").out)["findings"][:1]
    assert finding["cell"] == "B3"
    assert "CSV UTF-8" in finding["message"]


def test_every_table_of_the_folder_is_expected() -> None:
    assert sorted(FAULTS) == sorted(path.stem for path in FOLDER.glob("*.csv"))


def test_the_schema_says_what_schema_data_gouv_fr_asks_for() -> None:
    schema = table_schema("fr")
    asked = {
        "$schema", "name", "title", "description", "countryCode", "homepage", "path", "resources", "created",
        "lastModified", "version", "contributors", "fields", "missingValues", "licenses", "custom_checks",
    }  # fmt: skip
    assert asked == set(schema)
    assert schema["countryCode"] == "FR"
    for field in schema["fields"]:
        assert field["title"], field
        assert field["description"], field
        assert field["example"], field
        assert field["type"] in ("string", "number", "boolean")


def test_every_example_of_a_field_is_valid(tmp_path: Path) -> None:
    fields = {field["name"]: field["example"] for field in table_schema("fr")["fields"]}
    for name, example in fields.items():
        if name in ("projet", "inconnus"):  # the one names the row, the other denies an answer
            continue
        path = tmp_path / "a.csv"
        kind = "" if name == "porteur_type" else "porteur_type"
        path.write_text(
            f'projet;{kind};{name}\nExemple;{kind and "Commune"};"{example}"\n', encoding="utf-8"
        )
        report = json.loads(run("check", str(path), "--format", "json").out)
        faults = [f["message"] for f in report["findings"] if f["severity"] == "violation"]
        assert not faults, (name, example)


def test_the_schema_and_the_example_are_what_the_command_writes() -> None:
    assert json.loads(run("schema").out) == table_schema("fr")
    assert json.loads(run("schema", "--lang", "en").out) == table_schema("en")
    assert run("schema", "--format", "csv").out.replace("\r", "") == example_table().replace(
        "\r", ""
    )
