"""Files are loaded into a store on disk: all of them or none, each triple also in the default graph."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from commands import run
from montages.errors import MontagesError
from montages.store.dataset import Dataset
from montages.store.disk.bulk_load import load_files
from montages.store.disk.store_folder import StoreFolder, served_store

X = "http://example.org/"
# The same triple in every syntax of RDF.
SYNTAXES = {
    "a.ttl": f"<{X}s> <{X}p> <{X}o> .",
    "a.nt": f"<{X}s> <{X}p> <{X}o> .",
    "a.n3": f"<{X}s> <{X}p> <{X}o> .",
    "a.trig": f"<{X}s> <{X}p> <{X}o> .",
    "a.nq": f"<{X}s> <{X}p> <{X}o> .",
    "a.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    f'<rdf:Description rdf:about="{X}s"><p xmlns="{X}" rdf:resource="{X}o"/></rdf:Description></rdf:RDF>',
    "a.jsonld": f'{{"@id": "{X}s", "{X}p": {{"@id": "{X}o"}}}}',
}


def write(folder: Path, files: dict[str, str]) -> list[str]:
    """Return the paths of files with some texts."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [str(folder / name) for name in files]


def load(folder: Path, files: list[str], **options: Any) -> None:
    """Load files into a store with no graph of ours."""
    empty = Dataset({}, date(2026, 11, 1))
    load_files(StoreFolder(folder), list(map(Path, files)), empty, **options)


def quads(store: Path, *pattern: str | None) -> set[str]:
    """Return the quads of the current generation of a store that match subject, predicate, object."""
    generation = str(json.loads((store / "store.json").read_text())["generation"])
    engine = ox.Store.read_only(str(store / generation / "quads"))
    wanted = [None if iri is None else ox.NamedNode(iri) for iri in pattern]
    return {str(quad) for quad in engine.quads_for_pattern(*wanted)}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return a store of one file."""
    text = f'_:b <{X}p> "1" <{X}g> .\n<{X}s> <{X}p> _:b .'
    load(tmp_path / "store", write(tmp_path, {"first.nq": text}))
    return tmp_path / "store"


def test_triples_of_a_named_graph_are_in_the_default_graph_too_with_their_blank_nodes(
    store: Path,
) -> None:
    (link,) = quads(store, f"{X}s", f"{X}p", None)
    node = link.split()[2]
    held = {f'{node} <{X}p> "1"', f'{node} <{X}p> "1" <{X}g>'}
    assert {quad for quad in quads(store, None, f"{X}p", None) if quad != link} == held


def test_a_store_says_what_was_loaded_and_when(store: Path) -> None:
    manifest = json.loads((store / "store.json").read_text())
    assert (manifest["added"], manifest["graphs"]) == (2, {f"{X}g": 1})
    assert [Path(path).name for path in manifest["files"]] == ["first.nq"]


def test_where_one_file_is_at_fault_nothing_is_loaded(store: Path, tmp_path: Path) -> None:
    before = (store / "store.json").read_text(), sorted(store.iterdir())
    files = write(tmp_path, {"good.nt": SYNTAXES["a.nt"], "bad.ttl": "<a> <b> <c> .\nbad bad\n"})
    with pytest.raises(MontagesError, match=r"bad\.ttl:2:1"):
        load(store, files, overwrite=True)
    assert ((store / "store.json").read_text(), sorted(store.iterdir())) == before


def test_a_store_is_made_again_only_where_that_is_asked(tmp_path: Path) -> None:
    store = tmp_path / "store"
    load(store, write(tmp_path, {"a.nt": f"<{X}s1> <{X}p> <{X}o> ."}))
    files = write(tmp_path, {"a.nt": f"<{X}s2> <{X}p> <{X}o> ."})
    with pytest.raises(MontagesError, match="--overwrite"):
        load(store, files)
    load(store, files, overwrite=True)
    assert [quad.split()[0] for quad in quads(store, None, f"{X}p", None)] == [f"<{X}s2>"]


@pytest.mark.parametrize("name", SYNTAXES)
def test_every_syntax_is_read(name: str, tmp_path: Path) -> None:
    load(tmp_path / "store", write(tmp_path, {name: SYNTAXES[name]}), graph=f"{X}g")
    assert len(quads(tmp_path / "store", f"{X}s", f"{X}p", f"{X}o")) == 2


@pytest.mark.parametrize(
    ("name", "text", "graph", "word"),
    [
        ("a.exe", "x", None, ".ttl"),
        ("a.jsonld", '{"@context": "http://127.0.0.1:9/", "a": "b"}', None, "JSON-LD"),
        ("a.nt", "", "no iri", "IRI"),
    ],
)
def test_what_cannot_be_loaded_is_told(
    name: str, text: str, graph: str | None, word: str, tmp_path: Path
) -> None:
    with pytest.raises(MontagesError, match=word):
        load(tmp_path / "store", write(tmp_path, {name: text}), graph=graph)


def test_a_store_of_another_rulebook_or_a_folder_of_something_else_is_told(
    store: Path, tmp_path: Path
) -> None:
    manifest = json.loads((store / "store.json").read_text())
    (store / "store.json").write_text(json.dumps(manifest | {"knowledge": "0"}))
    with pytest.raises(MontagesError, match=r"first\.nq .*--overwrite"):
        served_store(store, date(2026, 11, 1))
    with pytest.raises(MontagesError, match="something else"):
        load(tmp_path, write(tmp_path, {"a.nt": ""}))


@pytest.mark.slow
def test_the_command_loads_beside_what_is_published(tmp_path: Path) -> None:
    files, store = write(tmp_path, {"a.nt": SYNTAXES["a.nt"]}), tmp_path / "store"
    told = run("load", *files, "--store", store, "--lang", "en")
    assert (told.code, "1 more triples" in told.err) == (0, True)
    told = run("load", *files, "--store", store, "--lang", "en")
    assert (told.code, "--overwrite" in told.err) == (2, True)
    mpgp = "https://w3id.org/montages/id/contract/mpgp"
    assert quads(store, mpgp, None, None)
    assert len(quads(store, f"{X}s", None, None)) == 1
