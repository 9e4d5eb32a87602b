"""What every closing function reads and writes: the units of a description, and the rules of the date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from montages.description.facts import Facts, Term
from montages.engine.fast.rule_tables import RuleTables
from montages.engine.units import ClosedUnit, ClosingFact
from montages.errors import Unsupported
from montages.names import MTG

_D = str(MTG)
USES, PERIMETERS, PERIMETER, LAYER = (
    _D + name for name in ("hasLayerUse", "hasPerimeter", "perimeter", "layer")
)


@dataclass(frozen=True, eq=False)
class ClosingStep:
    """The description, its units and the rules of the date."""

    facts: Facts
    project: str
    units: tuple[ClosedUnit, ...]
    tables: RuleTables

    def all(self, prop: str) -> set[Term]:
        """Return the values of a property of the project, its layer uses and its perimeters."""
        of, project = self.facts.objects, self.project
        nodes = (project, *iri_terms(of(project, USES)), *iri_terms(of(project, PERIMETERS)))
        return {value for node in nodes for value in of(node, prop)}

    def derived(self, prop: str, value: str, from_property: str) -> None:
        """Conclude an answer for the whole project where no unit gives it yet."""
        fact = ClosingFact(prop, value, self.project, from_property, "derived")
        for unit in self.units:
            if prop not in unit.answers:
                unit.write(fact)


def described_units(facts: Facts, project: str) -> Iterator[ClosedUnit]:
    """Yield the units of a project, without answers yet; raises Unsupported for a layer use of two layers."""
    uses, areas = (
        iri_terms(facts.objects(project, USES)),
        iri_terms(facts.objects(project, PERIMETERS)),
    )
    for use in uses:
        if len(iri_terms(facts.objects(use, LAYER))) > 1:
            raise Unsupported
    named = {use: iri_terms(facts.objects(use, PERIMETER)) for use in uses}
    for use, own in named.items():
        for area in own or areas:
            yield _unit(project, use, area)
        if not own and not areas:
            yield _unit(project, use, None)
    served = {area for own in named.values() for area in own}
    if all(named.values()):
        for area in areas:
            if area not in served:
                yield _unit(project, None, area)
    if not uses and not areas:
        yield _unit(project, None, None)


def _unit(project: str, use: str | None, area: str | None) -> ClosedUnit:
    names = "".join(f"-{_tail(part)}" for part in (use, area) if part is not None)
    return ClosedUnit(f"{project}#unit{names}", project, use, area)


def _tail(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[-1]


def iri_terms(terms: list[Term]) -> list[str]:
    """Return terms that are all IRIs; raises Unsupported where one is a text."""
    iris = [term for term in terms if isinstance(term, str)]
    if len(iris) < len(terms):
        raise Unsupported
    return iris
