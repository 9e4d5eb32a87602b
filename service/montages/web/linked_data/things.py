"""Every IRI of the base dereferences: 303 to the document that suits the client, then 200 (L1, L2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Response, request

from montages.bilingual import Text, message
from montages.door_errors import UnknownThing
from montages.names import BASE
from montages.publish.linked_data.documents import Documents, archived_module, documents
from montages.publish.linked_data.formats import (
    ALL,
    ALTERNATES_PROFILE,
    BY_EXTENSION,
    DATA,
    DEFAULT_PROFILE,
    HTML,
    Context,
    Format,
    alternates,
    write,
)
from montages.store.resource_description import ResourceDescription, resource_description
from montages.web.app_state import AppState, current_state
from montages.web.linked_data.conditional import MINUTES, conditional, etag, where
from montages.web.linked_data.graph_answer import resource_answer
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
    DOCUMENTS,
    FORMAT,
    FREE_LANG,
    MEDIA_TYPE,
    PAGE,
    Route,
    RouteParameter,
    document_answers,
    path_parameter,
)
from montages.web.sparql.query_service import ask_queries

CONTEXT_PATH = "context.jsonld"
_VARY = "Accept, Accept-Profile"


@dataclass(frozen=True, eq=False)
class Things:
    """What the routes of a site look up."""

    state: AppState

    @property
    def documents(self) -> Documents:
        """Return the documents of the site, indexed once."""
        return documents(self.state.dataset)


def thing(path: str) -> Response:
    """Answer an IRI of the base with the way to its document, or with the document itself."""
    return _answer(Things(current_state()), request.path[1:])


def _answer(things: Things, path: str) -> Response:
    paths = things.documents.paths
    if path in paths:
        return _see_other(things, path)
    if path == things.documents.ontology_version:
        return _to_the_ontology(things)
    asked_day()  # refused where it is no day, whatever the format
    stem, _, extension = path.rpartition(".")
    form = BY_EXTENSION.get(extension)
    if form is not None and stem in paths:
        return _document(things, stem, form)
    beside = _of_release(things, path, stem, form)
    if beside is None and things.state.store:
        beside = _of_further_data(things, path, stem, form)
    if beside is None:
        raise unknown_thing(things.state, path, paths)
    return beside


def _of_release(things: Things, path: str, stem: str, form: Format | None) -> Response | None:
    """Return the answer about a module as an earlier release had it; None where none had it."""
    if archived_module(path) is not None:
        return _see_other(things, path)
    graph = archived_module(stem) if form else None
    if graph is None or form is None:
        return None
    module = ResourceDescription(BASE + stem.rpartition("/")[0], graph)
    return resource_answer(things.state, module, form, json_ld_context(things.state))


def _of_further_data(things: Things, path: str, stem: str, form: Format | None) -> Response | None:
    """Return the answer about a thing of the base of which only further data speak; None without one."""
    state = things.state
    if resource_description(BASE + path, ask_queries):
        return _see_other(things, path)
    resource = resource_description(BASE + stem, ask_queries) if form else None
    if resource is None or form is None:
        return None
    return resource_answer(state, resource, form, json_ld_context(state))


def json_ld_context(state: AppState) -> Context:
    """Return the JSON-LD context of documents, which this service serves."""
    address = f"{state.base_url()}/{CONTEXT_PATH}"
    return Context(address, documents(state.dataset).coercions)


def _to_the_ontology(things: Things) -> Response:
    """Lead from the version of the ontology to the ontology, which has that version."""
    response = Response(status=303)
    response.headers["Location"] = f"{things.state.base_url()}/def/"
    return response


def unknown_thing(state: AppState, path: str, paths: frozenset[str]) -> UnknownThing:
    """Return the error of an address that is no thing's, with those it may have meant."""
    listed = thing_suggestions(state, path, paths)
    hint, start = did_you_mean(listed), path[:200]
    return UnknownThing(
        message("Nothing at /{start}.{hint}", start=start, hint=hint),
        suggestions=[one.to_json(state.base_url(), lang()) for one in listed],
    )


