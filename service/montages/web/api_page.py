"""`/api`: the routes of the service as a page to read, each with a request that works (O2)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from shlex import quote
from typing import Any
from urllib.parse import urlencode

from flask import Response, current_app

from montages.bilingual import message
from montages.web.openapi_document import path_of, tags
from montages.web.pages.page_context import page_context
from montages.web.route import FREE_LANG, PAGE, ROUTES_KEY, Route, RouteParameter, Routes, answers

ROUTES = Routes("service")


@ROUTES.get(
    "/api", message("The programming interface, to be read"), FREE_LANG, answers=answers(PAGE)
)
def api() -> Response:
    """Answer the routes of the service as a page to read."""
    context, routes = page_context(), current_app.extensions[ROUTES_KEY]
    doors = api_doors(routes, context.state.base_url())
    return context.answer("api.html", tags=tags(), doors=doors, statuses=STATUSES)


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
    """One route as the page shows it: its anchor, its title, and a request to it."""

    route: Route
    anchor: str
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
            anchor = f"{route.method}{path}".replace("/", "-").translate(_SIGNS).rstrip("-")
            door = ApiDoor(route, anchor, path, request_snippet(route, base))
            doors[route.tag].append(door)
    return doors


_SIGNS = str.maketrans({"{": None, "}": None, ".": "-"})


# Of the parameters of an address, those that choose a form of the answer are left out of an example.
_FORM_PARAMETERS = frozenset(
    {"_format", "_mediatype", "_profile", "format", "lang", "page", "detail", "headings"}
)
_TOKEN = ("Authorization", "Bearer TOKEN")
_FIRST_MEDIA = ("application/json", "text/turtle", "application/sparql-results+json")


@dataclass(frozen=True)
class RequestSnippet:
    """A request: its method, its address, what it accepts, the type and text of its body, other headers."""

    method: str
    url: str
    accept: str = ""
    media: str = ""
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def curl(self) -> str:
        """Return the request as a command."""
        lines = [f"curl {quote(self.url)}"]
        if self._is_other:
            lines.append(f"-X {self.method.upper()}")
        lines += [f"-H {quote(f'{name}: {value}')}" for name, value in self.headers]
        if self.accept:
            lines.append(f"-H {quote(f'Accept: {self.accept}')}")
        if self.media:
            lines += [f"-H {quote(f'Content-Type: {self.media}')}", f"--data {quote(self.body)}"]
        return " \\\n  ".join(lines)

    @property
    def python(self) -> str:
        """Return the request in Python, by its standard library."""
        headers = dict(self.headers) | ({"Accept": self.accept} if self.accept else {})
        if self.media:
            headers["Content-Type"] = self.media
        data = f", data={self.body!r}.encode()" if self.media else ""
        sent = f", headers={headers!r}" if headers else ""
        if self._is_other:
            sent += f", method={self.method.upper()!r}"
        return (
            "from urllib.request import Request, urlopen\n\n"
            f"request = Request({self.url!r}{data}{sent})\n"
            "with urlopen(request) as answer:\n"
            "    print(answer.read().decode())\n"
        )

    @property
    def _is_other(self) -> bool:
        """Tell whether the method has to be said: GET is taken without a body, POST with one."""
        return self.method != ("post" if self.media else "get")


def request_snippet(route: Route, base: str) -> RequestSnippet:
    """Return a request to a route, of the examples that it declares."""
    path = route.path
    for parameter in route.parameters:
        if parameter.place == "path":
            for variable in (f"<{parameter.name}>", f"<path:{parameter.name}>"):
                path = path.replace(variable, str(parameter.example))
    media = _preferred_media(route.bodies)
    query = "" if media else _example_query(route.parameters)
    example = route.bodies[media][1] if media else ""
    body = example if isinstance(example, str) else json.dumps(example, ensure_ascii=False)
    accept = _preferred_media(dict.fromkeys(route.answers.get(200, {}), 0))
    headers = (_TOKEN,) if route.secured else ()
    return RequestSnippet(route.method, f"{base}{path}{query}", accept, media, body, headers)


def _example_query(parameters: Any) -> str:
    first: RouteParameter | None = next(
        (
            p
            for p in parameters
            if p.place == "query" and p.name not in _FORM_PARAMETERS and p.example is not None
        ),
        None,
    )
    return f"?{urlencode({first.name: first.example})}" if first else ""


def _preferred_media(media: Any) -> str:
    """Return the media type that a program would take, nothing where there is none."""
    return next((m for m in _FIRST_MEDIA if m in media), next(iter(media), ""))
