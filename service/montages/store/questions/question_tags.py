"""The subjects of the published questions, by the tags of their headers, in the order of the lists."""

from __future__ import annotations

from montages.bilingual import Text
from montages.knowledge.files.published_queries import Query

TAGS = {
    "sheet": Text("La fiche InfraNum", "The InfraNum sheet"),
    "rulebook": Text("Les règles", "The rules"),
    "contracts": Text("Les contrats", "The contracts"),
    "actors": Text("Les acteurs", "The actors"),
    "layers": Text("Les couches", "The layers"),
    "attention": Text("Les points d'attention", "The points of attention"),
    "projects": Text("Les projets réels", "The real projects"),
    "assessments": Text("Les projets évalués", "The projects assessed"),
    "sources": Text("Les sources", "The sources"),
}


def tag_of(query: Query) -> str:
    """Return the tag of the subject of a question."""
    return next((tag for tag in query.header.get("tags") or () if tag in TAGS), "rulebook")