def _see_other(things: Things, path: str) -> Response:
    base = things.state.base_url()
    profile = profile_asked_for()
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


def _document(things: Things, path: str, form: Format) -> Response:
    state = things.state
    if form is HTML:
        language = lang()
        return conditional(
            state,
            etag(state, form.extension, language, request.args.get("as_of", ""), where()),
            form.content_type,
            lambda: thing_page(state, BASE + path),
            vary="Accept-Language",
            headers=lambda: _headers(things, path, form, language, DEFAULT_PROFILE),
        )
    if request.query_string and profile_asked_for() == ALTERNATES_PROFILE:
        return conditional(
            state,
            etag(state, form.extension, "alt", where()),
            form.content_type,
            lambda: _alternates(things, path, form),
            headers=lambda: _headers(things, path, form, "", ALTERNATES_PROFILE),
        )
    # Only JSON-LD names an address of this service: that of its context.
    own = where() if form.extension.startswith("json") else ""
    return conditional(
        state,
        etag(state, form.extension, own),
        form.content_type,
        lambda: _body(things, path, form),
        headers=lambda: _headers(things, path, form, "", DEFAULT_PROFILE),
    )


def _body(things: Things, path: str, form: Format) -> str:
    iri, published = BASE + path, things.documents
    context = json_ld_context(things.state)
    # A module is a graph by name; what is said of a thing is of several.
    graph = published.whole(iri)
    return write(published.about(iri), form, context, graph or iri, graph or "")


def _alternates(things: Things, path: str, form: Format) -> str:
    base = things.state.base_url()
    listed = [(f, DEFAULT_PROFILE, document_address(base, path, f)) for f in ALL]
    listed += [
        (f, ALTERNATES_PROFILE, document_address(base, path, f) + "?_profile=alt") for f in DATA
    ]
    context = json_ld_context(things.state)
    return write(alternates(BASE + path, listed), form, context, BASE + path)


def _headers(
    things: Things, path: str, form: Format, language: str, profile: str
) -> Iterator[tuple[str, str]]:
    types = tuple(things.documents.types(BASE + path))
    base = things.state.base_url()
    yield "Link", document_links(path, base, form, types, profile)
    if language:
        yield "Content-Language", language


_EXTENSIONS = " ".join(f".{form.extension}" for form in ALL)
_PATH = message(
    "name; with an extension ({extensions}), the document itself", extensions=_EXTENSIONS
)
_PROFILE_NAME = RouteParameter("_profile", message("profile"), example="alt")


THING_PARAMETERS = (FORMAT, MEDIA_TYPE, _PROFILE_NAME, FREE_LANG, AS_OF)
THING_ANSWERS = {**document_answers(DOCUMENTS, 400, 404, 406), 303: {}, 308: PAGE}


def _operation(folder: str, example: str, summary: Text) -> Route:
    return Route(
        "get",
        f"/{folder}/<path:path>",
        "linked data",
        summary,
        thing,
        (path_parameter("path", _PATH, example), *THING_PARAMETERS),
        THING_ANSWERS,
    )


# For each folder of IRIs: an example of a path in it, and what stands there.
_FOLDERS = {
    "def": ("Metropole", message("A term of the ontology")),
    "module": (
        "actors",
        message("A module, or one of its versions"),
    ),
    "compiled": ("Eligible-mpgp", message("A compiled class")),
    "shape": ("Project", message("A shape")),
    "requirement": (
        "mpgp-realisation",
        message("A requirement, or one of its versions"),
    ),
    "id": (
        "contract/mpgp",
        message("A thing: contract, criterion, layer, project…"),
    ),
    "query": ("questions/20-hard-gates", message("A published query")),
    "problem": ("too-large", message("A kind of problem")),
}
ROUTES = tuple(_operation(folder, *about) for folder, about in _FOLDERS.items())
