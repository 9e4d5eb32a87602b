"""The period that each dataset covers, by the dates that its own statements give (L5).

Rules, thresholds and set-ups cover the time from which they hold; real projects, that since their contracts
were signed; the cases of the panel, the days whose law they apply; sources, that since the first was issued.
What states no date of its own, as terms and criteria do, covers the time of the rules that are written with
it; what no rule uses, as shapes do, that since its publication.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rdflib import RDF, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL
from rdflib.term import Node

from montages.names import COMPILED_RULES, MODULE, MTG, VOCABULARIES
from montages.publish.linked_data.documents import ONTOLOGY, WHOLE, Documents

_DCAT = Namespace(VOCABULARIES["dcat"])
_FIRST_OF_LAW = MTG.validFrom
# The day on which something begins, and that on which it ends; a day whose law applies is both.
_BEGINS = (_FIRST_OF_LAW, MTG.signedOn, MTG.asOf, DCTERMS.issued)
_ENDS = (MTG.validThrough, MTG.asOf)


@dataclass(frozen=True)
class CoveredPeriod:
    """The days that a dataset covers; no last one where some of it still holds."""

    first: date
    last: date | None = None


@lru_cache(maxsize=2)
def covered_periods(documents: Documents) -> Mapping[URIRef, CoveredPeriod]:
    """Return the period of each module that is not compiled, and of the whole, which is that of the rules."""
    graphs = {
        name: [g] for name, g in documents.graphs.items() if not name.startswith(COMPILED_RULES)
    }
    projects = documents.real_projects()
    graphs[next(iter(projects))] = list(projects.values())
    graphs[str(ONTOLOGY)] = [documents.ontology]
    own = {name: period for name, held in graphs.items() if (period := _own_period(held))}
    law = [name for name in own if any((None, _FIRST_OF_LAW, None) in g for g in graphs[name])]
    terms = {name: {n for g in graphs[name] for _, p, o in g for n in (p, o)} for name in law}
    periods = {WHOLE: CoveredPeriod(min(own[name].first for name in law))}
    published = documents.default.value(MODULE["montages"], DCTERMS.issued)
    for name, held in graphs.items():
        module = URIRef(name)
        defined = {s for graph in held for s in graph.subjects() if isinstance(s, URIRef)}
        users = [own[user].first for user in law if defined - {module} & terms[user]]
        issued = documents.default.value(module, DCTERMS.issued) or published
        periods[module] = own.get(name) or CoveredPeriod(min(users, default=_day(issued)))
    return periods


def add_period(graph: Graph, subject: Node, period: CoveredPeriod, name: str) -> None:
    """Say in a graph what period a dataset covers; `name` tells its node from others.

    The node is blank: data.gouv.fr fetches one that has an address, and reads what it finds there.
    """
    node = BNode(f"period-{name}")
    graph.add((subject, DCTERMS.temporal, node))
    graph.add((node, RDF.type, DCTERMS.PeriodOfTime))
    graph.add((node, _DCAT.startDate, Literal(period.first.isoformat(), datatype=XSD.date)))
    if period.last is not None:
        graph.add((node, _DCAT.endDate, Literal(period.last.isoformat(), datatype=XSD.date)))


def _own_period(graphs: Iterable[Graph]) -> CoveredPeriod | None:
    """Return the period that the statements of some graphs give, those on the graphs themselves apart."""
    first: list[date] = []
    last: list[date] = []
    still = False
    for graph in graphs:
        headers = set(graph.subjects(RDF.type, OWL.Ontology))
        ending = {s for p in _ENDS for s in graph.subjects(p)}
        for predicate in _BEGINS:
            for subject, day in graph.subject_objects(predicate):
                if subject not in headers:
                    first.append(_day(day))
                    still = still or subject not in ending
        last += [_day(day) for predicate in _ENDS for day in graph.objects(None, predicate)]
    if not first:
        return None
    return CoveredPeriod(min(first), None if still or not last else max(last))


def _day(stated: Node | None) -> date:
    """Return a date; the first day of a month or of a year that stands for one."""
    year, month, day = (*str(stated).split("-"), "1", "1")[:3]
    return date(int(year), int(month), int(day))
