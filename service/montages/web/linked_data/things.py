"""Every IRI of the base dereferences: 303 to the document that suits the client, then 200 (L1, L2)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from flask import Response, request

from montages.bilingual import message
from montages.errors import UnknownThing
from montages.names import BASE
from montages.publish.linked_data.documents import archived_module
from montages.publish.linked_data.formats import (
    ALL,
    ALTERNATES_PROFILE,
    BY_EXTENSION,
    DATA,
    DEFAULT_PROFILE,
    HTML,
    Format,
    alternates,
    write,
)
from montages.store.resource_description import ResourceDescription, resource_description
from montages.web.app_state import current_state
from montages.web.linked_data.conditional import MINUTES, conditional, etag, where
from montages.web.linked_data.graph_answer import json_ld_context, resource_answer
from montages.web.linked_data.negotiation import (
    document_address,
    document_format,
    document_links,
    profile_asked_for,
)
from montages.web.pages.problem_page import did_you_mean, thing_suggestions
from montages.web.pages.things.thing import thing_page
from montages.web.requests.request_parameters import asked_day, lang
from montages.web.route import (
    AS_OF,
    DOCUMENT,
    FORMAT,
    FREE_LANG,
    MEDIA_TYPE,
    PAGE,
    RouteParameter,
    Routes,
    path_parameter,
)
from montages.web.sparql.query_service import ask_queries

_VARY = "Accept, Accept-Profile"


def thing(path: str) -> Response:
    """Answer an IRI of the base with the way to its document, or with the document itself."""
    path, published = request.path[1:], current_state().documents
    if path in published.paths:
        return _see_other(path)
    if path == published.ontology_version:  # the ontology has that version
        return Response(status=303, headers={"Location": f"{current_state().base_url()}/def/"})
    asked_day()  # refused where it is no day, whatever the format
    stem, _, extension = path.rpartition(".")
    form = BY_EXTENSION.get(extension)
    if form is not None and stem in published.paths:
        return _document(stem, form)
    if _said_elsewhere(path) is not None:
        return _see_other(path)
    resource = _said_elsewhere(stem) if form else None
    if resource is None or form is None:
        suggestions = thing_suggestions(path)
        raise UnknownThing(
            message("Nothing at /{start}.{hint}", start=path[:200], hint=did_you_mean(suggestions)),
            suggestions=[one.to_json() for one in suggestions],
        )
    return resource_answer(resource, form)


def _said_elsewhere(path: str) -> ResourceDescription | None:
    """Return what an earlier release says of a module, or further data of a thing; None for no such thing."""
    graph = archived_module(path)
    if graph is not None:
        return ResourceDescription(BASE + path.rpartition("/")[0], graph)
    return resource_description(BASE + path, ask_queries) if current_state().store else None


def _see_other(path: str) -> Response:
    base, profile = current_state().base_url(), profile_asked_for()
    form = document_format(lambda alternate: document_address(base, path, alternate))
    if profile == ALTERNATES_PROFILE and form is HTML:
        form = DATA[0]
    query = {"_profile": "alt"} if profile == ALTERNATES_PROFILE else {}
    query |= {name: request.args[name] for name in ("lang", "as_of") if name in request.args}
    response = Response(status=303)
    headers = response.headers
    headers["Location"] = document_address(base, path, form) + (
        f"?{urlencode(query)}" if query else ""
    )
    headers["Vary"] = _VARY
    headers["Cache-Control"] = MINUTES
    headers["Link"] = document_links(path, base, form)
    return response


def _document(path: str, form: Format) -> Response:
    profile, body, mark = DEFAULT_PROFILE, _body, [where()]
    if form is HTML:
        mark = [lang(), request.args.get("as_of", ""), where()]
    elif request.query_string and profile_asked_for() == ALTERNATES_PROFILE:
        profile, body, mark = ALTERNATES_PROFILE, _alternates, ["alt", where()]
    elif not form.extension.startswith("json"):
        mark = [""]  # only JSON-LD names an address of this service: that of its context
    return conditional(
        etag(form.extension, *mark),
        form.content_type,
        lambda: body(path, form),
        language=lang() if form is HTML else "",
        headers=lambda: _headers(path, form, profile),
    )


def _body(path: str, form: Format) -> str:
    iri, published = BASE + path, current_state().documents
    if form is HTML:
        return thing_page(iri)
    # A module is a graph by name; what is said of a thing is of several.
    graph = published.whole(iri)
    return write(published.about(iri), form, json_ld_context(), graph or iri, graph or "")


def _alternates(path: str, form: Format) -> str:
    base = current_state().base_url()
    listed = [(f, DEFAULT_PROFILE, document_address(base, path, f)) for f in ALL]
    listed += [
        (f, ALTERNATES_PROFILE, document_address(base, path, f) + "?_profile=alt") for f in DATA
    ]
    return write(alternates(BASE + path, listed), form, json_ld_context(), BASE + path)


def _headers(path: str, form: Format, profile: str) -> Iterator[tuple[str, str]]:
    state = current_state()
    types = tuple(state.documents.types(BASE + path))
    yield "Link", document_links(path, state.base_url(), form, types, profile)


_EXTENSIONS = " ".join(f".{form.extension}" for form in ALL)
_PATH = message(
    "name; with an extension ({extensions}), the document itself", extensions=_EXTENSIONS
)
_PROFILE_NAME = RouteParameter("_profile", message("profile"), example="alt")


THING_PARAMETERS = (FORMAT, MEDIA_TYPE, _PROFILE_NAME, FREE_LANG, AS_OF)
THING_ANSWERS = {**DOCUMENT, 303: {}, 308: PAGE}
# For each folder of IRIs: an example of a path in it, and what stands there.
_FOLDERS = {
    "def": ("Metropole", message("A term of the ontology")),
    "module": ("actors", message("A module, or one of its versions")),
    "compiled": ("Eligible-mpgp", message("A compiled class")),
    "shape": ("Project", message("A shape")),
    "requirement": ("mpgp-realisation", message("A requirement, or one of its versions")),
    "id": ("contract/mpgp", message("A thing: contract, criterion, layer, project…")),
    "query": ("questions/20-hard-gates", message("A published query")),
    "problem": ("too-large", message("A kind of problem")),
}
ROUTES = Routes("linked data")
for _folder, (_example, _summary) in _FOLDERS.items():
    ROUTES.get(
        f"/{_folder}/<path:path>",
        _summary,
        path_parameter("path", _PATH, _example),
        *THING_PARAMETERS,
        answers=THING_ANSWERS,
    )(thing)
