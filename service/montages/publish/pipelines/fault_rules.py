"""The rule that a fault breaks: a stable identifier, what it asks in both languages, and its own address."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import SH, Graph, Literal, URIRef
from rdflib.term import Node

from montages.bilingual import Text
from montages.errors import MontagesError
from montages.knowledge.compiled.answer_shapes import answer_shapes
from montages.knowledge.files import library
from montages.names import slug
from montages.publish.linked_data.problem_types import IN_FRENCH, PROBLEM
from montages.validation.findings import shape_message


@dataclass(frozen=True)
class FaultRule:
    """A rule: `identifier` is the last part of its address, a shape's or that of a kind of problem."""

    identifier: str
    iri: str
    name: Text
    help: Text

    def title(self, lang: str) -> str:
        """Return its name and its identifier, which some rules have for a name."""
        name = self.name[lang]
        return name if name == self.identifier else f"{name} ({self.identifier})"


def shape_rule(constraint: str) -> FaultRule:
    """Return the rule of a shape: its name, and the message it gives whoever breaks it."""
    shape = URIRef(constraint)
    for graph in (library.shapes(), answer_shapes()):
        name, (message, _) = _name(graph, shape), shape_message(graph, shape)
        if message.en:
            return FaultRule(slug(constraint), constraint, name, message)
    plain = Text(slug(constraint), slug(constraint))
    return FaultRule(plain.en, constraint, plain, plain)


def problem_rule(error: MontagesError) -> FaultRule:
    """Return the rule of a kind of problem: why a file could not be checked at all."""
    kind = type(error)
    meaning = " ".join((kind.__doc__ or "").split())
    name = Text(kind.title["fr"], kind.title["en"])
    return FaultRule(
        kind.slug, PROBLEM + kind.slug, name, Text(IN_FRENCH.get(kind.slug, meaning), meaning)
    )


def _name(graph: Graph, shape: Node) -> Text:
    names = {n.language: str(n) for n in graph.objects(shape, SH.name) if isinstance(n, Literal)}
    return Text(names.get("fr", slug(str(shape))), names.get("en", slug(str(shape))))
