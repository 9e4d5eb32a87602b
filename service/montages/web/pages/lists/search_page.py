"""The search page, and the same as JSON: what is published, and what guests publish.

A phrase that speaks of a project is offered to the tool, one that names an amount to the thresholds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import Response, request
from markupsafe import Markup, escape

from montages.bilingual import message
from montages.description.address.address_answers import answer_summary
from montages.description.address.project_address import ProjectAddress
from montages.description.reader import read_sentence
from montages.description.reader.sentence_project import SENTENCE, sentence_project
from montages.knowledge.thing_labels import plain_form
from montages.names import BASE
from montages.publish.text import typography
from montages.store.search_index import Hits, SearchHit
from montages.web.pages.list_forms import PAGE_OR_JSON, Pages, json_answer, wants_json
from montages.web.pages.page_context import Link, PageContext, page_context
from montages.web.route import FREE_LANG, PAGE_NUMBER, RouteParameter, Routes, refused
from montages.web.service_part import ServiceThing

SIZE = 20
ROUTES = Routes("pages")
# What the timeline of thresholds is about; whoever finds one of these first may look for an amount.
_OF_AMOUNTS = frozenset({"procedure", "threshold"})
_WORD = re.compile(r"\w+", re.UNICODE)
# A phrase speaks of a project where it names one of these.
_PARTS = frozenset({"holder", "usages", "layers"})


@dataclass(frozen=True)
class ProjectOffer:
    """A project that a phrase speaks of: what was understood, in words, and where the tool goes on."""

    href: str
    says: tuple[str, ...]


_KINDS = {
    "contract": message("Contracts"),
    "criterion": message("Criteria"),
    "layer": message("Layers"),
    "usage": message("Usages"),
    "procedure": message("Procedures"),
    "channel": message("Buying together"),
    "vehicle": message("Dedicated companies"),
    "activity": message("Activities"),
    "requirement": message("Rules"),
    "attention": message("Points of attention"),
    "threshold": message("Thresholds"),
    "source": message("Sources"),
    "sheet": message("InfraNum sheet"),
    "matrix": message("Ways of running"),
    "project": message("Projects"),
    "panel": message("Textbook cases"),
    "query": message("Questions"),
    "value": message("Values"),
    "scheme": message("Lists"),
    "term": message("Vocabulary"),
    "module": message("Modules"),
    "shape": message("Shapes"),
}


def kind_names(context: PageContext) -> dict[str, str]:
    """Return the kinds of things that can be found, in the reader's language."""
    parts = {part.kind: part.kind_name for part in context.state.parts}
    return {kind: name[context.lang] for kind, name in {**_KINDS, **parts}.items()}


def _matches(context: PageContext) -> dict[str, Any]:
    q, kind = request.args.get("q", "")[:200], request.args.get("type", "")
    search = JointSearch(context, q, kind)
    pages = Pages.of(search.total, SIZE)
    hits, links = search.page(pages.start, SIZE)
    offer = _offer(q, hits, context) if not kind and pages.number == 1 else None
    return {
        "q": q,
        "kind": kind,
        "hits": hits,
        "entries": list(zip(links, hits.hits, strict=True)),
        "pages": pages,
        "offer": offer,
        "thresholds": _thresholds(q, hits, context) if not kind and pages.number == 1 else "",
    }


def _thresholds(q: str, hits: Hits, context: PageContext) -> str:
    """Return where the timeline of thresholds shows the amount of a phrase; empty where that is no matter."""
    if not any(hit.kind in _OF_AMOUNTS for hit in hits.hits[:1]):
        return ""
    amount = read_sentence(q).facts.get("estimated-value")
    return context.href("/seuils", **({} if amount is None else {"estimated-value": str(amount)}))


def _offer(q: str, hits: Hits, context: PageContext) -> ProjectOffer | None:
    """Return the project that a phrase speaks of, its misspelt words mended; None where it speaks of none."""
    sentence = _WORD.sub(lambda word: hits.mended.get(plain_form(word[0]), word[0]), q)
    reading = read_sentence(sentence)
    if reading.tree.keys().isdisjoint(_PARTS):
        return None
    lang = context.lang
    says = tuple(
        f"{line.label[lang]}{typography.colon(lang)} {line.answer[lang]}"
        for line in answer_summary(ProjectAddress(sentence_project(reading)))
    )
    return ProjectOffer(context.href("/projet", **{SENTENCE: sentence}), says)


