"""The Table Schema of a table of projects, in the form that schema.data.gouv.fr asks for (Frictionless)."""

from __future__ import annotations

from typing import Any

from rdflib import DCTERMS, OWL

from montages import settings
from montages.bilingual import Text
from montages.description.tables.columns import columns
from montages.knowledge.files import library
from montages.names import BASE, MODULE
from montages.publish.tables.table_field import table_field
from montages.store.licence import PUBLISHER_NAME

SCHEMA_FILE, EXAMPLE_FILE = "schema.json", "exemple-valide.csv"
TABLE_FILE, TEMPLATE_FILE = "modele.csv", "modele.xlsx"
NAME = "projets-territoires-connectes"
TITLE = Text(
    "Projets de territoires connectés et durables", "Projects of connected, sustainable territories"
)
ABOUT = Text(
    "Une ligne par projet, une colonne par question, pour savoir quels montages contractuels lui "
    "conviennent. "
    "Une cellule vide ne dit rien, et rien n'est supposé. Une réponse s'écrit par son code ou par son "
    "libellé "
    "français ; plusieurs réponses sont séparées par |. Les périmètres, et les réponses propres à une seule "
    "couche, s'écrivent en YAML, JSON ou RDF.",
    "One row a project, one column a question, to know which contractual set-ups fit it. An empty cell says "
    "nothing, and nothing is assumed. An answer is written by its code or its French label; several "
    "answers are "
    "separated by |. Perimeters, and answers about one layer only, are written in YAML, JSON or RDF.",
)
_LICENCE = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte 2.0",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
}
_EXAMPLE = Text("Exemple valide", "Valid example")
_TEMPLATE = Text("Modèle à remplir", "Template to fill in")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_schema(lang: str) -> dict[str, Any]:
    """Return the schema as Frictionless Table Schema, its texts in one language.

    Its version and its days are those of the ontology.
    """
    ontology, header = library.ontology(), MODULE["montages"]

    def said(term: Any) -> str:
        return str(ontology.value(header, term))

    return {
        "$schema": "https://frictionlessdata.io/schemas/table-schema.json",
        "name": NAME,
        "title": TITLE[lang],
        "description": ABOUT[lang],
        "countryCode": "FR",
        "homepage": BASE + "schema",
        "path": BASE + SCHEMA_FILE,
        "licenses": [_LICENCE],
        "resources": [
            {"name": "exemple-valide", "title": _EXAMPLE[lang], "path": BASE + EXAMPLE_FILE, "format": "csv",
             "mediatype": "text/csv", "encoding": "utf-8"},
            {"name": "modele", "title": _TEMPLATE[lang], "path": BASE + TEMPLATE_FILE, "format": "xlsx",
             "mediatype": WORKBOOK},
        ],
        "created": said(DCTERMS.created),
        "lastModified": said(DCTERMS.modified),
        "version": said(OWL.versionInfo),
        "contributors": [
            {"title": PUBLISHER_NAME[lang], "role": "author", "path": settings.get("contact_url")}
        ],
        "fields": [table_field(column, lang) for column in columns()],
        "missingValues": [""],
        "custom_checks": [{"name": "french-siren-value", "params": {"column": "porteur_siren"}}],
    }  # fmt: skip
