"""Names of terms of other vocabularies: complete, shown on pages, and no part of what decides."""

from __future__ import annotations

from datetime import date

from rdflib import RDF, SKOS, Literal

from montages.knowledge.files import library
from montages.publish.linked_data.documents import served_dataset
from montages.store.labels import Labels, foreign_labels


def test_the_names_change_neither_the_version_of_the_rulebook_nor_what_is_published() -> None:
    assert library.FOREIGN_TERMS.is_file()
    assert library.FOREIGN_TERMS not in library.deciding()
    assert library.FOREIGN_TERMS not in library.files("data")
    name = Literal(foreign_labels()[RDF.type].fr, lang="fr")
    graphs = served_dataset(date.today()).graphs.values()
    assert not any((RDF.type, SKOS.prefLabel, name) in graph for graph in graphs)


def test_every_term_has_a_name_in_both_languages_which_pages_show() -> None:
    assert all(name.fr and name.en for name in foreign_labels().values())
    dataset = served_dataset(date.today())
    labels = Labels(dataset.default, dataset.graphs)
    for term, name in foreign_labels().items():
        assert (labels.name(term, "fr"), labels.name(term, "en")) == (name.fr, name.en)
