"""What a reference set is: a name, and files that say the same in the forms that others read.

A module says what a set holds, once: a table is written as CSV and as its schema, a graph as Turtle and
as JSON-LD; what others have a format of their own for is bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pkgutil import resolve_name

from rdflib import Graph

from montages.api import Knowledge
from montages.bilingual import Text, message
from montages.publish.linked_data.formats import BY_EXTENSION, CSV, Format, in_full
from montages.publish.linked_data.void import SuppliedDataset, SuppliedFile
from montages_reference.reference_table import ReferenceTable

SCHEMA = "schema.json"

# The European name of the kind of a file, where the ending of its address is that of no format of ours.
_FILE_TYPES = {
    "text/csv": "CSV",
    "application/json": "JSON",
    "application/xml": "XML",
    "application/atom+xml": "ATOM",
    "text/turtle": "RDF_TURTLE",
}


@dataclass(frozen=True)
class ReferenceFile:
    """One form of a set: the ending of its address, its media type, where the function is that says it.

    The function takes the knowledge and a language (`fr` or `en`), and returns a table, a graph or the bytes
    of the file: the same each time. If the file may be `of_contract`, it takes the name of one besides. One
    `of_periods` is worked out under the law of many days, which is compiled for it.
    """

    ending: str
    media_type: str
    label: Text
    writer: str
    of_contract: bool = False
    of_periods: bool = False

    @cached_property
    def form(self) -> Format:
        """Return its form, as it is negotiated and catalogued."""
        like = {CSV.extension: CSV, **BY_EXTENSION}.get(self.ending)
        if like is not None and like.media_type == self.media_type:
            return like
        return Format(
            self.ending, self.media_type, self.label.en, _FILE_TYPES.get(self.media_type, "OCTET")
        )

    @property
    def tail(self) -> str:
        """Return what its address adds to that of its set: an ending, or a path that tools ask for."""
        return self.ending if self.ending.startswith("/") else f".{self.ending}"

    @property
    def supplied(self) -> SuppliedFile:
        """Return it as the catalogue has it: its form is named by the end of its ending."""
        form, ending = self.form, self.ending.rpartition(".")[2]
        plain = form if form.extension == ending else replace(form, extension=ending)
        return SuppliedFile(self.tail, plain, self.label)

    def write(self, knowledge: Knowledge, lang: str, contract: str = "") -> bytes:
        """Return the bytes of the file, of one contract where it is named."""
        return written(self, knowledge, lang, contract, date.today())


@lru_cache(maxsize=64)
def written(file: ReferenceFile, knowledge: Knowledge, lang: str, contract: str, on: date) -> bytes:
    """Return the bytes of a file on a day, kept: some take seconds, and anybody may ask for them again."""
    say: Callable[..., bytes | Graph | ReferenceTable] = resolve_name(file.writer)
    content = say(knowledge, lang, *filter(None, (contract,)))
    if isinstance(content, Graph):
        return in_full([content], file.ending).encode()
    if isinstance(content, ReferenceTable):
        return content.schema(lang) if file.ending == SCHEMA else content.csv()
    return content


def table_files(writer: str, label: Text) -> tuple[ReferenceFile, ...]:
    """Return the forms of a table."""
    about = message("What the columns of the table hold (Table Schema)")
    return (
        ReferenceFile("csv", "text/csv", label, writer),
        ReferenceFile(SCHEMA, "application/json", about, writer),
    )


def concept_files(writer: str) -> tuple[ReferenceFile, ...]:
    """Return the forms of a concept scheme."""
    json_ld = message("Concept scheme (SKOS), in JSON-LD")
    return (
        ReferenceFile("ttl", "text/turtle", message("Concept scheme (SKOS), in Turtle"), writer),
        ReferenceFile("jsonld", "application/ld+json", json_ld, writer),
    )


@dataclass(frozen=True)
class ReferenceSet:
    """A set at `/reference/<name>`: its title, a sentence on what it holds, its files, the first by default.

    `completeness` is where the function is that tells of the knowledge how complete the set is, if one does.
    """

    name: str
    title: Text
    summary: Text
    files: tuple[ReferenceFile, ...]
    completeness: str = ""

    @property
    def path(self) -> str:
        """Return the path of its address."""
        return f"/reference/{self.name}"

    @property
    def supplied(self) -> SuppliedDataset:
        """Return it as the catalogue has it."""
        files = [file.supplied for file in self.files]
        return SuppliedDataset(self.path, self.title, self.summary, files)

    def complete(self, knowledge: Knowledge) -> Text | None:
        """Return how complete it is, None where it does not say."""
        if not self.completeness:
            return None
        tell: Callable[[Knowledge], Text] = resolve_name(self.completeness)
        return tell(knowledge)
