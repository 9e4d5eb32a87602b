"""The TimeMap of an entry: all the versions that were public (RFC 7089)."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request

from montages.bilingual import Text
from montages.publish.linked_data.formats import TURTLE, Format
from montages.publish.registry.time_map import TimeMap
from montages.web.linked_data.negotiation import best_format, not_acceptable
from montages.web.operation import (
    JSON,
    TEXT,
    Media,
    Operation,
    operations_by_ending,
    path_parameter,
    refused,
)
from montages.web.registry.app_registry import unknown_entry
from montages.web.registry.entry_addresses import entry_url
from montages.web.registry.released_versions import released_versions
from montages.web.requests.accept_header import accepted_media

_LINKS = Format("link", "application/link-format", "Link format", "TXT")
_JSON = Format("json", "application/json", "JSON", "JSON", other_types=("application/ld+json",))
_TIME_MAPS: dict[Format, Callable[[TimeMap], str]] = {
    _LINKS: TimeMap.links,
    _JSON: TimeMap.json_text,
    TURTLE: TimeMap.turtle,
}
_NOW = "public, no-cache"  # an entry may get a version at any time
_ENTRY = path_parameter("slug", Text("nom de la fiche", "name of the entry"), "dijon")


def entry_time_map(slug: str, ending: str = "") -> Response:
    """Answer the TimeMap of an entry: links, JSON, or Turtle with the provenance of each version."""
    released = released_versions(slug)
    if not released.mementos:
        raise unknown_entry(slug)
    offered = tuple(_TIME_MAPS)
    form = next((each for each in offered if f".{each.extension}" == ending), None)
    if form is None:
        form = best_format(accepted_media(), offered)
    itself = f"{entry_url(slug)}/timemap"
    if form is None:
        raise not_acceptable(
            [(_LINKS, itself), *((each, f"{itself}.{each.extension}") for each in offered[1:])]
        )
    response = Response(_TIME_MAPS[form](released.time_map), content_type=form.content_type)
    response.headers["Cache-Control"] = _NOW
    response.headers["Link"] = ", ".join(
        f'<{itself}.{each.extension}>; rel="alternate"; type="{each.media_type}"'
        for each in offered[1:]
        if each is not form
    )
    response.vary.add("Accept")
    response.add_etag()
    response.make_conditional(request)
    return response


_ENDINGS: dict[str, Media] = {
    "": {"application/link-format": TEXT, **JSON, "text/turtle": TEXT},
    ".json": JSON,
    ".ttl": {"text/turtle": TEXT},
}
OPERATIONS = tuple(
    operations_by_ending(
        Operation(
            "get",
            "/projects/<slug>/timemap",
            "registry",
            Text("Toutes les versions d'une fiche (TimeMap)", "All versions of an entry (TimeMap)"),
            entry_time_map,
            (_ENTRY,),
            {304: {}, **refused(400, 404, 406)},
        ),
        _ENDINGS,
    )
)
