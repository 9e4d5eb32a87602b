"""The fixed phrases on the rules themselves, by key: their tests and panel, figures, sources and changes."""

from __future__ import annotations

from montages.bilingual import Text

RULEBOOK_PHRASES = {
    "case-one": Text("cas réussi", "case passed"),
    "case-many": Text("cas réussis", "cases passed"),
    "failure-one": Text("échec", "failure"),
    "failure-many": Text("échecs", "failures"),
    "invalid": Text("description non conforme :", "description does not conform:"),
    "cover-arrangements": Text(
        "montages vus sous leurs trois statuts", "arrangements seen in all three statuses"
    ),
    "cover-hard_requirements": Text(
        "exigences dures vues satisfaites et non satisfaites",
        "hard requirements seen satisfied and violated",
    ),
    "cover-soft_requirements": Text(
        "critères de convenance vus des deux côtés", "suitability criteria seen both ways"
    ),
    "panel": Text("panel", "panel"),
    "panel-gates": Text(
        "conditions vues satisfaites et non satisfaites", "gates seen satisfied and violated"
    ),
    "panel-duties": Text("obligations vues dues et non dues", "duties seen due and not due"),
    "panel-folds": Text("replis vus", "folds seen"),
    "panel-presumptions": Text(
        "présomptions vues appliquées et contredites", "presumptions seen applied and contradicted"
    ),
    "panel-definitions": Text(
        "définitions qui décident d'un cas à elles seules",
        "definitions that decide a case by themselves",
    ),
    "panel-expected": Text(
        "contrats et procédures attendus au moins deux fois",
        "contracts and procedures expected twice at least",
    ),
    "error-one": Text("erreur", "error"),
    "error-many": Text("erreurs", "errors"),
    "descriptions-counted": Text(
        "descriptions cohérentes, toutes comptées, sur les critères dont dépendent les verdicts :",
        "coherent descriptions, all of them counted, over the criteria that verdicts depend on:",
    ),
    "share-of-descriptions": Text(
        "Une part de descriptions n'est pas une part de projets réels.",
        "A share of descriptions is no share of real projects.",
    ),
    "verdicts-move": Text(
        "Part des descriptions cohérentes dont le verdict change, et la plus courte",
        "Share of coherent descriptions whose verdict moves, and the shortest one",
    ),
    "same-verdicts": Text("Aucun verdict ne change.", "No verdict moves."),
    "closes-alone": Text(
        "La plus courte description que cette condition ferme à elle seule",
        "The shortest description that this gate closes by itself",
    ),
    "closes-never-alone": Text(
        "Cette condition ne ferme rien à elle seule : une autre ferme en même temps.",
        "This gate closes nothing by itself: another one closes at the same time.",
    ),
    "verdicts-on-contracts": Text("verdicts sur les contrats", "verdicts on contracts"),
    "nothing-open": Text("rien d'ouvert", "nothing open"),
    "descriptions-stuck": Text(
        "rien d'ouvert, ni à rouvrir, sans loi qui le dise",
        "nothing open nor to reopen, and no law that says so",
    ),
    "only-own": Text("rien d'ouvert que la régie", "nothing open but a régie"),
    "only-own-stuck": Text(
        "rien que la régie, ni à rouvrir, sans loi qui le dise",
        "nothing but a régie, nor to reopen, and no law that says so",
    ),
    "figure-contract_types": Text("types de contrat", "contract types"),
    "figure-requirements": Text("exigences", "requirements"),
    "figure-bare": Text("… sans source ou sans lecture", "… without source or reading"),
    "figure-bare-rule": Text(
        "chacune a sa source et sa lecture en français et en anglais",
        "each has its source, and its reading in French and in English",
    ),
    "figure-sheet_uncited": Text("cellules de la fiche non citées", "cells of the sheet not cited"),
    "figure-diagram_nodes": Text("nœuds du diagramme des verdicts", "nodes of the verdict diagram"),
    "figure-blank": Text("vides dans la fiche", "blank in the sheet"),
    "figure-hard": Text("conditions", "gates"),
    "figure-duties": Text("obligations", "duties"),
    "figure-soft": Text("préférences", "preferences"),
    "figure-criteria": Text("critères", "criteria"),
    "figure-sources": Text("sources", "sources"),
    "is-hard": Text("obligatoire", "required"),
    "is-duty": Text("à faire", "to do"),
    "is-soft": Text("convenance", "suits"),
    "since": Text("depuis le", "since"),
    "until": Text("jusqu'au", "until"),
    "in-force": Text("en vigueur", "in force"),
    "not-in-force-on": Text("pas en vigueur le", "not in force on"),
    "value-on": Text("montants du", "amounts as of"),
    "history": Text("Historique", "History"),
    "read-officially": Text("à l'adresse officielle", "at the official address"),
    "in-a-copy": Text("dans une copie", "in a copy"),
    "in-copies": Text("dans des copies", "in copies"),
    "no-address": Text("adresse non gardée", "address not kept"),
    "on-the": Text("le ", "on "),
    "day-not-noted": Text("jour de lecture non noté", "day of reading not noted"),
    "reviewed-by": Text("relu par", "reviewed by"),
    "nobody-yet": Text("personne encore", "nobody yet"),
    "when": Text("seulement si :", "only when:"),
    "unless": Text("sauf si :", "unless:"),
    "change-added": Text("ajouté", "added"),
    "change-removed": Text("supprimé", "removed"),
    "change-changed": Text("modifié", "changed"),
    "same-rules": Text("Les règles sont les mêmes.", "The rules are the same."),
    "same-statuses": Text(
        "Aucun statut ne change pour ces projets.", "No status changes for these projects."
    ),
}
