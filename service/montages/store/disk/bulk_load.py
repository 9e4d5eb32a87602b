"""Files loaded into a store on disk beside the published graphs, by the engine's bulk loader: all or none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pyoxigraph as ox

from montages.bilingual import message
from montages.errors import UnusableInput
from montages.knowledge.files import library
from montages.knowledge.periods import period
from montages.knowledge.rulebook import rulebook
from montages.store.dataset import Dataset
from montages.store.disk.name_index import write_names
from montages.store.disk.rdf_files import RdfFile
from montages.store.disk.store_folder import Load, LoadedFile, StoreFolder, StoreManifest
from montages.store.graph_tables import engine_quads

_COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
_COUNT_OF_GRAPHS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


def load_files(
    folder: StoreFolder,
    files: Sequence[RdfFile],
    dataset: Dataset,
    graph: str | None = None,
    overwrite: bool = False,
) -> tuple[StoreManifest, list[RdfFile]]:
    """Load files into a store beside what is published; return what it then says of itself, and what it had.

    Triples outside any graph go to the default graph, or to `graph`; those of a named graph to both. Raises
    UnreadableInput for a file that cannot be read, UnusableInput for a store they cannot go to: it is then
    as it was.
    """
    if graph is not None:
        _require_iri(graph)
    with folder.lock():
        before = None if overwrite else folder.manifest()
        if before is not None:
            require_same_rulebook(folder, before, dataset.day)
        fresh, present = _to_load(files, before)
        if before is not None and not fresh:
            return before, present
        try:
            with folder.draft(before) as generation:
                manifest = _loaded(folder, generation, before, fresh, dataset, graph)
                folder.commit(manifest)
        except OSError as error:
            raise UnusableInput(
                message(
                    "{path}: it could not be written ({error}). The store is as it was.",
                    path=folder.path,
                    error=error,
                )
            ) from error
        return manifest, present


def _loaded(
    folder: StoreFolder,
    generation: int,
    before: StoreManifest | None,
    files: Sequence[RdfFile],
    dataset: Dataset,
    graph: str | None,
) -> StoreManifest:
    """Return what a new generation says of itself, once files are in it."""
    store = ox.Store(folder.quads(generation))
    for file in files:
        _load(store, file, graph)
    if before is None:  # last: what is at fault in a file is told before
        store.bulk_extend(engine_quads(dataset.tables))
    ((number,),) = _rows(store, _COUNT)
    triples = int(number.value)
    more = triples - (before.triples if before else len(dataset.default))
    graphs = {
        graph.value: int(number.value)
        for graph, number in _rows(store, _COUNT_OF_GRAPHS)
        if isinstance(graph, ox.NamedNode)  # a blank node names no graph elsewhere
    }
    store.flush()
    write_names(folder.names(generation), store, dataset.tables)
    load = Load(
        datetime.now(UTC).isoformat(timespec="seconds"),
        more,
        tuple(_record(file, graph) for file in files),
    )
    return StoreManifest(
        generation,
        library.version(),
        dataset.day.isoformat(),
        _knowledge_digest(dataset.day),
        triples,
        dict(sorted(graphs.items())),
        (*(before.loads if before else ()), load),
    )


def _require_iri(graph: str) -> None:
    try:
        ox.NamedNode(graph)
    except ValueError as error:
        raise UnusableInput(
            message("{graph} is no absolute IRI, as https://example.org/graph is.", graph=graph)
        ) from error


def require_same_rulebook(folder: StoreFolder, manifest: StoreManifest, day: date) -> None:
    """Check that a store has the published graphs of this rulebook on a day; raises UnusableInput."""
    if manifest.knowledge == _knowledge_digest(day):
        return
    files = " ".join(file.path for file in manifest.files)
    raise UnusableInput(
        message(
            "{path} was made with another state of the rules ({version}, law of {day}). Make "
            "it again: montages load {files} --store {path} --overwrite.",
            path=folder.path,
            version=manifest.version,
            day=manifest.day,
            files=files,
        )
    )


def _to_load(
    files: Sequence[RdfFile], before: StoreManifest | None
) -> tuple[list[RdfFile], list[RdfFile]]:
    """Return the files that a store has not, and those that it has; raises UnusableInput for changed ones."""
    loaded = before.files if before else []
    sums, paths = {file.sha256 for file in loaded}, {file.path for file in loaded}
    fresh: dict[str, RdfFile] = {}
    present = []
    for file in files:
        if file.sha256 in sums or file.sha256 in fresh:
            present.append(file)
        elif _path(file) in paths:
            raise UnusableInput(
                message(
                    "{path} has changed since it was loaded, and what it said is still there. "
                    "Make the store again: --overwrite, with all its files.",
                    path=file.path,
                )
            )
        else:
            fresh[file.sha256] = file
    return list(fresh.values()), present


def _load(store: ox.Store, file: RdfFile, graph: str | None) -> None:
    with file.source() as source:
        if graph is None and not file.syntax.supports_datasets:
            store.bulk_load(**source)
        else:
            store.bulk_extend(_in_both(ox.parse(**source, rename_blank_nodes=True), graph))


def _in_both(quads: Iterator[ox.Quad], graph: str | None) -> Iterator[ox.Quad]:
    """Yield quads in the graph they name, and in the default graph."""
    default = ox.DefaultGraph()
    other = default if graph is None else ox.NamedNode(graph)
    for quad in quads:
        name = other if quad.graph_name == default else quad.graph_name
        if name != default:
            yield ox.Quad(quad.subject, quad.predicate, quad.object, name)
        yield ox.Quad(quad.subject, quad.predicate, quad.object)


def _rows(store: ox.Store, query: str) -> list[list[Any]]:
    rows = store.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    return [list(row) for row in rows]


def _path(file: RdfFile) -> str:
    return str(file.path.resolve())


def _record(file: RdfFile, graph: str | None) -> LoadedFile:
    size = file.path.stat().st_size
    return LoadedFile(_path(file), file.sha256, size, file.syntax.name, graph)


def _knowledge_digest(day: date) -> str:
    """Return the SHA-256 of all that is published under the law of a day.

    It is of the files: graphs made anew have other blank nodes.
    """
    first = period(rulebook(), day).first
    state = f"{library.content_hash()} {library.displayed_hash()} {first}"
    return hashlib.sha256(state.encode()).hexdigest()
