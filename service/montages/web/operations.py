"""Every operation of the service in one table: what it takes, what it answers, in which media types (O2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from montages.knowledge.model import Text
from montages.knowledge.queries import Query
from montages.publish.formats import GRAPH, HTML, QUADS
from montages.store.parameters import declared
from montages.store.query import listing
from montages.web.examining import KINDS_OF_SHAPES
from montages.web.received import ACCEPTED, CSV, FORMS, LINES, NAMES
from montages.web.samples import SAMPLE, SAMPLES
from montages.web.validate import OFFERED

Media = Mapping[str, Any]
TEXT: dict[str, Any] = {"type": "string"}
_ANY: dict[str, Any] = {}
_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_PROBLEMS: Media = {"application/problem+json": _PROBLEM, "text/html": TEXT}
_GRAPHS: Media = {form.media_type: _ANY if "json" in form.media_type else TEXT for form in GRAPH}
_DOCUMENTS: Media = {**_GRAPHS, HTML.media_type: TEXT}
_QUADS: Media = {form.media_type: TEXT for form in QUADS}
_RESULTS: Media = {
    "application/sparql-results+json": _ANY,
    "application/sparql-results+xml": TEXT,
    "text/csv": TEXT,
    "text/tab-separated-values": TEXT,
}
_SPARQL: Media = {
    **_RESULTS,
    **{m: s for m, s in _GRAPHS.items() if m != "application/json"},
    **_QUADS,
}
_PAGE: Media = {"text/html": TEXT}
_JSON: Media = {"application/json": {"type": "object"}}

_QUERY = "SELECT * WHERE { ?s ?p ?o } LIMIT 3"


@dataclass(frozen=True)
class Given:
    """One parameter: where it goes, its schema, an example of it."""

    name: str
    says: Text
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    example: Any = None
    place: str = "query"


@dataclass(frozen=True)
class Operation:
    """One method of one path: `answers` tells the media types of each status, `body` those it takes."""

    method: str
    path: str
    tag: str
    summary: Text
    given: Sequence[Given] = ()
    answers: Mapping[int, Media] = field(default_factory=dict)
    body: Mapping[str, tuple[Mapping[str, Any], Any]] = field(default_factory=dict)


_LANG = Given("lang", Text("langue des textes", "language of texts"), {"enum": ["fr", "en"]}, "en")
_FREE_LANG = Given(
    "lang", Text("langue des textes : fr ou en", "language of texts: fr or en"), example="en"
)
_FORMAT = Given(
    "_format", Text("format, par son extension", "format, by its extension"), example="ttl"
)
_MEDIA = Given(
    "_mediatype", Text("format, par son type", "format, by its type"), example="text/turtle"
)
_PROFILE = Given("_profile", Text("profil", "profile"), example="alt")
_PROJECT = Given(
    "project",
    Text("le projet, s'il y en a plusieurs", "the project, where there are several"),
    example="exemple",
)
_AS_OF = Given(
    "as_of",
    Text("jour du droit à appliquer", "day of the law to apply"),
    {"type": "string", "format": "date"},
    "2026-06-01",
)
_ANYWAY = Given(
    "anyway",
    Text("évaluer malgré les violations", "assess in spite of violations"),
    {"enum": ["0", "1"]},
    "1",
)
_PAGING = Given("page", Text("numéro de page", "page number"), {"type": "integer", "minimum": 1}, 1)


def _path(name: str, says: Text, example: str, **schema: Any) -> Given:
    return Given(name, says, {"type": "string", "minLength": 1, **schema}, example, "path")


def _refused(*statuses: int) -> dict[int, Media]:
    return dict.fromkeys((*statuses, 429), _PROBLEMS)


def _bodies(*left_out: str) -> dict[str, tuple[Mapping[str, Any], Any]]:
    known = {media: syntax for media, syntax in ACCEPTED.items() if syntax not in left_out}
    found: dict[str, tuple[Mapping[str, Any], Any]] = {}
    for media, syntax in known.items():
        schema: Mapping[str, Any] = TEXT
        if syntax == "json":
            schema = {"$ref": "#/components/schemas/Description"}
        elif syntax == "json-ld":
            schema = {"type": ["object", "array"]}
        found[media] = (schema, SAMPLES[syntax])
    return found


def operations() -> list[Operation]:
    """Return every operation."""
    return [*_descriptions(), *_things(), *_catalogue(), *_queries(), *_pages(), *_running()]


def _descriptions() -> Iterator[Operation]:
    form = {
        "type": "object",
        "properties": {
            "content": {"type": "string"},
            "syntax": {"enum": ["", *NAMES]},
            "file": {"type": "string", "format": "binary"},
        },
    }
    assess_form = {
        "type": "object",
        "properties": {
            "description": {"type": "string"},
            "example": {"type": "string"},
            "file": {"type": "string", "format": "binary"},
        },
    }
    tag, said = "descriptions", {"content": SAMPLE, "syntax": "yaml"}
    failing = _refused(400, 404, 406, 413, 415, 422, 503)
    assessed = {"application/json": {"$ref": "#/components/schemas/Assessment"}, "text/html": TEXT}
    yield Operation(
        "post",
        "/assess",
        tag,
        Text(
            "Évalue un projet : quels montages sont possibles, et pourquoi",
            "Assess a project: which set-ups fit, and why",
        ),
        (_AS_OF, _LANG, _PROJECT, _ANYWAY),
        {200: assessed, **failing},
        {
            **_bodies(CSV, LINES),
            **{media: (assess_form, {"description": SAMPLE}) for media in FORMS},
        },
    )
    yield Operation(
        "post",
        "/check",
        tag,
        Text("Contrôle une description", "Check a description"),
        (_LANG, _PROJECT),
        {200: {"application/json": {"$ref": "#/components/schemas/Check"}}, **failing},
        _bodies(CSV, LINES),
    )
    reports: dict[str, Any] = {form.media_type: TEXT for form in OFFERED}
    reports |= {
        "application/json": {"$ref": "#/components/schemas/Validation"},
        "application/ld+json": _ANY,
        "application/x-ndjson": TEXT,
    }
    yield Operation(
        "post",
        "/validate",
        tag,
        Text(
            "Dit tout ce qui ne va pas : où (ligne, colonne, pointeur JSON), quoi, et que faire",
            "Say all that is wrong: where (line, column, JSON pointer), what, and what to do",
        ),
        (
            Given(
                "shapes",
                Text("ce qu'on contrôle", "what is checked"),
                {"enum": list(KINDS_OF_SHAPES)},
                "project",
            ),
            Given(
                "failOn",
                Text(
                    "niveau à partir duquel « fails » est vrai", "level from which “fails” is true"
                ),
                {"enum": ["violation", "warning", "info"]},
                "warning",
            ),
            _LANG,
            Given(
                "format",
                Text(
                    "format du rapport, à défaut celui d'Accept",
                    "format of the report, else that of Accept",
                ),
                {"enum": [form.extension for form in OFFERED]},
                "json",
            ),
            _PROJECT,
        ),
        {200: reports, **_refused(400, 403, 404, 406, 413, 415, 422, 500, 502, 503)},
        {**_bodies(), **dict.fromkeys(FORMS, (form, said))},
    )


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


def _things() -> Iterator[Operation]:
    says = Text(
        "nom ; avec une extension (.html .ttl .jsonld .rdf .nt .json), le document lui-même",
        "name; with an extension (.html .ttl .jsonld .rdf .nt .json), the document itself",
    )
    for folder, (example, summary) in _FOLDERS.items():
        yield Operation(
            "get",
            f"/{folder}/<path:path>",
            "linked data",
            summary,
            (_path("path", says, example), _FORMAT, _MEDIA, _PROFILE, _FREE_LANG),
            {
                200: {**_DOCUMENTS, **_QUADS},
                303: {},
                304: {},
                308: _PAGE,
                **_refused(400, 404, 406),
            },
        )


def _catalogue() -> Iterator[Operation]:
    tag = "linked data"
    views = {
        "/catalog": Text("Le catalogue DCAT-AP", "The DCAT-AP catalogue"),
        "/void": Text("La description VoID", "The VoID description"),
        "/.well-known/void": Text("La description VoID", "The VoID description"),
    }
    failing = {304: {}, **_refused(400, 404, 406)}
    for path, summary in views.items():
        negotiated = (_FORMAT, _MEDIA, _FREE_LANG, _PAGING)
        yield Operation("get", path, tag, summary, negotiated, {200: _DOCUMENTS, **failing})
    extension = _path("extension", Text("extension", "extension"), "ttl")
    for path in ("/catalog.<extension>", "/void.<extension>"):
        given = (extension, _FREE_LANG, _PAGING)
        yield Operation(
            "get", path, tag, views[path.partition(".")[0]], given, {200: _DOCUMENTS, **failing}
        )
    context = Text("Le contexte JSON-LD publié", "The published JSON-LD context")
    for path in ("/context.jsonld", "/context"):
        yield Operation(
            "get",
            path,
            tag,
            context,
            (),
            {200: {"application/ld+json": _ANY}, 304: {}, **_refused()},
        )
    texts: Media = {"text/plain": TEXT, "application/gzip": TEXT, "application/octet-stream": TEXT}
    yield Operation(
        "get",
        "/dump/SHA256SUMS",
        tag,
        Text("Les empreintes des fichiers", "The checksums of the files"),
        (),
        {200: {"text/plain": TEXT}, 304: {}, **_refused()},
    )
    yield Operation(
        "get",
        "/dump/<name>",
        tag,
        Text("Un fichier à télécharger", "A file to download"),
        (_path("name", Text("nom du fichier", "name of the file"), "actors.ttl"),),
        {200: {**_GRAPHS, **_QUADS, **texts}, 304: {}, **_refused(404)},
    )
    for path, media, summary in (
        ("/sitemap.xml", "application/xml", Text("Le plan du site", "The site map")),
        (
            "/robots.txt",
            "text/plain",
            Text("Ce que les robots peuvent visiter", "What robots may visit"),
        ),
    ):
        yield Operation(
            "get", path, "pages", summary, (), {200: {media: TEXT}, 304: {}, **_refused()}
        )


def _queries() -> Iterator[Operation]:
    tag = "sparql"
    says = Text(
        "SPARQL 1.1 : une requête, ou la description du service",
        "SPARQL 1.1: a query, or the service description",
    )
    graphs = [
        Given(
            name,
            Text("graphe du jeu de données", "graph of the dataset"),
            {"type": "array", "items": {"type": "string"}},
        )
        for name in ("default-graph-uri", "named-graph-uri")
    ]
    form = Given("format", Text("format de la réponse", "format of the answer"), example="json")
    failing = {304: {}, **_refused(400, 403, 404, 406, 415, 503, 507)}
    answers: Mapping[int, Media] = {200: {**_SPARQL, **_DOCUMENTS}, **failing}
    query = Given("query", Text("la requête", "the query"), example=_QUERY)
    yield Operation("get", "/sparql", tag, says, (query, *graphs, form, _FREE_LANG), answers)
    fields = {"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]}
    yield Operation(
        "post",
        "/sparql",
        tag,
        says,
        (*graphs, form),
        {**answers, 413: _PROBLEMS},
        {
            "application/sparql-query": (TEXT, _QUERY),
            "application/x-www-form-urlencoded": (fields, {"query": _QUERY}),
        },
    )
    lists: Media = {**_JSON, **_PAGE, "text/turtle": TEXT, "application/ld+json": _ANY}
    summary = Text("Les questions publiées", "The published questions")
    failing = {304: {}, **_refused(400, 404, 406, 503, 507)}
    yield Operation(
        "get",
        "/queries",
        tag,
        summary,
        (_FORMAT, form, _FREE_LANG, _PAGING),
        {200: lists, **failing},
    )
    ending = _path("form", Text("extension", "extension"), "json")
    yield Operation(
        "get",
        "/queries.<form>",
        tag,
        summary,
        (ending, _FREE_LANG, _PAGING),
        {200: lists, **failing},
    )
    replies: Media = {**_RESULTS, **lists, "application/sparql-query": TEXT}
    name = _path("name", Text("nom de la question", "name of the question"), "hard-gates")
    one = Text("La réponse à une question publiée", "The answer to a published question")
    for path, more in (("/queries/<name>", ()), ("/queries/<name>.<form>", (ending,))):
        yield Operation(
            "get", path, tag, one, (name, *more, _AS_OF, _FREE_LANG), {200: replies, **failing}
        )
    for found in listing():
        given = (*_parameters(found), _AS_OF, *(() if "lang" in declared(found) else (_FREE_LANG,)))
        yield Operation(
            "get",
            f"/queries/{found.key}",
            tag,
            found.title,
            (*given, form),
            {200: replies, **failing},
        )


def _parameters(query: Query) -> Iterator[Given]:
    kinds = {"integer": "integer", "decimal": "number", "boolean": "boolean"}
    for p in declared(query).values():
        schema = {"type": kinds.get(p.type, "string"), "default": p.default}
        yield Given(p.name, p.text, schema, p.default)


_LISTS = {
    "contracts": Text("Les contrats et autres montages", "Contracts and other arrangements"),
    "criteria": Text("Les critères", "Criteria"),
    "layers": Text("Les couches", "Layers"),
    "requirements": Text("Les règles", "Rules"),
    "sources": Text("Les sources", "Sources"),
    "projects": Text("Les projets réels", "Real projects"),
    "terms": Text("Le vocabulaire", "The vocabulary"),
    "matrix": Text("La fiche : contrats × critères", "The sheet: contracts × criteria"),
    "layer-matrix": Text("Couches × modes de gestion", "Layers × modes of management"),
}


def _pages() -> Iterator[Operation]:
    tag = "pages"
    failing = _refused(400, 404)
    for name, summary in _LISTS.items():
        given = (_FREE_LANG, _PAGING)
        yield Operation(
            "get",
            f"/{name}",
            tag,
            summary,
            given,
            {200: {**_PAGE, **_JSON, "application/json": _ANY}, **failing},
        )
        yield Operation(
            "get",
            f"/{name}.json",
            tag,
            summary,
            given,
            {200: {"application/json": _ANY}, **failing},
        )
        yield Operation(
            "get", f"/{name}.csv", tag, summary, given, {200: {"text/csv": TEXT}, **failing}
        )
    asked = (
        Given("q", Text("mots cherchés", "words looked for"), example="mpgp"),
        Given("type", Text("sorte de chose", "kind of thing"), example="contract"),
        _PAGING,
        _FREE_LANG,
    )
    search = Text("Cherche dans les libellés et les définitions", "Search labels and definitions")
    yield Operation(
        "get", "/search", tag, search, asked, {200: {**_PAGE, "application/json": _ANY}, **failing}
    )
    yield Operation(
        "get", "/search.json", tag, search, asked, {200: {"application/json": _ANY}, **failing}
    )
    home = (_FORMAT, _MEDIA, _FREE_LANG, _PAGING)
    yield Operation(
        "get",
        "/",
        tag,
        Text("Accueil, ou catalogue", "Home, or catalogue"),
        home,
        {200: _DOCUMENTS, 304: {}, **_refused(400, 404, 406)},
    )
    for path, summary in (
        ("/contest", Text("Contester un résultat", "Contest a result")),
        ("/validate", Text("Formulaire de vérification", "Form to check a description")),
        ("/try", Text("Formulaire d'évaluation", "Form to assess a project")),
    ):
        yield Operation("get", path, tag, summary, (_FREE_LANG,), {200: _PAGE, **failing})
    module = _path("name", Text("module", "module"), "actors")
    drawing = Text("Le dessin d'un module", "The drawing of a module")
    yield Operation(
        "get",
        "/diagram/<name>.svg",
        tag,
        drawing,
        (module, _FREE_LANG),
        {200: {"image/svg+xml": TEXT}, **_refused(404)},
    )
    settings = Text("Les réglages de l'éditeur SPARQL", "The settings of the SPARQL editor")
    yield Operation(
        "get",
        "/editor.json",
        tag,
        settings,
        (_FREE_LANG,),
        {200: {"application/json": _ANY}, **_refused()},
    )
    file = _path("path", Text("fichier", "file"), "montages.css")
    files: Media = dict.fromkeys(
        ("text/css", "text/javascript", "image/svg+xml", "text/plain", "application/json"), TEXT
    )
    yield Operation(
        "get",
        "/static/<path:path>",
        tag,
        Text("Un fichier du site", "A file of the site"),
        (file,),
        {200: files, 304: {}, 308: _PAGE, **_refused(404)},
    )


def _running() -> Iterator[Operation]:
    tag, refused = "service", _refused(400)
    yield Operation(
        "get",
        "/healthz",
        tag,
        Text("Le service répond", "The service answers"),
        (),
        {200: _JSON, **refused},
    )
    yield Operation(
        "get",
        "/readyz",
        tag,
        Text("Le service est prêt", "The service is ready"),
        (),
        {200: _JSON, 503: _JSON, **refused},
    )
    yield Operation(
        "get",
        "/metrics",
        tag,
        Text("Chiffres pour Prometheus", "Figures for Prometheus"),
        (),
        {200: {"text/plain": TEXT}, **refused},
    )
    yield Operation(
        "get",
        "/openapi.json",
        tag,
        Text("Ce document", "This document"),
        (_LANG,),
        {200: _JSON, 304: {}, **refused},
    )
