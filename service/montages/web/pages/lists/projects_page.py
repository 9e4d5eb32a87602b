"""The page of the real projects: a card each, newest first, by use, contract and size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from flask import request
from rdflib import RDF, URIRef
from rdflib.term import Node

from montages.assessment.retained import RETAINING
from montages.bilingual import Text, message
from montages.knowledge.buckets import measured_in, spaced
from montages.knowledge.rulebook import rulebook
from montages.names import BASE, MTG, iris, slug
from montages.web.pages.lists.list_items import ListItem, project_items
from montages.web.pages.page_context import Link, PageContext
from montages.web.requests.request_parameters import one_of
from montages.web.route import RouteParameter

# What a project is worth, excluding tax: its key in an address, its name, from how much and below how much.
_SIZES: tuple[tuple[str, Text, int, int | None], ...] = (
    ("small", message("under €1M"), 0, 10**6),
    ("middle", message("from €1M to €20M"), 10**6, 2 * 10**7),
    ("large", message("€20M and more"), 2 * 10**7, None),
)
FILTERS = (
    RouteParameter("usage", message("usage of the project"), example="street-lighting"),
    RouteParameter("contract", message("contract of the project"), example="mpgp"),
    RouteParameter(
        "size", message("size of the project"), {"enum": [key for key, *_ in _SIZES]}, "large"
    ),
)


@dataclass(frozen=True)
class ProjectCard:
    """What is told of a real project at first sight; what its sources do not state is left out."""

    link: Link
    holder: str
    usages: tuple[Link, ...]
    contracts: tuple[Link, ...]
    amount: Decimal | None
    year: str
    months: int | None

    def words(self, lang: str) -> str:
        """Return the amount, the year and the duration in a line."""
        parts = (
            [measured_in(lang, self.amount, "€ HT" if lang == "fr" else "€")] if self.amount else []
        )
        if self.year:
            parts.append(message("signed in {year}", year=self.year)[lang])
        if self.months:
            years = round(Decimal(self.months) / 12, 1).normalize()
            one = message("1 year") if years == 1 else None
            parts.append((one or message("{years} years", years=spaced(years, lang)))[lang])
        return " · ".join(parts)

    def answers(self, asked: Mapping[str, str]) -> bool:
        """Tell whether it is among the projects of a usage, a contract and a size, "" for any."""
        return (
            asked["usage"] in ("", *(slug(link.title) for link in self.usages))
            and asked["contract"] in ("", *(slug(link.title) for link in self.contracts))
            and asked["size"] in ("", self.size)
        )

    @property
    def size(self) -> str:
        """Return the key of its size, empty where no amount is stated."""
        for key, _, least, most in _SIZES:
            if (
                self.amount is not None
                and least <= self.amount
                and (most is None or self.amount < most)
            ):
                return key
        return ""


def projects_page(context: PageContext, others: Link | None = None) -> str:
    """Return the page, with the projects that the filters of the request leave.

    `others` leads to other projects, whose data then stand at the address of this page.
    """
    cards, asked = _all_cards(context), _asked()
    return context.render(
        "projects.html",
        title=message("Real projects")[context.lang],
        cards=[card for card in cards if card.answers(asked)],
        others=others,
        asked=asked,
        choices={
            "usage": _choices(link for card in cards for link in card.usages),
            "contract": _choices(link for card in cards for link in card.contracts),
            "size": [(key, name[context.lang]) for key, name, *_ in _SIZES],
        },
    )


def chosen_projects(context: PageContext) -> list[ListItem]:
    """Return the real projects that the filters of the request leave, by name."""
    asked = _asked()
    chosen = {card.link.title for card in _all_cards(context) if card.answers(asked)}
    return [item for item in project_items(context) if item.iri in chosen]


def _asked() -> dict[str, str]:
    """Return what the filters of the request ask for, "" for all; raises for a size that is none."""
    asked = {one.name: request.args.get(one.name, "") for one in FILTERS}
    if asked["size"]:
        one_of("size", asked["size"], tuple(key for key, *_ in _SIZES))
    return asked


def _all_cards(context: PageContext) -> list[ProjectCard]:
    """Return all cards, the newest first."""
    by_name = sorted(_cards(context), key=lambda card: card.link.text.casefold())
    return sorted(by_name, key=lambda card: card.year, reverse=True)


def _choices(links: Iterator[Link]) -> list[tuple[str, str]]:
    """Return what may be chosen, by name: its key, its name."""
    return sorted(
        {(slug(link.title), link.text) for link in links}, key=lambda pair: pair[1].casefold()
    )


def _cards(context: PageContext) -> Iterator[ProjectCard]:
    graph = context.graph
    value_of = rulebook().criteria["estimated-value"].numeric_property
    for iri in iris(graph.subjects(RDF.type, MTG.Project)):
        if not iri.startswith(BASE):
            continue
        parts: list[Node] = [
            URIRef(iri),
            *graph.objects(iri, MTG.hasPerimeter),
            *graph.objects(iri, MTG.hasLayerUse),
        ]

        def values(*predicates: URIRef, parts: list[Node] = parts) -> list[Node]:
            return list(
                dict.fromkeys(o for p in parts for q in predicates for o in graph.objects(p, q))
            )

        amounts = [Decimal(str(amount)) for amount in values(value_of)] if value_of else []
        months = [int(str(number)) for number in values(MTG.durationMonths)]
        signed = sorted(str(day)[:4] for day in values(MTG.signedOn))
        holders = values(MTG.holder)
        yield ProjectCard(
            context.link(iri),
            ", ".join(sorted(context.labels.name(str(one), context.lang) for one in holders)),
            tuple(_link(usage, context) for usage in values(MTG.usage)),
            tuple(_link(one, context) for one in values(*RETAINING.values())),
            max(amounts, default=None),
            signed[-1] if signed else "",
            max(months, default=None),
        )


def _link(iri: Node, context: PageContext) -> Link:
    """Return a thing by its name; the title is its IRI, from which its key in an address is read."""
    link = context.link(iri)
    return Link(link.text, link.href, str(iri))
