"""Files loaded into a store on disk beside the published graphs, by the engine's bulk loader: all or none.

Files to serve beside what is published have a store made of them for as long as the service runs.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from montages.bilingual import message
from montages.errors import UnusableInput
from montages.knowledge.files import library
from montages.store.dataset import Dataset
from montages.store.disk.rdf_files import rdf_source, rdf_syntax
from montages.store.disk.store_folder import (
    ServedStore,
    StoreFolder,
    StoreManifest,
    knowledge_digest,
    served_store,
)
from montages.store.graph_tables import engine_quads

# What the name of a folder made for some files begins with: no other is ever removed.
_DATA_PREFIX = "montages-data-"
_DEFAULT = ox.DefaultGraph()
Graph = ox.NamedNode | ox.DefaultGraph


def load_files(
    folder: StoreFolder,
    paths: Sequence[Path],
    dataset: Dataset,
    graph: str | None = None,
    overwrite: bool = False,
) -> StoreManifest:
    """Make a store of files and of what is published; return what it says of itself.

    Triples outside any graph go to the default graph, or to `graph`; those of a named graph to both. Raises
    UnreadableInput for a file that cannot be read, UnusableInput for a place they cannot go to: it is then
    as it was.
    """
    try:
        named = _DEFAULT if graph is None else ox.NamedNode(graph)
    except ValueError as error:
        raise UnusableInput(
            message("{graph} is no absolute IRI, as https://example.org/graph is.", graph=graph)
        ) from error
    for path in paths:
        rdf_syntax(path)
    if folder.is_made and not overwrite:
        raise UnusableInput(
            message(
                "{path} is a store already: --overwrite makes it again, of the files named alone.",
                path=folder.path,
            )
        )
    try:
        with folder.draft() as generation:
            store = ox.Store(folder.quads(generation))
            for path in dict.fromkeys(paths):
                _load(store, path, named)
            # Last: what is at fault in a file is told before.
            store.bulk_extend(engine_quads(dataset.tables))
            store.flush()
            manifest = _manifest(store, generation, dataset, paths)
            folder.commit(manifest)
        return manifest
    except OSError as error:
        raise UnusableInput(
            message(
                "{path}: it could not be written ({error}). The store is as it was.",
                path=folder.path,
                error=error,
            )
        ) from error


def _manifest(
    store: ox.Store, generation: int, dataset: Dataset, paths: Sequence[Path]
) -> StoreManifest:
    counts: Any = store.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    graphs = {row["g"]: int(row["n"].value) for row in counts}
    triples = len(store) - sum(graphs.values())
    return StoreManifest(
        generation,
        library.version(),
        dataset.day.isoformat(),
        knowledge_digest(dataset.day),
        datetime.now(UTC).isoformat(timespec="seconds"),
        triples,
        triples - len(dataset.default),
        # A blank node names no graph elsewhere.
        {g.value: count for g, count in graphs.items() if isinstance(g, ox.NamedNode)},
        {str(path.resolve()): _checksum(path) for path in paths},
    )


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _load(store: ox.Store, path: Path, graph: Graph) -> None:
    with rdf_source(path) as source:
        if graph == _DEFAULT and not source["format"].supports_datasets:
            store.bulk_load(**source)
        else:
            store.bulk_extend(_in_both(ox.parse(**source, rename_blank_nodes=True), graph))


def _in_both(quads: Iterator[ox.Quad], graph: Graph) -> Iterator[ox.Quad]:
    """Yield quads in the graph they name, and in the default graph."""
    for quad in quads:
        triple = quad.subject, quad.predicate, quad.object
        yield ox.Quad(*triple)
        name = graph if quad.graph_name == _DEFAULT else quad.graph_name
        if name != _DEFAULT:
            yield ox.Quad(*triple, name)


def data_folder(paths: Sequence[Path], dataset: Dataset, store: object = None) -> Path:
    """Return a new folder with a store of files beside a dataset, instead of any other store.

    Raises UnreadableInput or UnusableInput, where another is named too.
    """
    if store:
        raise UnusableInput(
            message(
                "--data or --store (MONTAGES_DATA, MONTAGES_STORE), not both: load the files "
                "into the store, by montages load."
            )
        )
    try:
        folder = Path(tempfile.mkdtemp(prefix=_DATA_PREFIX))
    except OSError as error:
        raise UnusableInput(
            message(
                "No temporary folder to load the data in ({reason}): set TMPDIR.",
                reason=error.strerror,
            )
        ) from error
    try:
        load_files(StoreFolder(folder), paths, dataset)
    except BaseException:
        remove_data(folder)
        raise
    return folder


def data_or_store(data: Sequence[Path], store: Path | None, dataset: Dataset) -> ServedStore | None:
    """Return a store of files, removed when this process ends, or that of a folder; raises as both do."""
    if data:
        store = data_folder(data, dataset, store)
        atexit.register(remove_data, store, os.getpid())
    return served_store(store, dataset.day) if store else None


def remove_data(folder: Path, owner: int | None = None) -> None:
    """Remove a folder that was made for some files, by its owner alone where that is told; no other."""
    if folder.name.startswith(_DATA_PREFIX) and owner in (None, os.getpid()):
        shutil.rmtree(folder, ignore_errors=True)
