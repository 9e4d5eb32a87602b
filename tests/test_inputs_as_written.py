"""Input as people write it: read alike by every door, echoed, and all mistakes listed with their places.

The cases are tests/inputs-as-written.yaml and tests/inputs-at-fault.yaml.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

from commands import run
from montages.api import Knowledge, load
from montages.description.parsing.parse import parse_tree
from montages.errors import Refused
from montages.web import create_app

FOLDER = Path(__file__).parent
DAY = "2026-06-01"


def cases(name: str) -> dict[str, dict[str, Any]]:
    listed = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return {case["case"]: case for case in listed}


WRITTEN, AT_FAULT = cases("inputs-as-written.yaml"), cases("inputs-at-fault.yaml")


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app({"RATE_LIMIT": 0, "REQUEST_LOG": "off"}).test_client()


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load("fast")


def answer(assessment: dict[str, Any]) -> dict[str, Any]:
    """Return an assessment without what says how its description was written."""
    return {k: v for k, v in assessment.items() if k not in ("findings", "readings")}


def readings(assessment: dict[str, Any]) -> dict[str, Any]:
    return {it["place"]: it["read"] for it in assessment["readings"]}


def assessed(path: Path) -> dict[str, Any]:
    ran = run("assess", str(path), "--as-of", DAY, "--format", "json")
    assert ran.code == 0, ran.err
    tree: dict[str, Any] = json.loads(ran.out)
    return tree


@pytest.mark.parametrize("case", WRITTEN)
def test_what_people_write_gets_the_answer_of_its_own_form_on_every_door(
    case: str, client: FlaskClient, knowledge: Knowledge, tmp_path: Path
) -> None:
    given = WRITTEN[case]
    path, own = tmp_path / "a.yaml", tmp_path / "own.yaml"
    path.write_text(given["written"], encoding="utf-8")
    own.write_text(given["own"], encoding="utf-8")
    wanted = assessed(own)
    assert wanted["readings"] == []
    tree = parse_tree(given["written"], "yaml")
    bodies = {"application/yaml": given["written"], "application/json": json.dumps(tree)}
    doors = {
        "montages assess": assessed(path),
        "Python": knowledge.assess(tree, as_of=DAY).to_json(),
        **{
            f"POST /assess {media}": client.post(
                f"/assess?legend=yes&as_of={DAY}", data=body.encode(), content_type=media
            ).get_json()
            for media, body in bodies.items()
        },
    }
    for door, told in doors.items():
        assert answer(told) == answer(wanted), door
        expected = {k: v for k, v in readings(told).items() if k in given["reads"]}
        assert expected == given["reads"], door


@pytest.mark.parametrize("case", WRITTEN)
def test_a_row_of_a_table_is_read_in_the_same_way(
    case: str, knowledge: Knowledge, tmp_path: Path
) -> None:
    given = WRITTEN[case]
    table = io.StringIO()
    rows = csv.DictWriter(table, list(given["row"]), delimiter=";")
    rows.writeheader()
    rows.writerow(given["row"])
    path, out = tmp_path / "a.csv", tmp_path / "o.jsonl"
    path.write_text(table.getvalue(), encoding="utf-8")
    ran = run(
        *("batch", str(path), "-o", str(out), "--as-of", DAY, "--detail", "full"),
        *("--engine", "fast", "--workers", "1", "--quiet"),
    )
    assert ran.code == 0, ran.err
    told = json.loads(out.read_text(encoding="utf-8"))
    wanted = knowledge.assess(
        knowledge.read(text=given["own"], syntax="yaml"), as_of=DAY, lang="fr"
    ).to_json()
    assert answer(told) == answer(wanted)
    assert {k: v for k, v in readings(told).items() if k in given["reads"]} == given["reads"]


@pytest.mark.parametrize("case", WRITTEN)
def test_what_was_understood_is_echoed_in_text_and_on_pages(
    case: str, client: FlaskClient, tmp_path: Path
) -> None:
    given = WRITTEN[case]
    path = tmp_path / "a.yaml"
    path.write_text(given["written"], encoding="utf-8")
    shown = {
        "assess": run("assess", str(path)).out,
        "assess in full": run("assess", str(path), "--detail", "full").out,
        "page": run("assess", str(path), "--format", "html").out,
        "check": run("check", str(path)).out,
        "validate": client.post(
            "/validate?format=html", data=given["written"].encode(), content_type="application/yaml"
        ).get_data(as_text=True),
    }
    for door, text in shown.items():
        flat = " ".join(text.replace("&#39;", "'").split())
        assert [it for it in given["says"] if it not in flat] == [], door


def listed(findings: list[dict[str, Any]]) -> list[str]:
    """Return the violations among findings as the cases write them."""
    return [
        f"{f['line']}:{f['column']} {f['where']}"
        + (f" → {f['suggestion']}" if "suggestion" in f else "")
        for f in findings
        if f["severity"] == "violation"
    ]


@pytest.mark.parametrize("case", AT_FAULT)
def test_every_mistake_is_listed_with_its_place_on_every_door(
    case: str, client: FlaskClient, knowledge: Knowledge, tmp_path: Path
) -> None:
    given = AT_FAULT[case]
    text, path = given["text"], tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    checked = run("check", str(path), "--format", "json")
    assert checked.code == 1
    findings = json.loads(checked.out)["findings"]
    assert listed(findings) == given["lists"]
    posted = {
        door: client.post(door, data=text.encode(), content_type="application/yaml").get_json()
        for door in ("/validate", "/check", "/assess")
    }
    assert posted["/assess"]["status"] == 422
    for door, told in posted.items():
        assert told["findings"] == findings, door
    with pytest.raises(Refused) as refused:
        knowledge.assess(text=text, syntax="yaml")
    assert [f.to_json("fr") for f in refused.value.findings] == findings
    shown = {"check": run("check", str(path)).out, "assess": run("assess", str(path)).err}
    for door, told in shown.items():
        flat = " ".join(told.split())
        places = [line.partition(" → ")[0] for line in given["lists"]]
        assert [it for it in (*places, *given.get("says", ())) if it not in flat] == [], door
