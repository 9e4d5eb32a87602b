"""The Python door: a source is told by its type, what comes out is typed, and shows itself in a line."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import os
import re
import subprocess
import sys
import types
from collections import ChainMap, Counter, deque
from collections.abc import Callable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from IPython.core.formatters import DisplayFormatter
from rdflib import Dataset

import montages
from commands import run
from deferred import Deferred
from montages import errors
from montages.api.description_source import Source
from montages.knowledge.files import library
from montages.one_line import LONGEST
from pace import PATIENCE

pandas: Any = Deferred("pandas")

DAY = "2026-06-01"
KNOWN = montages.load()
KEYS = {
    "project": "Feux",
    "id": "feux",
    "holder": {"type": "Commune"},
    "layers": [{"layer": "objects", "mode": "own"}],
    "usages": ["street-lighting"],
    "answers": {"estimated-value": 20000},
}
ROW = {
    "projet": "Feux",
    "identifiant": "feux",
    "holder-type": "Commune",
    "layers": "objects:own",
    "usages": "street-lighting",
    "estimated-value": 20000,
}
TURTLE = KNOWN.read(KEYS).graph.serialize(format="turtle")


def dataset() -> Dataset:
    made = Dataset()
    made.graph("https://example.org/graph").parse(data=TURTLE, format="turtle")
    return made


def answer(assessment: montages.Assessment) -> object:
    return [assessment.to_json()[part] for part in ("answer", "facts", "contracts")]


SOURCES: dict[str, Callable[[Path], Source]] = {
    "keys": lambda file: KEYS,
    "path": lambda file: file,
    "name of a file": str,
    "bytes of Turtle": lambda file: TURTLE.encode(),
    "bytes of JSON": lambda file: json.dumps(KEYS).encode(),
    "graph": lambda file: KNOWN.read(KEYS).graph,
    "dataset": lambda file: dataset(),
    "row": lambda file: pandas.DataFrame([ROW]).iloc[0],
    "description": lambda file: KNOWN.read(KEYS),
}


@pytest.mark.parametrize("kind", SOURCES)
def test_what_a_description_is_given_as_is_told_by_its_type(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "feux.json"
    file.write_text(json.dumps(KEYS), "utf-8")
    found = KNOWN.assess(SOURCES[kind](file), as_of=DAY)
    assert answer(found) == answer(KNOWN.assess(KEYS, as_of=DAY))


@pytest.mark.parametrize("syntax", [None, "turtle"])
def test_a_text_is_given_by_its_name_and_looks_like_its_syntax(syntax: str | None) -> None:
    found = KNOWN.assess(text=TURTLE, syntax=syntax, as_of=DAY)
    assert answer(found) == answer(KNOWN.assess(KEYS, as_of=DAY))


def test_the_name_of_an_example_is_a_source_and_one_that_is_near_is_told() -> None:
    assert KNOWN.read("dijon").slug == "dijon"
    assert KNOWN.read("panel/village-meters").slug == "village-meters"
    for name, near in (("dijn", "dijon"), ("panel/village-meter", "village-meters")):
        with pytest.raises(errors.UnreadableInput, match=near):
            KNOWN.read(name)


def test_no_text_is_a_path_and_no_path_a_text() -> None:
    path = str(library.projects()["dijon"])
    with pytest.raises(errors.MontagesError):
        KNOWN.read(text=path)
    with pytest.raises(errors.MontagesError):
        KNOWN.read(path.encode())
    for told in ("", json.dumps(KEYS), "project: X\nholder: Commune", "x" * 300):
        with pytest.raises(errors.UnusableInput, match="text="):
            KNOWN.read(told)


def test_keys_are_any_mapping_and_what_json_does_not_hold_is_told() -> None:
    own = {**KEYS, "layers": tuple(KEYS["layers"])}
    for keys in (MappingProxyType(own), ChainMap({}, own)):
        assert KNOWN.read(keys).graph.isomorphic(KNOWN.read(KEYS).graph)
    around: dict[str, object] = dict(KEYS)
    around["answers"] = around
    for wrong in ({**KEYS, (1, 2): 3}, around):
        with pytest.raises(errors.UnusableInput, match="JSON"):
            KNOWN.read(wrong)


def test_a_cell_at_fault_stops_no_other_row() -> None:
    frame = pandas.DataFrame({name: [value] * 4 for name, value in ROW.items()})
    frame["estimated-value"] = pandas.Series([20_000, float("inf"), 10**400, 20_000], dtype=object)
    frame["projet"] = pandas.Series(["a", "b", "c", "\udc80"], dtype=object)
    faults = montages.assess_many(frame)["erreur"].notna()
    assert faults.tolist() == [False, True, True, True]


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (KNOWN.assess, "One description is needed"),
        (lambda: KNOWN.assess(KEYS, text=TURTLE), "One description is needed"),
        (lambda: KNOWN.assess("dijon", syntax="yaml"), "a string by itself is a path"),
        (lambda: KNOWN.assess(3), "int is no description"),
        (lambda: KNOWN.assess(text=b"x"), "is a string"),
        (lambda: KNOWN.assess(text="x", syntax="ttl"), "Known: turtle"),
        (lambda: KNOWN.assess(pandas.Series({})), "is needed"),
        (lambda: montages.assess_many(pandas.DataFrame([ROW]), detail="full"), "Known: verdicts"),
        (lambda: KNOWN.assess(pandas.DataFrame([ROW])), r"montages\.assess_many"),
        (lambda: KNOWN.assess(pandas.Series({"projeet": "x"})), "Did you mean “projet”"),
        (lambda: montages.assess_many([KEYS]), "list is no data frame"),
        (lambda: montages.assess_many(pandas.DataFrame([{"projeet": "x"}])), "unknown column"),
    ],
)
def test_what_is_no_description_is_told_with_what_is_one(
    ask: Callable[[], object], says: str
) -> None:
    with pytest.raises(errors.MontagesError, match=says):
        ask()


def frame() -> Any:
    """Return three projects: one sound, one of blanks of every kind, one at fault."""
    nothing = {"holder-type": pandas.NA, "layers": None, "estimated-value": float("nan")}
    rows = [ROW, {"projet": "B", **nothing}, {"projet": "C", "estimated-value": -3}]
    return pandas.DataFrame(rows, index=["x", "y", "z"])


@pytest.mark.parametrize("detail", ["verdicts", None])
def test_a_frame_has_the_columns_and_the_cells_of_a_batch(
    detail: str | None, tmp_path: Path
) -> None:
    file, out = tmp_path / "projects.csv", tmp_path / "answers.csv"
    frame().to_csv(file, index=False)
    more = ["--detail", detail] if detail else []
    assert run("batch", str(file), "-o", str(out), "--as-of", DAY, *more).code == 1
    header, *rows = csv.reader(io.StringIO(out.read_text("utf-8")))
    found = montages.assess_many(frame(), detail=detail, as_of=DAY)
    assert list(found.columns) == [*header, "erreur"]
    sound = found[found["erreur"].isna()].drop(columns="erreur")
    numbers = [name for name in header if name.startswith("adequation")]
    cells = sound.drop(columns=numbers).fillna("").to_numpy().tolist()
    kept = [n for n, name in enumerate(header) if name not in numbers]
    assert cells == [[row[n] for n in kept] for row in rows]
    assert found["erreur"].iloc[-1].startswith("c : 1 point à corriger")
    if detail:
        assert list(found.index) == ["x", "y", "z"]


class OtherFrame:
    """A frame of another library, which gives its rows as Polars does."""

    def __init__(self, columns: dict[str, list[object]]) -> None:
        self.cells = columns
        self.columns = list(columns)

    def iter_rows(self) -> Iterator[tuple[object, ...]]:
        return zip(*self.cells.values(), strict=True)


def test_a_frame_comes_back_as_one_of_its_library() -> None:
    given = OtherFrame({name: [value] for name, value in ROW.items()})
    found = montages.assess_many(given, as_of=DAY)
    assert type(found) is OtherFrame
    expected = montages.assess_many(pandas.DataFrame([ROW]), as_of=DAY)
    assert found.cells["mpgp"] == list(expected["mpgp"])


def test_a_cell_that_is_not_taken_is_told_with_its_row_and_column() -> None:
    day = pandas.DataFrame([{"projet": "E", "estimated-value": pandas.Timestamp(DAY)}])
    (told,) = montages.assess_many(day, lang="en")["erreur"]
    assert told.startswith("Row 1, estimated-value: ")


def doors(of: str) -> list[object]:
    """Return what every door gives of a project."""
    asked = [KNOWN.questions, KNOWN.what_if, KNOWN.compose, KNOWN.compare, KNOWN.similar]
    given = [
        each(of, as_of=DAY, anyway=True) for each in (KNOWN.assess, KNOWN.assessment_line, *asked)
    ]
    return [*given, KNOWN.check(of), KNOWN.read(of)]


def everything_in(roots: list[object]) -> Iterator[object]:
    """Yield every object of ours that public names lead to, up to so many of a class."""
    left, seen, count = deque(roots), dict[int, object](), Counter[type]()
    while left:
        it = left.popleft()
        if id(it) in seen:
            continue
        seen[id(it)] = it
        kind = type(it)
        if kind in (list, tuple, set, frozenset):
            left += list(it)[:40]  # type: ignore[call-overload]
        elif kind in (dict, types.MappingProxyType):
            left += [part for pair in list(it.items())[:40] for part in pair]  # type: ignore[attr-defined]
        elif kind.__module__.startswith("montages") and count[kind] < 20:
            count[kind] += 1
            yield it
            values = (getattr(it, name) for name in dir(it) if not name.startswith("_"))
            left += [value for value in values if not callable(value)]


@pytest.mark.slow(seconds=10)
def test_whatever_a_door_gives_shows_itself_in_a_line() -> None:
    broken = KNOWN.examine("project: 3\nanswers: {estimated-value: 20 k€}", "yaml")
    names = ("dijon", "deux-perimetres", "panel/village-meters")
    roots = [it for name in names for it in doors(name)]
    met = list(everything_in([KNOWN, KNOWN.rules(), broken, *roots]))
    assert len({type(it) for it in met}) > 90
    long = {type(it).__name__: repr(it) for it in met if len(repr(it)) > LONGEST}
    assert long == {}
    assert [it for it in met if "\n" in repr(it)] == []
    assert all(type(it).__name__ in repr(it) for it in met if dataclasses.is_dataclass(it))


@pytest.mark.parametrize(("lang", "says"), [("fr", "Contrat"), ("en", "Contract")])
def test_a_notebook_shows_the_answer_and_the_contracts_in_a_page_s_width(
    lang: str, says: str
) -> None:
    given, _ = DisplayFormatter().format(KNOWN.assess("dijon", as_of=DAY, lang=lang))
    assert len(given["text/plain"]) <= LONGEST
    html = given["text/html"]
    assert f"<th>{says}</th>" in html
    assert html.count("<tr>") > 8
    assert len(html) < 10_000


def test_what_a_notebook_shows_is_escaped() -> None:
    hostile = KNOWN.assess({**KEYS, "project": "<script>alert(1)</script>"}, as_of=DAY)
    assert "<script>" not in hostile._repr_html_()
    assert "&lt;script&gt;" in hostile._repr_html_()


def test_what_the_guide_says_of_python_runs() -> None:
    guide = (library.ROOT / "docs" / "python.md").read_text("utf-8")
    scripts = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    assert len(scripts) == 2
    for script in scripts:
        exec(script, {})  # noqa: S102  # our own guide
    table = guide.partition("## Errors")[2]
    for name in re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE):
        assert issubclass(getattr(errors, name), errors.MontagesError)


RIGHT = """
from pathlib import Path
import montages
from montages.errors import Refused
try:
    assessment = montages.load().assess(Path("project.yaml"), lang="en")
