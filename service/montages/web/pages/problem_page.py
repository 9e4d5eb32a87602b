"""An error as a page, the page of a kind of problem, and what an address that leads nowhere may have meant.

The `type` of an error leads to its kind. What was meant is told by spelling, then by what words mean.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import current_app, request

from montages.bilingual import Text, message
from montages.names import BASE
from montages.publish.linked_data.problem_types import PROBLEM, problem_types
from montages.web.app_state import current_state
from montages.web.pages import home
from montages.web.pages.graph_node import GraphNode
from montages.web.pages.page_context import Link, page_context
from montages.web.requests.request_parameters import lang
from montages.web.route import ROUTES_KEY

# Addresses that may have been meant: how near in spelling, how many are told.
_CLOSE = 0.8  # and one letter wrong in a short name
_MOST = 3
_LONGEST = 200  # characters of an address that are looked at
# `durationMonths` and `duration-months` are the same words.
_PARTS = re.compile(r"[^\W_]+", re.UNICODE)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# Addresses that hold no page: none there, none for a reader, none any more.
_NO_PAGE = (404, 405, 410)
# What such an error tells programs only: an address, the methods that it takes.
_FOR_PROGRAMS = ("about:blank", f"{PROBLEM}unknown-thing")
# Pages that have a short name; another is called by what its route says of itself.
_PAGE_NAMES = {
    "/projet": message("My project"),
    "/contracts": message("Contracts"),
    "/seuils": message("Thresholds"),
    "/projects": message("Real projects"),
    "/data": message("Data"),
}


def problem_page(problem: dict[str, Any]) -> str:
    """Return the page of a problem: what happened, what to do, the findings if there are any.

    Where there is no page, it says so in plain words, and what to do instead: the nearest pages, the field.
    """
    context = page_context()
    kind = str(problem.get("type", ""))
    no_page = problem["status"] in _NO_PAGE and request.method in ("GET", "HEAD")
    if no_page:
        problem = {**problem, **_no_page_words(problem, kind)}
        problem.setdefault("suggestions", [o.to_json() for o in page_suggestions(request.path)])
    described = kind.startswith(BASE) and kind in context.state.things
    return context.render(
        "problem.html",
        problem=problem,
        no_page=no_page,
        again=_again(problem),
        sentences=home.SENTENCES,
        findings=problem.get("findings") or [],
        suggestions=[
            Link(one["label"], context.href(one["path"]), one["path"])
            for one in problem.get("suggestions") or ()
        ],
        # Not `page_of`, which reads the day asked for: that it is no day may be the problem.
        about=context.href(f"/{kind.removeprefix(BASE)}.html") if described else None,
    )


def _again(problem: dict[str, Any]) -> dict[str, str]:
    """Return where one tries again, and the question before, where only time was short; else nothing."""
    late = problem["status"] == 503 or problem.get("type") == f"{PROBLEM}took-too-long"
    if not late or request.method != "GET":
        return {}
    again = {"again": request.full_path.rstrip("?")}
    if before := request.args.get("before"):
        query = urlencode([*request.args.items(multi=True), ("ask", before)])
        again["before"] = f"{request.path}?{query}"
    return again


def _no_page_words(problem: dict[str, Any], kind: str) -> dict[str, str]:
    """Return the title and the detail for a reader of an address that holds no page."""
    gone = problem["status"] == 410
    title = message("This page is no longer there") if gone else message("This page does not exist")
    words = {"title": title[lang()]}
    if problem["status"] == 405:
        words["detail"] = message("This address is made for programs.")[lang()]
    elif kind in _FOR_PROGRAMS:
        words["detail"] = message("Its address may be misspelt, or have changed.")[lang()]
    return words


def problem_type_values(thing: GraphNode) -> dict[str, Any]:
    """Return what the page of a kind of problem shows."""
    kinds, context = problem_types(), thing.context
    kind = kinds[thing.iri.removeprefix(PROBLEM)]
    others = [
        Link(other.title[context.lang], context.page_of(PROBLEM + slug))
        for slug, other in kinds.items()
        if other is not kind and slug != "error"
    ]
    return {"status": kind.status, "others": others}


@dataclass(frozen=True)
class Suggestion:
    """An address of the service, and what is there."""

    path: str
    label: Text

    def to_json(self) -> dict[str, Any]:
        """Return the suggestion as the problem of an address gives it, in the reader's language."""
        url = f"{current_state().base_url()}{self.path}"
        return {"url": url, "path": self.path, "label": self.label[lang()]}


def thing_suggestions(path: str) -> list[Suggestion]:
    """Return the things that the address of a thing may have meant, those beside it first."""
    folder, _, name = path[:_LONGEST].rpartition("/")
    paths = current_state().documents.paths
    by_slug = {p.rpartition("/")[2]: p for p in paths if p.rpartition("/")[0] == folder}
    name = name.partition(".")[0]
    cutoff = min(_CLOSE, 1 - 1 / max(len(name), 2))
    spelt = difflib.get_close_matches(name, by_slug, 2, cutoff)
    folded = {slug.casefold(): slug for slug in by_slug}
    close = [BASE + by_slug[slug] for slug in (folded.get(name.casefold()), *spelt) if slug]
    return _named([*close, *_alike(name, f"{BASE}{folder}/")])


def page_suggestions(path: str) -> list[Suggestion]:
    """Return the addresses that one outside the folders of things may have meant: pages, then things."""
    name = path[:_LONGEST].strip("/").partition(".")[0]
    pages = {
        rule.rule.strip("/"): rule.rule
        for rule in current_app.url_map.iter_rules()
        if not rule.arguments and "GET" in (rule.methods or ()) and "." not in rule.rule
    }
    pages.pop("", None)
    close = difflib.get_close_matches(name, pages, 1, _CLOSE)
    listed = [Suggestion(pages[page], _page_name(pages[page])) for page in close]
    return [*listed, *_named(_alike(name.rpartition("/")[2], BASE))][:_MOST]


def _page_name(path: str) -> Text:
    """Return the name of a page of the site."""
    routes = current_app.extensions[ROUTES_KEY]
    about = next((route.summary for route in routes if route.path == path), Text(path, path))
    return _PAGE_NAMES.get(path, about)


def _alike(name: str, folder: str) -> list[str]:
    words = " ".join(_PARTS.findall(_CAMEL.sub(" ", name)))
    index = current_state().search_index
    return index.alike(words, folder, _MOST) or index.alike(words, BASE, _MOST)


def _named(iris: Iterable[str]) -> list[Suggestion]:
    labels = current_state().labels
    return [
        Suggestion("/" + iri.removeprefix(BASE), Text(*(labels.name(iri, x) for x in ("fr", "en"))))
        for iri in list(dict.fromkeys(iris))[:_MOST]
    ]


def did_you_mean(suggestions: Iterable[Suggestion]) -> Text:
    """Return the sentence that asks whether the first of some addresses was meant, empty without any."""
    best = next(iter(suggestions), None)
    if best is None:
        return Text("", "")
    fr, en = (f"{best.path} ({best.label[x]})" for x in ("fr", "en"))
    return message(" Did you mean {value}?", value=Text(fr, en))
