"""What each command does, in a sentence: the list that `montages --help` gives without importing any.

Those of guests are told by them (`montages.guests`).
"""

from __future__ import annotations

from montages.bilingual import Text
from montages.operations.table import OPERATIONS

# In the order of the list.
SUMMARIES = {
    "new": Text(
        "Écrit une description à remplir.",
        "Write a description to fill in.",
    ),
    "schema": Text(
        "Décrit les colonnes d'un tableau de projets.",
        "Describe the columns of a table of projects.",
    ),
    "ask": Text(
        "Pose les questions qui peuvent encore changer la réponse, une à la fois, et dit ce qui convient.",
        "Ask the questions that can still change the answer, one at a time, and tell what fits.",
    ),
    "check": OPERATIONS["check"].summary,
    "assess": OPERATIONS["assess"].summary,
    "explain": OPERATIONS["explain"].summary,
    "what-if": OPERATIONS["what-if"].summary,
    "compare": OPERATIONS["compare"].summary,
    "compose": OPERATIONS["compose"].summary,
    "similar": OPERATIONS["similar"].summary,
    "fork": OPERATIONS["fork"].summary,
    "demo": Text(
        "Visite guidée : un projet réel, puis un exemple entièrement répondu.",
        "A guided tour: a real project, then an example with every answer.",
    ),
    "batch": Text(
        "Évalue beaucoup de projets, et en écrit les réponses dans l'ordre.",
        "Assess many projects, and write the answers in their order.",
    ),
    "query": OPERATIONS["query"].summary,
    "rules": Text(
        "Les règles : les contrôler, les lister, en lire une, comparer deux dates.",
        "The rules: check them, list them, read one, compare two dates.",
    ),
    "facts": Text(
        "Écrit en Turtle les faits d'un projet, sans rien conclure.",
        "Write the facts of a project as Turtle, concluding nothing.",
    ),
    "verify-proof": Text(
        "Recontrôle une preuve, étape par étape.",
        "Check a proof again, step by step.",
    ),
    "test": Text(
        "Rejoue des cas écrits en YAML : une description, et ce qui doit en sortir.",
        "Run cases written in YAML: a description, and what must come out of it.",
    ),
    "load": Text(
        "Charge des fichiers RDF dans un magasin sur disque, à côté des graphes publiés, ou dans "
        "un autre moteur SPARQL (--endpoint) ; sans fichier, ce moteur reçoit les graphes publiés.",
        "Load files of RDF into a store on disk, beside the published graphs, or into another "
        "SPARQL engine (--endpoint); without files, that engine gets the published graphs.",
    ),
    "dump": Text(
        "Écrit dans un fichier tout ce qui est publié.",
        "Write all that is published to a file.",
    ),
    "serve": Text(
        "Démarre le service HTTP sur cette machine : les pages, les données liées, SPARQL, le "
        "catalogue, la vérification et l'évaluation de descriptions.",
        "Start the HTTP service on this machine: pages, linked data, SPARQL, the catalogue, "
        "validation and assessment of descriptions.",
    ),
}


def command_text(name: str, fr: str, en: str) -> Text:
    """Return the help of a command: its summary, then its details in both languages."""
    summary = SUMMARIES[name]
    return Text(f"{summary.fr}\n\n{fr}", f"{summary.en}\n\n{en}")
