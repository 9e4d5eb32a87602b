"""The pages of published projects: real ones, and the cases of the panel; where they open in the tool.

A real one: who, what, with which contract, where each fact comes from, and what is said of it today. A case:
its facts, what is expected of it, why, and who could contest it.
"""

from __future__ import annotations

from typing import Any

from rdflib import RDFS, URIRef
from rdflib.term import Node

from montages.advice.similar.precedents import precedent
from montages.assessment.assessment import Assessment
from montages.assessment.retained import RETAINING
from montages.bilingual import message
from montages.description.description import Description
from montages.knowledge.buckets import around
from montages.knowledge.files import library
from montages.knowledge.panel import panel
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, iris, slug
from montages.publish.text.signs import RETAINED_TITLES
from montages.store.panel_graph import case_in_words, expectations
from montages.web.pages.graph_node import GraphNode
from montages.web.pages.page_context import Link, PageContext
from montages.web.pages.things.render_term import Fact, RenderedTerm, render_term

_STATES = (MTG.signedOn, MTG.contractState, MTG.contractStateOn)


class ProjectPart(GraphNode):
    """A project itself, a perimeter of it or a use of a layer."""

    @property
    def name(self) -> str:
        """Return its name, that of its layer where it has none."""
        layers = self.links("layer")
        return (
            layers[0].text
            if layers and not self.context.labels.is_named(self.iri)
            else self.link.text
        )

    @property
    def retained(self) -> list[tuple[str, list[Link]]]:
        """Return what it retains, under the title of each kind."""
        kinds = (
            (title[self.context.lang], self.links(RETAINING[kind]))
            for kind, title in RETAINED_TITLES.items()
        )
        return [(title, links) for title, links in kinds if links]

    @property
    def operators(self) -> list[str]:
        """Return the names of the companies that run it."""
        operators = self.nodes("operator")
        return sorted(str(o.value(RDFS.label) or o.link.text) for o in operators)

    @property
    def state(self) -> list[Fact]:
        """Return where its contract stands, with the dates."""
        facts = ((p, self._terms(p)) for p in _STATES)
        return [Fact(self.context.link(p), tuple(values)) for p, values in facts if values]

    @property
    def answers(self) -> list[Fact]:
        """Return the answers that it gives itself, question by question."""
        facts = []
        for criterion in rulebook().criteria.values():
            values = sorted(self._terms(criterion.property), key=lambda value: value.key)
            if criterion.numeric_property is not None:
                before, after = around(criterion.unit[self.context.lang], self.context.lang)
                numbers = self._terms(criterion.numeric_property)
                values += [
                    RenderedTerm(text=f"{before}{number.text} {after}") for number in numbers
                ]
            if values:
                page = self.context.page_of(str(criterion.iri))
                facts.append(Fact(Link(criterion.label[self.context.lang], page), tuple(values)))
        return facts

    def _terms(self, predicate: URIRef) -> list[RenderedTerm]:
        objects = self.graph.objects(self.node, predicate)
        return [render_term(value, self.graph, self.context) for value in objects]


def project_values(thing: GraphNode) -> dict[str, Any]:
    """Return the parts of a project, where it opens in the tool, and what is said of it today."""
    iri, context = thing.iri, thing.context
    named = library.projects().get(slug(iri))
    return {
        **description_values(iri, context),
        "tool": tool_link(iri, context),
        "example": slug(iri) if named is not None else "",
        "today": assessed_today(context.state.knowledge.read(named), context) if named else None,
    }


def description_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return the parts of a project whose description the graph of the page holds, and what it cites."""

    def parts(predicate: URIRef) -> list[ProjectPart]:
        nodes = context.graph.objects(URIRef(iri), predicate)
        return sorted((ProjectPart(node, context) for node in nodes), key=lambda part: part.anchor)

    return {
        "whole": ProjectPart(URIRef(iri), context),
        "perimeters": parts(MTG.hasPerimeter),
        "uses": parts(MTG.hasLayerUse),
        "citations": _citations(iri, context),
    }


def assessed_today(description: Description, context: PageContext) -> Assessment:
    """Return the assessment of a project under today's law."""
    day = context.state.dataset.day
    return context.state.knowledge.assess(description, as_of=day, lang=context.lang, anyway=True)


def _citations(iri: str, context: PageContext) -> list[tuple[Link, list[tuple[str, list[str]]]]]:
    """Return the documents cited, and what each says of the project, place by place."""
    graph = context.graph
    by_document: dict[Node, list[tuple[str, list[str]]]] = {}
    mine = [s for s in graph.subjects(MTG.citation) if str(s).partition("#")[0] == iri]
    for subject in dict.fromkeys(iris(mine)):
        for citation in graph.objects(subject, MTG.citation):
            stated = sorted(
                {
                    context.labels.name(str(s), context.lang)
                    for s in graph.objects(citation, MTG.citesProperty)
                }
            )
            place = context.labels.text(citation, MTG.locator, context.lang)
            for document in graph.objects(citation, MTG.source):
                by_document.setdefault(document, []).append((place, stated))
    pairs = [(context.link(d), sorted(statements)) for d, statements in by_document.items()]
    return sorted(pairs, key=lambda pair: pair[0].key)


def panel_case_values(thing: GraphNode) -> dict[str, Any]:
    """Return a case of the panel, its facts in words, and what is expected of it."""
    iri, context = thing.iri, thing.context
    case = next(case for case in panel() if case.slug == slug(iri))
    expected: dict[str, list[tuple[Link, list[Link]]]] = {}
    for word, outcome, criteria in expectations(case):
        through = context.links(rulebook().criteria[c].iri for c in criteria)
        expected.setdefault(_EXPECTATIONS[word][context.lang], []).append(
            (context.link(outcome), through)
        )
    return {
        "tool": tool_link(iri, context),
        "case": case,
        "facts_in_words": case_in_words(case)[context.lang],
        "expected": expected,
    }


_EXPECTATIONS = {
    "first": message("First"),
    "not-first": message("Not first"),
    "nearest": message("The nearest"),
    "parts": message("For a part of the project"),
    "fits": message("Fits, with or without terms"),
    "open": message("Stays open"),
    "folded": message("Lawful, hardly suitable"),
    "to-verify": message("To verify first"),
    "closed-by-choice": message("Closed by a choice"),
    "reopens-by": message("Reopens by changing"),
    "closed": message("Closed"),
    "procedure-sufficient": message("Procedure that suffices"),
    "procedure-allowed": message("Procedure allowed"),
    "procedure-to-verify": message("Procedure to verify"),
    "procedure-closed": message("Procedure closed"),
    "without-procedure": message("Without an award procedure"),
    "due": message("Duties"),
    "not-due": message("No duty"),
    "attention": message("Points of attention"),
    "avoid": message("Not to do"),
    "not-called-for": message("Not called for"),
    "bodies": message("Bodies called upon"),
    "prohibited-by": message("Forbidden by"),
    "channel": message("Bought through"),
}


def tool_link(iri: str, context: PageContext) -> str:
    """Return where a published project opens in the tool, the empty text for what is none."""
    project = precedent(iri)
    if project is None:
        return ""
    path, _, lang = context.href("/projet").partition("?")
    return "&".join(filter(None, (f"{path}?{project.query}", "view=result", lang)))
