"""Files are loaded into a store on disk: all of them or none, once, each triple also in the default graph."""

from __future__ import annotations

import gzip
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
from montages.store.disk.name_index import find_names
from montages.store.disk.rdf_files import rdf_files
from montages.store.disk.store_folder import StoreFolder

X, LABEL = "http://example.org/", "http://www.w3.org/2000/01/rdf-schema#label"
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


def load(folder: Path, files: list[str], **options: Any) -> list[str]:
    """Load files into a store with no graph of ours; return the names of those that it had already."""
    empty = Dataset({}, date(2026, 11, 1))
    sources = rdf_files(list(map(Path, files)))
    present = load_files(StoreFolder(folder), sources, empty, **options)[1]
    return [file.path.name for file in present]


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
    (load,) = manifest["loads"]
    assert (load["triples"], manifest["graphs"]) == (2, {f"{X}g": 1})
    assert load["files"][0]["path"].endswith("first.nq")


def test_a_file_is_loaded_once(store: Path) -> None:
    before = (store / "store.json").read_text()
    assert load(store, [str(store.parent / "first.nq")]) == ["first.nq"]
    assert (store / "store.json").read_text() == before


def test_where_one_file_is_at_fault_nothing_is_loaded(store: Path, tmp_path: Path) -> None:
    before = (store / "store.json").read_text(), sorted(store.iterdir())
    files = write(tmp_path, {"good.nt": SYNTAXES["a.nt"], "bad.ttl": "<a> <b> <c> .\nbad bad\n"})
    with pytest.raises(MontagesError, match=r"bad\.ttl:2:1"):
        load(store, files)
    assert ((store / "store.json").read_text(), sorted(store.iterdir())) == before


def test_what_was_loaded_stays_when_more_is(store: Path, tmp_path: Path) -> None:
    load(store, write(tmp_path, {"second.nt": SYNTAXES["a.nt"]}))
    assert len(quads(store, f"{X}s", None, None)) == 2
    assert json.loads((store / "store.json").read_text())["triples"] == 3


def test_a_file_that_changed_is_refused_until_the_store_is_made_again(tmp_path: Path) -> None:
    store = tmp_path / "store"
    load(store, write(tmp_path, {"a.nt": f"<{X}s1> <{X}p> <{X}o> ."}))
    files = write(tmp_path, {"a.nt": f"<{X}s2> <{X}p> <{X}o> ."})
    with pytest.raises(MontagesError, match="--overwrite"):
        load(store, files)
    load(store, files, overwrite=True)
    assert [quad.split()[0] for quad in quads(store, None, f"{X}p", None)] == [f"<{X}s2>"]


def test_every_syntax_is_read_and_compressed_ones_too(tmp_path: Path) -> None:
    packed = tmp_path / "packed.nt.gz"
    packed.write_bytes(gzip.compress(f"<{X}z> <{X}p> <{X}o> .\n".encode()))
    load(tmp_path / "store", [*write(tmp_path, SYNTAXES), str(packed)], graph=f"{X}g")
    subjects = {quad.split()[0] for quad in quads(tmp_path / "store", None, f"{X}p", None)}
    assert subjects == {f"<{X}s>", f"<{X}z>"}


@pytest.mark.parametrize(
    ("name", "text", "graph", "word"),
    [
        ("a.exe", "x", None, ".ttl"),
        ("a.jsonld", '{"@context": "http://127.0.0.1:9/", "a": "b"}', None, "JSON-LD"),
        ("a.nt.gz", "no", None, "gzip"),
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
    files = write(tmp_path, {"a.nt": ""})
    manifest = json.loads((store / "store.json").read_text())
    (store / "store.json").write_text(json.dumps(manifest | {"knowledge": "0"}))
    with pytest.raises(MontagesError, match="--overwrite"):
        load(store, files)
    with pytest.raises(MontagesError, match="something else"):
        load(tmp_path, files)


@pytest.mark.slow
def test_the_command_loads_beside_what_is_published(tmp_path: Path) -> None:
    files, store = write(tmp_path, {"a.nt": SYNTAXES["a.nt"]}), tmp_path / "store"
    told = run("load", *files, "--store", store, "--lang", "en")
    assert (told.code, "1 more triples" in told.err) == (0, True)
    told = run("load", *files, "--store", store, "--lang", "en")
    assert (told.code, "loaded already" in " ".join(told.err.split())) == (0, True)
    mpgp = "https://w3id.org/montages/id/contract/mpgp"
    assert quads(store, mpgp, None, None)
    assert len(quads(store, f"{X}s", None, None)) == 1


def test_names_are_found_by_words_and_beginnings_the_whole_name_first(tmp_path: Path) -> None:
    names = ("Rue de l'Église", "Rue de l'Église haute", "Grande rue", "Éclairage")
    lines = [f'<{X}{n}> <{LABEL}> "{name}" .' for n, name in enumerate(names)]
    load(tmp_path / "store", write(tmp_path, {"a.ttl": "\n".join(lines)}))
    index = tmp_path / "store" / "1" / "names.sqlite"
    for text, hits in (
        ("rue de l'eglise", ["0", "1"]),
        ("RUE", ["0", "1", "2"]),
        ("eclai", ["3"]),
        ("égl rue", ["0", "1"]),
        ("nothing", []),
        ("", []),
    ):
        assert [thing.iri.removeprefix(X) for thing in find_names(index, text)] == hits, text
