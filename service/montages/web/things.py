"""Every IRI of the base dereferences: 303 to the document that suits the client, then 200 (L1, L2)."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlencode

from flask import Flask, Response, request

from montages.errors import MontagesError
from montages.names import BASE
from montages.publish.alternates import (
    ALTERNATES,
    DEFAULT,
    PROFILES,
    alternates,
    profile_named,
)
from montages.publish.documents import Documents, documents
from montages.publish.formats import BY_EXTENSION, GRAPH, HTML, QUADS, Context, Format, write
from montages.publish.licence import LICENCE
from montages.web.conditional import EXPOSED, MINUTES, conditional, etag, where
from montages.web.negotiation import best, by_parameter, not_acceptable, profiles
from montages.web.pages import page
from montages.web.parameters import lang
from montages.web.site import Site

FOLDERS = ("compiled", "def", "id", "module", "problem", "query", "requirement", "shape")
CONTEXT_PATH = "context.jsonld"
_SAFE = "/:@!$&'()*+,;=~-._"
_CLOSE = 0.6
_VARY = "Accept, Accept-Profile"


class UnknownThing(MontagesError):
    """No thing of the base has this address."""

    status = 404
    slug = "unknown-thing"
    title = {"fr": "Chose inconnue", "en": "Unknown thing"}


@dataclass(frozen=True, eq=False)
class Things:
    """What the routes of a site look up."""

    site: Site

    @property
    def documents(self) -> Documents:
        """Return the documents of the site, indexed once."""
        return documents(self.site.dataset)

    def offered(self, path: str) -> tuple[Format, ...]:
        """Return the formats of a document; a module, which is a graph, has those of quads too."""
        whole = self.documents.whole(BASE + path) is not None
        return (*GRAPH, *QUADS, HTML) if whole else (*GRAPH, HTML)


def register(app: Flask, site: Site) -> None:
    """Give an application the addresses of things and of their documents."""
    things = Things(site)

    def view(path: str) -> Response:
        return _answer(things, request.path[1:])

    first = {name.partition("/")[0] for name in things.site.dataset.extra if name.startswith(BASE)}
    folders = sorted({*FOLDERS, *(name[len(BASE) :] for name in first if len(name) > len(BASE))})
    for folder in folders:
        app.add_url_rule(f"/{folder}/<path:path>", f"thing-{folder}", view)


def _answer(things: Things, path: str) -> Response:
    known = things.documents.paths
    if path in known:
        return _see_other(things, path)
    stem, _, extension = path.rpartition(".")
    form = BY_EXTENSION.get(extension)
    if form is None or stem not in known:
        raise unknown_thing(path, known)
    return _document(things, stem, form)


def unknown_thing(path: str, known: frozenset[str]) -> UnknownThing:
    """Return the error of an address that is no thing's, with the nearest that is."""
    folder = path.rpartition("/")[0] + "/"
    siblings = [name for name in known if name.startswith(folder)]
    close = difflib.get_close_matches(path.rpartition(".")[0] or path, siblings, 1, _CLOSE)
    close = close or difflib.get_close_matches(path, siblings, 1, _CLOSE)
    fr, en = (f" Vouliez-vous /{close[0]} ?", f" Did you mean /{close[0]}?") if close else ("", "")
    return UnknownThing(f"Rien à l'adresse /{path}.{fr}", f"Nothing at /{path}.{en}")


def _see_other(things: Things, path: str) -> Response:
    offered, base = things.offered(path), things.site.base_url()
    profile = _profile()
    form = _asked(offered, base, path)
    if profile == ALTERNATES and form is HTML:
        form = GRAPH[0]
    kept = {"_profile": "alt"} if profile == ALTERNATES else {}
    if "lang" in request.args:
        kept["lang"] = request.args["lang"]
    response = Response(status=303)
    found = response.headers
    found["Location"] = address(base, path, form) + (f"?{urlencode(kept)}" if kept else "")
    found["Vary"] = _VARY
    found["Cache-Control"] = MINUTES
    found["Access-Control-Allow-Origin"] = "*"
    found["Access-Control-Expose-Headers"] = EXPOSED
    found["Link"] = _links(path, base, offered, form)
    return response


def _asked(offered: Sequence[Format], base: str, path: str) -> Format:
    """Return the format that a request asks for; raises NotAcceptable with those that exist."""
    extension, media_type = request.args.get("_format"), request.args.get("_mediatype")
    if extension or media_type:
        form = by_parameter(extension, media_type, offered)
    else:
        form = best(request.headers.get("Accept"), offered)
    if form is None:
        raise not_acceptable([(f, address(base, path, f)) for f in offered])
    return form


