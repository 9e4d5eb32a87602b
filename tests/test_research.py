"""What researchers are given runs: the notebook, the snippets, the table of all statements."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent / "bench"))

import servers
from commands import run
from crawling import docs
from montages.knowledge.files import library
from montages.publish.linked_data import dump_files
from montages.publish.linked_data.dump_files import dumps, graphs_in_order
from pace import PATIENCE

FOLDER = library.ROOT / "docs" / "research"


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("MONTAGES_")}
    with servers.montages(env | {"MONTAGES_REQUEST_LOG": "off"}) as base:
        yield base


@pytest.mark.slow(seconds=15)
def test_the_notebook_runs_and_draws_its_figure(
    service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import nbformat
    from nbclient import NotebookClient

    monkeypatch.setenv("MONTAGES_URL", service)
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    notebook = nbformat.read(FOLDER / "rules-as-data.ipynb", as_version=4)
    NotebookClient(notebook, timeout=PATIENCE, kernel_name="python3").execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert not [output for output in outputs if output.output_type == "error"]
    assert any("image/png" in output.get("data", {}) for output in outputs)
    # What the file shows was made by these cells.
    kept = nbformat.read(FOLDER / "rules-as-data.ipynb", as_version=4)
    for cell, before in zip(notebook.cells, kept.cells, strict=True):
        kinds = [output.output_type for output in cell.get("outputs", ())]
        assert kinds == [output.output_type for output in before.get("outputs", ())], cell.source


@pytest.mark.slow
def test_python_and_r_alone_read_the_same_answer(service: str) -> None:
    python = subprocess.run(
        [sys.executable, str(FOLDER / "rules_as_data.py"), service],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "hard requirements" in python
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("No R here. To run this test: apt-get install r-base-core")
    answer = subprocess.run(
        [rscript, "--vanilla", str(FOLDER / "rules-as-data.R"), service],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines()[0] == python.splitlines()[0]
    assert "amount" in answer.stdout


def test_the_table_has_every_statement_once() -> None:
    graphs = graphs_in_order({str(n): g for n, g in docs().graphs.items() if "id/project/" in n})
    rows = list(dump_files.statement_rows(graphs))
    assert len(rows) == len(set(rows)) == sum(len(docs().graphs[name]) for name in graphs)
    assert {row[4] for row in rows} == {"iri", "literal", "blank"}
    assert all((row[5] or row[6]) is None for row in rows if row[4] != "literal")


@pytest.mark.slow(seconds=8)
def test_a_dump_is_written_as_its_extension_says(tmp_path: Path) -> None:
    from pyarrow import parquet

    file = tmp_path / "all.parquet"
    assert run("dump", str(file)).code == 0
    table = parquet.read_table(file)
    assert table.column_names == list(dump_files.STATEMENT_COLUMNS)
    graphs = graphs_in_order(docs().graphs)
    assert table.num_rows == sum(len(docs().graphs[name]) for name in graphs)
    assert run("dump", str(tmp_path / "all.nq")).code == 0
    every = dumps(docs())
    assert (tmp_path / "all.nq").read_bytes() == every.body(every.files["all.nq"])


def test_a_dump_of_another_form_is_refused_with_those_there_are(tmp_path: Path) -> None:
    refused = run("dump", str(tmp_path / "all.xlsx"))
    assert refused.code == 2
    assert ".parquet" in refused.err
    assert not list(tmp_path.iterdir())
