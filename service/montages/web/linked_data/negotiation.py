"""The format and the profile that a request asks for, and the links to the others that there are (L2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from urllib.parse import quote

from flask import request

from montages.bilingual import message
from montages.errors import NotAcceptable, UnknownName, UnknownProfile
from montages.mirror import link_target
from montages.names import BASE
from montages.publish.linked_data.formats import (
    ALL,
    BY_EXTENSION,
    DATA,
    DEFAULT_PROFILE,
    HTML,
    PROFILES,
    Format,
    profile_named,
)
from montages.store.licence import LICENCE
from montages.web.app_state import current_state
from montages.web.requests.accept_header import (
    MediaRanges,
    accepted_media,
    accepted_profiles,
    media_ranges,
)


def best_format(accepted: MediaRanges, offered: Sequence[Format]) -> Format | None:
    """Return the format that is preferred among those offered, None where none is accepted.

    The most specific range that names a format gives its quality. Between equals, the format that was
    named most closely wins, then the first named, then the first offered: a browser gets HTML, and
    `*/*` what we prefer. Without any range the first offered is as good as another.
    """
    if not accepted:
        return offered[0]
    best = max(offered, key=lambda form: accepted.preference(form.media_types))
    return best if accepted.preference(best.media_types)[0] > 0 else None


def format_by_parameter(
    extension: str | None, media_type: str | None, offered: Sequence[Format]
) -> Format | None:
    """Return the format that `_format` or `_mediatype` names among those offered, None where none does.

    `_format` takes an extension, a usual name (`turtle`) or a media type.
    """
    if extension:
        name = extension.strip().lower()
        for form in offered:
            if name in (form.extension, form.media_type, *form.aliases):
                return form
        return next((form for form in offered if name in form.other_types), None)
    if not media_type:
        return None
    # A plus sign in an address reads as a space unless it is escaped.
    return best_format(media_ranges(media_type.strip().replace(" ", "+")), offered)


def document_format(address: Callable[[Format], str], offered: Sequence[Format] = ALL) -> Format:
    """Return the format of a document that a request asks for, by parameter, else by Accept.

    Raises NotAcceptable with the address of each that exists.
    """
    extension, media_type = request.args.get("_format"), request.args.get("_mediatype")
    if extension or media_type:
        form = format_by_parameter(extension, media_type, offered)
    else:
        form = best_format(accepted_media(), offered)
    if form is None:
        raise not_acceptable([(alternate, address(alternate)) for alternate in offered])
    return form


def view_format(path: str, extension: str, offered: Sequence[Format] = ALL) -> Format:
    """Return the format of what stands at a path: by its extension, else by negotiation."""
    if not extension:
        base = current_state().base_url()
        return document_format(lambda alternate: f"{base}/{path}.{alternate.extension}", offered)
    form = BY_EXTENSION.get(extension)
    if form is None or form not in offered:
        raise unknown_format(extension)
    return form


def format_asked_for(
    name: str | None, offered: Sequence[Format], form: bool = False, also: Sequence[Format] = ()
) -> Format:
    """Return the format that `?format=` names, else that of Accept; a form is answered with a page.

    `also` are formats that Accept may name too.

    Raises NotAcceptable where none of those offered is meant.
    """
    choice = format_by_parameter(name, None, offered)
    if not name:
        # What is offered first is given to who asks for nothing in particular.
        first = [
            candidate for candidate in offered if form and candidate.media_type == HTML.media_type
        ]
        choice = best_format(accepted_media(), (*first, *offered, *also))
    if choice is None:
        raise not_acceptable(
            [(alternate, f"?format={alternate.extension}") for alternate in offered]
        )
    return choice


def unknown_format(extension: str) -> UnknownName:
    """Return the error of an extension under which there is nothing."""
    name = extension[:40]
    return UnknownName(message("No format “{name}” here.", name=name))


def not_acceptable(available: Sequence[tuple[Format, str]]) -> NotAcceptable:
    """Return the error that lists what exists: each media type and its address."""
    names = ", ".join(dict.fromkeys(form.media_type for form, _ in available))
    return NotAcceptable(
        message(
            "None of the formats asked for exists here. Formats available: {names}. Ask for "
            "one with the Accept header, the extension of the address, or ?_format=.",
            names=names,
        ),
        available=[{"mediaType": form.media_type, "url": url} for form, url in available],
    )


def profile_asked_for() -> str:
    """Return the profile asked for; a parameter must name one we have, a header may be passed over."""
    names = request.args.get("_profile")
    if names:
        profiles = [profile_named(word) for word in names.split(",")]
        if not any(profiles):
            known_profiles = ", ".join(f"{name} ({uri})" for name, uri in PROFILES.items())
            raise UnknownProfile(
                message(
                    "Unknown profile: {names}. Profiles: {known_profiles}.",
                    names=names,
                    known_profiles=known_profiles,
                ),
                available=[{"profile": uri, "name": name} for name, uri in PROFILES.items()],
            )
    else:
        profiles = [
            profile_named(word)
            for word in accepted_profiles(request.headers.get("Accept-Profile", ""))
        ]
    return next((profile for profile in profiles if profile), DEFAULT_PROFILE)


_SAFE_SIGNS = "/:@!$&'()*+,;=~-._"


def document_address(base: str, path: str, form: Format) -> str:
    """Return where the document of a thing is, in a format."""
    return f"{base}/{quote(path, safe=_SAFE_SIGNS)}.{form.extension}"


@lru_cache(maxsize=4096)
def document_links(
    path: str, base: str, form: Format, types: tuple[str, ...] = (), profile: str = DEFAULT_PROFILE
) -> str:
    """Return the Link header of a document: its thing, its other formats, its profile, its licence."""
    canonical = link_target(BASE + quote(path, safe=_SAFE_SIGNS))
    links = [f'<{canonical}>; rel="canonical"', f'<{profile}>; rel="profile"']
    links += [
        f'<{document_address(base, path, f)}>; rel="alternate"; type="{f.media_type}"; '
        f'profile="{DEFAULT_PROFILE}"'
        for f in ALL
        if f is not form
    ]
    links.append(
        f'<{document_address(base, path, DATA[0])}>; rel="describedby"; type="{DATA[0].media_type}"'
    )
    links += [f'<{link_target(kind)}>; rel="type"' for kind in types]
    links.append(f'<{LICENCE}>; rel="license"')
    return ", ".join(links)
