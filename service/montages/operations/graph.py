"""The operations that query the graph: published questions, and SPARQL."""

from __future__ import annotations

from montages import settings
from montages.bilingual import message
from montages.operations.operation import Door, Operation
from montages.operations.parameter import AS_OF, LANG, NUMBER, TEXT, TEXTS, Parameter

_ROWS = (
    Parameter(
        "limit",
        NUMBER,
        message("Rows given, at most."),
        default=100,
        most=settings.number("query_rows"),
    ),
    Parameter(
        "offset",
        NUMBER,
        message("Rows passed over before the first: next_offset of the answer before."),
        default=0,
        least=0,
        most=settings.number("query_rows"),
    ),
    Parameter(
        "characters",
        NUMBER,
        message("Characters of the answer, at most: beyond, it is cut, and says how to go on."),
        default=20_000,
        least=1000,
        most=settings.number("assistant_characters"),
    ),
)

PARAMETERS = Parameter(
    "parameters",
    TEXTS,
    message("The parameters of the question, by their names."),
    example="contract:dsp",
)

QUERY = Operation(
    name="query",
    title=message("Put a published question"),
    summary=message("Put a question to the knowledge graph."),
    help=message(
        "A published question with parameters: what the law requires of a contract, the "
        "thresholds of a day, the layers, what rules cite… Without a name, the list of "
        "questions with their parameters."
    ),
    when=message("Prefer it to sparql wherever a question fits."),
    own=(
        Parameter("name", TEXT, message("Name of the question; without it, the list.")),
        PARAMETERS,
        *_ROWS,
    ),
    shared=(LANG, AS_OF),
    doors={"tool": Door()},
)

SPARQL = Operation(
    name="sparql",
    title=message("Query the graph in SPARQL"),
    summary=message(
        "Put a SPARQL 1.1 query to the knowledge graph (contracts, criteria, requirements, "
        "sources, thresholds, real projects)."
    ),
    help=message(
        "Read-only: no update, no SERVICE, no graph to be fetched. Our prefixes (mtg:, "
        "contract:, criterion:, requirement:, skos:, rdfs:…) are to be declared. The terms: "
        "the resource montages://terms."
    ),
    when=message("Write a LIMIT; a long answer is cut, and says how to go on. Try query first."),
    own=(
        Parameter(
            "query",
            TEXT,
            message(
                "SELECT, ASK, CONSTRUCT or DESCRIBE, for example: PREFIX mtg: "
                "<https://w3id.org/montages/def/> SELECT ?c WHERE { ?c a mtg:ContractType } "
                "LIMIT 20"
            ),
            required=True,
        ),
        *_ROWS,
    ),
    shared=(LANG,),
    doors={"tool": Door()},
)
