"""The tools that query the graph, and the inputs of their rows: how many, from which on, how long."""

from __future__ import annotations

from montages import settings
from montages.bilingual import Text
from montages.mcp.tools.shared_inputs import AS_OF, LANG
from montages.mcp.tools.tool import NUMBER, TEXT, TEXTS, AssistantTool, ToolInput

TABLE_INPUTS = (
    ToolInput(
        "limit",
        NUMBER,
        Text("Lignes données, au plus.", "Rows given, at most."),
        default=100,
        least=1,
        most=settings.number("query_rows"),
    ),
    ToolInput(
        "offset",
        NUMBER,
        Text(
            "Lignes passées avant la première : next_offset de la réponse d'avant.",
            "Rows passed over before the first: next_offset of the answer before.",
        ),
        default=0,
        most=settings.number("query_rows"),
    ),
    ToolInput(
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


NAMED_QUERY_TOOL = AssistantTool(
    "named_query",
    Text("Poser une question publiée", "Put a published question"),
    Text(
        "Pose au graphe de connaissances une question publiée, à paramètres : ce que la loi exige d'un "
        "contrat, les seuils d'un jour, les couches, ce que citent les règles… Sans name, donne la liste "
        "des questions avec leurs paramètres. À préférer à sparql dès qu'une question convient.",
        "Put a published question with parameters to the knowledge graph: what the law requires of a "
        "contract, the thresholds of a day, the layers, what rules cite… Without name, give the list of "
        "questions with their parameters. Prefer it to sparql wherever a question fits.",
    ),
    (
        ToolInput(
            "name",
            TEXT,
            Text(
                "Nom de la question ; sans cela, la liste.",
                "Name of the question; without it, the list.",
            ),
        ),
        ToolInput(
            "parameters",
            TEXTS,
            Text(
                'Les paramètres de la question, par exemple {"contract": "dsp"}.',
                'The parameters of the question, for example {"contract": "dsp"}.',
            ),
        ),
        *TABLE_INPUTS,
        LANG,
        AS_OF,
    ),
)


SPARQL_TOOL = AssistantTool(
    "sparql",
    Text("Interroger le graphe en SPARQL", "Query the graph in SPARQL"),
    Text(
        "Pose une requête SPARQL 1.1 au graphe de connaissances (contrats, critères, exigences, sources, "
        "seuils, projets réels). En lecture seule : ni mise à jour, ni SERVICE, ni graphe à aller chercher. "
        "Nos préfixes (mtg:, contract:, criterion:, requirement:, skos:, rdfs:…) sont à déclarer. Les "
        "termes : la ressource montages://terms. Mettez un LIMIT ; une réponse longue est coupée, et dit "
        "comment continuer. Essayez d'abord named_query.",
        "Put a SPARQL 1.1 query to the knowledge graph (contracts, criteria, requirements, sources, "
        "thresholds, real projects). Read-only: no update, no SERVICE, no graph to be fetched. Our prefixes "
        "(mtg:, contract:, criterion:, requirement:, skos:, rdfs:…) are to be declared. The terms: the "
        "resource montages://terms. Write a LIMIT; a long answer is cut, and says how to go on. Try "
        "named_query first.",
    ),
    (
        ToolInput(
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
        *TABLE_INPUTS,
        LANG,
    ),
)
