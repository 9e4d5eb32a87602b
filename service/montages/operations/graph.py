"""The operations that query the graph: published questions, and SPARQL."""

from __future__ import annotations

from montages import settings
from montages.bilingual import Text
from montages.operations.operation import Door, Operation
from montages.operations.parameter import NUMBER, TEXT, TEXTS, Parameter
from montages.operations.shared_parameters import AS_OF, LANG

_ROWS = (
    Parameter(
        "limit",
        NUMBER,
        Text("Lignes données, au plus.", "Rows given, at most."),
        default=100,
        most=settings.number("query_rows"),
    ),
    Parameter(
        "offset",
        NUMBER,
        Text(
            "Lignes passées avant la première : next_offset de la réponse d'avant.",
            "Rows passed over before the first: next_offset of the answer before.",
        ),
        default=0,
        least=0,
        most=settings.number("query_rows"),
    ),
    Parameter(
        "characters",
        NUMBER,
        Text(
            "Caractères de la réponse, au plus : au-delà elle est coupée, et dit comment continuer.",
            "Characters of the answer, at most: beyond, it is cut, and says how to go on.",
        ),
        default=20_000,
        least=1000,
        most=settings.number("assistant_characters"),
    ),
)

QUERY = Operation(
    name="query",
    title=Text("Poser une question publiée", "Put a published question"),
    summary=Text(
        "Pose une question au graphe de connaissances.",
        "Put a question to the knowledge graph.",
    ),
    help=Text(
        "Une question publiée, à paramètres : ce que la loi exige d'un contrat, les seuils d'un jour, les "
        "couches, ce que citent les règles… Sans nom, la liste des questions avec leurs paramètres.",
        "A published question with parameters: what the law requires of a contract, the thresholds of a "
        "day, the layers, what rules cite… Without a name, the list of questions with their parameters.",
    ),
    when=Text(
        "À préférer à sparql dès qu'une question convient.",
        "Prefer it to sparql wherever a question fits.",
    ),
    own=(
        Parameter(
            "name",
            TEXT,
            Text(
                "Nom de la question ; sans cela, la liste.",
                "Name of the question; without it, the list.",
            ),
        ),
        Parameter(
            "parameters",
            TEXTS,
            Text(
                'Les paramètres de la question, par exemple {"contract": "dsp"}.',
                'The parameters of the question, for example {"contract": "dsp"}.',
            ),
        ),
        *_ROWS,
    ),
    shared=(LANG, AS_OF),
    doors={"tool": Door()},
)

SPARQL = Operation(
    name="sparql",
    title=Text("Interroger le graphe en SPARQL", "Query the graph in SPARQL"),
    summary=Text(
        "Pose une requête SPARQL 1.1 au graphe de connaissances (contrats, critères, exigences, sources, "
        "seuils, projets réels).",
        "Put a SPARQL 1.1 query to the knowledge graph (contracts, criteria, requirements, sources, "
        "thresholds, real projects).",
    ),
    help=Text(
        "En lecture seule : ni mise à jour, ni SERVICE, ni graphe à aller chercher. Nos préfixes (mtg:, "
        "contract:, criterion:, requirement:, skos:, rdfs:…) sont à déclarer. Les termes : la ressource "
        "montages://terms.",
        "Read-only: no update, no SERVICE, no graph to be fetched. Our prefixes (mtg:, contract:, "
        "criterion:, requirement:, skos:, rdfs:…) are to be declared. The terms: the resource "
        "montages://terms.",
    ),
    when=Text(
        "Mettez un LIMIT ; une réponse longue est coupée, et dit comment continuer. Essayez d'abord query.",
        "Write a LIMIT; a long answer is cut, and says how to go on. Try query first.",
    ),
    own=(
        Parameter(
            "query",
            TEXT,
            Text(
                "SELECT, ASK, CONSTRUCT ou DESCRIBE, par exemple : PREFIX mtg: "
                "<https://w3id.org/montages/def/> SELECT ?c WHERE { ?c a mtg:ContractType } LIMIT 20",
                "SELECT, ASK, CONSTRUCT or DESCRIBE, for example: PREFIX mtg: "
                "<https://w3id.org/montages/def/> SELECT ?c WHERE { ?c a mtg:ContractType } LIMIT 20",
            ),
            required=True,
        ),
        *_ROWS,
    ),
    shared=(LANG,),
    doors={"tool": Door()},
)
