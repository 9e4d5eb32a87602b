"""All that is published, graph by graph: what documents, dumps and SPARQL are made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from importlib.metadata import version as installed_version
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal

from montages.bilingual import message
from montages.knowledge.compiled.answer_shapes import answer_shapes
from montages.knowledge.compiled.owl_compiler import CLASSES, module, published_rules
from montages.knowledge.compiled.project_form import project_form
from montages.knowledge.files import library
from montages.knowledge.graphs import add_text
from montages.knowledge.periods import change_dates, rules_at
from montages.knowledge.rule_review import published_reviews
from montages.knowledge.rulebook import rulebook
from montages.names import ID, MODULE, MTG, PROJECT, iris
from montages.store.answers_graph import ANSWERS, answers_graph
from montages.store.dataset import Dataset
from montages.store.module_headers import complete_headers
from montages.store.panel_graph import PANEL, panel_graph
from montages.store.public_terms import add_public_statements
from montages.store.questions.query_executables import QUERIES, query_executables
from montages.store.term_examples import add_examples


def published_dataset(day: date) -> Dataset:
    """Return all that is published, made anew from the knowledge."""
    graphs: dict[str, Graph] = {}
    for name, graph in _modules(_files()):
        if name in graphs:
            graphs[name] += graph
        else:
            graphs[name] = graph
    for graph in graphs.values():
        complete_headers(graph, graphs[str(MODULE["montages"])])
    library.describe_requirements(graphs[str(MODULE["requirements"])])
    graphs[str(PANEL)] += panel_graph()
    graphs[str(ANSWERS)] += answers_graph(day)
    graphs[str(_RELEASES)] += _releases_graph(graphs[str(_RELEASES)])
    graphs[str(MODULE["shapes-answers"])] = answer_shapes() + project_form()
    periods = [rules_at(first) for first in (date.min, *change_dates(rulebook()))]
    classes, of_periods = published_rules(periods)
    graphs[str(CLASSES)] += classes
    graphs |= {str(module(r)): graph for r, graph in zip(periods, of_periods, strict=True)}
    for graph in graphs.values():
        add_public_statements(graph, library.data())
        add_examples(graph)
    graphs[str(QUERIES)] = query_executables()
    return Dataset(graphs, day)


def _files() -> Iterable[Path]:
    for folder in ("ontology", "data", "shapes"):
        yield from library.files(folder)
    yield from published_reviews()
    yield from (p for p in library.projects().values() if p.parent.name == "projects")


def _modules(paths: Iterable[Path]) -> Iterator[tuple[str, Graph]]:
    """Return each file as a graph, named after the module or the project it describes."""
    for path in paths:
        graph = library.read([path])
        if path.parent.name == "projects":
            yield str(PROJECT[path.stem]), graph
            continue
        headers = iris(graph.subjects(RDF.type, OWL.Ontology))
        defining = iris(graph.objects(None, RDFS.isDefinedBy))
        names = headers or defining or [MODULE[path.parent.name]]
        yield str(names[0]), graph


_RELEASES = MODULE["releases-data"]


def _releases_graph(releases: Graph) -> Graph:
    """Return what the files cannot say of themselves: the hash of the rules, the version of the software.

    `releases` says what each release is; that of the software that runs is given both.
    """
    graph, software, rules = Graph(), installed_version("montages"), library.version()
    kinds = (
        (
            "software", software, MTG.SoftwareVersion, MTG.releasesSoftware,
            message("Montages software {software}", software=software),
            message("The program that answers: commands, service, library."),
        ),
        (
            "rulebook", rules, MTG.RulebookVersion, MTG.releasesRulebook,
            message("Rulebook {rules}", rules=rules),
            message("The rules that the answers of this service come from: ontology, shapes, data."),
        ),
    )  # fmt: skip
    current = releases.value(None, OWL.versionInfo, Literal(software))
    for folder, version, kind, predicate, label, definition in kinds:
        iri = ID[f"{folder}/{version}"]
        graph.add((iri, RDF.type, kind))
        graph.add((iri, OWL.versionInfo, Literal(version)))
        graph.add((iri, RDFS.isDefinedBy, _RELEASES))
        add_text(graph, iri, RDFS.label, label)
        add_text(graph, iri, SKOS.definition, definition)
        if current is not None:
            graph.add((current, predicate, iri))
    return graph
