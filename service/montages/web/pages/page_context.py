"""What every page shares: the site, the reader's language, how things are named and linked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Response, render_template, request
from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from montages.bilingual import message
from montages.description.address.write_address import Pair, query_of
from montages.knowledge.files import library
from montages.knowledge.periods import Rules, rules_at
from montages.names import BASE, MTG
from montages.publish.text import typography
from montages.store.labels import Labels
from montages.web.app_state import AppState, current_state
from montages.web.requests.headers import in_language
from montages.web.requests.request_parameters import asked_day
from montages.web.requests.request_parameters import lang as language

# Where it is told what the store says of any IRI.
DESCRIBE = "/describe"
STATIC = library.PACKAGE / "web" / "static"
# Parts of a page whose text is left alone: elements of code, and the tags themselves.
_APART = re.compile(r"(<(script|style|pre|code|textarea)\b.*?</\2>|<[^>]*>)", re.DOTALL)
# Each begins with the space itself, which a search finds at once.
_STUCK = re.compile(r" (?:(?=[:;?!»%€](?:\s|$|[).,]))|(?<=« )|(?<=€ )(?=HT))")
_NO_BREAK = "\u00a0"


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
class PageContext:
    """One page being made, for one reader."""

    state: AppState
    lang: str

    @property
    def graph(self) -> Graph:
        """Return all that is published under today's law, the queries and kinds of problem included."""
        return self.state.documents.default

    @property
    def graphs(self) -> dict[str, Graph]:
        """Return all that is published, graph by graph."""
        return self.state.documents.graphs

    @property
    def home(self) -> Link:
        """Return the link to the home page."""
        return Link(message("Home")[self.lang], self.href("/"))

    @property
    def labels(self) -> Labels:
        """Return the names of things."""
        return self.state.labels

    @cached_property
    def day(self) -> date:
        """Return the day whose values the page gives: that of the request, else that of the site."""
        return asked_day() or self.state.dataset.day

    @cached_property
    def rules(self) -> Rules:
        """Return the rules of that day."""
        return rules_at(self.day)

    @cached_property
    def root(self) -> str:
        """Return the path under which the service answers, without a last slash."""
        return urlsplit(self.state.base_url()).path.rstrip("/")

    def href(self, path: str, **parameters: Any) -> str:
        """Return the address of a path of this service, in the language the reader chose."""
        if request.args.get("lang") in ("fr", "en"):
            parameters.setdefault("lang", self.lang)
        path, _, fragment = path.partition("#")
        query = urlencode({k: v for k, v in parameters.items() if v not in (None, "")})
        search = f"?{query}" if query else ""
        return f"{self.root}{path}{search}" + (f"#{fragment}" if fragment else "")

    def pairs_href(self, path: str, pairs: Iterable[Pair], start: str = "") -> str:
        """Return the address of a path of this service with parameters in their order, likewise.

        `start` are parameters that go first, already written.
        """
        if request.args.get("lang") in ("fr", "en"):
            pairs = [*pairs, ("lang", self.lang)]
        query = "&".join(part for part in (start, query_of(pairs)) if part)
        return f"{self.root}{path}{'?' if query else ''}{query}"

    def page_of(self, iri: str) -> str:
        """Return the address of the page of a thing of ours."""
        path, _, fragment = iri.removeprefix(BASE.rstrip("/")).partition("#")
        as_of = self.day if asked_day() else None
        return self.href(f"{path}.html" + (f"#{fragment}" if fragment else ""), as_of=as_of)

    def link(self, iri: Node | str) -> Link:
        """Return a thing as its name and its page, or its public address if it is not ours."""
        address = str(iri)
        name = self.labels.name(address, self.lang)
        if address.startswith(BASE):
            things = self.state.things
            described = address in things or address.partition("#")[0] in things
            return Link(name, self.page_of(address) if described else None, self.about(address))
        return Link(name, address if address.startswith("http") else None, address, external=True)

    def about(self, iri: str) -> str:
        """Return the definition of a term or a value, to show beside its name."""
        return self.labels.definition(iri, self.lang)

    def links(self, nodes: Iterable[Node | str]) -> list[Link]:
        """Return things as links, by name."""
        return sorted((self.link(node) for node in nodes), key=lambda link: link.key)

    def rank(self, node: Node) -> int:
        """Return the place of a thing among those of its kind, 0 where none is given."""
        order = self.graph.value(node, MTG.displayOrder)
        return int(str(order)) if order is not None else 0

    def types(self, iri: str) -> list[URIRef]:
        """Return the classes of a thing, today or in any other period."""
        for graph in (self.graph, *self.graphs.values()):
            classes = sorted(
                o for o in graph.objects(URIRef(iri), RDF.type) if isinstance(o, URIRef)
            )
            if classes:
                return classes
        return []

    def render(self, template: str, **values: Any) -> str:
        """Return a page made from a template."""
        vendor = (STATIC / "vendor" / "pico.classless.min.css").is_file()
        values.setdefault("other", self.in_language("en" if self.lang == "fr" else "fr"))
        html = render_template(
            template,
            context=self,
            lang=self.lang,
            state=self.state,
            href=self.href,
            link=self.link,
            colon=typography.colon(self.lang),
            vendor=vendor,
            htmx=(STATIC / "vendor" / "htmx.min.js").is_file(),
            canonical=self.state.base_url() + request.path,
            **values,
        )
        return no_breaks(html) if self.lang == "fr" else html

    def answer(self, template: str, **values: Any) -> Response:
        """Answer a page made from a template."""
        return html_response(self.render(template, **values))

    def in_language(self, lang: str) -> str:
        """Return the address of this page in another language."""
        others = {k: v for k, v in request.args.items() if k != "lang"}
        path = request.path if request.method in ("GET", "HEAD") else "/"
        return self.href(path, **{**others, "lang": lang})


def no_breaks(page: str) -> str:
    """Return an HTML page where no line can break before « : », « ? » and the like; code is left alone."""
    parts = _APART.split(page)
    # The split gives text, then what is apart, then its name, over and over.
    for i in range(0, len(parts), 3):
        if len(parts[i]) > 1:
            parts[i] = _STUCK.sub(_NO_BREAK, parts[i])
    for i in range(2, len(parts), 3):
        parts[i] = ""
    return "".join(parts)


def page_context() -> PageContext:
    """Return the page that the request at work asks for."""
    return PageContext(current_state(), language())


def html_response(body: str) -> Response:
    """Return a page as an answer, in the language of the request."""
    return in_language(Response(body, mimetype="text/html"))
