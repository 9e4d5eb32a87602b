"""The words of the pages and of the terminal, in French and in English, each said in one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from montages.knowledge.model import Text


@dataclass(frozen=True)
class Sign:
    """How a status, an outcome or a severity shows: a symbol that needs no colour, a colour, words."""

    symbol: str
    colour: str
    one: Text
    many: Text


STATUS = {
    "eligible": Sign("✓", "green", Text("possible", "eligible"), Text("Possibles", "Eligible")),
    "undetermined": Sign(
        "?", "yellow", Text("indéterminé", "undetermined"), Text("Indéterminés", "Undetermined")
    ),
    "conflict": Sign(
        "!", "magenta", Text("en conflit", "in conflict"), Text("En conflit", "In conflict")
    ),
    "ineligible": Sign("✗", "red", Text("écarté", "ruled out"), Text("Écartés", "Ruled out")),
    "not-in-force": Sign(
        "·",
        "bright_black",
        Text("pas en vigueur", "not in force"),
        Text("Pas en vigueur", "Not in force"),
    ),
}
OUTCOME = {
    "violated": Sign(
        "✗", "red", Text("non satisfaite", "violated"), Text("Non satisfaites", "Violated")
    ),
    "contradicted": Sign(
        "!",
        "magenta",
        Text("contradictoire", "contradicted"),
        Text("Contradictoires", "Contradicted"),
    ),
    "undetermined": Sign(
        "?", "yellow", Text("indéterminée", "undetermined"), Text("Indéterminées", "Undetermined")
    ),
    "satisfied": Sign(
        "✓", "green", Text("satisfaite", "satisfied"), Text("Satisfaites", "Satisfied")
    ),
    "not-applicable": Sign(
        "–",
        "bright_black",
        Text("sans objet", "not applicable"),
        Text("Sans objet", "Not applicable"),
    ),
}
SEVERITY = {
    "violation": Sign(
        "✗",
        "red",
        Text("point à corriger", "point to correct"),
        Text("points à corriger", "points to correct"),
    ),
    "warning": Sign(
        "!", "yellow", Text("avertissement", "warning"), Text("avertissements", "warnings")
    ),
    "info": Sign("i", "cyan", Text("remarque", "remark"), Text("remarques", "remarks")),
}
# How an answer is known. Absence is said by the answer itself: «aucune information», «déclaré inconnu».
STATE = {
    "explicit": Text("répondu", "answered"),
    "derived": Text("déduit", "derived"),
    "default": Text("supposé", "assumed"),
    "asserted": Text("affirmé par le porteur", "asserted by the holder"),
    "explicit-unknown": Text("", ""),
    "not-asked": Text("", ""),
}
CERTAINTY = {
    "Verified": Text("", ""),
    "SingleSource": Text("une seule source", "a single source"),
    "Unverified": Text("non vérifié", "unverified"),
    "Disputed": Text("contesté", "disputed"),
    "Judgement": Text("notre appréciation", "our judgement"),
}
# What goes around a contract, in the order in which one thinks of it.
KIND = {
    "procedure": Text("Procédure", "Procedure"),
    "channel": Text("Achat à plusieurs", "Buying together"),
    "vehicle": Text("Société dédiée", "Company of its own"),
    "activity": Text("Activité", "Activity"),
}

_SAID = {
    "law": Text("Droit applicable le", "Law as of"),
    "rules": Text("règles", "rules"),
    "answers": Text("Réponses", "Answers"),
    "given-one": Text("donnée", "given"),
    "given-many": Text("données", "given"),
    "derived-one": Text("déduite", "derived"),
    "derived-many": Text("déduites", "derived"),
    "assumed-one": Text("supposée", "assumed"),
    "assumed-many": Text("supposées", "assumed"),
    "unknown-one": Text("déclarée inconnue", "declared unknown"),
    "unknown-many": Text("déclarées inconnues", "declared unknown"),
    "fit": Text("adéquation", "fit"),
    "fit-help": Text(
        "Adéquation : part des critères de convenance remplis, au moins – au plus. Ils conseillent ; "
        "seul le droit écarte.",
        "Fit: share of the suitability criteria met, at least – at most. They advise; "
        "only the law rules out.",
    ),
    "provisional": Text("provisoire", "provisional"),
    "provisional-help": Text(
        "Provisoire : repose sur une réponse supposée.", "Provisional: rests on an assumed answer."
    ),
    "alert": Text("Attention", "Warning"),
    "retained": Text("Contrat retenu", "Retained contract"),
    "signed": Text("signé", "signed"),
    "retained-on": Text("sur", "on"),
    "to-answer": Text("À répondre pour trancher", "To answer, to settle it"),
    "useful": Text("Les réponses les plus utiles", "The most useful answers"),
    "contract-one": Text("contrat", "contract"),
    "contract-many": Text("contrats", "contracts"),
    "covers": Text("convient à :", "fits:"),
    "partly-one": Text("convient à une partie du projet", "fits a part of the project"),
    "partly-many": Text("conviennent à une partie du projet", "fit a part of the project"),
    "missing": Text("Il manque :", "Missing:"),
    "and": Text("et", "and"),
    "other-one": Text("autre", "more"),
    "other-many": Text("autres", "more"),
    "instead": Text("au lieu de", "instead of"),
    "accepted": Text("accepté :", "accepted:"),
    "given-value": Text("reçu :", "given:"),
    "did-you-mean": Text("Vouliez-vous", "Did you mean"),
    "number": Text("un nombre", "a number"),
    "several": Text("plusieurs possibles", "several may apply"),
    "no-hard": Text("Aucune exigence juridique propre", "No legal requirement of its own"),
    "hard-one": Text("exigence juridique, satisfaite", "legal requirement, satisfied"),
    "hard-many": Text(
        "exigences juridiques, toutes satisfaites", "legal requirements, all satisfied"
    ),
    "around": Text("Autour du contrat", "Around the contract"),
    "units": Text("Par couche et périmètre", "By layer and perimeter"),
    "unit": Text("unité", "unit"),
    "units-alike": Text(
        "Toutes les unités donnent le même résultat.", "All units give the same result."
    ),
    "none-fits": Text("aucun contrat possible à ce stade", "no eligible contract at this stage"),
    "findings": Text("Ce que dit la vérification", "What the check says"),
    "hard": Text("Exigences juridiques", "Legal requirements"),
    "soft": Text("Convenance", "Suitability"),
    "attention": Text("Points d'attention", "Points of attention"),
    "scope": Text("Champ", "Scope"),
    "contest": Text("Contester un résultat :", "Contest a result:"),
    "source": Text("Source", "Source"),
    "reading": Text("Ce que dit la règle", "What the rule says"),
    "requirement": Text("Exigence", "Requirement"),
    "answer": Text("Réponse", "Answer"),
    "why": Text("Pourquoi", "Why"),
    "status": Text("Statut", "Status"),
    "contract-head": Text("Contrat", "Contract"),
    "contracts": Text("Contrats", "Contracts"),
    "brief": Text("En bref", "In short"),
    "depends": Text("dépend de :", "depends on:"),
    "after-signature": Text(
        "n'était pas en vigueur à la signature", "was not in force at signature"
    ),
    "details": Text("Le détail, contrat par contrat", "The detail, contract by contract"),
    "costs": Text("Qui paie quoi", "Who pays what"),
    "none": Text("aucune", "none"),
    "proof-help": Text(
        "Chaque étape conclut quelque chose par une règle, entre crochets, à partir des étapes "
        "placées dessous. "
        "« asserted » : dit par la description ; « published » : dit par l'ontologie ou les règles ; "
        "« close/… » et « derive/… » : une requête publiée ; les autres noms sont des règles OWL 2 RL.",
        "Each step concludes something by a rule, in brackets, from the steps below it. "
        "“asserted”: said by the description; “published”: said by the ontology or the rules; "
        "“close/…” and “derive/…”: a published query; the other names are OWL 2 RL rules.",
    ),
    "proof-above": Text("déjà montré", "shown above"),
    "proof-searched": Text(
        "cherché sans rien trouver, pour", "searched without finding anything, for"
    ),
    "proof-verify": Text(
        "À faire vérifier : montages explain FICHIER --contract MONTAGE --depth proof --format json "
        "| montages verify-proof FICHIER -",
        "To have it verified: montages explain FILE --contract SLUG --depth proof --format json "
        "| montages verify-proof FILE -",
    ),
    "conforms": Text("conforme", "conforms"),
    "shapes-looked": Text(
        "formes avaient quelque chose à vérifier, sur", "shapes had something to check, out of"
    ),
    "project-one": Text("projet", "project"),
    "project-many": Text("projets", "projects"),
    "retained-one": Text("contrat retenu", "retained contract"),
    "retained-many": Text("contrats retenus", "retained contracts"),
    "sum-fits-one": Text("possible", "eligible"),
    "sum-fits-many": Text("possibles", "eligible"),
    "sum-open-one": Text("indéterminé", "undetermined"),
    "sum-open-many": Text("indéterminés", "undetermined"),
    "sum-against-one": Text("écarté ou en conflit", "ruled out or in conflict"),
    "sum-against-many": Text("écartés ou en conflit", "ruled out or in conflict"),
    "sum-absent-one": Text("pas en vigueur", "not in force"),
    "sum-absent-many": Text("pas en vigueur", "not in force"),
    "sum-lacking": Text("il manque le plus souvent :", "most often missing:"),
    "row-one": Text("ligne", "row"),
    "row-many": Text("lignes", "rows"),
    "query-help": Text(
        "montages query NOM, avec --param CLÉ=VALEUR pour ce qui suit le titre ; "
        "--format csv, json ou turtle.",
        "montages query NAME, with --param KEY=VALUE for what follows the title; "
        "--format csv, json or turtle.",
    ),
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
    "error-one": Text("erreur", "error"),
    "error-many": Text("erreurs", "errors"),
    "dead-ends": Text("ne laissent aucun contrat.", "leave no contract."),
    "figure-contract_types": Text("contrats", "contract types"),
    "figure-requirements_in_force": Text("exigences en vigueur", "requirements in force"),
    "figure-hard": Text("dures", "hard"),
    "figure-soft": Text("de convenance", "soft"),
    "figure-criteria": Text("critères", "criteria"),
    "figure-sources": Text("sources", "sources"),
    "is-hard": Text("obligatoire", "required"),
    "is-soft": Text("convenance", "suits"),
    "since": Text("depuis le", "since"),
    "until": Text("jusqu'au", "until"),
    "in-force": Text("en vigueur", "in force"),
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

_MONTHS_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_MONTHS_EN = "January February March April May June July August September October November December"


def say(key: str, lang: str) -> str:
    """Return a word or a phrase of the pages; KeyError for an unknown key."""
    return _SAID[key][lang]


def plural_of(number: int, noun: str, lang: str) -> str:
    """Return a number and its noun: `1 contrat`, `5 contrats`; zero is singular in French only."""
    many = number > 1 or (number == 0 and lang == "en")
    return f"{number} {say(f'{noun}-many' if many else f'{noun}-one', lang)}"


def day(value: date, lang: str) -> str:
    """Return a date as people read it: `1er juin 2026`, `1 June 2026`."""
    month = (_MONTHS_EN if lang == "en" else _MONTHS_FR).split()[value.month - 1]
    number = "1er" if value.day == 1 and lang == "fr" else str(value.day)
    return f"{number} {month} {value.year}"


def colon(lang: str) -> str:
    """Return a colon with the space French puts before it."""
    return " :" if lang == "fr" else ":"


def quoted(text: str, lang: str) -> str:
    """Return a text between the quotation marks of a language."""
    return f"« {text} »" if lang == "fr" else f"“{text}”"


def lower(name: str) -> str:
    """Return a label as it reads inside a sentence; an acronym keeps its capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
