"""The page of the list of entries: facets, a map where there are places, and the entries (G1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from montages.bilingual import message
from montages.publish.drawing.point_map import MapPoint, point_map
from montages.publish.linked_data.formats import LISTS
from montages.web.pages.list_forms import Pages
from montages.web.pages.page_context import Link, PageContext
from montages_registry.publish.entry_facets import BY_KEY, facet_counts
from montages_registry.publish.entry_summary import EntryLine
from montages_registry.web.app_registry import publisher_names
from montages_registry.web.list_query import ListQuery

# What one asks for all entries: words that all of them have.
ANY_ENTRY = ("q", "")
_MAP = message("Where the projects are whose entries say so")
_ENTRIES = message("The projects that publishers have put into the registry")


@dataclass(frozen=True)
class FacetLink:
    """One value of a facet: its name, how many entries have it, and where asking or dropping it leads."""

    text: str
    count: int
    href: str
    is_asked: bool


def list_page(query: ListQuery, pages: Pages, context: PageContext) -> str:
    """Return the page of the entries asked for."""
    lines = query.lines
    return context.render(
        "registry_list.html",
        lines=lines[pages.start : pages.stop],
        contract_name=BY_KEY["contract"].name,
        facets=_facets(query, context),
        map=_map(lines, context),
        placed=sum(line.summary.place.point is not None for line in lines),
        pages=pages,
        query=query,
        entries=entries_link(context),
        formats=[
            (_address(context, f"/projects.{form.extension}", query.pairs()), form)
            for form in LISTS
        ],
    )


def _facets(query: ListQuery, context: PageContext) -> list[tuple[str, list[FacetLink]]]:
    facets = []
    publishers = publisher_names()
    for key, counts in facet_counts(query.named, query.asked).items():
        links = []
        for facet_value in counts:
            pair = (key, facet_value.value)
            others = [other for other in query.pairs() if other != pair]
            pairs = others if facet_value.is_asked else [*others, pair]
            name = publishers.get(facet_value.value) if key == "publisher" else None
            text = name or facet_value.label[context.lang]
            href = _address(context, "/projects", [*pairs, *([] if query.words else [ANY_ENTRY])])
            links.append(
                FacetLink(
                    text[:1].upper() + text[1:], facet_value.count, href, facet_value.is_asked
                )
            )
        facets.append((BY_KEY[key].title[context.lang], links))
    return facets


def entries_link(context: PageContext) -> Link:
    """Return the link to the list of all entries."""
    return Link(_ENTRIES[context.lang], _address(context, "/projects", [ANY_ENTRY]))


def _map(lines: Sequence[EntryLine], context: PageContext) -> Markup | None:
    points = [
        MapPoint(
            *line.summary.place.point,
            line.summary.label[context.lang],
            context.href(f"/projects/{line.slug}"),
        )
        for line in lines
        if line.summary.place.point is not None
    ]
    return point_map(_MAP[context.lang], points) if points else None


def _address(context: PageContext, path: str, pairs: Sequence[tuple[str, str]]) -> str:
    """Return an address with parameters, of which one may come several times."""
    plain, mark, chosen = context.href(path).partition("?")
    query = "&".join(filter(None, (urlencode(pairs), chosen)))
    return f"{plain}?{query}" if query or mark else plain
