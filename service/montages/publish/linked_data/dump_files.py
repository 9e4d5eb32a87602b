"""The dumps: the whole, each module, the real projects; written when asked for, their checksums kept.

Every statement as a row of a table, which Parquet keeps by columns, is written for who asks for it.
"""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache, partial
from importlib import import_module

from rdflib import BNode, Graph, Literal
from rdflib.term import Node

from montages.bilingual import message
from montages.errors import NotInstalled, install_command
from montages.knowledge.periods import rules_at
from montages.names import COMPILED_RULES, MODULE
from montages.publish.linked_data.document_context import Context, whole_context
from montages.publish.linked_data.documents import ONTOLOGY, Documents, documents
from montages.publish.linked_data.formats import (
    CASES,
    JSON_LD,
    N_TRIPLES,
    NAMING,
    QUADS,
    TURTLE,
    VERDICTS,
    Format,
)
from montages.publish.syntax.statements import Statements, statements
from montages.publish.verdicts.naming_file import NAMING_TODAY, naming_file
from montages.publish.verdicts.verdict_cases import naming_cases, verdict_cases
from montages.publish.verdicts.verdict_file import published_days, verdict_file
from montages.store.dataset import Dataset, cached_of_dataset, is_cached_of_dataset

WHOLE_DUMP = "all"
GZIP = "gz"
_OF_A_MODULE = (TURTLE, JSON_LD, N_TRIPLES)
_PROJECTS = str(MODULE["projects-data"])
# The module of the rules, which the verdicts are compiled from.
_RULES = "requirements"
# What the service says of itself, and rules made from others, are in no dump of their own.
_NOT_ALONE = (str(MODULE["problems"]), str(COMPILED_RULES))


@dataclass(frozen=True)
class File:
    """One file of a dump: its name, its format, whether it is compressed.

    `about`: the module that it is made of, where its name is another.
    """

    name: str
    form: Format
    compressed: bool = False
    about: str = ""

    @property
    def path(self) -> str:
        """Return the name of the file, with its extensions."""
        return f"{self.name}.{self.form.extension}" + (f".{GZIP}" if self.compressed else "")

    @property
    def content_type(self) -> str:
        """Return the Content-Type of the file."""
        return "application/gzip" if self.compressed else self.form.content_type


@dataclass(frozen=True)
class Checksum:
    """What identifies the content of a file."""

    sha256: str
    size: int


# By the path of each file.
Sums = dict[str, Checksum]


@dataclass(frozen=True, eq=False)
class Dumps:
    """The dumps of the documents of a site."""

    documents: Documents
    # Of the files that have been made, by the name that they share.
    _sums: dict[str, Sums] = field(default_factory=dict)

    @cached_property
    def modules(self) -> dict[str, str]:
        """Return the graph of each dump, by name: the ontology merged, then each module that stands alone."""
        prefix = str(MODULE)
        modules = {
            name.removeprefix(prefix): name
            for name in sorted(self.documents.graphs)
            if name.startswith(prefix) and not name.startswith(_NOT_ALONE)
        }
        return {"ontology": str(ONTOLOGY), **modules}

    @cached_property
    def files(self) -> dict[str, File]:
        """Return every file by its name."""
        whole = [File(WHOLE_DUMP, form, packed) for form in QUADS for packed in (False, True)]
        parts = [File(name, form) for name in self.modules for form in _OF_A_MODULE]
        return {file.path: file for file in (*whole, *parts, *self._verdicts)}

    def files_about(self, name: str) -> tuple[File, ...]:
        """Return the files of a name, and those that are made of the module of that name."""
        return tuple(file for file in self.files.values() if name in (file.name, file.about))

    @property
    def _verdicts(self) -> list[File]:
        """Return the verdicts of each period and what it names, and cases of the one in force."""
        first, days = rules_at(self.documents.dataset.day).period.first, published_days()
        return [
            *(File(f"verdicts-{day}", VERDICTS, about=_RULES) for day in days),
            File(f"verdicts-{first}-cases", CASES, about=_RULES),
            File(NAMING_TODAY, NAMING, about=_RULES),
            *(File(f"naming-{day}", NAMING, about=_RULES) for day in days),
            File(f"naming-{first}-cases", CASES, compressed=True, about=_RULES),
        ]

    def missing(self) -> list[str]:
        """Return the names of the files that have not been made yet, here or in another process."""
        return [name for name in self._names if not self._is_made(name)]

    @property
    def sums(self) -> Sums:
        """Return the checksum and the size of each file that has been made: none is made for that."""
        made = [self.sums_of(name) for name in self._names if self._is_made(name)]
        return {path: checksum for sums in made for path, checksum in sums.items()}

    def sums_of(self, name: str) -> Sums:
        """Return the checksum and the size of the files of a name, made for that where they have not been."""
        if name not in self._sums:
            self._sums[name] = cached_of_dataset(self.documents.dataset, _sums, name)
        return self._sums[name]

    def learn(self, name: str, sums: Sums) -> None:
        """Note the checksums of the files of a name, which another process has made."""
        self._sums[name] = sums

    def body(self, file: File) -> bytes:
        """Return the content of a file; its checksum is known from then on."""
        bodies = _bodies(self, file.name)
        self.sums_of(file.name)
        return bodies[file.path]

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(file.name for file in self.files.values()))

    def _is_made(self, name: str) -> bool:
        return name in self._sums or is_cached_of_dataset(self.documents.dataset, _sums, name)

    def compressed(self, file: File) -> Callable[[], bytes] | None:
        """Return what gives the compressed form of a file; None where no file has it."""
        packed = self.files.get(f"{file.path}.{GZIP}")
        return partial(self.body, packed) if packed else None


