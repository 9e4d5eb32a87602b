"""A dataset that a guest publishes, whose graphs change while the service runs: what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import URIRef

from montages.bilingual import Text
from montages.publish.linked_data.formats import Format


@dataclass(frozen=True)
class ChangingDataset:
    """A dataset by its IRI, the space of its graphs' IRIs, where its list is, in which forms.

    In those of `whole_forms` the list has one page. `graphs` says what its graphs are, to who queries them.
    What is in it belongs to who publishes it, and says its licence.
    """

    iri: URIRef
    space: str
    path: str
    title: Text
    summary: Text
    graphs: Text
    forms: Sequence[Format]
    whole_forms: Sequence[Format]
