"""The parameters of a published query: what its header declares, and a text read as a term."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rdflib import XSD, Graph, Literal, URIRef

from montages.bilingual import Text, message
from montages.description.dates import read_day
from montages.errors import BrokenKnowledge, UnreadableInput
from montages.knowledge.did_you_mean import unknown_name
from montages.knowledge.files.published_queries import Query
from montages.names import BASE, ID, PREFIXES, slug
from montages.store.sparql.sparql_tokens import TokenisedQuery
from montages.store.term_text import term_text

LANGUAGES = ("fr", "en")
_NOT_IN_AN_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]")
Term = URIRef | Literal


@dataclass(frozen=True)
class QueryParameter:
    """One parameter: a variable of the query, its type, the value it has when none is given."""

    name: str
    type: str
    default: str
    text: Text

    def term(self, value: str, graph: Graph) -> Term:
        """Return a text as a term of the parameter's type.

        An IRI may be written in full, as `contract:mpgp`, or as `mpgp` where the default is a
        contract. Raises UnreadableInput, or UnknownName for an IRI of ours that does not exist.
        """
        return _READERS[self.type](self, value, graph)


def declared_parameters(query: Query) -> dict[str, QueryParameter]:
    """Return the parameters that the header of a query declares, by name."""
    parameters = {}
    for name, entry in (query.header.get("parameters") or {}).items():
        try:
            text, kind = Text(entry["fr"], entry["en"]), entry["type"]
            parameters[name] = QueryParameter(name, kind, str(entry["default"]), text)
            if kind not in _READERS:
                raise KeyError(kind)
        except (KeyError, TypeError) as error:
            raise BrokenKnowledge(
                message(
                    "{query}.rq: the parameter {name} must give type, default, fr and en "
                    "({error}).",
                    query=query.name,
                    name=name,
                    error=error,
                )
            ) from error
    return parameters


def bind(query: Query, values: Mapping[str, str], graph: Graph) -> dict[str, Term]:
    """Return a term for each parameter of a query: the one given, else the default.

    Raises UnknownName for a parameter that the query does not have.
    """
    parameters = declared_parameters(query)
    for name in values:
        if name not in parameters:
            raise unknown_name(message("parameter"), name, parameters)
    return {name: p.term(values.get(name, p.default), graph) for name, p in parameters.items()}


def defaults(query: Query) -> dict[str, Term]:
    """Return the term that each parameter of a query has when none is given."""
    none = Graph()
    return {
        name: URIRef(p.default) if p.type == "iri" else p.term(p.default, none)
        for name, p in declared_parameters(query).items()
    }


def query_text(query: Query, terms: Mapping[str, Term]) -> str:
    """Return the text of a query with terms in the place of its parameters.

    This is how a question is published as an example, and given to an engine that can only bind variables
    that are selected. Each term is written with its escapes, in the place of a variable and nowhere else.
    """
    parts, at = [], 0
    for token in TokenisedQuery(query.text).tokens:
        if token.lastgroup == "variable" and token[0][1:] in terms:
            parts += [query.text[at : token.start()], term_text(terms[token[0][1:]])]
            at = token.end()
    return "".join([*parts, query.text[at:]])


def _iri(parameter: QueryParameter, value: str, graph: Graph) -> URIRef:
    if not value or _NOT_IN_AN_IRI.search(value):
        raise UnreadableInput(
            message(
                "{name}: “{value}” is not an identifier. Example: {default}",
                name=parameter.name,
                value=value,
                default=parameter.default,
            )
        )
    prefix, colon, local = value.partition(":")
    if local.startswith("//"):
        iri = URIRef(value)
    elif colon:
        iri = URIRef(str(PREFIXES.get(prefix, f"{ID}{prefix}/")) + local)
    else:
        iri = URIRef(parameter.default.rpartition("/")[0] + "/" + value)
    if iri.startswith(BASE) and (iri, None, None) not in graph and (None, None, iri) not in graph:
        folder = iri.rpartition("/")[0] + "/"
        siblings = sorted({slug(str(s)) for s in graph.subjects() if str(s).startswith(folder)})
        raise unknown_name(message("name"), slug(iri), siblings)
    return iri


def _string(parameter: QueryParameter, value: str, graph: Graph) -> Literal:
    if parameter.name == "lang" and value not in LANGUAGES:
        raise unknown_name(message("language code"), value, LANGUAGES)
    return Literal(value)


def _integer(parameter: QueryParameter, value: str, graph: Graph) -> Literal:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
        raise UnreadableInput(
            message("{name}: “{value}” is not a whole number.", name=parameter.name, value=value)
        )
    return Literal(int(value), datatype=XSD.integer)


def _date(parameter: QueryParameter, value: str, graph: Graph) -> Literal:
    return Literal(read_day(value))


_READERS: dict[str, Callable[[QueryParameter, str, Graph], Term]] = {
    "iri": _iri,
    "string": _string,
    "integer": _integer,
    "date": _date,
}
