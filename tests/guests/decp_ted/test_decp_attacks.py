"""What would have an import of DECP eat memory or time, or break it: each is bounded, and told."""

from __future__ import annotations

import gzip
import io
import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import decp_generator
from commands import run
from memory import peak_of
from montages.errors import MontagesError, UnreadableInput
from montages_decp_ted.decp.decp_files import DecpFiles
from pace import tell_if_long

_GOOD = b'{"id": "bon", "nature": "March\xc3\xa9", "objet": "\xc3\x89clairage public"}'
_BETWEEN = b'{"marches": {"marche": [%b, %b, %b]}}'
_MILLION = 10**6
# Peak memory of a file of 100,000 contracts, as a share of that of one of 10,000.
_MORE = 1.1


def _between(attack: bytes) -> bytes:
    """Return a file in which an attack stands between two good contracts."""
    return _BETWEEN % (_GOOD, attack, _GOOD.replace(b"bon", b"autre"))


# What stands between two good contracts, and the codes of the notes on it; what was read before stays.
ATTACKS: dict[str, tuple[Callable[[], bytes], list[str], int]] = {
    "lists in lists": (lambda: b"[" * 10**5 + b"]" * 10**5, ["contract-too-large"], 2),
    "objects in objects": (
        lambda: b'{"a":' * 10**5 + b"1" + b"}" * 10**5,
        ["contract-too-large"],
        2,
    ),
    "a million keys": (
        lambda: b"{" + b",".join(b'"k%d":1' % n for n in range(_MILLION)) + b"}",
        ["contract-too-large"],
        2,
    ),
    "a million holders": (
        lambda: b'{"id":"a","titulaires":[' + b"1," * _MILLION + b"1]}",
        ["contract-too-large"],
        2,
    ),
    "many long texts": (
        lambda: b"{" + b",".join(b'"%d":"%b"' % (n, b"a" * 10**5) for n in range(50)) + b"}",
        ["contract-too-large"],
        2,
    ),
    "a text of 8 MB": (lambda: b'{"id": "' + b"a" * (8 * _MILLION) + b'"}', ["text-without-end"], 1),
    "a text of 8 MB of quotes escaped": (
        lambda: b'{"id": "' + b'\\"' * (4 * _MILLION) + b'"}',
        ["text-without-end"],
        1,
    ),
    "a key of 8 MB": (lambda: b'{"' + b"a" * (8 * _MILLION) + b'": 1}', ["text-without-end"], 1),
    "a number of a million digits": (
        lambda: b'{"id": "n", "objet": "x", "montant": ' + b"9" * _MILLION + b"}",
        [],
        3,
    ),
    "a word without end": (lambda: b"N" * (2 * _MILLION), ["text-without-end"], 1),
    "numbers of 4,000 digits": (
        lambda: b'{"id":"n","objet":"x","montant":' + b"9" * 4000 + b',"dureeMois":-1e999999}',
        [],
        3,
    ),
    "half a character": (lambda: rb'{"id": "\ud800", "objet": "\udfff"}', [], 3),
    "signs that nobody sees": (lambda: '{"id": "a\u202eb", "objet": "\u202e"}'.encode(), [], 3),
    "an identifier that is a path": (lambda: b'{"id": "../../etc/passwd", "objet": "x"}', [], 3),
    "an identifier that is a list": (lambda: b'{"id": [1], "acheteur": [2], "objet": {}}', [], 3),
    "everything of another kind": (
        lambda: json.dumps(
            {key: {"a": [True]} for key in ("id", "acheteur", "objet", "nature", "montant", "codeCPV")}
            | {"modifications": [[[]]], "titulaires": 3, "lieuExecution": 4, "techniques": [[["x"]]]}
        ).encode(),
        [],
        3,
    ),
    "a formula": (lambda: b'{"id": "=1+1", "objet": "=cmd|calc"}', [], 3),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_between_two_contracts_is_bounded_and_told(name: str) -> None:
    attack, codes, kept = ATTACKS[name]
    files = DecpFiles(True, date(2026, 6, 1))
    start = time.process_time()
    files.read(io.BytesIO(_between(attack())), "a.json")
    contracts = list(files.contracts())
    tell_if_long(time.process_time() - start, 10)
    assert [note.code for note in files.reading.notes] == codes
    assert len(contracts) == kept
    assert contracts[0].identifier == "bon"
    assert files.reading.broken is (codes == ["text-without-end"])
    for contract in contracts:
        json.dumps(contract.keys).encode()
        assert "/" not in contract.keys["id"]


_XML = "<marche><id>{}</id><objet>Éclairage public</objet></marche>"
# The same of XML.
XML_ATTACKS: dict[str, tuple[Callable[[], str], list[str], int]] = {
    "elements in elements": (
        lambda: "<marche>" + "<a>" * 10**5 + "</a>" * 10**5 + "</marche>",
        ["contract-too-large"],
        2,
    ),
    "elements in elements that are no contract": (
        lambda: "<a>" * 10**5 + "</a>" * 10**5,
        ["text-without-end"],
        1,
    ),
    "a million holders": (
        lambda: f"<marche><titulaires>{'<titulaire/>' * _MILLION}</titulaires></marche>",
        ["contract-too-large"],
        2,
    ),
    "a text of 8 MB": (
        lambda: f"<marche><objet>{'a' * 8 * _MILLION}</objet></marche>",
        ["contract-too-large"],
        2,
    ),
    "a comment of 8 MB": (lambda: f"<!--{'a' * 8 * _MILLION}-->", ["text-without-end"], 1),
    "an attribute of 8 MB": (lambda: f"<a b='{'a' * 8 * _MILLION}'/>", ["text-without-end"], 1),
    "an entity": (lambda: "<marche><id>&a;</id></marche>", ["not-read-on"], 1),
    "an identifier that is a path": (
        lambda: "<marche><id>../../etc/passwd</id><objet>x</objet></marche>",
        [],
        3,
    ),
}


@pytest.mark.parametrize("name", XML_ATTACKS)
def test_an_attack_in_xml_is_bounded_and_told(name: str) -> None:
    attack, codes, kept = XML_ATTACKS[name]
    files = DecpFiles(True, date(2026, 6, 1))
    text = f"<marches>{_XML.format('bon')}{attack()}{_XML.format('autre')}</marches>"
    start = time.process_time()
    files.read(io.BytesIO(text.encode()), "a.xml")
    contracts = list(files.contracts())
    tell_if_long(time.process_time() - start, 10)
    assert [note.code for note in files.reading.notes] == codes
    assert len(contracts) == kept
    assert contracts[0].identifier == "bon"
    assert files.reading.broken is (codes in (["text-without-end"], ["not-read-on"]))


def test_a_declared_entity_is_refused() -> None:
    bomb = f"<!DOCTYPE a [<!ENTITY a 'b'>]><marches>{_XML.format('&a;')}</marches>".encode()
    with pytest.raises(UnreadableInput, match="DOCTYPE"):
        DecpFiles(True, date(2026, 6, 1)).read(io.BytesIO(bomb), "a.xml")


@pytest.mark.slow(seconds=12)
@pytest.mark.parametrize("inside", [b" ", b"[", b'"', b"\0"])
def test_a_gzip_bomb_is_left_before_it_has_unfolded(inside: bytes) -> None:
    bomb = gzip.compress(b'{"marches": ' + inside * (100 * _MILLION), 1)
    files = DecpFiles(True, date(2026, 6, 1))
    start = time.process_time()
    with pytest.raises(MontagesError):
        files.read(io.BytesIO(bomb), "bomb.gz")
    tell_if_long(time.process_time() - start, 15)


@pytest.mark.parametrize("cut", [10, 60, 200])
def test_a_gzip_file_cut_short_is_kept_as_far_as_it_goes(cut: int, tmp_path: Path) -> None:
    path, whole = tmp_path / "a.json.gz", tmp_path / "a.json"
    decp_generator.write_decp(whole, 500)
    packed = gzip.compress(whole.read_bytes())
    path.write_bytes(packed[:-cut])
    result = run("import", "decp", str(path), "-o", str(tmp_path / "out.jsonl"))
    assert result.code == 2
    assert "coupé" in result.err
    assert (tmp_path / "out.jsonl").read_text()


def test_a_yaml_file_is_named_inside_its_folder_whatever_the_identifier(tmp_path: Path) -> None:
    path, out = tmp_path / "a.json", tmp_path / "out"
    path.write_bytes(_between(b'{"id": "../../../evil", "objet": "\xc3\x89clairage public"}'))
    assert run("import", "decp", str(path), "--format", "yaml", "-o", str(out)).code == 0
    assert len(list(out.iterdir())) == 3
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.json", "out"]


def _peak(tmp_path: Path, count: int) -> int:
    """Return the peak memory, in kB, of the import of so many contracts by a process of its own."""
    path = tmp_path / f"{count}.json"
    decp_generator.write_decp(path, count)
    program = str(Path(sys.executable).with_name("montages"))
    out = str(tmp_path / f"{count}.jsonl")
    return peak_of([program, "import", "decp", str(path), "-o", out, "--all", "--quiet"])


@pytest.mark.slow(seconds=15)
def test_memory_does_not_grow_with_the_number_of_contracts(tmp_path: Path) -> None:
    assert _peak(tmp_path, 8_000) <= _MORE * _peak(tmp_path, 2_000)


@pytest.mark.soak
def test_memory_for_a_hundred_thousand_contracts_is_that_for_ten_thousand(tmp_path: Path) -> None:
    assert _peak(tmp_path, 100_000) <= _MORE * _peak(tmp_path, 10_000)