def _profile() -> str:
    """Return the profile asked for; a parameter must name one we have, a header may be passed over."""
    asked = request.args.get("_profile")
    if asked:
        found = [profile_named(word) for word in asked.split(",")]
        if not any(found):
            names = ", ".join(f"{name} ({uri})" for name, uri in PROFILES.items())
            raise UnknownProfile(
                f"Profil inconnu : {asked}. Profils : {names}.",
                f"Unknown profile: {asked}. Profiles: {names}.",
                available=[{"profile": uri, "name": name} for name, uri in PROFILES.items()],
            )
    else:
        found = [
            profile_named(word) for word in profiles(request.headers.get("Accept-Profile", ""))
        ]
    return next((profile for profile in found if profile), DEFAULT)


class UnknownProfile(MontagesError):
    """The profile asked for by name is none of those that exist."""

    status = 406
    slug = "unknown-profile"
    title = {"fr": "Profil inconnu", "en": "Unknown profile"}


def address(base: str, path: str, form: Format) -> str:
    """Return where the document of a thing is, in a format."""
    return f"{base}/{quote(path, safe=_SAFE)}.{form.extension}"


def _document(things: Things, path: str, form: Format) -> Response:
    site = things.site
    if form in QUADS and form not in things.offered(path):
        raise not_acceptable([(f, address(site.base_url(), path, f)) for f in things.offered(path)])
    if form is HTML:
        language = lang()
        return conditional(
            site,
            etag(site, form.extension, language, where()),
            form.content_type,
            lambda: page(site, BASE + path),
            vary="Accept-Language",
            headers=lambda: _headers(things, path, form, language, DEFAULT),
        )
    if request.query_string and _profile() == ALTERNATES:
        return conditional(
            site,
            etag(site, form.extension, "alt", where()),
            form.content_type,
            lambda: _alternates(things, path, form),
            headers=lambda: _headers(things, path, form, "", ALTERNATES),
        )
    # Only JSON-LD names an address of this service: that of its context.
    own = where() if form.extension.startswith("json") else ""
    return conditional(
        site,
        etag(site, form.extension, own),
        form.content_type,
        lambda: _body(things.documents, path, form, site.base_url()),
        headers=lambda: _headers(things, path, form, "", DEFAULT),
    )


def _body(found: Documents, path: str, form: Format, base: str) -> str:
    iri = BASE + path
    context = Context(f"{base}/{CONTEXT_PATH}", found.coercions)
    graph = found.whole(iri) or iri
    return write(found.about(iri), form, context, graph, graph)


def _alternates(things: Things, path: str, form: Format) -> str:
    offered, base = things.offered(path), things.site.base_url()
    listed = [(f, DEFAULT, address(base, path, f)) for f in offered]
    listed += [(f, ALTERNATES, address(base, path, f) + "?_profile=alt") for f in GRAPH]
    context = Context(f"{base}/{CONTEXT_PATH}", things.documents.coercions)
    return write(alternates(BASE + path, listed), form, context, BASE + path)


def _headers(
    things: Things, path: str, form: Format, language: str, profile: str
) -> Iterator[tuple[str, str]]:
    types = tuple(things.documents.types(BASE + path))
    base = things.site.base_url()
    yield "Link", _links(path, base, things.offered(path), form, types, profile)
    if language:
        yield "Content-Language", language


@lru_cache(maxsize=4096)
def _links(
    path: str,
    base: str,
    offered: tuple[Format, ...],
    form: Format,
    types: tuple[str, ...] = (),
    profile: str = DEFAULT,
) -> str:
    """Return the Link header of a document: its thing, its other formats, its profile, its licence."""
    found = [f'<{BASE}{quote(path, safe=_SAFE)}>; rel="canonical"', f'<{profile}>; rel="profile"']
    found += [
        f'<{address(base, path, f)}>; rel="alternate"; type="{f.media_type}"; profile="{DEFAULT}"'
        for f in offered
        if f is not form
    ]
    found.append(
        f'<{address(base, path, GRAPH[0])}>; rel="describedby"; type="{GRAPH[0].media_type}"'
    )
    found += [f'<{kind}>; rel="type"' for kind in types]
    found.append(f'<{LICENCE}>; rel="license"')
    return ", ".join(found)
