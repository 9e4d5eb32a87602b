"""A request to a route, to copy: made of the examples that it declares, as a command and in Python."""

from __future__ import annotations

import json
from dataclasses import dataclass
from shlex import quote
from typing import Any
from urllib.parse import urlencode

from montages.web.route import Route, RouteParameter

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
