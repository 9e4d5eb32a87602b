"""`montages import ted`: files, folders, compressed files and standard input, as descriptions."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from commands import run

NOTICES = Path(__file__).parent / "notices"


def test_a_folder_of_notices_becomes_a_line_each(tmp_path: Path) -> None:
    out = tmp_path / "contrats.jsonl"
    ran = run("import", "ted", str(NOTICES), "-o", str(out), "--quiet")
    assert ran.code == 0, ran.err
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert len(lines) == len(list(NOTICES.glob("*.xml")))
    assert {line["id"] for line in lines} >= {"ted-000102-2021", "ted-301-2024"}


@pytest.mark.slow(seconds=10)
def test_what_is_imported_is_taken_by_check_and_by_batch(tmp_path: Path) -> None:
    folder, out, answers = tmp_path / "yaml", tmp_path / "c.jsonl", tmp_path / "a.jsonl"
    assert (
        run("import", "ted", str(NOTICES), "--format", "yaml", "-o", str(folder), "--quiet").code
        == 0
    )
    assert run("check", *map(str, sorted(folder.iterdir()))).code == 0
    assert run("import", "ted", str(NOTICES), "-o", str(out), "--quiet").code == 0
    assert run("batch", str(out), "-o", str(answers), "--workers", "1", "--quiet").code == 0
    assert len(answers.read_text().splitlines()) == len(list(folder.iterdir()))


@pytest.mark.slow
def test_a_compressed_notice_and_one_on_standard_input_are_the_same_as_the_file(
    tmp_path: Path,
) -> None:
    plain, packed = NOTICES / "F05.xml", tmp_path / "avis.xml.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    ran = [
        run("import", "ted", str(plain), "--quiet"),
        run("import", "ted", str(packed), "--quiet"),
    ]
    assert [r.code for r in ran] == [0, 0]
    words = [
        sys.executable,
        "-c",
        "from montages.cli import main; main()",
        "import",
        "ted",
        "-",
        "--quiet",
    ]
    with plain.open("rb") as file:
        piped = subprocess.run(words, stdin=file, capture_output=True, check=True)
    assert ran[0].out == ran[1].out == piped.stdout.decode() != ""


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ["UTF-8", "UTF-16"])
def test_a_notice_in_utf_16_with_its_mark_or_without_is_the_same_as_in_utf_8(
    tmp_path: Path, coding: str, declared: str
) -> None:
    plain, wide = NOTICES / "F05.xml", tmp_path / "F05.xml"
    text = plain.read_text().replace('encoding="UTF-8"', f'encoding="{declared}"')
    wide.write_bytes(text.encode(coding))
    ran = run("import", "ted", str(wide), "--quiet")
    assert ran.code == 0, ran.err
    assert ran.out == run("import", "ted", str(plain), "--quiet").out


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_kept(tmp_path: Path) -> None:
    (tmp_path / "bad.xml").write_text("<TED_EXPORT>")
    (tmp_path / "good.xml").write_bytes((NOTICES / "F02.xml").read_bytes())
    ran = run("import", "ted", str(tmp_path), "--format", "yaml")
    assert ran.code == 2
    assert "bad.xml" in ran.err
    assert yaml.safe_load(ran.out)["id"] == "ted-000102-2021"
    assert "1 contrat repris sur 2 lus" in ran.err


def test_a_notice_that_is_read_twice_is_taken_once_and_that_is_said(tmp_path: Path) -> None:
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_bytes((NOTICES / "F02.xml").read_bytes())
    ran = run("import", "ted", str(tmp_path), "--lang", "en")
    assert ran.code == 0
    assert len(ran.out.splitlines()) == 1
    assert "read already" in " ".join(ran.err.split())


def test_every_note_has_its_contract_and_its_place(tmp_path: Path) -> None:
    notes = tmp_path / "notes.jsonl"
    ran = run(
        "import", "ted", str(NOTICES / "F25.xml"), "--notes", str(notes), "--quiet", "--lang", "en"
    )
    assert ran.code == 0
    lines = [json.loads(line) for line in notes.read_text().splitlines()]
    currency = next(line for line in lines if line["code"] == "other-currency")
    assert currency["contract"] == "000125-2021"
    assert currency["place"] == "/TED_EXPORT/FORM_SECTION/F25_2014/OBJECT_CONTRACT/VAL_TOTAL"
    assert "3000000 USD" in currency["message"]


@pytest.mark.slow
def test_contracts_retained_of_each_lot_are_assessed_and_none_is_closed() -> None:
    ran = run(
        "import", "ted", str(NOTICES / "F03.xml"), str(NOTICES / "F25.xml"), "--assess", "--quiet"
    )
    assert ran.code == 0
    assert "Marché de travaux" in ran.out
    assert "Concession" in ran.out
    assert "écarté" not in ran.out


def test_contracts_are_counted_by_where_they_stand_and_none_is_said_to_be_signed_that_is_not() -> (
    None
):
    notices = [str(NOTICES / f"{form}.xml") for form in ("F02", "F03", "F25")]
    ran = run("import", "ted", *notices, "--assess", "--quiet", "--lang", "en")
    assert ran.code == 0
    assert "SIGNED ARE WORTH" not in ran.out
    head = ran.out.split("BY VERDICT")[0]
    assert "In consultation" in head
    assert "Signed" in head


def test_what_is_closed_is_told_in_the_language_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "decp.json"
    tree = {
        "id": "p",
        "nature": "Marché de partenariat",
        "objet": "Éclairage public",
        "montant": 1000,
    }
    path.write_text(json.dumps({"marches": {"marche": [tree]}}))
    ran = run("import", "decp", str(path), "--assess", "--quiet", "--lang", "en")
    assert "closed —" in ran.out
    assert "instead of" in ran.out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "pas du XML"),
        (b'{"marches": []}', "pas du XML"),
        (b"\x1f\x8b\x08\x00oops", "abîmé"),
        (lambda: gzip.compress(b"<" + b" " * 30_000_000), "dépasse"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "DOCTYPE"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>".encode("utf-16"), "DOCTYPE"),
        (b"\xff\xfe<\x00a\x00>", "UTF-16"),
        ("<a/>".encode("utf-32"), "pas du XML"),
    ],
    ids=[
        "empty",
        "json",
        "broken gzip",
        "gzip bomb",
        "document type",
        "document type in UTF-16",
        "half a sign",
        "UTF-32",
    ],
)
def test_what_is_no_notice_is_refused_in_words(
    tmp_path: Path, content: bytes | Callable[[], bytes], said: str
) -> None:
    file = tmp_path / "file.xml"
    file.write_bytes(content() if callable(content) else content)
    ran = run("import", "ted", str(file), "--quiet")
    assert ran.code == 2
    assert ran.out == ""
    assert said in " ".join(ran.err.split())


def test_a_folder_without_notices_and_a_file_that_is_not_there_are_named(tmp_path: Path) -> None:
    assert "aucun avis" in run("import", "ted", str(tmp_path)).err
    assert "introuvable" in run("import", "ted", str(tmp_path / "x.xml")).err
