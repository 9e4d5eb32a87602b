"""The lists: what each is called and holds, as a page or as data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from montages.bilingual import message
from montages.web.pages.list_forms import Pages
from montages.web.pages.lists.list_items import (
    Item,
    contract_items,
    criterion_items,
    layer_items,
    panel_items,
    project_items,
    query_items,
    release_items,
    requirement_items,
    source_items,
    term_items,
)
from montages.web.pages.page_context import PageContext
from montages.web.requests.request_parameters import lang

SIZE = 50


@dataclass(frozen=True)
class Listing:
    """One list: its title, what it is, how its lines are found; the group its title counts, if not all."""

    title: str
    text: str
    items: Callable[[PageContext], Sequence[Item]]
    counted: str = ""


def listings() -> dict[str, Listing]:
    """Return the lists by path, in the reader's language."""
    return {
        "contracts": Listing(
            message("Contracts")[lang()],
            message(
                "The contract types that can carry a project, and what goes with them: "
                "procedure, buying together, dedicated company."
            )[lang()],
            contract_items,
            message("Contract types")[lang()],
        ),
        "criteria": Listing(
            message("Criteria")[lang()],
            message(
                "The questions on which the choice of a contract depends. Each page says what "
                "each answer changes."
            )[lang()],
            criterion_items,
        ),
        "layers": Listing(
            message("Layers")[lang()],
            message(
                "What a connected territory is made of, from the network to the portals, and "
                "what it is for."
            )[lang()],
            layer_items,
        ),
        "requirements": Listing(
            message("Rules")[lang()],
            message("Each requirement, required or advised, with its reading and its source.")[
                lang()
            ],
            requirement_items,
        ),
        "sources": Listing(
            message("Sources")[lang()],
            message("The statutes, rulings, guides and articles that everything rests on.")[lang()],
            source_items,
        ),
        "projects": Listing(
            message("Projects")[lang()],
            message("Real projects, described from public documents.")[lang()],
            project_items,
        ),
        "panel": Listing(
            message("Textbook cases")[lang()],
            message(
                "Everyday projects, with what a practitioner expects of each: the assessment "
                "is run again on all of them whenever the rules change."
            )[lang()],
            panel_items,
        ),
        "releases": Listing(
            message("Versions")[lang()],
            message(
                "The ontology, the rules and the software each have their version: terms "
                "seldom change, rules at each correction, the software at each release."
            )[lang()],
            release_items,
        ),
        "terms": Listing(
            message("Vocabulary")[lang()],
            message("The classes and properties that everything is written in, module by module.")[
                lang()
            ],
            term_items,
        ),
        "queries": Listing(
            message("Questions")[lang()],
            message(
                "Questions ready to ask; their answers can be read as a page, as CSV or as JSON."
            )[lang()],
            query_items,
        ),
    }


def listing(name: str, context: PageContext) -> str:
    """Return the page of a list, or one page of it when it is long."""
    listed = listings()[name]
    items = listed.items(context)
    pages = Pages.of(len(items), SIZE)
    groups: dict[str, list[Item]] = {}
    for item in items[pages.start : pages.stop]:
        groups.setdefault(item.group, []).append(item)
    return context.render(
        "listing.html",
        title=listed.title,
        summary=listed.text,
        groups=groups,
        pages=pages,
        total=sum(not listed.counted or item.group == listed.counted for item in items),
        name=name,
    )


def neighbours(name: str, context: PageContext) -> list[tuple[str, str]]:
    """Return the addresses of the page before and of the next one, with what they are to this one."""
    pages = Pages.of(len(listings()[name].items(context)), SIZE)
    around = (("prev", pages.before), ("next", pages.after))
    return [(rel, context.href(f"/{name}", **pages.address(n))) for rel, n in around if n]


def listing_json(name: str, context: PageContext) -> dict[str, Any]:
    """Return a list as data: every line, in one piece."""
    listed = listings()[name]
    return {"title": listed.title, "items": [item.to_json() for item in listed.items(context)]}
