"""What can go wrong when a SPARQL query is sent, each with its HTTP status."""

from __future__ import annotations

from typing import Any

from montages.errors import MontagesError


class QuerySyntax(MontagesError):
    """The text is no SPARQL query; `line` and `column` say where it stops being one."""

    status = 400
    slug = "query-syntax"
    title = {"fr": "Requête SPARQL mal écrite", "en": "Malformed SPARQL query"}


class QueryMissing(MontagesError):
    """The request does not carry one query, and only one."""

    status = 400
    slug = "query-missing"
    title = {"fr": "Requête SPARQL attendue", "en": "SPARQL query expected"}


class QueryTooLong(MontagesError):
    """The text of the query is longer than a query may be; `setting` names the limit."""

    status = 413
    slug = "query-too-long"
    title = {"fr": "Requête SPARQL trop longue à lire", "en": "SPARQL query text too long"}


class QueryTooDeep(MontagesError):
    """The query has more brackets or groups inside one another than the engine can follow."""

    status = 400
    slug = "query-too-deep"
    title = {"fr": "Requête SPARQL trop imbriquée", "en": "SPARQL query nested too deep"}


class UnknownFunction(MontagesError):
    """The query calls a function that the engine does not have; `function` names it."""

    status = 400
    slug = "unknown-function"
    title = {"fr": "Fonction SPARQL inconnue", "en": "Unknown SPARQL function"}


class QueryRefused(MontagesError):
    """The query would change something, or call another service."""

    status = 403
    slug = "query-refused"
    title = {"fr": "Requête SPARQL refusée", "en": "SPARQL query refused"}


class UnknownGraph(MontagesError):
    """The dataset asked for has a graph that is not here."""

    status = 400
    slug = "unknown-graph"
    title = {"fr": "Graphe inconnu", "en": "Unknown graph"}


class QueryTimeout(MontagesError):
    """The query was stopped at its deadline."""

    status = 503
    slug = "query-timeout"
    title = {"fr": "Requête SPARQL trop longue", "en": "SPARQL query too slow"}


class QueryBusy(MontagesError):
    """Too many queries are running: come back later."""

    status = 503
    slug = "query-busy"
    title = {"fr": "Trop de requêtes en cours", "en": "Too many queries running"}


class ClientLeft(MontagesError):
    """Who asked left before the answer came: the query was stopped."""

    status = 499
    slug = "client-left"
    title = {"fr": "Demandeur parti", "en": "Client left"}


class QueryInterrupted(MontagesError):
    """The process that answered the query was stopped from outside: the query may be sent again."""

    status = 503
    slug = "query-interrupted"
    title = {"fr": "Requête interrompue", "en": "Query interrupted"}


class EngineFault(MontagesError):
    """The engine broke down on the query; its process is replaced, and others are not disturbed."""

    status = 500
    slug = "engine-fault"
    title = {"fr": "Panne du moteur SPARQL", "en": "SPARQL engine fault"}


class EngineUnreachable(MontagesError):
    """The SPARQL engine that holds the data does not answer: come back later."""

    status = 503
    slug = "engine-unreachable"
    title = {"fr": "Moteur SPARQL injoignable", "en": "SPARQL engine out of reach"}


class QueryTooLarge(MontagesError):
    """The query, or its answer, takes more memory or more rows than one may."""

    status = 507
    slug = "query-too-large"
    title = {"fr": "Requête SPARQL trop gourmande", "en": "SPARQL query too large"}


class QueryFailed(MontagesError):
    """The engine could not answer a query that is well written."""

    status = 500
    slug = "query-failed"
    title = {"fr": "Requête SPARQL en échec", "en": "SPARQL query failed"}


class QueryTruncated(MontagesError):
    """The SPARQL engine that holds the data gave a part of the answer only: none of it is passed on."""

    status = 502
    slug = "query-truncated"
    title = {
        "fr": "Réponse incomplète du moteur SPARQL",
        "en": "Incomplete answer of the SPARQL engine",
    }


def too_many_rows(rows: int) -> QueryTooLarge:
    """Return the error of an answer over the row limit: cut short, it would pass for whole."""
    return QueryTooLarge(
        f"La réponse dépasse {rows} lignes (MONTAGES_QUERY_ROWS) ; coupée, elle passerait pour entière : "
        f"elle n'est pas donnée. Demandez-la par parts (ORDER BY, LIMIT {rows}, puis OFFSET {rows}…), ou "
        "téléchargez les données (/dump).",
        f"The answer is over {rows} rows (MONTAGES_QUERY_ROWS); cut short it would pass for whole, so it is "
        f"not given. Ask for it in parts (ORDER BY, LIMIT {rows}, then OFFSET {rows}…), or download the data "
        "(/dump).",
        rows=rows,
    )


def error_to_json(error: MontagesError) -> dict[str, Any]:
    """Return an error as data, for it to pass from one process to another."""
    return {"slug": error.slug, "text": error.text, "extra": error.extra}


def error_from_json(tree: dict[str, Any]) -> MontagesError:
    """Return the error that data stands for."""
    kind = next(k for k in MontagesError.__subclasses__() if k.slug == tree["slug"])
    return kind(tree["text"]["fr"], tree["text"]["en"], **tree["extra"])
