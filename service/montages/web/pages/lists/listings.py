"""The lists: what each is called and holds; each at its address as a page, as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from flask import Response

from montages.bilingual import Text, message
from montages.web.pages.list_forms import LIST_ENDINGS, Pages, csv_answer, json_answer, wants_json
from montages.web.pages.lists.contracts_page import CONTRACTS, WHAT_THEY_ARE, contracts_page
from montages.web.pages.lists.layers_page import layers_page
from montages.web.pages.lists.list_items import (
    ListItem,
    contract_items,
    criterion_items,
    layer_items,
    panel_items,
    query_items,
    release_items,
    requirement_items,
    source_items,
    term_items,
)
from montages.web.pages.lists.projects_page import FILTERS, chosen_projects, projects_page
from montages.web.pages.lists.questions_page import questions_page
from montages.web.pages.page_context import PageContext, html_response, page_context
from montages.web.route import FREE_LANG, PAGE_NUMBER, RouteParameter, Routes, refused

SIZE = 50
ROUTES = Routes("pages")


@dataclass(frozen=True)
class Listing:
    """One list: its title, what it is, how its lines are found.

    `summary` is what the interface calls its address, if it has one of its own; `page` makes its page, where
    it is no plain list, and `filters` what that page may be asked for.
    """

    title: Text
    text: Text
    items: Callable[[PageContext], Sequence[ListItem]]
    summary: Text | None
    page: Callable[[PageContext], str] | None = None
    filters: Sequence[RouteParameter] = ()


LISTINGS = {
    "contracts": Listing(
        CONTRACTS,
        WHAT_THEY_ARE,
        contract_items,
        message("Contracts and other arrangements"),
        page=contracts_page,
    ),
    "criteria": Listing(
        message("Criteria"),
        message(
            "The questions on which the choice of a contract depends. Each page says what "
            "each answer changes."
        ),
        criterion_items,
        message("Criteria", context="title of a catalogue"),
        page=questions_page,
    ),
    "layers": Listing(
        message("Layers"),
        message(
            "What a connected territory is made of, from the network to the portals, and "
            "what it is for."
        ),
        layer_items,
        message("Layers", context="title of a catalogue"),
        page=layers_page,
    ),
    "requirements": Listing(
        message("Rules"),
        message("Each requirement, required or advised, with its reading and its source."),
        requirement_items,
        message("Rules", context="title of a catalogue"),
    ),
    "sources": Listing(
        message("Sources"),
        message("The statutes, rulings, guides and articles that everything rests on."),
        source_items,
        message("Sources", context="title of a catalogue"),
    ),
    "projects": Listing(
        message("Projects"),
        message("Real projects, described from public documents."),
        chosen_projects,
        message("Real projects", context="title of a catalogue"),
        page=projects_page,
        filters=FILTERS,
    ),
    "panel": Listing(
        message("Textbook cases"),
        message(
            "Everyday projects, with what a practitioner expects of each: the assessment "
            "is run again on all of them whenever the rules change."
        ),
        panel_items,
        message("Textbook cases", context="title of a catalogue"),
    ),
    "releases": Listing(
        message("Versions"),
        message(
            "The ontology, the rules and the software each have their version: terms "
            "seldom change, rules at each correction, the software at each release."
        ),
        release_items,
        message("Versions, and what changes"),
    ),
    "terms": Listing(
        message("Vocabulary"),
        message("The classes and properties that everything is written in, module by module."),
        term_items,
        message("The vocabulary"),
    ),
    "queries": Listing(
        message("Questions"),
        message("Questions ready to ask; their answers can be read as a page, as CSV or as JSON."),
        query_items,
        None,
    ),
}


def listing(name: str, context: PageContext) -> tuple[str, Pages]:
    """Return the page of a list, or one page of it when it is long, and which."""
    listed, lang = LISTINGS[name], context.lang
    if listed.page is not None:
        return listed.page(context), Pages.of(0, SIZE)
    items = listed.items(context)
    pages = Pages.of(len(items), SIZE)
    groups: dict[str, list[ListItem]] = {}
    for item in items[pages.start : pages.stop]:
        groups.setdefault(item.group, []).append(item)
    html = context.render(
        "listing.html",
        title=listed.title[lang],
        summary=listed.text[lang],
        pages=pages,
        total=len(items),
        name=name,
        groups=groups,
    )
    return html, pages


def list_of_things(name: str, ending: str = "") -> Response:
    """Answer a list as a page, one page at a time; as JSON or CSV, in one piece."""
    context = page_context()
    as_json = wants_json(ending)
    if as_json or ending == ".csv":
        items = [item.to_json() for item in LISTINGS[name].items(context)]
        title = LISTINGS[name].title[context.lang]
        return json_answer({"title": title, "items": items}) if as_json else csv_answer(items)
    html, pages = listing(name, context)
    response = html_response(html)
    for rel, number in (("prev", pages.before), ("next", pages.after)):
        if number:
            address = context.href(f"/{name}", **pages.address(number))
            response.headers.add("Link", f'<{address}>; rel="{rel}"')
    return response


for _name, _listing in LISTINGS.items():
    if _listing.summary is not None:
        ROUTES.get(
            f"/{_name}",
            _listing.summary,
            *_listing.filters,
            FREE_LANG,
            PAGE_NUMBER,
            answers=refused(400, 404),
            endings=LIST_ENDINGS,
        )(partial(list_of_things, _name))