except Refused as refused:
    raise SystemExit(refused.message("en")) from None
for row in assessment.rows:
    print(row.label["en"], row.shown.verdict.value)
print(assessment.verdict("mpgp"), assessment.answer.sentence["en"], assessment.to_json())
"""
ALL_DOORS = """
import montages
known = montages.load()
it = known.read("dijon")
print(known.questions(it).to_json(), known.what_if(it).to_json(), known.compose(it).to_json())
print(known.compare(it).to_json(), known.similar(it).to_json(), known.check(it).to_json())
print(known.assess(it).graph())
parts = known.assess(it)
print(parts.premises.facts, parts.coherence.findings, parts.conclusions.verdicts, it.facts)
"""
WRONG = """
import montages
montages.load().assess("dijon").statuss("mpgp")
montages.asess_many
montages.load().assess(3)
montages.load().asses("dijon")
"""


@pytest.mark.slow
def test_a_user_s_ten_lines_are_typed_and_a_misspelt_method_is_found(tmp_path: Path) -> None:
    for name, text in (("right", RIGHT), ("doors", ALL_DOORS), ("wrong", WRONG)):
        (tmp_path / f"{name}.py").write_text(text, "utf-8")
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--disallow-any-expr",
        "--no-error-summary",
    ]
    # As installed: by the folders where this Python finds the package, not as files of ours to check.
    env = {name: value for name, value in os.environ.items() if name != "MYPYPATH"}
    done = subprocess.run(
        [*command, "--hide-error-context", "right.py", "doors.py", "wrong.py"],
        cwd=tmp_path,
        env={**env, "PYTHONPATH": str(library.PACKAGE.parent)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (library.PACKAGE / "py.typed").exists()
    found = [line for line in done.stdout.splitlines() if ": error:" in line]
    told = [(line.split(": error:")[0], line.rpartition("[")[2]) for line in found]
    expected = {
        ("wrong.py:3", "attr-defined]"),
        ("wrong.py:4", "attr-defined]"),
        ("wrong.py:5", "arg-type]"),
        ("wrong.py:6", "attr-defined]"),
    }
    assert {each for each in told if each[1] != "misc]"} == expected, done.stdout + done.stderr
    assert [line for line in found if not line.startswith("wrong.py")] == []
