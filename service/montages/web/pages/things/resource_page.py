"""The page of any IRI that the store speaks of: what is said of it, what leads to it, where to read more."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from rdflib import RDF, URIRef
from rdflib.term import Node

from montages.names import iris
from montages.publish.linked_data.formats import DATA
from montages.store.labels import foreign_labels, short
from montages.store.resource_description import ResourceDescription, ResourceSurroundings
from montages.web.app_state import current_state
from montages.web.pages.page_context import DESCRIBE, Link, PageContext
from montages.web.pages.things.render_term import facts
from montages.web.requests.request_parameters import lang

# The query that gives all that leads to a thing.
_INCOMING = "SELECT ?s ?p WHERE { ?s ?p <%s> }"


@dataclass(frozen=True)
class ResourceContext(PageContext):
    """The page of a thing of the store: links lead to the pages of what else the store speaks of."""

    around: ResourceSurroundings

    def link(self, iri: Node | str) -> Link:
        """Return a thing as its name here and its page, or its public address if nothing is said of it."""
        address = str(iri)
        things = self.state.things
        if address in things or address.partition("#")[0] in things:
            return super().link(address)
        if URIRef(address) in foreign_labels():
            return super().link(address)
        name = self.around.names.get(address)
        text = name[self.lang] if name else short(address)
        if address in self.around.described:
            return Link(text, self.href(DESCRIBE, iri=address), address)
        return Link(text, address if address.startswith("http") else None, address, external=True)


def resource_page(resource: ResourceDescription, around: ResourceSurroundings) -> str:
    """Return the page of a thing, in the reader's language."""
    context = ResourceContext(current_state(), lang(), around)
    ref, name = URIRef(resource.iri), resource.name
    incoming = [
        (context.link(by), [context.link(thing) for _, thing in pairs])
        for by, pairs in groupby(sorted(around.incoming), key=lambda pair: pair[0])
    ]
    return context.render(
        "resource.html",
        iri=resource.iri,
        name=name[context.lang] if name else short(resource.iri),
        classes=[context.link(kind) for kind in iris(resource.graph.objects(ref, RDF.type))],
        facts=facts(ref, resource.graph, context, without=frozenset({RDF.type})),
        incoming=incoming,
        more=context.href("/sparql", query=_INCOMING % resource.iri) if around.more else None,
        graphs=around.graphs,
        forms=DATA,
        url_of=lambda form: context.href(DESCRIBE, iri=resource.iri, _format=form.extension),
    )
