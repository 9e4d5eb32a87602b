"""The rulebook as SHACL 1.2 Inference Rules, a draft of W3C: three layers, the same steps, the same law.

The first layer closes a description and the last derives statuses, each rule run once, in its order; between
them the rules that reason run until nothing new follows. They are global: of all the projects of the data.
"""

from __future__ import annotations

from rdflib import RDF, RDFS, SH, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS

from montages.api import Knowledge
from montages.bilingual import message
from montages.knowledge.graphs import add_text
from montages.knowledge.periods import Rules
from montages_reference.rules_knowledge import rules_knowledge
from montages_reference.rules_steps import DRAFT, iterated_reasoning, published_steps
from montages_reference.shacl_rules import add_rule, edition_graph, edition_turtle

_TITLE = message("The rulebook as SHACL 1.2 inference rules (draft)")
_ABOUT = message(
    "A draft after a draft: written in the terms of W3C's first working draft of SHACL 1.2 Inference Rules, "
    "which may change. For use, take the edition in SHACL's Advanced Features."
)
_WRITTEN_AFTER = URIRef("https://www.w3.org/TR/2026/WD-shacl12-inference-rules-20260917/")
_OF_DRAFT = Namespace(DRAFT + "#")
# Terms of the draft that rdflib's SHACL does not know yet.
_SH = Namespace(str(SH))


def rules_draft(knowledge: Knowledge, lang: str) -> bytes:
    """Return the rules of today as inference rules of SHACL 1.2, with what they read, as Turtle."""
    return rules_draft_of(knowledge.rules(), knowledge.version)


def rules_draft_of(rules: Rules, version: str) -> bytes:
    """Return the rules of a period as inference rules of SHACL 1.2, with what they read, as Turtle."""
    graph = edition_graph(DRAFT, _TITLE, _ABOUT, rules, f"{version}-draft")
    graph.add((DRAFT, RDF.type, _SH.RulesGraph))
    graph.add((DRAFT, DCTERMS.conformsTo, _WRITTEN_AFTER))
    of_all = _OF_DRAFT.rules
    graph.add((of_all, RDF.type, _SH.RuleSet))
    add_text(graph, of_all, RDFS.label, _TITLE)
    layers = [published_steps("close"), iterated_reasoning(), published_steps("derive")]
    for layer, steps in enumerate(layers):
        for order, step in enumerate(steps, 1):
            rule = _OF_DRAFT[step.name_in_file]
            add_rule(graph, DRAFT, step, rule, step.text, order)
            graph.add((rule, _SH.layer, Literal(layer)))
            if step.phase != "reason":
                graph.add((rule, _SH.runOnce, Literal(True)))
            graph.add((of_all, _SH.hasRule, rule))
    return edition_turtle(graph, rules_knowledge(rules))
