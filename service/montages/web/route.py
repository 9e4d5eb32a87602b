"""A route of the service: declared once, it is registered, and OpenAPI is made from it (O2).

Each module that answers requests declares its routes beside their handlers, in `ROUTES`; this module
holds what such declarations share. Those of operations are made of their table (`operation_routes`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from flask import Response
from flask.sansio.scaffold import Scaffold

from montages.bilingual import Text, message
from montages.operations import parameter as shared
from montages.operations.parameter import DAY, FLAG, NAMES, NUMBER, Parameter
from montages.operations.parameter import TEXT as TEXT_VALUE
from montages.publish.linked_data.formats import DATA, HTML, Format

# Where an application keeps its routes, those of single questions included.
ROUTES_KEY = "montages-operations"
# For each media type of a body, the schema of what it carries.
Media = Mapping[str, Any]
TEXT: dict[str, Any] = {"type": "string"}
ANY: dict[str, Any] = {}
JSON: Media = {"application/json": {"type": "object"}}
ANY_JSON: Media = {"application/json": ANY}
PAGE: Media = {"text/html": TEXT}
PROBLEMS: Media = {
    "application/problem+json": {"$ref": "#/components/schemas/Problem"},
    "text/html": TEXT,
}
GRAPHS: Media = {form.media_type: ANY if "json" in form.media_type else TEXT for form in DATA}
DOCUMENTS: Media = {**GRAPHS, HTML.media_type: TEXT}


@dataclass(frozen=True)
class RouteParameter:
    """One parameter: where it goes, its schema, an example of it."""

    name: str
    description: Text
    schema: Mapping[str, Any] = field(default_factory=lambda: TEXT)
    example: Any = None
    place: str = "query"


Handler = TypeVar("Handler", bound=Callable[..., Response])


@dataclass(frozen=True, eq=False)
class Route:
    """One method of one path.

    `handler` answers it; None for one that documents a case of another's path. `answers` gives the
    media types of each status, `bodies` the schema and an example for each media type taken, `options` what
    else the rule of Flask is given. One that is `secured` takes the token of a publisher.
    """

    method: str
    path: str
    tag: str
    summary: Text
    handler: Callable[..., Response] | None
    parameters: Sequence[RouteParameter] = ()
    answers: Mapping[int, Media] = field(default_factory=dict)
    bodies: Mapping[str, tuple[Mapping[str, Any], Any]] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    secured: bool = False


class Routes(list[Route]):
    """The routes of a module, each declared above the function that answers it; `tag` is what they are of."""

    def __init__(self, tag: str) -> None:
        super().__init__()
        self._tag = tag

    def get(
        self,
        path: str,
        summary: Text,
        *parameters: RouteParameter,
        answers: Mapping[int, Media],
        method: str = "get",
        endings: Mapping[str, Media] | None = None,
        **more: Any,
    ) -> Callable[[Handler], Handler]:
        """Return what adds a route to those of the module; `more` are other fields of it.

        With `endings`, one route for each: see `routes_by_ending`.
        """

        def declare(handler: Handler) -> Handler:
            tag = more.pop("tag", self._tag)
            route = Route(method, path, tag, summary, handler, parameters, answers, **more)
            self.extend(routes_by_ending(route, endings) if endings else [route])
            return handler

        return declare

    def post(self, *about: Any, **more: Any) -> Callable[[Handler], Handler]:
        """Return what adds the route of a POST, likewise."""
        return self.get(*about, method="post", **more)


def register_routes(scaffold: Scaffold, routes: Iterable[Route]) -> None:
    """Give an application, or a blueprint, some routes."""
    for route in routes:
        if route.handler is not None:
            scaffold.add_url_rule(
                route.path,
                f"{route.method} {route.path}".replace(".", "-"),
                route.handler,
                methods=[route.method.upper()],
                **route.options,
            )


def routes_by_ending(
    route: Route, endings: Mapping[str, Media], bare: Sequence[RouteParameter] = ()
) -> Iterator[Route]:
    """Yield a route whose format is negotiated, then one for each ending of its path that names one.

    `endings` give the media that each path answers, that without an ending included; the handler is given the
    `ending`. `bare` are parameters of the negotiated one alone.
    """
    for ending, media in endings.items():
        yield replace(
            route,
            path=f"{route.path}{ending}",
            parameters=route.parameters if ending else (*route.parameters, *bare),
            answers={200: media, **route.answers},
            options={"defaults": {"ending": ending}} if ending else {},
        )


def refused(*statuses: int) -> dict[int, Media]:
    """Return the answers that are problems, with the one of who asks too often."""
    return dict.fromkeys((*statuses, 429), PROBLEMS)


def answers(media: Media, *statuses: int) -> dict[int, Media]:
    """Return the answers of what is sent as some media; `statuses` are its problems."""
    return {200: media, **refused(*statuses)}


def document_answers(media: Media, *statuses: int) -> dict[int, Media]:
    """Return the answers of what is sent whole, in part, or not again; `statuses` are its problems."""
    return {**answers(media, *statuses, 416), 206: media, 304: {}}


# What a negotiated document of linked data answers.
DOCUMENT = document_answers(DOCUMENTS, 400, 404, 406)


def path_parameter(name: str, description: Text, example: str) -> RouteParameter:
    """Return a parameter that stands in the path."""
    schema = {"type": "string", "minLength": 1}
    return RouteParameter(name, description, schema, example, "path")


def query_parameter(parameter: Parameter) -> RouteParameter:
    """Return a parameter of operations as an address takes it."""
    text, schema = parameter.text, dict(parameter.kind.schema)
    if parameter.choices:
        schema = {"enum": list(parameter.choices)}
    elif parameter.kind is FLAG:
        schema = {"enum": ["0", "1"]}
    elif parameter.kind is NUMBER:
        schema |= {"minimum": parameter.least, "maximum": parameter.most}
    elif parameter.kind not in (TEXT_VALUE, DAY):
        schema = {"type": "string"}
    if parameter.kind is NAMES:
        text = message("{text} Separated by commas.", text=text)
    return RouteParameter(parameter.name, text, schema, parameter.example)


LANG = query_parameter(shared.LANG)
# Where another value is passed over, not refused.
FREE_LANG = RouteParameter("lang", message("language of texts: fr or en"), example="en")
FORMAT = RouteParameter("_format", message("format, by its extension"), example="ttl")
MEDIA_TYPE = RouteParameter("_mediatype", message("format, by its type"), example="text/turtle")
NEGOTIATED = (FORMAT, MEDIA_TYPE, FREE_LANG)
ANSWER_FORMAT = RouteParameter("format", message("format of the answer"), example="json")


def answer_format(forms: Sequence[Format]) -> RouteParameter:
    """Return the parameter that names the format of an answer, where Accept does not."""
    return RouteParameter(
        "format",
        message("format of the answer, else that of Accept"),
        {"enum": [form.extension for form in forms]},
        forms[0].extension,
    )


PROJECT = query_parameter(shared.PROJECT)
DETAIL = query_parameter(shared.DETAIL)
AS_OF = query_parameter(shared.AS_OF)
PAGE_NUMBER = RouteParameter("page", message("page number"), {"type": "integer", "minimum": 1}, 1)
EXTENSION = path_parameter("extension", message("extension"), "ttl")
