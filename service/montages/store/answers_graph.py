"""What the rules answer of the real projects, in short: what questions over answers are asked of first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rdflib import Graph

from montages.assessment.assess import assess_all
from montages.assessment.triples import short_statements
from montages.description.parsing.source_text import read_file
from montages.engine.engines import engine_named
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.periods import period
from montages.knowledge.rulebook import rulebook
from montages.names import MODULE

ANSWERS = MODULE["answers-data"]


def answers_graph(day: date) -> Graph:
    """Return the answers on every real project under the law of a day, dated the first day of that law.

    Before the first rule there are none.
    """
    first = period(rulebook(), day).first
    return library.n_triples(_answers(first, library.displayed_hash()) if first > date.min else "")


@disk_cache
def _answers(first_day: date, projects: str) -> str:
    """Return the answers as N-Triples, by the first day of a law and the hash of the files they are on."""
    return "".join(f"{triple} .\n" for triple in sorted(set(_triples(first_day))))


def _triples(day: date) -> Iterator[str]:
    engine = engine_named()
    for path in library.projects().values():
        if path.parent.name == "projects":
            description = engine.parse(*read_file(path))
            (assessment,) = assess_all([description], engine, as_of=day)
            for prop, value in short_statements(assessment.conclusions):
                yield f"{assessment.premises.iri.n3()} {prop.n3()} {value.n3()}"
