"""`montages load`: RDF into a store or an engine; `montages dump`: all that is published, in one file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import click
import pyoxigraph as ox

from montages.bilingual import Text, message
from montages.cli.bilingual_commands import BilingualCommand, argument, lang_option, option, session
from montages.cli.main import command_text
from montages.cli.options import endpoint_option
from montages.cli.output import show
from montages.errors import UnusableInput
from montages.knowledge.buckets import spaced
from montages.publish.linked_data.documents import documents, served_dataset
from montages.publish.linked_data.dump_files import WHOLE_DUMP, dumps, graphs_in_order, parquet
from montages.publish.text.typeset import Line
from montages.store.disk.bulk_load import load_files
from montages.store.disk.rdf_files import rdf_source, rdf_syntax
from montages.store.disk.store_folder import StoreFolder
from montages.store.sparql.remote.engine_graphs import graphs_to_load
from montages.store.sparql.remote.graph_loading import add_quads, replace_graph, require_graph_store
from montages.store.sparql.remote.remote_engine import RemoteEngine, remote_engine

_LOADED = message("{triples} more triples; {total} in all in {store}")
_NEXT = message("To serve it: montages serve --store {store}")
# Where triples go in another engine that are of no graph, unless one is named.
_UNNAMED = "urn:montages:loaded"
_PUBLISHED = message(
    "{graphs} published graphs in the engine, {triples} triples. To answer with it: montages "
    "serve --endpoint {endpoint}"
)
_SENT = message("{triples} triples sent to <{graph}>")
_BESIDE = message(
    'For queries to read them beside the published graphs: MONTAGES_ENDPOINT_GRAPHS="{graphs}"'
)
_SHOWN = 20  # graphs


@click.command(
    "load",
    cls=BilingualCommand,
    text=command_text(
        "load",
        message(
            "Every syntax of RDF: .ttl .nt .n3 .rdf .jsonld .trig .nq. Where a file cannot be "
            "read, nothing is loaded. The store is then served at once, nothing is loaded again, "
            "and memory does not grow with it."
        ),
    ),
    examples=[
        ("montages load commune.nq --store magasin", message("make the store")),
        ("montages serve --store magasin", message("serve it")),
        (
            "montages load --endpoint http://127.0.0.1:8890/sparql",
            message("the published graphs, in another engine"),
        ),
    ],
)
@argument("files", message("FILE"), nargs=-1)
@option(
    "--store",
    metavar="DIR",
    type=click.Path(file_okay=False),
    text=message("Folder of the store, empty or not there."),
)
@option(
    "--graph",
    metavar="IRI",
    text=message("Named graph to put the triples in that are of no graph."),
)
@option("--overwrite", is_flag=True, text=message("Make the store again, of these files alone."))
@endpoint_option
@lang_option
def load(
    files: Sequence[str], store: str | None, graph: str | None, overwrite: bool, endpoint: str
) -> None:
    """Load files, and tell how much there is then."""
    lang = session().lang
    if store is None:
        engine = remote_engine(endpoint)
        if engine is None or overwrite:
            raise UnusableInput(
                message(
                    "Load where? --store DIR, which --overwrite makes again, or --endpoint URL."
                )
            )
        if files:
            _send_files(engine, files, graph, lang)
        else:
            _send_published(engine, lang)
        return
    if not files:
        raise UnusableInput(message("Which files are to be loaded?"))
    dataset = served_dataset(date.today())
    paths = list(map(Path, files))
    manifest = load_files(StoreFolder(Path(store)), paths, dataset, graph, overwrite)
    counts = {"triples": manifest.added, "total": manifest.triples}
    _tell(_LOADED, lang, **{n: spaced(Decimal(c), lang) for n, c in counts.items()}, store=store)
    _tell(_NEXT, lang, store=store)


def _send_published(engine: RemoteEngine, lang: str) -> None:
    """Put the published graphs into an engine, each in the place of what is there under its name."""
    require_graph_store(engine)
    graphs = triples = 0
    for name, graph in graphs_to_load(served_dataset(date.today())):
        replace_graph(engine, name, graph.serialize(format="nt", encoding="utf-8"))
        graphs, triples = graphs + 1, triples + len(graph)
    _tell(_PUBLISHED, lang, graphs=graphs, triples=triples, endpoint=engine.endpoint)


def _send_files(engine: RemoteEngine, files: Sequence[str], graph: str | None, lang: str) -> None:
    """Add the graphs of files to those of an engine, and tell which they are."""
    require_graph_store(engine)
    counts: dict[str, int] = {}
    for path in map(Path, files):
        rdf_syntax(path)
    for path in dict.fromkeys(map(Path, files)):
        with rdf_source(path) as source:
            quads = ox.parse(**source, rename_blank_nodes=True)
            for name, count in add_quads(engine, quads, graph or _UNNAMED).items():
                counts[name] = counts.get(name, 0) + count
    for name, count in list(counts.items())[:_SHOWN]:
        _tell(_SENT, lang, triples=count, graph=name)
    _tell(
        _BESIDE,
        lang,
        graphs=" ".join(list(counts)[:_SHOWN]) + (" …" if len(counts) > _SHOWN else ""),
    )


def _tell(text: Text, lang: str, **values: object) -> None:
    show(Line(text[lang].format(**values)), err=True)


_WRITTEN = message("{file}: {size} bytes")
_PARQUET = "parquet"


@click.command(
    "dump",
    cls=BilingualCommand,
    text=command_text(
        "dump",
        message(
            "The form follows the extension: .trig, .nq, and .gz, the same bytes as "
            "/dump/all.…; .parquet, a row a statement, for pandas, DuckDB or Arrow."
        ),
    ),
    examples=[
        ("montages dump tout.parquet", message("for pandas or DuckDB")),
        ("montages dump tout.nq.gz", message("for an RDF store")),
    ],
)
@argument("file", message("FILE"), type=click.Path(dir_okay=False, path_type=Path))
@lang_option
def dump(file: Path) -> None:
    """Write the file, whole or not at all."""
    published = dumps(documents(served_dataset(date.today())))
    forms = {
        name.removeprefix(f"{WHOLE_DUMP}."): dump_file
        for name, dump_file in published.files.items()
        if dump_file.name == WHOLE_DUMP
    }
    endings = sorted((*forms, _PARQUET), key=len, reverse=True)
    ending = next((extension for extension in endings if file.name.endswith(f".{extension}")), None)
    if ending is None:
        accepted = ", ".join(f".{extension}" for extension in (*forms, _PARQUET))
        raise UnusableInput(
            message(
                "{name}: the extension says the form, one of {accepted}.",
                name=file.name,
                accepted=accepted,
            )
        )
    if ending == _PARQUET:
        body = parquet(graphs_in_order(published.documents.graphs))
    else:
        body = published.body(forms[ending])
    partial = file.with_name(f".{file.name}.partial")
    try:
        partial.write_bytes(body)
        partial.replace(file)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UnusableInput(
            message("{file}: {reason}. Name another file.", file=file, reason=error.strerror)
        ) from error
    size = len(body)
    show(Line(_WRITTEN[session().lang].format(file=file, size=size)), err=True)
