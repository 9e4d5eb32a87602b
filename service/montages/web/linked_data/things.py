"""Every IRI of the base dereferences: 303 to the document that suits the client, then 200 (L1, L2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlencode

from flask import Response, request

from montages.bilingual import Text
from montages.errors import MontagesError
from montages.names import BASE
from montages.publish.linked_data.alternates import (
    ALTERNATES,
    DEFAULT,
    PROFILES,
    alternates,
    profile_named,
)
from montages.publish.linked_data.documents import Documents, documents
from montages.publish.linked_data.formats import (
    BY_EXTENSION,
    GRAPH,
    HTML,
    QUADS,
    Context,
    Format,
    write,
)
from montages.store.licence import LICENCE
from montages.web.app_state import AppState, current_state
from montages.web.linked_data.conditional import EXPOSED, MINUTES, conditional, etag, where
from montages.web.linked_data.negotiation import best_format, format_by_parameter, not_acceptable
from montages.web.operation import (
    AS_OF,
    DOCUMENTS,
    FORMAT,
    FREE_LANG,
    MEDIA_TYPE,
    PAGE,
    QUAD_DOCUMENTS,
    Operation,
    OperationParameter,
    path_parameter,
    refused,
)
from montages.web.pages.suggestions import did_you_mean, thing_suggestions
from montages.web.pages.things.thing import thing_page
from montages.web.requests.accept_header import accepted_profiles
from montages.web.requests.request_parameters import asked_day, lang

CONTEXT_PATH = "context.jsonld"
_SAFE = "/:@!$&'()*+,;=~-._"
_VARY = "Accept, Accept-Profile"


class UnknownThing(MontagesError):
    """No thing of the base has this address."""

    status = 404
    slug = "unknown-thing"
    title = {"fr": "Chose inconnue", "en": "Unknown thing"}


@dataclass(frozen=True, eq=False)
class Things:
    """What the routes of a site look up."""

    state: AppState

    @property
    def documents(self) -> Documents:
        """Return the documents of the site, indexed once."""
        return documents(self.state.dataset)

    def offered(self, path: str) -> tuple[Format, ...]:
        """Return the formats of a document; a module, which is a graph, has those of quads too."""
        whole = self.documents.whole(BASE + path) is not None
        return (*GRAPH, *QUADS, HTML) if whole else (*GRAPH, HTML)


def thing(path: str) -> Response:
    """Answer an IRI of the base with the way to its document, or with the document itself."""
    return _answer(Things(current_state()), request.path[1:])


def _answer(things: Things, path: str) -> Response:
    paths = things.documents.paths
    if path in paths:
        return _see_other(things, path)
    asked_day()  # refused where it is no day, whatever the format
    stem, _, extension = path.rpartition(".")
    form = BY_EXTENSION.get(extension)
    if form is None or stem not in paths:
        raise unknown_thing(things.state, path, paths)
    return _document(things, stem, form)


def unknown_thing(state: AppState, path: str, paths: frozenset[str]) -> UnknownThing:
    """Return the error of an address that is no thing's, with those it may have meant."""
    listed = thing_suggestions(state, path, paths)
    hint, start = did_you_mean(listed), path[:200]
    return UnknownThing(
        f"Rien à l'adresse /{start}.{hint.fr}",
        f"Nothing at /{start}.{hint.en}",
        suggestions=[one.to_json(state.base_url(), lang()) for one in listed],
    )


def _see_other(things: Things, path: str) -> Response:
    offered, base = things.offered(path), things.state.base_url()
    profile = _profile()
    form = _document_format(offered, base, path)
    if profile == ALTERNATES and form is HTML:
        form = GRAPH[0]
    query = {"_profile": "alt"} if profile == ALTERNATES else {}
    query |= {name: request.args[name] for name in ("lang", "as_of") if name in request.args}
    response = Response(status=303)
    headers = response.headers
    headers["Location"] = address(base, path, form) + (f"?{urlencode(query)}" if query else "")
    headers["Vary"] = _VARY
    headers["Cache-Control"] = MINUTES
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = EXPOSED
    headers["Link"] = _links(path, base, offered, form)
    return response


def _document_format(offered: Sequence[Format], base: str, path: str) -> Format:
    """Return the format that a request asks for; raises NotAcceptable with those that exist."""
    extension, media_type = request.args.get("_format"), request.args.get("_mediatype")
    if extension or media_type:
        form = format_by_parameter(extension, media_type, offered)
    else:
        form = best_format(request.accept_mimetypes, offered)
    if form is None:
        raise not_acceptable([(f, address(base, path, f)) for f in offered])
    return form


def _profile() -> str:
    """Return the profile asked for; a parameter must name one we have, a header may be passed over."""
    names = request.args.get("_profile")
    if names:
        profiles = [profile_named(word) for word in names.split(",")]
        if not any(profiles):
            known_profiles = ", ".join(f"{name} ({uri})" for name, uri in PROFILES.items())
            raise UnknownProfile(
                f"Profil inconnu : {names}. Profils : {known_profiles}.",
                f"Unknown profile: {names}. Profiles: {known_profiles}.",
                available=[{"profile": uri, "name": name} for name, uri in PROFILES.items()],
            )
    else:
        profiles = [
            profile_named(word)
            for word in accepted_profiles(request.headers.get("Accept-Profile", ""))
        ]
    return next((profile for profile in profiles if profile), DEFAULT)


