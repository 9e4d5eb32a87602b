"""An operation of the service: declared once, it registers its route, and OpenAPI is made from it (O2).

Each module that answers requests declares its operations beside their handlers, in `OPERATIONS`; this module
holds what such declarations share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Response
from flask.sansio.scaffold import Scaffold

from montages.bilingual import Text
from montages.publish.detail import DETAIL_HELP, DETAILS
from montages.publish.linked_data.formats import DATA, HTML, Format

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
class OperationParameter:
    """One parameter: where it goes, its schema, an example of it."""

    name: str
    description: Text
    schema: Mapping[str, Any] = field(default_factory=lambda: TEXT)
    example: Any = None
    place: str = "query"


@dataclass(frozen=True, eq=False)
class Operation:
    """One method of one path.

    `handler` answers it; None for an operation that documents one case of another's path. `answers` gives the
    media types of each status, `bodies` the schema and an example for each media type taken, `options` what
    else the rule of Flask is given. One that is `secured` takes the token of a publisher.
    """

    method: str
    path: str
    tag: str
    summary: Text
    handler: Callable[..., Response] | None
    parameters: Sequence[OperationParameter] = ()
    answers: Mapping[int, Media] = field(default_factory=dict)
    bodies: Mapping[str, tuple[Mapping[str, Any], Any]] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    secured: bool = False


def register_operations(scaffold: Scaffold, operations: Iterable[Operation]) -> None:
    """Give an application, or a blueprint, the routes of some operations."""
    for operation in operations:
        if operation.handler is not None:
            scaffold.add_url_rule(
                operation.path,
                f"{operation.method} {operation.path}".replace(".", "-"),
                operation.handler,
                methods=[operation.method.upper()],
                **operation.options,
            )


def operations_by_ending(
    operation: Operation, endings: Mapping[str, Media], bare: Sequence[OperationParameter] = ()
) -> Iterator[Operation]:
    """Yield an operation whose format is negotiated, then one for each ending of its path that names one.

    `endings` give the media that each path answers, that without an ending included; the handler is given the
    `ending`. `bare` are parameters of the negotiated one alone.
    """
    for ending, media in endings.items():
        yield replace(
            operation,
            path=f"{operation.path}{ending}",
            parameters=operation.parameters if ending else (*operation.parameters, *bare),
            answers={200: media, **operation.answers},
            options={"defaults": {"ending": ending}} if ending else {},
        )


def refused(*statuses: int) -> dict[int, Media]:
    """Return the answers that are problems, with the one of who asks too often."""
    return dict.fromkeys((*statuses, 429), PROBLEMS)


def document_answers(media: Media, *statuses: int) -> dict[int, Media]:
    """Return the answers of what is sent whole, in part, or not again; `statuses` are its problems."""
    part = {**media, "multipart/byteranges": TEXT}
    return {200: media, 206: part, 304: {}, **refused(*statuses, 416)}


def path_parameter(name: str, description: Text, example: str) -> OperationParameter:
    """Return a parameter that stands in the path."""
    schema = {"type": "string", "minLength": 1}
    return OperationParameter(name, description, schema, example, "path")


LANG = OperationParameter(
    "lang", Text("langue des textes", "language of texts"), {"enum": ["fr", "en"]}, "en"
)
# Where another value is passed over, not refused.
FREE_LANG = OperationParameter(
    "lang", Text("langue des textes : fr ou en", "language of texts: fr or en"), example="en"
)
FORMAT = OperationParameter(
    "_format", Text("format, par son extension", "format, by its extension"), example="ttl"
)
MEDIA_TYPE = OperationParameter(
    "_mediatype", Text("format, par son type", "format, by its type"), example="text/turtle"
)
ANSWER_FORMAT = OperationParameter(
    "format", Text("format de la réponse", "format of the answer"), example="json"
)


def answer_format(forms: Sequence[Format]) -> OperationParameter:
    """Return the parameter that names the format of an answer, where Accept does not."""
    return OperationParameter(
        "format",
        Text(
            "format de la réponse, à défaut celui d'Accept",
            "format of the answer, else that of Accept",
        ),
        {"enum": [form.extension for form in forms]},
        forms[0].extension,
    )


PROJECT = OperationParameter(
    "project",
    Text("le projet, s'il y en a plusieurs", "the project, where there are several"),
    example="exemple",
)
DETAIL = OperationParameter("detail", DETAIL_HELP, {"enum": list(DETAILS)}, "full")
AS_OF = OperationParameter(
    "as_of",
    Text("jour du droit à appliquer", "day of the law to apply"),
    {"type": "string", "format": "date"},
    "2026-06-01",
)
PAGE_NUMBER = OperationParameter(
    "page", Text("numéro de page", "page number"), {"type": "integer", "minimum": 1}, 1
)
