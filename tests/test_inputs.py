"""Bad input: each is told in one message that says what and where, with the right exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from commands import CommandResult, run

FOLDER = Path(__file__).parent
CASES: dict[str, dict[str, Any]] = {
    case["case"]: case
    for case in yaml.safe_load((FOLDER / "inputs.yaml").read_text(encoding="utf-8"))
}
PREFIXES = """@prefix mtg: <https://w3id.org/montages/def/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
PROJECT = PREFIXES + '<a> a mtg:Project ; rdfs:label "A"@fr'


def content(case: dict[str, Any]) -> str | bytes:
    """Return the content of a case: text, bytes in hexadecimal, or something nested."""
    if "hex" in case:
        return bytes.fromhex(case["hex"])
    if "nested" in case:
        of = case["nested"]
        return str(
            of["before"] + of["open"] * of["times"] + of["inner"] + of["close"] * of["times"]
        )
    return str(case["content"])


def write(folder: Path, name: str, text: str | bytes) -> str:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def clean(ran: CommandResult) -> str:
    """Return all that was written, on one line; no traceback may be in it."""
    said = ran.out + ran.err
    assert "Traceback" not in said
    assert "Désolé" not in said
    return " ".join(said.split())


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_told(case: str, tmp_path: Path) -> None:
    given = CASES[case]
    path = write(tmp_path, given["file"], content(given))
    ran = run("check", path)
    said = clean(ran)
    assert ran.code == given["code"]
    assert [word for word in given["says"] if word not in said] == []


@pytest.mark.parametrize(
    "case", ["unknown value in turtle", "two values where one fits", "a date that is none"]
)
def test_a_description_that_does_not_conform_is_refused(case: str, tmp_path: Path) -> None:
    given = CASES[case]
    ran = run("assess", write(tmp_path, given["file"], content(given)))
    assert (ran.code, ran.out) == (1, "")
    assert "--anyway" in clean(ran)
    assert all(word in clean(ran) for word in given["says"])


def test_anyway_goes_on(tmp_path: Path) -> None:
    path = write(tmp_path, "a.yaml", "project: x\nanswers: {investment-funding: [public, private]}")
    ran = run("assess", path, "--anyway", "--format", "json")
    assert ran.code == 0
    assert "violation" in {finding["severity"] for finding in json.loads(ran.out)["findings"]}


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.yaml", "project: x\n" + "#" * 5000)
    ran = run("check", path, env={"MONTAGES_MAX_BYTES": "1000"})
    assert ran.code == 2
    assert "1000" in clean(ran)
    assert "MONTAGES_MAX_BYTES" in clean(ran)


def test_too_many_triples_are_refused(tmp_path: Path) -> None:
    path = write(
        tmp_path, "a.ttl", PROJECT + " .\n" + "".join(f"<x{n}> <y> <z> .\n" for n in range(40))
    )
    assert run("check", path, env={"MONTAGES_MAX_TRIPLES": "20"}).code == 2


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "introuvable" in clean(run("check", str(tmp_path / "a.ttl")))
    ran = run("assess", "dijn")
    assert (ran.code, "« dijon »" in clean(ran)) == (2, True)
    assert run("check", str(tmp_path)).code == 2


def test_one_project_of_several_is_chosen(tmp_path: Path) -> None:
    path = write(tmp_path, "a.ttl", PROJECT + ' .\n<b> a mtg:Project ; rdfs:label "B"@fr .')
    assert run("check", path, "--project", "b").code == 0
    ran = run("check", path, "--project", "c")
    assert ran.code == 2
    assert "a, b" in clean(ran)


def test_every_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    bad = [write(tmp_path, name, "") for name in ("a.yaml", "b.ttl")]
    ran = run("assess", "dijon", *bad)
    assert (ran.code, ran.out) == (2, "")
    assert all(Path(path).name in clean(ran) for path in bad)


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (("asess", "dijon"), "assess"),
        (("assess",), "FICHIER"),
        (("assess", "dijon", "--formt", "x"), "--format"),
        (("assess", "dijon", "--format", "pdf"), "jsonld"),
        (("assess", "dijon", "--as-of", "2026-02-30"), "2026-06-01"),
        (("assess", "dijon", "--as-of"), "valeur"),
        (("assess", "dijon", "--engine", "x"), "reference"),
        (("explain", "dijon"), "--contract"),
        (("explain", "commune-fournitures", "--contract", "mpg"), "« mpgp »"),
        (("verify-proof", "dijon", "nowhere.json"), "nowhere.json"),
        (("verify-proof", "dijon", "-"), "JSON"),
        (("query", "hard-gate"), "« hard-gates »"),
        (("query", "layers", "--parameters", "x"), "--parameters"),
        (("rules", "show", "mpgp-realization"), "« mpgp-realisation »"),
        (("rules", "diff", "2024-01-01"), "DATE2"),
        (("new", "a.txt"), ".yaml"),
        (("serve", "--port", "abc"), "--port"),
        (("--lang", "de", "query"), "fr, en"),
    ],
)
def test_a_mistake_in_a_command_is_told(args: tuple[str, ...], word: str) -> None:
    ran = run(*args)
    assert ran.code == 2
    assert word in clean(ran)


@pytest.mark.parametrize(
    "case", ["turtle syntax", "unknown key", "no project", "empty", "remote context"]
)
def test_messages_speak_english_too(case: str, tmp_path: Path) -> None:
    given = CASES[case]
    path = write(tmp_path, given["file"], content(given))
    french, english = run("check", path), run("check", path, "--lang", "en")
    assert english.code == given["code"]
    assert (english.out, english.err) != (french.out, french.err)


@pytest.mark.parametrize("proof", ["[]", "{}", '{"steps": 3}', '{"steps": [{"id": 1}]}'])
def test_what_is_no_proof_is_told(proof: str) -> None:
    ran = run("verify-proof", "commune-fournitures", "-", stdin=proof)
    assert ran.code == 2
    assert "preuve" in clean(ran)


def test_a_setting_that_is_no_number_is_told() -> None:
    ran = run("check", "dijon", env={"MONTAGES_MAX_BYTES": "much"})
    assert ran.code == 2
    assert "MONTAGES_MAX_BYTES=much" in clean(ran)
