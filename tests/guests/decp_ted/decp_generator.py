"""Files of essential data as buyers publish them, made up, with a label on each contract: in scope, or not.

What is bought is worded as buyers word it, near misses included; nothing here is taken from the words
by which contracts are chosen. The same seed gives the same file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from decp_objects import CONCESSIONS_IN_SCOPE, CONCESSIONS_OTHER, IN_SCOPE, NEAR_MISSES, OTHERS

_WHERE = (
    "",
    "",
    "",
    " - commune de Montfleury",
    " (2023-2026)",
    " - Lot n° 2",
    " sur le territoire communautaire",
)
_PROCEDURES = (
    "Procédure adaptée",
    "Appel d'offres ouvert",
    "Procédure avec négociation",
    "Appel d'offres restreint",
)
# Numbers that pass the check of a SIREN, of no known body.
_BUYERS = tuple(f"{siren}00019" for siren in ("999990005", "999990013", "999990021", "999990039"))


def contracts(count: int, seed: int = 1) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """Yield so many contracts: the list each stands in, its tree, whether it is in scope."""
    random = Random(seed)  # noqa: S311  # made-up data, the same each time
    for number in range(count):
        if random.random() < 0.06:
            label = random.random() < 0.3
            words = random.choice(CONCESSIONS_IN_SCOPE if label else CONCESSIONS_OTHER)
            yield "contrat-concession", _concession(random, number, words), label
            continue
        share = random.random()
        kind = IN_SCOPE if share < 0.08 else NEAR_MISSES if share < 0.2 else OTHERS
        words, cpv = random.choice(kind)
        yield "marche", _marche(random, number, words, cpv), kind is IN_SCOPE


def write_decp(path: Path, count: int, seed: int = 1) -> dict[str, bool]:
    """Write a file in format 2.0.3, contract by contract, and return the label of each by its identifier."""
    labels = {}
    concessions = path.with_suffix(".concessions")
    with path.open("w", encoding="utf-8") as out, concessions.open("w", encoding="utf-8") as aside:
        out.write('{"marches": {"marche": [')
        separators = {"marche": "", "contrat-concession": ""}
        for name, tree, label in contracts(count, seed):
            labels[tree["id"]] = label
            file = out if name == "marche" else aside
            file.write(separators[name] + json.dumps(tree, ensure_ascii=False))
            separators[name] = ",\n"
        out.write('], "contrat-concession": [')
        aside.flush()
        with concessions.open(encoding="utf-8") as back:
            for line in back:
                out.write(line)
        out.write("]}}")
    concessions.unlink()
    return labels


def _worded(random: Random, words: str) -> str:
    words += random.choice(_WHERE)
    style = random.random()
    return words.upper() if style < 0.1 else words


def _marche(random: Random, number: int, words: str, cpv: str) -> dict[str, Any]:
    framework = random.random() < 0.3
    day = f"{random.randint(2019, 2026)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    tree: dict[str, Any] = {
        "id": f"M{number:07}",
        "acheteur": {"id": random.choice(_BUYERS)},
        "nature": "Marché",
        "objet": _worded(random, words),
        "codeCPV": cpv + ("-0" if random.random() < 0.1 else ""),
        "techniques": {"technique": ["Accord-cadre" if framework else "Sans objet"]},
        "modalitesExecution": {
            "modaliteExecution": ["Bons de commande" if framework else "Sans objet"]
        },
        "marcheInnovant": random.random() < 0.03,
        "ccag": "Pas de CCAG",
        "offresRecues": random.randint(1, 9),
        "attributionAvance": False,
        "typeGroupementOperateurs": "Pas de groupement",
        "sousTraitanceDeclaree": False,
        "procedure": random.choice(_PROCEDURES),
        "lieuExecution": {"code": f"{random.randint(1, 95):02}", "typeCode": "Code département"},
        "dureeMois": random.choice((6, 12, 24, 36, 48, 48, 60, 96)),
        "dateNotification": day,
        "datePublicationDonnees": day,
        "montant": round(random.lognormvariate(11.5, 1.3), 2),
        "typesPrix": {"typePrix": ["Définitif révisable"]},
        "formePrix": "Unitaire",
        "titulaires": [{"titulaire": {"id": "99999000500019", "typeIdentifiant": "SIRET"}}],
        "considerationsSociales": {"considerationSociale": ["Pas de considération sociale"]},
        "considerationsEnvironnementales": {
            "considerationEnvironnementale": ["Clause environnementale"]
        },
    }
    if random.random() < 0.02:
        tree["nature"] = "Marché de partenariat"
    if random.random() < 0.1:
        change = {"id": 1, "dateNotificationModification": day, "dureeMois": 72}
        tree["modifications"] = [{"modification": change}]
    return tree


def _concession(random: Random, number: int, words: str) -> dict[str, Any]:
    day = f"{random.randint(2019, 2026)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    return {
        "id": f"C{number:07}",
        "autoriteConcedante": {"id": random.choice(_BUYERS)},
        "nature": random.choice(
            ("Délégation de service public", "Concession de service", "Concession de travaux")
        ),
        "objet": _worded(random, words),
        "procedure": "Procédure négociée ouverte",
        "dureeMois": random.choice((60, 120, 180, 240)),
        "dateSignature": day,
        "datePublicationDonnees": day,
        "dateDebutExecution": day,
        "valeurGlobale": round(random.lognormvariate(14, 1.2), 2),
        "montantSubventionPublique": 0,
        "concessionnaires": [
            {"concessionnaire": {"id": "99999000500019", "typeIdentifiant": "SIRET"}}
        ],
    }
