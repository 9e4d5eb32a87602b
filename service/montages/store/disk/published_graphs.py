"""What a store begins with: the published graphs, and which state of the rules they are of."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from montages.knowledge.files import library
from montages.knowledge.periods import period
from montages.knowledge.rulebook import rulebook
from montages.store.dataset import Dataset


@dataclass(frozen=True)
class PublishedGraphs:
    """Graphs as packed tables, with how many triples the default graph has.

    The digest, the version and the day are those of the rules that they are of.
    """

    tables: bytes
    triples: int
    digest: str
    version: str
    day: date


def published_graphs(dataset: Dataset) -> PublishedGraphs:
    """Return the graphs of a dataset as those that a store begins with."""
    digest = knowledge_digest(dataset.day)
    triples = len(dataset.default)
    return PublishedGraphs(dataset.tables, triples, digest, library.version(), dataset.day)


def knowledge_digest(day: date) -> str:
    """Return the SHA-256 of all that is published under the law of a day.

    It is of the files: graphs made anew have other blank nodes.
    """
    first = period(rulebook(), day).first
    state = f"{library.content_hash()} {library.displayed_hash()} {first}"
    return hashlib.sha256(state.encode()).hexdigest()