@ROUTES.get(
    "/search",
    message("Search labels and definitions"),
    RouteParameter("q", message("words looked for"), example="mpgp"),
    RouteParameter("type", message("kind of thing"), example="contract"),
    PAGE_NUMBER,
    FREE_LANG,
    answers=refused(400, 404),
    endings=PAGE_OR_JSON,
)
def search(ending: str = "") -> Response:
    """Answer the things whose texts hold the words looked for, as a page or as JSON."""
    context = page_context()
    matches, names = _matches(context), kind_names(context)
    if wants_json(ending):
        return json_answer(_as_data(matches, names))
    rows = [(link, names[hit.kind], marked(hit)) for link, hit in matches["entries"]]
    return context.answer("search.html", rows=rows, names=names, **matches)


def _as_data(matches: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    offer: ProjectOffer | None = matches["offer"]
    pages = matches["pages"]
    return {
        "query": matches["q"],
        "total": matches["hits"].total,
        "kinds": matches["hits"].kinds,
        "read_as": matches["hits"].mended,
        "project": {"page": offer.href, "says": list(offer.says)} if offer else None,
        "thresholds": matches["thresholds"] or None,
        "page": pages.number,
        "pages": pages.count,
        "results": [
            {
                "id": hit.iri,
                "type": hit.kind,
                "type_label": names[hit.kind],
                "label": link.text,
                "excerpt": re.sub("[‹›]", "", hit.excerpt),
                "page": link.href,
            }
            for link, hit in matches["entries"]
        ],
    }


def marked(hit: SearchHit) -> Markup:
    """Return an excerpt with the words that match marked."""
    text = str(escape(hit.excerpt)).replace("‹", "<mark>").replace("›", "</mark>")
    return Markup(text)  # noqa: S704  # escaped above; only our own marks are added


@dataclass(frozen=True)
class JointSearch:
    """A phrase looked for, in one kind or in all; what guests publish is asked once.

    A word that only they have is not read as another.
    """

    context: PageContext
    text: str
    kind: str

    @property
    def total(self) -> int:
        """Return how many things fit."""
        return self._own(0, 0).total + len(self._beside)

    def page(self, start: int, number: int) -> tuple[Hits, tuple[Link, ...]]:
        """Return some of the things that fit, best first, those of guests last; and their links."""
        own = self._own(start, number)
        kinds = own.kinds | {kind: len(links) for kind, links in self._of_parts.items() if links}
        begin = max(0, start - own.total)
        beside = self._beside[begin : begin + number - len(own.hits)]
        hits = (*own.hits, *(SearchHit(thing.iri, kind, "") for kind, thing in beside))
        own_links = (self.context.link(hit.iri) for hit in own.hits)
        links = (*own_links, *(self._link(thing) for _, thing in beside))
        return Hits(hits, own.total + len(self._beside), kinds, own.mended), links

    def _own(self, start: int, number: int) -> Hits:
        index = self.context.state.search_index
        own = index.find(self.text, self.context.lang, self.kind, start, number)
        found_beside = any(self._of_parts.values())
        return Hits((), 0, {}, {}) if found_beside and own.mended else own

    @cached_property
    def _of_parts(self) -> dict[str, list[ServiceThing]]:
        """Return what is found in the parts of the service, by kind."""
        if not self.text.strip():
            return {}
        parts, lang = self.context.state.parts, self.context.lang
        return {part.kind: list(part.find(self.text, lang)) for part in parts}

    @property
    def _beside(self) -> list[tuple[str, ServiceThing]]:
        kinds = [kind for kind in self._of_parts if self.kind in ("", kind)]
        return [(kind, thing) for kind in kinds for thing in self._of_parts[kind]]

    def _link(self, thing: ServiceThing) -> Link:
        href = self.context.href(thing.iri.removeprefix(BASE.rstrip("/")))
        return Link(thing.name, href, thing.iri)
