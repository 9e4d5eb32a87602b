"""The lists: contracts, criteria, layers, requirements, sources, projects, terms, queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from rdflib import OWL, RDF, URIRef

from montages.knowledge import queries as published
from montages.knowledge.model import Arrangement
from montages.knowledge.rulebook import rulebook
from montages.names import BASE, MTG, iris, slug
from montages.publish.words import KIND
from montages.store.parameters import declared
from montages.web.pages.frame import Frame, Link, frame
from montages.web.pages.paging import Pages
from montages.web.pages.query import TAGS
from montages.web.site import Site

SIZE = 50


@dataclass(frozen=True)
class Item:
    """One line of a list: its group, its link, what is said of it, a word beside it."""

    group: str
    link: Link
    iri: str
    says: str = ""
    aside: str = ""

    def to_json(self) -> dict[str, str]:
        """Return the line as data."""
        return {"id": self.iri, "label": self.link.text, "group": self.group, "text": self.says}


@dataclass(frozen=True)
class Listing:
    """One list: its title, what it is, and how its lines are found."""

    title: str
    says: str
    items: Callable[[Frame], Sequence[Item]]


def _item(iri: str, frame: Frame, group: str, says: str = "", aside: str = "") -> Item:
    text = says or frame.labels.definition(iri, frame.lang)
    return Item(group, frame.link(iri), iri, text, aside)


def _contracts(frame: Frame) -> list[Item]:
    found = rulebook().arrangements.values()
    groups = {"contract": _("Types de contrat")} | {k: t[frame.lang] for k, t in KIND.items()}
    kinds = list(groups)
    concrete = sorted(
        (a for a in found if not a.abstract and a.kind in groups),
        key=lambda a: (kinds.index(a.kind), a.order),
    )
    items = [_item(str(a.iri), frame, groups[a.kind]) for a in concrete]
    shared = sorted((a for a in found if a.abstract), key=lambda a: a.order)
    return items + [_item(str(a.iri), frame, _("Ce qu'ils ont en commun")) for a in shared]


def _criteria(frame: Frame) -> list[Item]:
    by_known = {
        "Asked": _("Questions posées"),
        "AskedOrDerived": _("Déduites, sinon posées"),
        "Derived": _("Toujours déduites"),
    }
    found = sorted(
        rulebook().criteria.values(), key=lambda c: (list(by_known).index(c.known), c.order)
    )
    return [_item(str(c.iri), frame, by_known[c.known], c.question[frame.lang]) for c in found]


def _layers(frame: Frame) -> list[Item]:
    graph, items = frame.graph, []
    for group in _ordered(graph.subjects(RDF.type, MTG.LayerGroup), frame):
        for layer in _ordered(graph.subjects(MTG.group, group), frame):
            items.append(_item(layer, frame, frame.labels.name(group, frame.lang)))
    usages = _ordered(graph.subjects(RDF.type, MTG.Usage), frame)
    return items + [_item(usage, frame, _("Usages")) for usage in usages]


def _ordered(nodes: Iterable[Any], frame: Frame) -> list[URIRef]:
    return sorted(iris(nodes), key=lambda n: frame.rank(n))


def _requirements(frame: Frame) -> list[Item]:
    book, lang = rulebook(), frame.lang
    latest = {r.slug: r for r in book.requirements}
    return [
        Item(
            book.arrangements[r.of].label[lang],
            Link(r.label[lang], frame.page_of(str(r.iri))),
            str(r.iri),
            r.reading[lang],
            "must" if r.hard else "may",
        )
        for r in sorted(latest.values(), key=lambda r: _place(book.arrangements[r.of]))
    ]


def _place(found: Arrangement) -> tuple[int, int, str]:
    """Order arrangements as people meet them: contracts first, then what goes around them."""
    kinds = ["contract", *KIND]
    return kinds.index(found.kind) if found.kind in kinds else 99, found.order, found.slug


def _sources(frame: Frame) -> list[Item]:
    graph = frame.graph
    documents = iris(graph.subjects(RDF.type, MTG.Document))
    clauses = iris(graph.subjects(RDF.type, MTG.Clause))
    parts = [(_("Documents"), documents), (_("Articles, décisions et passages cités"), clauses)]
    return [
        _item(iri, frame, group)
        for group, found in parts
        for iri in sorted(found, key=lambda i: frame.labels.name(i, frame.lang).casefold())
    ]


def _projects(frame: Frame) -> list[Item]:
    found = iris(frame.graph.subjects(RDF.type, MTG.Project))
    items = [_item(iri, frame, _("Projets réels")) for iri in found if iri.startswith(BASE)]
    return sorted(items, key=lambda item: item.link.text.casefold())


def _terms(frame: Frame) -> list[Item]:
    graph, items = frame.graph, []
    modules = iris(graph.subjects(RDF.type, OWL.Ontology))
    ours = [m for m in modules if "/module/compiled/" not in m and m.startswith(BASE)]
    items += [_item(m, frame, _("Modules")) for m in _by_name(ours, frame)]
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
    names = (_("Classes"), _("Propriétés"), _("Propriétés"), _("Propriétés"))
    found: dict[str, list[URIRef]] = {}
    for kind, name in zip(kinds, names, strict=True):
        mine = [t for t in iris(graph.subjects(RDF.type, kind)) if t.startswith(str(MTG))]
        found.setdefault(name, []).extend(mine)
    for name, terms in found.items():
        items += [
            _item(t, frame, name, aside=f"mtg:{slug(t)}") for t in _by_name(set(terms), frame)
        ]
    return items


def _by_name(found: Iterable[URIRef], frame: Frame) -> list[URIRef]:
    return sorted(found, key=lambda i: frame.labels.name(i, frame.lang).casefold())


def query_items(frame: Frame) -> list[Item]:
    """Return the published questions, by subject."""
    items = []
    for query in published.queries("questions"):
        tag = next((t for t in query.header.get("tags") or () if t in TAGS), "rulebook")
        group = TAGS[tag][frame.lang == "en"]
        link = Link(query.title[frame.lang], frame.href(f"/queries/{query.key}.html"))
        asks = [n for n in declared(query) if n != "lang"]
        iri, says = str(query.iri), query.description[frame.lang]
        items.append(Item(group, link, iri, says, "parameters" if asks else ""))
    order = [names[frame.lang == "en"] for names in TAGS.values()]
    return sorted(items, key=lambda item: order.index(item.group))


def listings() -> dict[str, Listing]:
    """Return the lists by path, in the reader's language."""
    return {
        "contracts": Listing(
            _("Contrats"),
            _(
                "Les types de contrat qui peuvent porter un projet, et ce qui s'y ajoute : procédure, "
                "achat à plusieurs, société dédiée."
            ),
            _contracts,
        ),
        "criteria": Listing(
            _("Critères"),
            _(
                "Les questions dont dépend le choix d'un contrat. "
                "Chaque page dit ce que change chaque réponse."
            ),
            _criteria,
        ),
        "layers": Listing(
            _("Couches"),
            _(
                "Ce dont est fait un territoire connecté, du réseau aux portails, et à quoi il sert."
            ),
            _layers,
        ),
        "requirements": Listing(
            _("Règles"),
            _("Chaque exigence, obligatoire ou conseillée, avec sa lecture et sa source."),
            _requirements,
        ),
        "sources": Listing(
            _("Sources"),
            _("Les textes, décisions, guides et articles sur lesquels tout repose."),
            _sources,
        ),
        "projects": Listing(
            _("Projets"),
            _("Des projets réels, décrits d'après des documents publics."),
            _projects,
        ),
        "terms": Listing(
            _("Vocabulaire"),
            _("Les classes et les propriétés dans lesquelles tout est écrit, module par module."),
            _terms,
        ),
        "queries": Listing(
            _("Questions"),
            _(
                "Des questions prêtes à poser à la base ; "
                "leurs réponses se lisent en page, en CSV ou en JSON."
            ),
            query_items,
        ),
    }


def listing(name: str, frame: Frame) -> str:
    """Return the page of a list, or one page of it when it is long."""
    found = listings()[name]
    items = found.items(frame)
    pages = Pages.of(len(items), SIZE)
    groups: dict[str, list[Item]] = {}
    for item in items[pages.start : pages.stop]:
        groups.setdefault(item.group, []).append(item)
    return frame.render(
        "listing.html",
        title=found.title,
        summary=found.says,
        groups=groups,
        pages=pages,
        total=len(items),
        name=name,
    )


def neighbours(name: str, frame: Frame) -> list[tuple[str, str]]:
    """Return the addresses of the page before and of the next one, with what they are to this one."""
    pages = Pages.of(len(listings()[name].items(frame)), SIZE)
    found = (("prev", pages.before), ("next", pages.after))
    return [(rel, frame.href(f"/{name}", **pages.address(n))) for rel, n in found if n]


def listing_json(name: str, frame: Frame) -> dict[str, Any]:
    """Return a list as data: every line, in one piece."""
    found = listings()[name]
    return {"title": found.title, "items": [item.to_json() for item in found.items(frame)]}


def queries(site: Site) -> str:
    """Return the page of the published questions."""
    return listing("queries", frame(site))
