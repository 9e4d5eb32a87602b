"""The tool `sparql`."""

from __future__ import annotations

from montages.bilingual import Text
from montages.mcp.assistant_tool import AssistantTool
from montages.mcp.tool_input import TEXT, ToolInput
from montages.mcp.tools.shared_inputs import LANG
from montages.mcp.tools.table_inputs import TABLE_INPUTS

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
