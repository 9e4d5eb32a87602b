"""The lines of each list: what stands on it, in which groups and order, with what is said of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rdflib import OWL, RDF, URIRef
from rdflib.namespace import DCTERMS

from montages.bilingual import message
from montages.knowledge.files import published_queries as published
from montages.knowledge.model import Arrangement
from montages.knowledge.panel import panel
from montages.knowledge.rulebook import rulebook
from montages.names import BASE, COMPILED_RULES, MODULE, MTG, iris, slug
from montages.publish.text.signs import KIND_TITLES
from montages.store.questions.ask import QUESTION_TAGS, question_tag
from montages.store.questions.query_parameters import declared_parameters
from montages.web.pages.page_context import Link, PageContext

USAGES = message("Usages")


@dataclass(frozen=True)
class ListItem:
    """One line of a list: its group, its link, what is said of it, a word beside it."""

    group: str
    link: Link
    iri: str
    text: str = ""
    aside: str = ""

    def to_json(self) -> dict[str, str]:
        """Return the line as data."""
        return {"id": self.iri, "label": self.link.text, "group": self.group, "text": self.text}


def _item(iri: str, context: PageContext, group: str, text: str = "", aside: str = "") -> ListItem:
    text = text or context.labels.definition(iri, context.lang)
    return ListItem(group, context.link(iri), iri, text, aside)


def contract_items(context: PageContext) -> list[ListItem]:
    """Return the contract types and what goes around them, by kind, then what they have in common."""
    arrangements = sorted(rulebook().arrangements.values(), key=lambda a: a.order)
    groups = {"contract": message("Contract types"), **KIND_TITLES}
    by_title = [
        (title, [a for a in arrangements if not a.abstract and a.kind == kind])
        for kind, title in groups.items()
    ]
    by_title.append((message("What they have in common"), [a for a in arrangements if a.abstract]))
    return [
        _item(str(a.iri), context, title[context.lang]) for title, group in by_title for a in group
    ]


def procedure_items(context: PageContext) -> list[ListItem]:
    """Return the procedures that may award a contract, the lightest first."""
    title = message("Procedures to award a contract")[context.lang]
    arrangements = sorted(rulebook().arrangements.values(), key=lambda a: a.order)
    return [
        _item(str(a.iri), context, title)
        for a in arrangements
        if a.kind == "procedure" and not a.abstract
    ]


def criterion_items(context: PageContext) -> list[ListItem]:
    """Return the criteria by how their answers come: asked, derived or asked, derived."""
    groups = {
        "Asked": message("Questions asked")[context.lang],
        "AskedOrDerived": message("Derived, else asked")[context.lang],
        "Derived": message("Always derived")[context.lang],
    }
    criteria = sorted(
        rulebook().criteria.values(), key=lambda c: (list(groups).index(c.answer_origin), c.order)
    )
    return [
        _item(str(c.iri), context, groups[c.answer_origin], c.question[context.lang])
        for c in criteria
    ]


def layer_items(context: PageContext) -> list[ListItem]:
    """Return the layers by their group, then the usages."""
    graph, items = context.graph, []
    for group in _ordered(graph.subjects(RDF.type, MTG.LayerGroup), context):
        for layer in _ordered(graph.subjects(MTG.layerGroup, group), context):
            items.append(_item(layer, context, context.labels.name(group, context.lang)))
    usages = _ordered(graph.subjects(RDF.type, MTG.Usage), context)
    return items + [_item(usage, context, USAGES[context.lang]) for usage in usages]


def _ordered(nodes: Iterable[Any], context: PageContext) -> list[URIRef]:
    return sorted(iris(nodes), key=lambda n: context.rank(n))


def requirement_items(context: PageContext) -> list[ListItem]:
    """Return the newest version of each requirement, by the arrangement that it is of."""
    book, lang = rulebook(), context.lang
    latest = {r.slug: r for r in book.requirements}
    return [
        ListItem(
            book.arrangements[r.arrangement].label[lang],
            Link(r.label[lang], context.page_of(str(r.iri))),
            str(r.iri),
            r.reading[lang],
            r.strength,
        )
        for r in sorted(latest.values(), key=lambda r: place(book.arrangements[r.arrangement]))
    ]


def place(arrangement: Arrangement) -> tuple[int, int, str]:
    """Return the rank of an arrangement as people meet them: contracts first, then what goes around."""
    kinds = ["contract", *KIND_TITLES]
    return (
        kinds.index(arrangement.kind) if arrangement.kind in kinds else 99,
        arrangement.order,
        arrangement.slug,
    )


def source_items(context: PageContext) -> list[ListItem]:
    """Return the documents, then the passages of them that are cited."""
    graph = context.graph
    documents = iris(graph.subjects(RDF.type, MTG.Document))
    clauses = iris(graph.subjects(RDF.type, MTG.Clause))
    parts = [
        (message("Documents")[context.lang], documents),
        (message("Articles, rulings and passages cited")[context.lang], clauses),
    ]
    return [
        _item(iri, context, group) for group, members in parts for iri in _by_name(members, context)
    ]


def project_items(context: PageContext) -> list[ListItem]:
    """Return the real projects, by name."""
    projects = iris(context.graph.subjects(RDF.type, MTG.Project))
    group = message("Real projects")[context.lang]
    ours = [iri for iri in projects if iri.startswith(BASE)]
    return [_item(iri, context, group) for iri in _by_name(ours, context)]


def panel_items(context: PageContext) -> list[ListItem]:
    """Return the cases of the panel, by title."""
    return [
        ListItem(
            message("Everyday projects")[context.lang],
            context.link(case.iri),
            str(case.iri),
            case.reason[context.lang],
        )
        for case in sorted(panel(), key=lambda case: case.title[context.lang].casefold())
    ]


def release_items(context: PageContext) -> list[ListItem]:
    """Return the versions that answer here, the releases, and the changes of each by kind."""
    graph, here = context.graph, message("What answers here")[context.lang]
    items = [
        _item(iri, context, here)
        for kind in (MTG.SoftwareVersion, MTG.RulebookVersion)
        for iri in iris(graph.subjects(RDF.type, kind))
    ]
    main = MODULE["montages"]
    for version in iris(graph.objects(main, OWL.versionIRI)):
        title = message("Ontology")[context.lang] + f" {graph.value(main, OWL.versionInfo)}"
        text = context.labels.definition(str(main), context.lang)
        items.append(ListItem(here, Link(title, context.page_of(str(version))), str(version), text))
    releases = iris(graph.subjects(RDF.type, MTG.Release))
    newest = sorted(releases, key=lambda r: str(graph.value(r, DCTERMS.issued)), reverse=True)
    items += [_item(iri, context, message("Releases")[context.lang]) for iri in newest]
    for release in newest:
        name = context.labels.name(release, context.lang)
        changes = _ordered(graph.objects(release, MTG.hasChange), context)
        for kind in _ordered({graph.value(c, MTG.changeKind) for c in changes}, context):
            group = f"{name} · {context.labels.name(kind, context.lang)}"
            mine = [c for c in changes if (c, MTG.changeKind, kind) in graph]
            items += [_item(change, context, group) for change in mine]
    return items


def term_items(context: PageContext) -> list[ListItem]:
    """Return the modules, then our classes and properties, by name."""
    graph, items = context.graph, []
    modules = iris(graph.subjects(RDF.type, OWL.Ontology))
    ours = [m for m in modules if m.startswith(BASE) and not m.startswith(COMPILED_RULES)]
    items += [_item(m, context, message("Modules")[context.lang]) for m in _by_name(ours, context)]
    properties = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    for name, kinds in ((message("Classes"), (OWL.Class,)), (message("Properties"), properties)):
        terms = {t for kind in kinds for t in iris(graph.subjects(RDF.type, kind))}
        items += [
            _item(t, context, name[context.lang], aside=f"mtg:{slug(t)}")
            for t in _by_name(iris(t for t in terms if t.startswith(str(MTG))), context)
        ]
    return items


def _by_name(terms: Iterable[URIRef], context: PageContext) -> list[URIRef]:
    return sorted(terms, key=lambda i: context.labels.name(i, context.lang).casefold())


def query_items(context: PageContext) -> list[ListItem]:
    """Return the published questions, by subject."""
    items = []
    for query in published.queries("questions"):
        group = QUESTION_TAGS[question_tag(query)][context.lang]
        link = Link(query.title[context.lang], context.href(f"/queries/{query.key}.html"))
        asks = [n for n in declared_parameters(query) if n != "lang"]
        iri, text = str(query.iri), query.description[context.lang]
        items.append(ListItem(group, link, iri, text, "parameters" if asks else ""))
    order = [names[context.lang] for names in QUESTION_TAGS.values()]
    return sorted(items, key=lambda item: order.index(item.group))