def _sums(dataset: Dataset, name: str) -> Sums:
    bodies = _bodies(dumps(documents(dataset)), name)
    return {path: Checksum(hashlib.sha256(b).hexdigest(), len(b)) for path, b in bodies.items()}


# What makes the files of compiled rules, by the first word of their names and their formats.
_COMPILED: dict[tuple[str, Format], Callable[[date], bytes]] = {
    ("verdicts", VERDICTS): verdict_file,
    ("verdicts", CASES): verdict_cases,
    ("naming", NAMING): naming_file,
    ("naming", CASES): naming_cases,
}


@lru_cache(maxsize=8)
def _bodies(dumps: Dumps, name: str) -> dict[str, bytes]:
    """Return the content of every file of a name: their triples are put in order once."""
    files = [file for file in dumps.files.values() if file.name == name]
    source = dumps.documents
    if files[0].about:
        (file,) = files
        kind, _, period = name.partition("-")
        day = date.fromisoformat(period[:10]) if period else source.dataset.day
        body = _COMPILED[kind, file.form](day)
        return {file.path: gzip.compress(body, 9, mtime=0) if file.compressed else body}
    if name == WHOLE_DUMP:
        graphs, context = graphs_in_order(source.graphs), Context({}, {})
    else:
        module = dumps.modules[name]
        parts = source.real_projects().values() if module == _PROJECTS else [source.graph(module)]
        triples = [triple for graph in parts for triple in graph]
        # A dump is read without fetching anything.
        graphs, context = {"": statements(triples, module)}, whole_context(triples)
    bodies = {form: form.text(graphs, context).encode() for form in {file.form for file in files}}
    return {
        file.path: gzip.compress(bodies[file.form], 6, mtime=0)
        if file.compressed
        else bodies[file.form]
        for file in files
    }


def graphs_in_order(graphs: dict[str, Graph]) -> dict[str, Statements]:
    """Return the graphs of the whole in order, the blank nodes of each with names of their own."""
    names = (name for name in sorted(graphs) if name != str(MODULE["problems"]))
    return {name: statements(graphs[name], name, f"g{n}b") for n, name in enumerate(names)}


@lru_cache(maxsize=2)
def dumps(documents: Documents) -> Dumps:
    """Return the dumps of documents, the same object each time."""
    return Dumps(documents)


def dump_url(base: str, path: str) -> str:
    """Return the address of a file at a base address."""
    return f"{base.rstrip('/')}/dump/{path}"


# Of a statement as a row.
STATEMENT_COLUMNS = ("graph", "subject", "predicate", "object", "kind", "datatype", "language")
StatementRow = tuple[str, str, str, str, str, str | None, str | None]


def statement_rows(graphs: Mapping[str, Statements]) -> Iterator[StatementRow]:
    """Yield the rows of graphs, in their order; of an object, what has no datatype or language has None."""
    for name, contents in graphs.items():
        for subject, predicates in contents.about.items():
            for predicate, values in predicates.items():
                for value in values:
                    datatype = language = None
                    kind = "blank" if isinstance(value, BNode) else "iri"
                    if isinstance(value, Literal):
                        kind, language = "literal", value.language
                        datatype = str(value.datatype) if value.datatype else None
                    words = (_text(subject, contents), str(predicate), _text(value, contents))
                    yield (name, *words, kind, datatype, language)


def _text(node: Node, contents: Statements) -> str:
    return f"_:{contents.labels[node]}" if isinstance(node, BNode) else str(node)


def parquet(graphs: Mapping[str, Statements]) -> bytes:
    """Return the rows as a file of Parquet; raises NotInstalled without pyarrow."""
    try:
        arrow, writer = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        install = install_command("parquet")
        raise NotInstalled(
            message("Parquet: to be installed here, by {install}.", install=install),
            install=install,
        ) from error
    columns = zip(*statement_rows(graphs), strict=True)
    table = arrow.table(
        {n: arrow.array(c, arrow.string()) for n, c in zip(STATEMENT_COLUMNS, columns, strict=True)}
    )
    sink = io.BytesIO()
    writer.write_table(table, sink, compression="zstd")
    return sink.getvalue()
