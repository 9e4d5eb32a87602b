"""The versions of rules and software that run, as linked data, and the release they belong to (L7)."""

from __future__ import annotations

from importlib.metadata import version as installed_version

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal

from montages.bilingual import Text
from montages.knowledge.files import library
from montages.knowledge.graphs import add_text
from montages.names import ID, MODULE, MTG

RELEASES = MODULE["releases-data"]


def releases_graph(releases: Graph) -> Graph:
    """Return what the files cannot say of themselves: the hash of the rules, the version of the software.

    `releases` says what each release is; that of the software that runs is given both.
    """
    graph, software, rules = Graph(), installed_version("montages"), library.version()
    kinds = (
        (
            "software", software, MTG.SoftwareVersion, MTG.releasesSoftware,
            Text(f"Logiciel Montages {software}", f"Montages software {software}"),
            Text(
                "Le programme qui répond : commandes, service, bibliothèque.",
                "The program that answers: commands, service, library.",
            ),
        ),
        (
            "rulebook", rules, MTG.RulebookVersion, MTG.releasesRulebook,
            Text(f"Règles {rules}", f"Rulebook {rules}"),
            Text(
                "Les règles dont viennent les réponses de ce service : ontologie, contrôles, données.",
                "The rules that the answers of this service come from: ontology, shapes, data.",
            ),
        ),
    )  # fmt: skip
    current = releases.value(None, OWL.versionInfo, Literal(software))
    for folder, version, kind, predicate, label, definition in kinds:
        iri = ID[f"{folder}/{version}"]
        graph.add((iri, RDF.type, kind))
        graph.add((iri, OWL.versionInfo, Literal(version)))
        graph.add((iri, RDFS.isDefinedBy, RELEASES))
        add_text(graph, iri, RDFS.label, label)
        add_text(graph, iri, SKOS.definition, definition)
        if current is not None:
            graph.add((current, predicate, iri))
    return graph
