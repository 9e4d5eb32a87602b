"""What every closing function reads and writes, and the conclusions that they share."""

from __future__ import annotations

from dataclasses import dataclass

from montages.description.facts import Facts, Term
from montages.engine.closed_units import ClosedUnit, ClosingFact
from montages.engine.fast.rule_tables import RuleTables
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


def iri_terms(terms: list[Term]) -> list[str]:
    """Return terms that are all IRIs; raises Unsupported where one is a text."""
    iris = [term for term in terms if isinstance(term, str)]
    if len(iris) < len(terms):
        raise Unsupported
    return iris