class UnknownProfile(MontagesError):
    """The profile asked for by name is none of those that exist."""

    status = 406
    slug = "unknown-profile"
    title = {"fr": "Profil inconnu", "en": "Unknown profile"}


def address(base: str, path: str, form: Format) -> str:
    """Return where the document of a thing is, in a format."""
    return f"{base}/{quote(path, safe=_SAFE)}.{form.extension}"


def _document(things: Things, path: str, form: Format) -> Response:
    state = things.state
    if form in QUADS and form not in things.offered(path):
        raise not_acceptable(
            [(f, address(state.base_url(), path, f)) for f in things.offered(path)]
        )
    if form is HTML:
        language = lang()
        return conditional(
            state,
            etag(state, form.extension, language, request.args.get("as_of", ""), where()),
            form.content_type,
            lambda: thing_page(state, BASE + path),
            vary="Accept-Language",
            headers=lambda: _headers(things, path, form, language, DEFAULT),
        )
    if request.query_string and _profile() == ALTERNATES:
        return conditional(
            state,
            etag(state, form.extension, "alt", where()),
            form.content_type,
            lambda: _alternates(things, path, form),
            headers=lambda: _headers(things, path, form, "", ALTERNATES),
        )
    # Only JSON-LD names an address of this service: that of its context.
    own = where() if form.extension.startswith("json") else ""
    return conditional(
        state,
        etag(state, form.extension, own),
        form.content_type,
        lambda: _body(things.documents, path, form, state.base_url()),
        headers=lambda: _headers(things, path, form, "", DEFAULT),
    )


def _body(published: Documents, path: str, form: Format, base: str) -> str:
    iri = BASE + path
    context = Context(f"{base}/{CONTEXT_PATH}", published.coercions)
    graph = published.whole(iri) or iri
    return write(published.about(iri), form, context, graph, graph)


def _alternates(things: Things, path: str, form: Format) -> str:
    offered, base = things.offered(path), things.state.base_url()
    listed = [(f, DEFAULT, address(base, path, f)) for f in offered]
    listed += [(f, ALTERNATES, address(base, path, f) + "?_profile=alt") for f in GRAPH]
    context = Context(f"{base}/{CONTEXT_PATH}", things.documents.coercions)
    return write(alternates(BASE + path, listed), form, context, BASE + path)


def _headers(
    things: Things, path: str, form: Format, language: str, profile: str
) -> Iterator[tuple[str, str]]:
    types = tuple(things.documents.types(BASE + path))
    base = things.state.base_url()
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
    links = [f'<{BASE}{quote(path, safe=_SAFE)}>; rel="canonical"', f'<{profile}>; rel="profile"']
    links += [
        f'<{address(base, path, f)}>; rel="alternate"; type="{f.media_type}"; profile="{DEFAULT}"'
        for f in offered
        if f is not form
    ]
    links.append(
        f'<{address(base, path, GRAPH[0])}>; rel="describedby"; type="{GRAPH[0].media_type}"'
    )
    links += [f'<{kind}>; rel="type"' for kind in types]
    links.append(f'<{LICENCE}>; rel="license"')
    return ", ".join(links)


_PATH = Text(
    "nom ; avec une extension (.html .ttl .jsonld .rdf .nt .json), le document lui-même",
    "name; with an extension (.html .ttl .jsonld .rdf .nt .json), the document itself",
)
_PROFILE_NAME = OperationParameter("_profile", Text("profil", "profile"), example="alt")


def _operation(folder: str, example: str, summary: Text) -> Operation:
    return Operation(
        "get",
        f"/{folder}/<path:path>",
        "linked data",
        summary,
        thing,
        (
            path_parameter("path", _PATH, example),
            FORMAT,
            MEDIA_TYPE,
            _PROFILE_NAME,
            FREE_LANG,
            AS_OF,
        ),
        {
            200: {**DOCUMENTS, **QUAD_DOCUMENTS},
            303: {},
            304: {},
            308: PAGE,
            **refused(400, 404, 406),
        },
    )


# For each folder of IRIs: an example of a path in it, and what stands there.
_FOLDERS = {
    "def": ("Metropole", Text("Un terme de l'ontologie", "A term of the ontology")),
    "module": (
        "actors",
        Text("Un module, ou une de ses versions", "A module, or one of its versions"),
    ),
    "compiled": ("Eligible-mpgp", Text("Une classe compilée", "A compiled class")),
    "shape": ("Project", Text("Une shape", "A shape")),
    "requirement": (
        "mpgp-realisation",
        Text("Une exigence, ou une de ses versions", "A requirement, or one of its versions"),
    ),
    "id": (
        "contract/mpgp",
        Text(
            "Une chose : contrat, critère, couche, projet…",
            "A thing: contract, criterion, layer, project…",
        ),
    ),
    "query": ("questions/20-hard-gates", Text("Une requête publiée", "A published query")),
    "problem": ("too-large", Text("Un type de problème", "A kind of problem")),
}
OPERATIONS = tuple(_operation(folder, *about) for folder, about in _FOLDERS.items())
