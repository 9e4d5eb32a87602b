"""The rulebook as rules of SHACL's Advanced Features: a shape over projects, its rules in order, and the law.

One Turtle file for the law of a day is the shapes graph and, beside a description, the data. An engine may
run the rules once, in their order, or again and again until nothing new follows: the rules that close a
description stop once it is closed.
"""

from __future__ import annotations

import re

from rdflib import OWL, RDF, RDFS, SH, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from montages.api import Knowledge
from montages.bilingual import Text, message
from montages.knowledge.graphs import describe
from montages.knowledge.periods import Rules
from montages.names import MTG, VOCABULARIES
from montages.publish.syntax.statements import statements
from montages.publish.syntax.turtle import write_turtle
from montages_reference.rules_knowledge import levels, rules_knowledge
from montages_reference.rules_steps import EDITION, RULES, Step, published_steps, unrolled_reasoning

_TITLE = message("The rulebook as SHACL rules")
_ABOUT = message(
    "Run on the description of a project, these rules write the status of each contract, procedure, "
    "channel and vehicle, for the project (mtg:ProjectVerdict) and each of its units (mtg:UnitVerdict). "
    "No legal advice."
)
_SHAPE = EDITION.project
_PREFIXES = {name: VOCABULARIES[name] for name in ("owl", "prov", "rdf", "rdfs", "skos", "xsd")}
_PREFIXES |= {"mtg": str(MTG), "edition": str(EDITION)}
_FRAGMENT = re.compile(f"<{re.escape(EDITION)}([A-Za-z0-9-]+)>")
# What a query that binds a focus node may not hold, and what says the same.
_VALUES = re.compile(r"VALUES\s+(?:(\?\w+)|\(([^)]*)\))\s*\{([^}]*)\}")
_CLOSED = Step(
    "close",
    "closed",
    message("The description is closed"),
    "CONSTRUCT { ?project edition:closed true }\nWHERE { ?project a mtg:Project }",
)


def shacl_rules(knowledge: Knowledge, lang: str) -> bytes:
    """Return the rules of today, with what they read beside a description, as Turtle."""
    return shacl_rules_of(knowledge.rules(), knowledge.version)


def shacl_rules_of(rules: Rules, version: str) -> bytes:
    """Return the rules of a period, with what they read beside a description, as Turtle."""
    read = rules_knowledge(rules)
    reasoning = unrolled_reasoning(levels(read))
    steps = [*published_steps("close"), _CLOSED, *reasoning, *published_steps("derive")]
    graph = edition_graph(RULES, _TITLE, _ABOUT, rules, version)
    graph.add((_SHAPE, RDF.type, SH.NodeShape))
    graph.add((_SHAPE, SH.targetClass, MTG.Project))
    for order, step in enumerate(steps, 1):
        rule = EDITION[step.name_in_file]
        add_rule(graph, RULES, step, rule, text_on_a_project(step), order)
        graph.add((_SHAPE, SH.rule, rule))
    return edition_turtle(graph, read)


def edition_graph(edition: URIRef, title: Text, about: Text, rules: Rules, version: str) -> Graph:
    """Return the header of an edition: what it is, the first day of its law, its prefixes."""
    graph = Graph()
    describe(
        graph,
        edition,
        (RDF.type, OWL.Ontology),
        (DCTERMS.title, title),
        (DCTERMS.description, about),
        (MTG.validFrom, Literal(rules.period.first)),
        (OWL.versionInfo, Literal(version)),
    )
    for name, namespace in _PREFIXES.items():
        declared = EDITION[f"prefix-{name}"]
        graph.add((edition, SH.declare, declared))
        graph.add((declared, SH.prefix, Literal(name)))
        graph.add((declared, SH.namespace, Literal(namespace, datatype=XSD.anyURI)))
    return graph


def add_rule(
    graph: Graph, edition: URIRef, step: Step, rule: URIRef, text: str, order: int
) -> None:
    """Add a step as a rule that runs a CONSTRUCT."""
    describe(
        graph,
        rule,
        (RDF.type, SH.SPARQLRule),
        (RDFS.label, step.label),
        (SH.order, Literal(order)),
        (SH.prefixes, edition),
        (SH.construct, Literal(text)),
    )


def edition_turtle(rules: Graph, read: Graph) -> bytes:
    """Return rules, then what they read, as one text in Turtle."""
    parts = (write_turtle({"": statements(graph)}) for graph in (rules, read))
    text = _FRAGMENT.sub(r"edition:\1", "\n".join(parts))
    return f"@prefix edition: <{EDITION}> .\n{text}".encode()


def text_on_a_project(step: Step) -> str:
    """Return the text of a step about one project, bound as $this: of its units alone, without VALUES."""
    text = _VALUES.sub(_alternatives, step.text)
    first = "" if re.search(r"\?project\b", text) else "\n  ?unit mtg:ofProject $this ."
    if step.phase == "close":
        first += "\n  FILTER NOT EXISTS { $this edition:closed true }"
    text = re.sub(r"\?project\b", "$this", text)
    return re.sub(r"WHERE \{", lambda _: f"WHERE {{{first}", text, count=1)


def _alternatives(values: re.Match[str]) -> str:
    """Return what a block of values binds as alternatives."""
    one, several, block = values.groups()
    names = [one] if one else several.split()
    rows = re.findall(r"\(([^)]*)\)", block) if several else block.split()
    binds = (
        " ".join(f"BIND({v} AS {n})" for n, v in zip(names, row.split(), strict=True))
        for row in rows
    )
    return " UNION ".join(f"{{ {bind} }}" for bind in binds)
