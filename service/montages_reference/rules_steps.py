"""The steps of the decision as rows, close, reason, derive: what each edition of the rules is written from.

Closing and deriving steps are the published queries as they stand. Reasoning steps are written here: one for
each property chain of the ontology, and a few that read the classes which `rules_knowledge` lays out, either
again and again until nothing new follows, or level by level, once each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import OWL, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from montages.bilingual import Text, message
from montages.knowledge.files import library
from montages.knowledge.files.published_queries import queries
from montages.names import BASE, slug

# The address of the set; what the editions name beside our terms are its fragments.
RULES = URIRef(BASE + "reference/rules")
EDITION = Namespace(RULES + "#")
DRAFT = URIRef(BASE + "reference/rules-draft")
# A deriving query on which no status depends.
_OF_NO_STATUS = ("60-covers",)

_CLASSES_OF_VALUES = """CONSTRUCT { ?node a ?has }
WHERE {
  ?has owl:onProperty ?p ; owl:hasValue ?value .
  ?node ?p ?value .
}"""
_VALUES_OF_CLASSES = """CONSTRUCT { ?node ?p ?value }
WHERE {
  ?node a ?has .
  ?has owl:onProperty ?p ; owl:hasValue ?value .
}"""
_WIDER_CLASSES = """CONSTRUCT { ?node a ?wider }
WHERE {
  ?node a ?class .
  ?class rdfs:subClassOf ?wider .
}"""
_ALL_OF = """CONSTRUCT { ?node a ?all }
WHERE {
  ?all edition:needs ?one .
  ?node a ?one .
  FILTER NOT EXISTS { ?all edition:needs ?other . FILTER NOT EXISTS { ?node a ?other } }
}"""
# A group is matched first: engines that do not plan would begin with every restriction there is.
_KINDS_OF_HOLDERS = """CONSTRUCT { ?holder ?p ?value }
WHERE {
  { ?project mtg:holder ?holder . ?holder a ?kind . ?kind rdfs:subClassOf* ?has }
  ?has owl:onProperty ?p ; owl:hasValue ?value .
}"""
_CLASSES_OF_UNITS = """CONSTRUCT { ?unit a ?class }
WHERE {
  { ?unit mtg:ofProject ?project ; ?p ?value . ?has owl:hasValue ?value ; owl:onProperty ?p }
  ?has rdfs:subClassOf* ?class .
}"""
_CLASSES_OF_EVERY_UNIT = """CONSTRUCT { ?unit a ?class }
WHERE {
  ?unit mtg:ofProject ?project .
  mtg:Unit rdfs:subClassOf+ ?class .
}"""
_LEVEL = """CONSTRUCT {{ ?unit a ?class }}
WHERE {{
  {{ ?unit mtg:ofProject ?project ; a ?one . ?all edition:needs ?one ; edition:level {level} }}
  ?all rdfs:subClassOf* ?class .
  FILTER NOT EXISTS {{ ?all edition:needs ?other . FILTER NOT EXISTS {{ ?unit a ?other }} }}
}}"""


@dataclass(frozen=True)
class Step:
    """One step: its phase (close, reason or derive), its name, what it does, a CONSTRUCT without prefixes."""

    phase: str
    name: str
    label: Text
    text: str

    @property
    def name_in_file(self) -> str:
        """Return the name of the step as a rule: its phase, its name."""
        return f"{self.phase}-{self.name}"


def published_steps(phase: str) -> list[Step]:
    """Return the published queries of a phase, close or derive, in their order, without their headers."""
    return [
        Step(phase, query.name, query.title, _without_header(query.text))
        for query in queries(phase)
        if query.name not in _OF_NO_STATUS
    ]


def iterated_reasoning() -> list[Step]:
    """Return the steps of reasoning for an engine that runs them until nothing new follows."""
    texts = {
        "values-to-classes": (message("From a value to a class"), _CLASSES_OF_VALUES),
        "wider-classes": (message("From a class to a wider one"), _WIDER_CLASSES),
        "classes-to-values": (message("From a class to a value"), _VALUES_OF_CLASSES),
        "all-of": (message("From all of some classes to another"), _ALL_OF),
    }
    steps = [Step("reason", name, label, text) for name, (label, text) in texts.items()]
    return [*_chain_steps(""), *steps]


def unrolled_reasoning(levels: int) -> list[Step]:
    """Return the steps of reasoning for an engine that runs each once, with so many levels of classes."""
    kinds = message("From the kind of a holder to its values")
    every = message("The classes of every unit")
    classes = message("The classes of a unit, by its values")
    steps = [
        Step("reason", "kinds-of-holders", kinds, _KINDS_OF_HOLDERS),
        *_chain_steps("{ BIND(?project AS ?node) } UNION { ?node mtg:ofProject ?project }\n  "),
        Step("reason", "classes-of-every-unit", every, _CLASSES_OF_EVERY_UNIT),
        Step("reason", "classes-of-units", classes, _CLASSES_OF_UNITS),
    ]
    for level in range(1, levels + 1):
        label = message("The classes of a unit, by its classes: level {level}", level=level)
        steps.append(Step("reason", f"level-{level}", label, _LEVEL.format(level=level)))
    return steps


def _chain_steps(nodes: str) -> Iterator[Step]:
    """Yield the step of each property chain; the pattern `nodes` says of what, of everything without."""
    for n, (prop, path) in enumerate(_chains(), 1):
        label = message("From a chain of properties to {name}", name=slug(str(prop)))
        way = "/".join(p.n3() for p in path)
        text = (
            f"CONSTRUCT {{ ?node {prop.n3()} ?value }}\nWHERE {{\n  {nodes}?node {way} ?value .\n}}"
        )
        yield Step("reason", f"chain-{n}-{slug(str(prop))}", label, text)


def _chains() -> Iterator[tuple[Node, list[Node]]]:
    """Yield each property with a chain that leads to it, after the chains to what the chain reads."""
    ontology = library.ontology()
    chains = ontology.subject_objects(OWL.propertyChainAxiom)
    pending = sorted((prop, list(Collection(ontology, items))) for prop, items in chains)
    while pending:
        ready = [
            chain
            for chain in pending
            if not any(other is not chain and other[0] in chain[1] for other in pending)
        ]
        assert ready, "property chains that read each other in a circle"
        yield from ready
        pending = [chain for chain in pending if chain not in ready]


def _without_header(text: str) -> str:
    lines = (line for line in text.splitlines() if not line.startswith(("#+", "PREFIX ")))
    return "\n".join(lines).strip()
