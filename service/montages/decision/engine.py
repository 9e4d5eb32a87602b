"""The seam between the decision and how it is computed: read, check, derive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rdflib import Graph
from rdflib.term import Node

from montages import settings
from montages.decision.brief import Sections
from montages.decision.derivation import Derivation
from montages.decision.description import Description
from montages.decision.findings import Report
from montages.errors import UnknownName
from montages.knowledge.periods import Rules


class Engine(Protocol):
    """Reads a description, checks it, and computes what follows from it under the rules of a date."""

    def parse_file(self, path: str | Path, project: str | None = None) -> Description:
        """Return the description in a file."""
        ...

    def parse(
        self, source: bytes | str, syntax: str = "turtle", project: str | None = None
    ) -> Description:
        """Return the description in a text."""
        ...

    def check(self, description: Description) -> Report:
        """Return what the shapes and the vocabulary say of a description."""
        ...

    def conforming(self, descriptions: Sequence[Description]) -> list[bool]:
        """Tell for each description whether it surely conforms; False: checking it alone tells."""
        ...

    def derive(self, descriptions: Sequence[Description], rules: Rules) -> list[Derivation]:
        """Return what follows from each description, in their order."""
        ...

    def brief(self, description: Description, rules: Rules) -> Sections | None:
        """Return the sections of a brief, None where the whole assessment has to be made for it."""
        ...


@dataclass(frozen=True, eq=False)
class Derived:
    """The graphs of one run, for one or several projects: what was closed, inferred and derived."""

    closing: Graph
    closure: Graph
    outcome: Graph


class ReferenceEngine:
    """The short, obviously right engine: rdflib and SPARQL to close and derive, owlrl to reason."""

    def parse_file(self, path: str | Path, project: str | None = None) -> Description:
        """Return the description in a file."""
        from montages.decision.parse import parse_file

        return parse_file(path, project)

    def parse(
        self, source: bytes | str, syntax: str = "turtle", project: str | None = None
    ) -> Description:
        """Return the description in a text."""
        from montages.decision.parse import parse

        return parse(source, syntax, project)

    def check(self, description: Description) -> Report:
        """Return what the shapes and the vocabulary say of a description."""
        from montages.decision.check import check

        return check(description)

    def conforming(self, descriptions: Sequence[Description]) -> list[bool]:
        """Return False for each: every description is checked alone."""
        return [False] * len(descriptions)

    def run(self, asserted: Graph, rules: Rules) -> Derived:
        """Return the closing, inferred and derived triples of one or several projects."""
        from montages.decision.close import close
        from montages.decision.derive import derive
        from montages.decision.reason import facts_to_reason_on, reason

        closing = close(asserted, rules)
        closure = reason(facts_to_reason_on(asserted, closing), rules)
        return Derived(closing, closure, derive(closure, rules))

    def derive(self, descriptions: Sequence[Description], rules: Rules) -> list[Derivation]:
        """Return what follows from each description, those that share nothing reasoned on together."""
        from montages.decision.description import part

        parts = [part(description) for description in descriptions]
        found: dict[int, Derivation] = {}
        for group in _apart(parts):
            together = Graph()
            for n in group:
                together += parts[n]
            run = self.run(together, rules)
            for n in group:
                found[n] = _of(descriptions[n], parts[n], run, rules)
        return [found[n] for n in range(len(parts))]

    def brief(self, description: Description, rules: Rules) -> Sections | None:
        """Return None: the brief is read off the assessment."""
        return None


def _of(description: Description, asserted: Graph, run: Derived, rules: Rules) -> Derivation:
    from montages.decision.reading import derivation_of

    return derivation_of(
        description.project, asserted, run.closing, run.closure, run.outcome, rules
    )


def _apart(parts: Sequence[Graph]) -> list[list[int]]:
    """Return the places of graphs in groups where none mentions what another describes."""
    groups: list[tuple[list[int], set[Node], set[Node]]] = []
    for n, graph in enumerate(parts):
        described, mentioned = set(graph.subjects()), {*graph.subjects(), *graph.objects()}
        for places, all_described, all_mentioned in groups:
            if all_described.isdisjoint(mentioned) and all_mentioned.isdisjoint(described):
                places.append(n)
                all_described |= described
                all_mentioned |= mentioned
                break
        else:
            groups.append(([n], described, mentioned))
    return [places for places, _, _ in groups]


def _fast() -> Engine:
    from montages.decision.fast.engine import FastEngine

    return FastEngine()


# Each engine is imported when it is asked for: the reference one brings three libraries with it.
ENGINES: dict[str, Callable[[], Engine]] = {"fast": _fast, "reference": ReferenceEngine}


def engine_named(name: str | None = None) -> Engine:
    """Return an engine: `fast` or `reference`, the setting's by default. Raises UnknownName for another."""
    name = name or settings.get("engine")
    if name not in ENGINES:
        known = ", ".join(ENGINES)
        raise UnknownName(
            f"Moteur inconnu : {name}. Moteurs : {known}.",
            f"Unknown engine: {name}. Engines: {known}.",
        )
    return ENGINES[name]()
