"""The page of a namespace: all that stands under it, by kind, each with an anchor of its own name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rdflib import OWL, RDF, SKOS, URIRef

from montages.bilingual import message
from montages.knowledge.files import library
from montages.knowledge.rulebook import rulebook
from montages.names import BASE, COMPILED_RULES, MODULE, slug
from montages.publish.linked_data.documents import documents
from montages.publish.linked_data.formats import DATA
from montages.publish.linked_data.namespace_index import DEFINITIONS, NamespaceIndex, members
from montages.web.pages.graph_node import GraphNode
from montages.web.pages.list_forms import Pages
from montages.web.pages.lists.list_items import place
from montages.web.pages.page_context import Link, PageContext

_SIZE = 250
_KINDS = {
    OWL.Class: message("Classes"),
    OWL.ObjectProperty: message("Properties leading to a thing"),
    OWL.DatatypeProperty: message("Properties leading to a value"),
    OWL.AnnotationProperty: message("Annotations"),
}
_INDIVIDUALS = message("Individuals")
_FOLDERS = {
    "ontology": message("Ontology"),
    "data": message("Data"),
    "shapes": message("Shapes", context="what descriptions are checked by"),
}
_COMPILED = message("Compiled rules, by period")
_OTHERS = message("Others")


@dataclass(frozen=True)
class IndexGroup:
    """The entries of one kind that a page shows, how many there are in all, the page where they begin."""

    title: str
    entries: Sequence[GraphNode]
    count: int
    page: int


def namespace_page(index: NamespaceIndex, context: PageContext) -> str:
    """Return the page of a namespace, or one page of it when it is long."""
    published = documents(context.state.dataset)
    grouped = _grouped(index, members(published, index), context)
    total = sum(len(iris) for iris in grouped.values())
    size = total if index is DEFINITIONS else _SIZE
    pages = Pages.of(total, size)
    groups, start = [], 0
    for title, iris in grouped.items():
        page_iris = iris[max(0, pages.start - start) : max(0, pages.stop - start)]
        entries = [GraphNode(URIRef(iri), context) for iri in page_iris]
        groups.append(IndexGroup(title, entries, len(iris), start // size + 1))
        start += len(iris)
    return context.render(
        "namespace.html",
        index=index,
        crumbs=[context.home, Link(message("Vocabulary")[context.lang], context.href("/terms"))],
        groups=groups,
        pages=pages,
        total=total,
        forms=DATA,
        url_of=lambda form: f"{context.root}/{index.folder}.{form.extension}",
    )


def _grouped(
    index: NamespaceIndex, iris: Sequence[str], context: PageContext
) -> dict[str, list[str]]:
    """Return IRIs, sorted by name, by the title of their group, in the order of the groups."""
    grouped: dict[str, list[str]] = {}
    for title, group in _GROUPS[index.folder](iris, context):
        if group:
            grouped.setdefault(title, []).extend(
                sorted(group, key=lambda i: (context.labels.name(i, context.lang).casefold(), i))
            )
    return grouped


Groups = Iterator[tuple[str, list[str]]]


def _terms(iris: Sequence[str], context: PageContext) -> Groups:
    """Yield terms by the kind that OWL gives them, then the individuals that terms name."""
    left = list(iris)
    for kind, title in _KINDS.items():
        own = {str(term) for term in context.graph.subjects(RDF.type, kind)}
        yield title[context.lang], [iri for iri in left if iri in own]
        left = [iri for iri in left if iri not in own]
    yield _INDIVIDUALS[context.lang], left


def _modules(iris: Sequence[str], context: PageContext) -> Groups:
    """Yield modules by the folder of their file, then those that are made of others."""
    left = list(iris)
    for folder, title in _FOLDERS.items():
        own = {str(MODULE[path.stem]) for path in library.files(folder)}
        own |= {f"{MODULE}{folder}-{path.stem}" for path in library.files(folder)}
        yield title[context.lang], [iri for iri in left if iri in own]
        left = [iri for iri in left if iri not in own]
    made = [iri for iri in left if iri.startswith(COMPILED_RULES)]
    yield _COMPILED[context.lang], made
    yield _OTHERS[context.lang], [iri for iri in left if iri not in made]


def _things(iris: Sequence[str], context: PageContext) -> Groups:
    """Yield things by their folder, each called as the class that most of them have."""
    folders: dict[str, list[str]] = {}
    for iri in iris:
        folders.setdefault(iri.removeprefix(BASE).split("/")[1], []).append(iri)
    titles = {folder: _title(group, context) for folder, group in folders.items()}
    for folder in sorted(folders, key=lambda name: (titles[name].casefold(), name)):
        yield f"{titles[folder]} (id/{folder}/)", folders[folder]


def _title(group: Sequence[str], context: PageContext) -> str:
    """Return what the things of a folder are, in a word: their list, else their most common class."""
    kinds = Counter(kind for iri in group for kind in context.graph.objects(URIRef(iri), RDF.type))
    specific = [kind for kind in kinds if str(kind).startswith(BASE)] or list(kinds)
    scheme = Counter(s for iri in group for s in context.graph.objects(URIRef(iri), SKOS.inScheme))
    if not specific or str(specific[0]) == str(SKOS.Concept):
        specific = list(scheme) or specific
    chosen = max(specific, key=lambda node: (kinds[node] + scheme[node], str(node)), default=None)
    text = context.labels.name(str(chosen), context.lang) if chosen else _OTHERS[context.lang]
    return text[:1].upper() + text[1:]


def _shapes(iris: Sequence[str], context: PageContext) -> Groups:
    """Yield shapes by what they check: the first part of their name."""
    checked: dict[str, list[str]] = {}
    for iri in iris:
        checked.setdefault(slug(iri).partition("-")[0], []).append(iri)
    yield from sorted(checked.items())


def _requirements(iris: Sequence[str], context: PageContext) -> Groups:
    """Yield requirements by arrangement, in the order in which people meet these."""
    book = rulebook()
    owners = {
        f"{BASE}requirement/{r.slug}": book.arrangements[r.arrangement] for r in book.requirements
    }
    ordered = sorted({owner.slug: owner for owner in owners.values()}.values(), key=place)
    for owner in ordered:
        yield owner.label[context.lang], [iri for iri in iris if owners.get(iri) is owner]
    yield _OTHERS[context.lang], [iri for iri in iris if iri not in owners]


_GROUPS: dict[str, Callable[[Sequence[str], PageContext], Groups]] = {
    "def": _terms,
    "module": _modules,
    "id": _things,
    "shape": _shapes,
    "requirement": _requirements,
}
