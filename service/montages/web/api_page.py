"""`/api` and a page an operation: the routes of the service to be read, with requests that work (O2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Response, current_app

from montages.bilingual import message
from montages.knowledge.did_you_mean import unknown_name
from montages.web.api_examples import EXAMPLES, example_answer
from montages.web.app_state import current_state
from montages.web.openapi_document import path_of, tags
from montages.web.pages.page_context import page_context
from montages.web.request_snippet import RequestSnippet, request_snippet
from montages.web.route import FREE_LANG, PAGE, ROUTES_KEY, Route, Routes, answers, path_parameter

ROUTES = Routes("service")


@ROUTES.get(
    "/api", message("The programming interface, to be read"), FREE_LANG, answers=answers(PAGE)
)
def api() -> Response:
    """Answer the page of the interface: five calls with their answers, then every operation by its name."""
    context, base = page_context(), current_state().base_url()
    calls = [
        (
            example.title,
            example.snippet(context.lang, base),
            example_answer(example, context.lang, base),
        )
        for example in EXAMPLES
    ]
    return context.answer("api.html", tags=tags(), doors=api_doors(_routes(), base), calls=calls)


@ROUTES.get(
    "/api/<operation>",
    message("One operation: what it takes, what it answers, requests to copy"),
    path_parameter("operation", message("method and path, with dashes"), "post-assess"),
    FREE_LANG,
    answers=answers(PAGE, 404),
)
def api_operation(operation: str) -> Response:
    """Answer the page of an operation; raises UnknownName."""
    context = page_context()
    doors = {
        door.name: door
        for of_tag in api_doors(_routes(), context.state.base_url()).values()
        for door in of_tag
    }
    if operation not in doors:
        raise unknown_name(message("operation"), operation, doors)
    return context.answer("api_operation.html", it=doors[operation], tags=tags(), statuses=STATUSES)


def _routes() -> Iterable[Route]:
    routes: Iterable[Route] = current_app.extensions[ROUTES_KEY]
    return routes


# What each status means here, in a few words.
STATUSES = {
    200: message("the answer"),
    201: message("created"),
    206: message("the part asked for"),
    302: message("the same, at its own address"),
    303: message("the thing is read at another address"),
    304: message("the client has the answer already"),
    308: message("the address has another form"),
    400: message("the request cannot be read"),
    401: message("a token is needed"),
    403: message("not allowed: by this token, or to fetch from there"),
    404: message("nothing there, or an unknown name"),
    405: message("the method is not allowed"),
    406: message("no form that the client accepts"),
    409: message("the state of the entry stands against it"),
    410: message("withdrawn or erased; the history stays"),
    412: message("not the version of the condition"),
    413: message("too large"),
    414: message("address too long"),
    415: message("unknown type of body"),
    416: message("no such part"),
    422: message("read, but not conforming"),
    428: message("say which version to replace"),
    429: message("too many requests in a short time"),
    451: message("erased because the law asks for it"),
    500: message("a fault on our side"),
    501: message("a form that this service does not know yet"),
    502: message("the other server does not answer well"),
    503: message("busy, or too slow: send it later"),
    507: message("out of memory, of rows or of disk"),
}


@dataclass(frozen=True)
class ApiDoor:
    """One route as its page shows it: its name in addresses, its path, and a request to it."""

    route: Route
    name: str
    path: str
    snippet: RequestSnippet

    @property
    def successes(self) -> list[tuple[int, list[str]]]:
        """Return the answers that are none of faults, each with its media types."""
        return [(s, list(m)) for s, m in sorted(self.route.answers.items()) if s < 400]

    @property
    def faults(self) -> list[int]:
        """Return the statuses of faults."""
        return [status for status in sorted(self.route.answers) if status >= 400]


def api_doors(routes: Iterable[Route], base: str) -> dict[str, list[ApiDoor]]:
    """Return the routes that have a handler of their own, by tag, those of one path together."""
    doors: dict[str, list[ApiDoor]] = {tag: [] for tag in tags()}
    for route in sorted(routes, key=lambda o: (o.path, o.method)):
        if route.handler is not None:
            path = path_of(route.path)
            name = f"{route.method}{path}".replace("/", "-").translate(_SIGNS).rstrip("-")
            door = ApiDoor(route, name, path, request_snippet(route, base))
            doors[route.tag].append(door)
    return doors


_SIGNS = str.maketrans({"{": None, "}": None, ".": "-"})
