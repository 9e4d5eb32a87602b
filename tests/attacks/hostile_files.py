"""Files that somebody else wrote: proofs, data to serve, descriptions, tables and cases for the commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import workbooks

DESCRIPTION = "project: x\nholder: Commune\nanswers: {investment-funding: public}\n"


@dataclass(frozen=True)
class FileAttack:
    """A file of some ending, the command that takes it, and how the command may end.

    In `command`, `{file}` is the file and `{good}` a description without fault.
    """

    command: tuple[str, ...]
    ending: str
    content: Callable[[], str | bytes]
    codes: tuple[int, ...] = (2,)
    seconds: float = 3.0


def proof(content: Callable[[], str | bytes] | str, *codes: int) -> FileAttack:
    """Return the attack of a proof that is to be verified; no code is that of a proof that holds."""
    make = content if callable(content) else (lambda: content)
    return FileAttack(("verify-proof", "{good}", "{file}"), "json", make, codes or (1, 2))


def steps(*of: object) -> str:
    """Return a proof of some steps."""
    return json.dumps({"steps": list(of), "conclusion": "s1", "as_of": "2026-06-01"})


def described(
    ending: str, content: Callable[[], str | bytes] | str | bytes, *codes: int
) -> FileAttack:
    """Return the attack of a description that is to be assessed."""
    make = content if callable(content) else (lambda: content)
    return FileAttack(("assess", "{file}"), ending, make, codes or (2,))


def served(ending: str, content: str | bytes, *codes: int) -> FileAttack:
    """Return the attack of data to serve beside ours: the start is refused."""
    command = ("serve", "--port", "0", "--data", "{file}")
    return FileAttack(command, ending, lambda: content, codes or (2,))


def batched(
    ending: str, content: Callable[[], str | bytes] | str | bytes, *codes: int
) -> FileAttack:
    """Return the attack of many descriptions."""
    make = content if callable(content) else (lambda: content)
    command = ("batch", "{file}", "-o", "-", "--workers", "1", "--quiet")
    return FileAttack(command, ending, make, codes or (0, 1, 2), 6.0)


FILES = {
    "proof: empty": proof(""),
    "proof: a list": proof("[]"),
    "proof: nothing in it": proof("{}"),
    "proof: steps that are none": proof('{"steps": 1}'),
    "proof: steps that are words": proof(steps("a", "b")),
    "proof: no steps": proof(steps()),
    "proof: a step without a rule": proof(steps({"id": "s1"})),
    "proof: a rule nobody knows": proof(steps({"id": "s1", "rule": "magic", "conclusion": ["a", "b", "c"]})),
    "proof: a step that rests on itself": proof(steps({"id": "s1", "rule": "cax-sco", "premises": ["s1"]})),
    "proof: steps in a circle": proof(steps({"id": "s1", "premises": ["s2"]}, {"id": "s2", "premises": ["s1"]})),
    "proof: 50,000 steps": proof(lambda: steps(*({"id": f"s{n}", "premises": [f"s{n - 1}"]} for n in range(50_000)))),
    "proof: nested 100,000 deep": proof("[" * 100_000),
    "proof: not a number": proof('{"steps": NaN}'),
    "proof: a number of 100,000 digits": proof('{"steps": ' + "9" * 100_000 + "}"),
    "proof: no UTF-8": proof(lambda: b"\xff\xfe{}"),
    "proof: a day that is none": proof('{"steps": [], "as_of": "2026-99-99"}'),
    "proof: keys of Python": proof('{"steps": [], "__class__": {}}'),
    "data: not Turtle": served("ttl", "<a> <b>"),
    "data: an ending nobody knows": served("exe", "x"),
    "data: a remote context": served("jsonld", '{"@context": "http://127.0.0.1:9/"}'),
    "data: a file by an entity": served("rdf", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', 0, 2),
    "data: cut short": served("nq", "<a:a> <a:b> <a:c"),
    "data: no UTF-8": served("nt", b"\xff\xfe\x00"),
    "data: braces without end": served("trig", "<a:a> { " * 5000),
    "yaml: a tag that runs code": described("yaml", "!!python/object/apply:os.system ['touch evil']"),
    "yaml: laughs": described("yaml", "a: &a [x,x,x,x,x,x,x,x,x]\n" + "\n".join(f"{c}: &{c} [{','.join([f'*{p}'] * 9)}]" for p, c in zip("abcdefgh", "bcdefghi", strict=True))),
    "yaml: deep": described("yaml", lambda: "[" * 500_000),
    "yaml: dashes": described("yaml", lambda: "- " * 500_000),
    "yaml: NUL": described("yaml", lambda: b"\x00" * 100_000),
    "yaml: UTF-16": described("yaml", lambda: DESCRIPTION.encode("utf-16")),
    "yaml: an escape sequence as a name": described("yaml", 'project: "\\e[2J"', 1),
    "yaml: a name that turns round": described("yaml", 'project: "a\\u202Eb"', 1),
    "yaml: a name of 200 kB": described("yaml", lambda: "project: " + "x" * 200_000),
    "json: deep": described("json", lambda: '{"project":' + "[" * 500_000),
    "json: 100,000 keys": described("json", lambda: json.dumps({"project": "x", **{f"k{n}": n for n in range(100_000)}}), 1, 2),
    "json: 5 MB and one byte": described("json", lambda: " " * 5_000_001),
    "turtle: an open string of 4 MB": described("ttl", lambda: '<a> <b:c> """' + '"' * 4_000_000),
    "turtle: 300,000 brackets": described("ttl", lambda: "<a> <x:y> " + "[<x:y> " * 300_000),
    "xml: entities": described("rdf", '<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>'),
    "xml: utf-7": described("rdf", '<?xml version="1.0" encoding="utf-7"?><a/>'),
    "csv: formulas": batched("csv", "projet\n=1+1\n@SUM(1)\n"),
    "csv: a cell of 1 MB": batched("csv", lambda: "projet\n" + "x" * 1_000_000 + "\n"),
    "csv: no column known": batched("csv", "a;b\n1;2\n", 2),
    "csv: quotes never closed": batched("csv", lambda: 'projet\n"' + "x\n" * 50_000),
    "csv: a header of 2 MB": batched("csv", lambda: "projet" + ";" * 2_000_000, 2),
    "csv: in no encoding": described("csv", lambda: b"projet\n" + b"\x81\x8d" * 1000),
    "xlsx: a part of 600 MB": described("xlsx", lambda: workbooks.package(more={"xl/media/a.bin": b"\0" * 600_000_000})),
    "xlsx: a million empty rows": described("xlsx", lambda: workbooks.package(workbooks.TITLES + "<row/>" * 1_048_575)),
    "xlsx: a file by an entity": described("xlsx", lambda: workbooks.package(head='<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>')),
    "xlsx: macros": described("xlsx", lambda: workbooks.package(more={"xl/vbaProject.bin": b"x"})),
    "xlsx: an old one": described("xlsx", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 9000),
    "xlsx: no workbook": described("xlsx", lambda: b"PK\x03\x04" + b"\0" * 9000),
    "xlsx: formulas, in a batch": batched("xlsx", lambda: workbooks.package(workbooks.TITLES + "<row><c><f>1+1</f></c></row>" * 1000), 1),
    "xlsx: entities, in a batch": batched("xlsx", lambda: workbooks.package(head='<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]>'), 2),
    "xlsx: 49 MB of strings, in a batch": batched("xlsx", lambda: workbooks.package(strings=workbooks.strings(2_900_000)), 2),
    "lines: bare CR": batched("jsonl", "{}\r" * 500),
    "lines: a line of 6 MB": batched("jsonl", lambda: '{"project": "' + "x" * 6_000_000 + '"}\n'),
    "lines: no JSON": batched("jsonl", "nothing\n" * 200, 1),
    "quads: cut short": batched("nq", "<a:a> <a:b> <a:c> <a:d> .\n<a:a> <a:b"),
    "trig: braces without end": batched("trig", "<a:a> { " * 2000),
}  # fmt: skip
