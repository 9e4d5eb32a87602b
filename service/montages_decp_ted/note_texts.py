"""What each note of an import says, in both languages; `{value}` stands for what the file holds."""

from __future__ import annotations

from montages.bilingual import Text

NOTE_TEXTS: dict[str, Text] = {
    # Any format.
    "no-value": Text(
        "« {value} » n'est pas une valeur : ce champ est tenu pour inconnu.",
        "“{value}” is no value: this field is taken as unknown.",
    ),
    "unknown-word": Text(
        "« {value} » n'est pas un mot de cette liste : ce champ est tenu pour inconnu.",
        "“{value}” is no word of this list: this field is taken as unknown.",
    ),
    "no-amount": Text(
        "« {value} » n'est pas un montant : la valeur est tenue pour inconnue.",
        "“{value}” is no amount: the value is taken as unknown.",
    ),
    "amount-beyond-belief": Text(
        "Montant de {value} €, hors de toute vraisemblance : la valeur est tenue pour inconnue.",
        "Amount of {value} €, beyond belief: the value is taken as unknown.",
    ),
    "no-duration": Text(
        "« {value} » n'est pas une durée : elle est tenue pour inconnue.",
        "“{value}” is no duration: it is taken as unknown.",
    ),
    "no-date": Text(
        "« {value} » n'est pas une date : elle est tenue pour inconnue.",
        "“{value}” is no date: it is taken as unknown.",
    ),
    "year-beyond-belief": Text(
        "Date « {value} », hors de toute vraisemblance : elle est tenue pour inconnue.",
        "Date “{value}”, beyond belief: it is taken as unknown.",
    ),
    # Notices of TED.
    "other-currency": Text(
        "« {value} » : ce n'est pas en euros, la valeur est tenue pour inconnue.",
        "“{value}”: this is not in euros, the value is taken as unknown.",
    ),
    "token-amount": Text(
        "Montant de {value} € : symbolique, la valeur est tenue pour inconnue.",
        "Amount of {value} €: a token, the value is taken as unknown.",
    ),
    "offers-only": Text(
        "L'avis donne l'offre la plus basse et la plus haute ({value}), pas la valeur du contrat.",
        "The notice gives the lowest and the highest offer ({value}), not the value of the contract.",
    ),
    "lots-summed": Text(
        "La valeur entière n'est pas dite : c'est la somme de celles des lots, {value} €.",
        "The whole value is not stated: it is the sum of those of the lots, {value} €.",
    ),
    "with-tax": Text(
        "Montant de {value}, taxe comprise : nos montants sont hors taxes, il est tenu pour inconnu.",
        "Amount of {value}, tax included: our amounts exclude tax, it is taken as unknown.",
    ),
    "lot-not-awarded": Text(
        "Lot {value} : aucune attribution n'en est dite ; il n'est pas repris comme partie du projet.",
        "Lot {value}: no award of it is told; it is not taken in as a part of the project.",
    ),
    "as-modified": Text(
        "Contrat modifié : la valeur est celle d'après la modification, {value} €.",
        "Contract modified: the value is that after the modification, {value} €.",
    ),
    "duration-in-months": Text(
        "La durée est comptée en mois : {value}.",
        "The duration is counted in months: {value}.",
    ),
    "renewable": Text(
        "Durée de {value} mois, reconductible : la durée entière n'est pas dite, on la tient pour inconnue.",
        "Duration of {value} months, renewable: the whole duration is not stated, it is taken as unknown.",
    ),
    "named-in-title": Text(
        "Le contrat retenu est celui que nomme le titre : « {value} ».",
        "The contract retained is the one that the title names: “{value}”.",
    ),
    "kind-in-name": Text(
        "La nature du porteur est lue dans son nom : « {value} ».",
        "The kind of holder is read in its name: “{value}”.",
    ),
    "no-siren": Text(
        "« {value} » n'est ni un SIREN ni un SIRET : il n'est pas repris.",
        "“{value}” is neither a SIREN nor a SIRET: it is not taken in.",
    ),
    "out-of-directive": Text(
        "L'avis nomme la directive {value}, et se dit hors de son champ : il n'en est rien déduit.",
        "The notice names the directive {value}, and says it is outside its scope: nothing is drawn from it.",
    ),
    "defence": Text(
        "Marché de défense ou de sécurité ({value}) : hors de ce que Montages couvre.",
        "Defence or security contract ({value}): outside what Montages covers.",
    ),
    "announced-only": Text(
        "L'avis ({value}) ne fait qu'annoncer : aucun contrat n'est retenu.",
        "The notice ({value}) only announces: no contract is retained.",
    ),
    "decided-only": Text(
        "L'avis ({value}) dit une décision d'attribuer, pas une signature : l'état du contrat est inconnu.",
        "The notice ({value}) tells of a decision to award, not of a signature: the state of the contract is "
        "unknown.",
    ),
    "procedure-without-call": Text(
        "Sans mise en concurrence préalable ({value}) : aucune de nos procédures ne dit ce cas.",
        "Without a prior call for competition ({value}): none of our procedures says this case.",
    ),
    "procedure-of-ours-unknown": Text(
        "Procédure « {value} » : aucune des nôtres n'y répond.",
        "Procedure “{value}”: none of ours answers to it.",
    ),
    "more-lots": Text(
        "{value} lots : seuls les 400 premiers sont repris comme parties du projet.",
        "{value} lots: only the first 400 are taken in as parts of the project.",
    ),
    "no-theme": Text(
        "Rien n'y dit un projet de territoire connecté : « {value} ». L'avis est repris quand même.",
        "Nothing in it tells of a smart-territory project: “{value}”. The notice is taken in all the same.",
    ),
    "read-before": Text(
        "Le même avis a déjà été lu, dans {value} : celui-ci est laissé.",
        "The same notice was read already, in {value}: this one is left.",
    ),
    "more-notes": Text("Et {value} autres notes.", "And {value} more notes."),
    "told-options": Text(
        "L'avis prévoit des options ; aucune question n'en dépend.",
        "The notice provides for options; no question depends on it.",
    ),
    "told-variants": Text(
        "L'avis admet des variantes ; aucune question n'en dépend.",
        "The notice admits variants; no question depends on it.",
    ),
    "told-auction": Text(
        "L'avis prévoit une enchère électronique ; aucune question n'en dépend.",
        "The notice provides for an electronic auction; no question depends on it.",
    ),
    "told-eu-funds": Text(
        "Des fonds de l'Union y contribuent ; aucune question n'en dépend.",
        "Funds of the Union contribute; no question depends on it.",
    ),
    "told-dps": Text(
        "L'avis met en place un système d'acquisition dynamique ; aucune question n'en dépend.",
        "The notice sets up a dynamic purchasing system; no question depends on it.",
    ),
    "told-central-purchasing": Text(
        "L'acheteur est une centrale d'achat ; l'avis ne dit pas si elle revend ou achète pour d'autres.",
        "The buyer is a central purchasing body; the notice does not tell whether it resells or buys for "
        "others.",
    ),
    "told-buyer-pays": Text(
        "L'acheteur verse un prix ou une contribution ; aucune question n'en dépend.",
        "The buyer pays a price or a contribution; no question depends on it.",
    ),
    "told-exclusive-rights": Text(
        "L'avis invoque des droits exclusifs ({value}) ; aucune question n'en dépend.",
        "The notice invokes exclusive rights ({value}); no question depends on it.",
    ),
    "told-between-public-bodies": Text(
        "L'avis invoque une relation entre organismes publics, sans dire si c'est une quasi-régie ou une "
        "coopération.",
        "The notice invokes a relation between public bodies, and does not tell whether in-house or "
        "cooperation.",
    ),
    "told-no-call": Text(
        "Motif de l'absence de mise en concurrence : {value} ; aucune question n'en dépend.",
        "Reason why there was no call for competition: {value}; no question depends on it.",
    ),
    # DECP: a contract.
    "not-a-text": Text(
        "Un texte est attendu, pas « {value} » : ce champ est tenu pour inconnu.",
        "A text is expected, not “{value}”: this field is taken as unknown.",
    ),
    "no-cpv": Text(
        "« {value} » n'est pas un code CPV de huit chiffres : il est tenu pour inconnu.",
        "“{value}” is no CPV code of eight digits: it is taken as unknown.",
    ),
    "cpv-check-digit": Text(
        "« {value} » : le chiffre de contrôle du code CPV est laissé de côté.",
        "“{value}”: the check digit of the CPV code is left aside.",
    ),
    "terms-against-code": Text(
        "Le CCAG et le code CPV ne disent pas le même objet ({value}) : c'est le CCAG qui est suivi.",
        "The general terms and the CPV code do not tell the same object ({value}): the terms are followed.",
    ),
    "other-form": Text(
        "Cette liste n'a pas la forme du format ({value}) : elle est lue quand même.",
        "This list has not the form of the format ({value}): it is read all the same.",
    ),
    "modified-since": Text(
        "Modifié depuis la signature ({value}) : le contrat est décrit tel que signé.",
        "Modified since it was signed ({value}): the contract is described as signed.",
    ),
    "published-again": Text(
        "Publié aussi en {value} : c'est la publication la plus récente qui est gardée.",
        "Published at {value} too: the latest publication is the one kept.",
    ),
    # DECP: a file, or what could not be made a contract of.
    "byte-order-mark": Text(
        "Le fichier commence par une marque d'ordre des octets ({value}) : elle est ignorée.",
        "The file begins with a byte-order mark ({value}): it is ignored.",
    ),
    "not-utf-8": Text(
        "Le fichier n'est pas tout en UTF-8 ({value}) : le reste est lu en Windows-1252, ou en UTF-16 s'il "
        "l'annonce.",
        "The file is not all in UTF-8 ({value}): the rest is read as Windows-1252, or as UTF-16 where it "
        "says so.",
    ),
    "null-contract": Text(
        "Contrat vide (null) : il est laissé de côté.", "Empty contract (null): it is left aside."
    ),
    "not-a-contract": Text(
        "« {value} » n'est pas un contrat : il est laissé de côté.",
        "“{value}” is no contract: it is left aside.",
    ),
    "contract-too-large": Text(
        "Contrat démesuré (valeurs, longueur ou imbrication) : il est laissé de côté.",
        "Oversized contract (values, length or nesting): it is left aside.",
    ),
    "cut-short": Text(
        "Le fichier est coupé : les contrats lus jusque-là sont gardés, {value} en tout. Téléchargez-le de "
        "nouveau.",
        "The file is cut short: the contracts read so far are kept, {value} in all. Download it again.",
    ),
    "not-read-on": Text(
        "Le fichier n'est plus bien écrit après {value} contrats, qui sont gardés ; la suite n'est pas lue.",
        "The file is no longer well written after {value} contracts, which are kept; the rest is not read.",
    ),
    "text-without-end": Text(
        "Un texte du fichier n'en finit pas, après {value} contrats, qui sont gardés ; la suite n'est pas "
        "lue.",
        "A text of the file does not end after {value} contracts, which are kept; what follows is not read.",
    ),
}
