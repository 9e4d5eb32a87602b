"""The OWL 2 RL rules as owlrl runs them."""

from __future__ import annotations

import owlrl
from rdflib import Graph


class _AboutThings(owlrl.OWLRL_Semantics):  # type: ignore[misc]  # owlrl is untyped
    """OWL 2 RL without the eq-* and scm-* rules: a third of the time, the same conclusions about things.

    The scm-* rules conclude about classes only, and what they give an instance `cax-sco` gives it too;
    the eq-* rules have nothing to say where no statement can make two names denote one thing.
    """

    def _equality(self, triple: object, cycle_num: int) -> None:
        """Skip the eq-* rules."""

    def _schema_vocabulary(self, triple: object, cycle_num: int) -> None:
        """Skip the scm-* rules."""


def expand(graph: Graph, equality: bool) -> None:
    """Add to a graph what follows from it; without `equality` no two names may denote one thing."""
    semantics = owlrl.OWLRL_Semantics if equality else _AboutThings
    owlrl.DeductiveClosure(semantics).expand(graph)
