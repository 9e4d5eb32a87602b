"""The columns of a CSV that are no answer to a criterion: what names a project, its layers, its contract."""

from __future__ import annotations

from montages.knowledge.model import Text

NONE = Text("", "")
SEVERAL = Text("Plusieurs : séparées par |.", "Several: separated by |.")
# What is no answer to a criterion: name, key, pointer, kind, title, hint.
PLAIN: tuple[tuple[str, str, str, str, Text, Text], ...] = (
    ("projet", "project", "/project", "text", Text("Nom du projet", "Name of the project"), NONE),
    (
        "identifiant",
        "id",
        "/id",
        "text",
        Text("Identifiant du projet", "Identifier of the project"),
        Text(
            "Un mot sans espace ni accent ; sans lui, tiré du nom.",
            "A word without spaces or accents; without it, made from the name.",
        ),
    ),
    (
        "description",
        "description",
        "/description",
        "text",
        Text("Description", "Description"),
        NONE,
    ),
    (
        "porteur_nom",
        "holder-name",
        "/holder/name",
        "text",
        Text("Nom du porteur", "Name of the holder"),
        NONE,
    ),
    (
        "porteur_type",
        "holder-type",
        "/holder/type",
        "text",
        Text("Type de porteur", "Type of holder"),
        Text(
            "Une classe d'acteur de l'ontologie, par exemple Commune ou Metropole.",
            "A class of actor of the ontology, for example Commune or Metropole.",
        ),
    ),
    (
        "porteur_siren",
        "holder-siren",
        "/holder/siren",
        "text",
        Text("SIREN du porteur", "SIREN number of the holder"),
        NONE,
    ),
    (
        "couches",
        "layers",
        "/layers",
        "layers",
        Text("Couches utilisées", "Layers used"),
        Text(
            "couche:mode, séparées par |, par exemple objects:own|iot-network:subscription.",
            "layer:mode, separated by |, for example objects:own|iot-network:subscription.",
        ),
    ),
    (
        "couches_completes",
        "layers-complete",
        "/layers-complete",
        "flag",
        Text("La liste des couches est complète", "The list of layers is complete"),
        NONE,
    ),
    ("usages", "usages", "/usages", "list", Text("Usages", "Uses"), SEVERAL),
    (
        "usages_complets",
        "usages-complete",
        "/usages-complete",
        "flag",
        Text("La liste des usages est complète", "The list of uses is complete"),
        NONE,
    ),
    (
        "inconnus",
        "unknown",
        "/unknown",
        "list",
        Text("Critères déclarés inconnus", "Criteria declared unknown"),
        SEVERAL,
    ),
    (
        "listes_completes",
        "complete",
        "/complete",
        "list",
        Text("Critères dont la liste est complète", "Criteria whose list is complete"),
        SEVERAL,
    ),
    (
        "exigences_affirmees",
        "asserts",
        "/asserts",
        "pairs",
        Text(
            "Exigences que le porteur affirme satisfaire",
            "Requirements the holder asserts to satisfy",
        ),
        Text(
            "exigence:note, séparées par | ; la note peut manquer.",
            "requirement:note, separated by |; the note may be left out.",
        ),
    ),
    (
        "suppositions",
        "assumes",
        "/assumes",
        "pairs",
        Text("Réponses supposées", "Answers assumed"),
        Text("critère:valeur, séparées par |.", "criterion:value, separated by |."),
    ),
    (
        "contrat_retenu",
        "retained",
        "/retained",
        "list",
        Text("Contrat retenu", "Contract retained"),
        SEVERAL,
    ),
    (
        "procedure_retenue",
        "retained-procedure",
        "/retained-procedure",
        "list",
        Text("Procédure retenue", "Procedure retained"),
        SEVERAL,
    ),
    (
        "modes_d_achat_retenus",
        "retained-channels",
        "/retained-channels",
        "list",
        Text("Achats à plusieurs retenus", "Channels retained"),
        SEVERAL,
    ),
    (
        "structure_retenue",
        "retained-vehicle",
        "/retained-vehicle",
        "list",
        Text("Structure retenue", "Vehicle retained"),
        SEVERAL,
    ),
    (
        "etat_du_contrat",
        "contract-state",
        "/contract-state",
        "text",
        Text("État du contrat", "State of the contract"),
        Text(
            "in-consultation, signed, dropped ou ended.",
            "in-consultation, signed, dropped or ended.",
        ),
    ),
    (
        "date_de_l_etat",
        "contract-state-on",
        "/contract-state-on",
        "text",
        Text("Date de l'état du contrat", "Date of the contract's state"),
        Text("Année, année-mois ou année-mois-jour.", "Year, year-month or year-month-day."),
    ),
    (
        "date_de_signature",
        "signed-on",
        "/signed-on",
        "text",
        Text("Date de signature", "Signing date"),
        Text("Année, année-mois ou année-mois-jour.", "Year, year-month or year-month-day."),
    ),
)
