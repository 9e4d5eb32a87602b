"""The versions of an entry that were public (RFC 7089): the moment asked for, and the TimeMap of them all.

They are remembered: of thousands, a request needs few.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from flask import Response, current_app, request

from montages.bilingual import message
from montages.errors import UnreadableInput
from montages.knowledge.files.caching import CountedCache
from montages.publish.linked_data.formats import TURTLE, Format
from montages.web.linked_data.negotiation import best_format, not_acceptable
from montages.web.requests.accept_header import accepted_media
from montages.web.route import JSON, TEXT, Media, Route, path_parameter, refused, routes_by_ending
from montages_registry.publish.time_map import Memento, TimeMap
from montages_registry.version import State, Version, public_versions
from montages_registry.web.app_registry import app_registry, entry_url, time_map_url, unknown_entry

_KEY = "montages-released-versions"
_MOST = 200  # entries
# The one form of a moment that the RFC takes (2.1.1).
_DATE = re.compile(r"[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT")


def accept_datetime() -> datetime | None:
    """Return the moment that Accept-Datetime asks for, None without; raises UnreadableInput (4.5.3)."""
    text = request.headers.get("Accept-Datetime")
    if text is None:
        return None
    if _DATE.fullmatch(text.strip()):
        try:
            return parsedate_to_datetime(text.strip()).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    start = text[:60]
    raise UnreadableInput(
        message(
            "Accept-Datetime: a moment as HTTP writes it, for example Thu, 26 Nov 2026 "
            "13:56:33 GMT (given: {start}).",
            start=start,
        )
    )


@dataclass(frozen=True)
class ReleasedVersions:
    """The versions of an entry that everybody could read at some time, the oldest first; and their mementos.

    That is so as of its `latest` version and so many `erasures` of the record, `until` the moment when the
    next one comes to be public, if any.
    """

    slug: str
    versions: tuple[Version, ...] = ()
    mementos: tuple[Memento, ...] = ()
    latest: int = 0
    erasures: int = 0
    until: datetime | None = None

    @property
    def time_map(self) -> TimeMap:
        """Return the TimeMap of the entry, at the addresses of the service."""
        return TimeMap(self.slug, entry_url(self.slug), time_map_url(self.slug), self.mementos)


def released_versions(slug: str) -> ReleasedVersions:
    """Return the versions of an entry that were public, none for one that is unknown."""
    registry, now = app_registry().registry, datetime.now(UTC)
    latest = registry.current(slug, public=False)
    if latest is None:
        return ReleasedVersions(slug)
    cache: CountedCache[str, ReleasedVersions] = current_app.extensions.setdefault(
        _KEY, CountedCache(_MOST)
    )
    known, erasures = cache.get(slug), registry.acts().erasures
    if (
        known is None
        or (known.latest, known.erasures) != (latest.number, erasures)
        or (known.until and known.until <= now)
    ):
        versions = registry.versions(slug, public=False)
        coming = (v.public_from for v in versions if v.public_from and not v.is_public(now))
        until = min(coming, default=None)
        public = public_versions(versions, now)
        mementos = tuple(_mementos(public))
        known = ReleasedVersions(slug, public, mementos, versions[-1].number, erasures, until)
        cache.add(slug, known)
    return known


def _mementos(versions: Iterable[Version]) -> Iterable[Memento]:
    for version in versions:
        withdrawn = version.state is State.WITHDRAWN
        erased = version.erasure.moment if version.erasure else None
        yield Memento(
            version.public_from or version.moment,
            version.number,
            version.publisher,
            withdrawn,
            erased,
        )


_LINKS = Format("link", "application/link-format", "Link format", "TXT")
_JSON = Format("json", "application/json", "JSON", "JSON", other_types=("application/ld+json",))
_TIME_MAPS: dict[Format, Callable[[TimeMap], str]] = {
    _LINKS: TimeMap.links,
    _JSON: TimeMap.json_text,
    TURTLE: TimeMap.turtle,
}
_NOW = "public, no-cache"  # an entry may get a version at any time
_ENTRY = path_parameter("slug", message("name of the entry"), "dijon")


def entry_time_map(slug: str, ending: str = "") -> Response:
    """Answer the TimeMap of an entry: links, JSON, or Turtle with the provenance of each version."""
    released = released_versions(slug)
    if not released.mementos:
        raise unknown_entry(slug)
    offered = tuple(_TIME_MAPS)
    form = next((candidate for candidate in offered if f".{candidate.extension}" == ending), None)
    if form is None:
        form = best_format(accepted_media(), offered)
    itself = f"{entry_url(slug)}/timemap"
    if form is None:
        raise not_acceptable(
            [
                (_LINKS, itself),
                *((alternate, f"{itself}.{alternate.extension}") for alternate in offered[1:]),
            ]
        )
    response = Response(_TIME_MAPS[form](released.time_map), content_type=form.content_type)
    response.headers["Cache-Control"] = _NOW
    response.headers["Link"] = ", ".join(
        f'<{itself}.{alternate.extension}>; rel="alternate"; type="{alternate.media_type}"'
        for alternate in offered[1:]
        if alternate is not form
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
ROUTES = tuple(
    routes_by_ending(
        Route(
            "get",
            "/projects/<slug>/timemap",
            "registry",
            message("All versions of an entry (TimeMap)"),
            entry_time_map,
            (_ENTRY,),
            {304: {}, **refused(400, 404, 406)},
        ),
        _ENDINGS,
    )
)
