"""What every address that answers about the description of a body is asked, and what it may refuse (R30)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Response

from montages.bilingual import Text
from montages.publish.detail import DETAILS
from montages.web.operation import (
    AS_OF,
    DETAIL,
    LANG,
    PROJECT,
    Media,
    Operation,
    OperationParameter,
    refused,
)
from montages.web.requests.request_parameters import flag, one_of, parameters
from montages.web.validation.request_body import LINES
from montages.web.validation.samples import body_samples

_ANYWAY = OperationParameter(
    "anyway",
    Text("évaluer malgré les violations", "assess in spite of violations"),
    {"enum": ["0", "1"]},
    "1",
)
_PRESUMPTIONS = OperationParameter(
    "presumptions",
    Text(
        "ce que présument la loi et l'usage : yes (sans cela), ou no pour ne rien présumer",
        "what law and practice presume: yes (without it), or no to presume nothing",
    ),
    {"enum": ["yes", "no"]},
    "no",
)
_PARAMETERS = (AS_OF, LANG, PROJECT, _ANYWAY, _PRESUMPTIONS, DETAIL)


def description_options(*own: str) -> dict[str, Any]:
    """Return the project, the day, the detail and the leniency that a request asks for.

    `own` are its other parameters; raises UnreadableInput for one of another name, or for a value at fault.
    """
    values = parameters(*(each.name for each in _PARAMETERS), *own)
    detail = values.get("detail")
    return {
        "project": values.get("project"),
        "detail": detail and one_of("detail", detail, DETAILS),
        "as_of": str(values["as_of"]) if "as_of" in values else None,
        "anyway": flag("anyway"),
        "presumptions": flag("presumptions", "yes"),
    }


def description_operation(
    path: str,
    summary: Text,
    handler: Callable[..., Response],
    own: Sequence[OperationParameter],
    media: Media,
    bodies: Mapping[str, tuple[Mapping[str, Any], Any]] | None = None,
) -> Operation:
    """Return the operation that takes a description, with its `own` parameters beside those of all."""
    return Operation(
        "post",
        path,
        "descriptions",
        summary,
        handler,
        (*_PARAMETERS, *own),
        {200: media, **refused(400, 404, 406, 413, 415, 422, 501, 503)},
        {**body_samples(LINES), **(bodies or {})},
    )
