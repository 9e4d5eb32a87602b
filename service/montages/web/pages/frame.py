"""What every page shares: the site, the reader's language, how things are named and linked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import current_app, render_template, request
from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from montages.knowledge.periods import Rules, rules_at
from montages.names import BASE, MTG
from montages.publish import words
from montages.publish.documents import documents
from montages.store.labels import Labels
from montages.web.pages.typography import no_breaks
from montages.web.parameters import lang as language
from montages.web.site import Site

STATIC = Path(__file__).resolve().parents[1] / "static"
_SHELF = "montages-pages"


@dataclass(frozen=True)
class Link:
    """A name to show, and the address it leads to; None where there is nothing to open."""

    text: str
    href: str | None
    title: str = ""
    external: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Return what links are sorted by: their text, then their address."""
        return self.text.casefold(), self.href or self.title


@dataclass(frozen=True)
class Shelf:
    """What pages look up, made once a site."""

    site: Site
    labels: Labels

    @cached_property
    def known(self) -> frozenset[str]:
        """Return every thing that has a page: what some graph describes."""
        return frozenset(BASE + path for path in documents(self.site.dataset).paths)


def shelf(site: Site) -> Shelf:
    """Return what the pages of a site look things up in."""
    kept: Shelf | None = current_app.extensions.get(_SHELF)
    if kept is None or kept.site is not site:
        kept = current_app.extensions[_SHELF] = Shelf(site, _labels(site))
    return kept


def _labels(site: Site) -> Labels:
    found = documents(site.dataset)
    return Labels(found.default, found.graphs)


@dataclass(frozen=True)
class Frame:
    """One page being made, for one reader."""

    site: Site
    lang: str

    @cached_property
    def shelf(self) -> Shelf:
        """Return what is looked up."""
        return shelf(self.site)

    @property
    def graph(self) -> Graph:
        """Return all that is published under today's law, the queries and kinds of problem included."""
        return documents(self.site.dataset).default

    @property
    def graphs(self) -> dict[str, Graph]:
        """Return all that is published, graph by graph."""
        return documents(self.site.dataset).graphs

    @property
    def labels(self) -> Labels:
        """Return the names of things."""
        return self.shelf.labels

    @cached_property
    def rules(self) -> Rules:
        """Return the rules of the day of the site."""
        return rules_at(self.site.dataset.day)

    @cached_property
    def root(self) -> str:
        """Return the path under which the service answers, without a last slash."""
        return urlsplit(self.site.base_url()).path.rstrip("/")

    def href(self, path: str, **parameters: Any) -> str:
        """Return the address of a path of this service, in the language the reader chose."""
        if request.args.get("lang") in ("fr", "en"):
            parameters.setdefault("lang", self.lang)
        path, _, fragment = path.partition("#")
        query = urlencode({k: v for k, v in parameters.items() if v not in (None, "")})
        asked = f"?{query}" if query else ""
        return f"{self.root}{path}{asked}" + (f"#{fragment}" if fragment else "")

    def page_of(self, iri: str) -> str:
        """Return the address of the page of a thing of ours."""
        path, _, fragment = iri.removeprefix(BASE.rstrip("/")).partition("#")
        return self.href(f"{path}.html" + (f"#{fragment}" if fragment else ""))

    def link(self, iri: Node | str) -> Link:
        """Return a thing as its name and its page, or its public address if it is not ours."""
        found = str(iri)
        name = self.labels.name(found, self.lang)
        if found.startswith(BASE):
            known = found in self.shelf.known or found.partition("#")[0] in self.shelf.known
            return Link(name, self.page_of(found) if known else None, self.about(found))
        return Link(name, found if found.startswith("http") else None, found, external=True)

    def about(self, iri: str) -> str:
        """Return the definition of a term or a value, to show beside its name."""
        return self.labels.definition(iri, self.lang)

    def links(self, nodes: Iterable[Node | str]) -> list[Link]:
        """Return things as links, by name."""
        found = [self.link(node) for node in nodes]
        return sorted(found, key=lambda link: link.key)

    def rank(self, node: Node) -> int:
        """Return the place of a thing among those of its kind, 0 where none is given."""
        found = self.graph.value(node, MTG.order)
        return int(str(found)) if found is not None else 0

    def types(self, iri: str) -> list[URIRef]:
        """Return the classes of a thing, today or in any other period."""
        for graph in (self.graph, *self.graphs.values()):
            found = sorted(o for o in graph.objects(URIRef(iri), RDF.type) if isinstance(o, URIRef))
            if found:
                return found
        return []

    def render(self, template: str, **values: Any) -> str:
        """Return a page made from a template."""
        vendor = (STATIC / "vendor" / "pico.classless.min.css").is_file()
        made = render_template(
            template,
            frame=self,
            lang=self.lang,
            other=self.in_language("en" if self.lang == "fr" else "fr"),
            site=self.site,
            href=self.href,
            link=self.link,
            words=words,
            colon=words.colon(self.lang),
            vendor=vendor,
            canonical=self.site.base_url() + request.path,
            **values,
        )
        return no_breaks(made) if self.lang == "fr" else made

    def in_language(self, lang: str) -> str:
        """Return the address of this page in another language."""
        kept = {k: v for k, v in request.args.items() if k != "lang"}
        path = request.path if request.method in ("GET", "HEAD") else "/"
        return self.href(path, **{**kept, "lang": lang})


def frame(site: Site) -> Frame:
    """Return the frame of the page asked for."""
    return Frame(site, language())
