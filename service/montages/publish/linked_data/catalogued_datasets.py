"""The datasets of the catalogue: all that is published, then each module, with their files."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import RDFS, SKOS, URIRef
from rdflib.namespace import DCTERMS

from montages.bilingual import Text
from montages.knowledge.graphs import text
from montages.names import BASE
from montages.publish.linked_data import dump_files as files
from montages.publish.linked_data.documents import WHOLE, Documents
from montages.publish.linked_data.dump_files import Dumps, File
from montages.publish.linked_data.merged_ontology import MAIN, ONTOLOGY
from montages.publish.linked_data.void import SUMMARY, TITLE

_MAIN_MODULE = Text("{0} : le module d'entrée", "{0}: the entry module")


@dataclass(frozen=True)
class CataloguedDataset:
    """One dataset of the catalogue, in both languages."""

    iri: URIRef
    identifier: str
    title: Text
    summary: Text
    files: tuple[File, ...]
    page: str


def catalogued_datasets(documents: Documents, dumps: Dumps) -> tuple[CataloguedDataset, ...]:
    """Return the datasets: the whole first, then each module by name."""
    datasets = [_dataset(WHOLE, "montages", TITLE, SUMMARY, dumps, "module/montages.html")]
    for name, module in dumps.modules.items():
        graph, iri = documents.graph(module), URIRef(module)
        title = text(graph, iri, DCTERMS.title, RDFS.label)
        summary = text(graph, iri, DCTERMS.description, SKOS.definition)
        title = title if title.fr else Text(name, name)
        if iri == MAIN:  # its header is that of the ontology, which is a dataset too
            title = Text(*(_MAIN_MODULE[lang].format(title[lang]) for lang in ("fr", "en")))
            summary = text(graph, iri, SKOS.definition)
        summary = summary if summary.fr else title
        page = f"{module.removeprefix(BASE).rstrip('/')}.html"
        identifier = name if iri == ONTOLOGY else f"module-{name}"
        datasets.append(_dataset(iri, identifier, title, summary, dumps, page, name))
    return tuple(datasets)


def _dataset(
    iri: URIRef,
    identifier: str,
    title: Text,
    summary: Text,
    dumps: Dumps,
    page: str,
    name: str = "",
) -> CataloguedDataset:
    wanted = name or files.WHOLE
    own = tuple(f for f in dumps.files.values() if wanted in (f.name, f.about))
    return CataloguedDataset(iri, identifier, title, summary, own, page)
