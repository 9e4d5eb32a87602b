"""The fixed phrases of the terminal and of pages, in French and in English, by key.

A sentence with variables is a pair beside the code that composes it; a text that only a page of the
service has stands in its template, its English in the catalogue of the pages. What is told of the rules
themselves stands in `rulebook_phrases`.
"""

from __future__ import annotations

from montages.bilingual import Text, counted
from montages.publish.text.rulebook_phrases import RULEBOOK_PHRASES

# A noun that is counted has two keys: `-one` and `-many`.
PHRASES = {
    "law": Text("Droit applicable le", "Law as of"),
    "rules": Text("règles", "rules"),
    "answers": Text("Réponses", "Answers"),
    "given-one": Text("donnée", "given"),
    "given-many": Text("données", "given"),
    "derived-one": Text("déduite", "derived"),
    "derived-many": Text("déduites", "derived"),
    "assumed-one": Text("supposée", "assumed"),
    "assumed-many": Text("supposées", "assumed"),
    "presumed-one": Text("présumée", "presumed"),
    "presumed-many": Text("présumées", "presumed"),
    "presumed": Text("Présumé", "Presumed"),
    "presumed-else": Text(
        "si c'est faux, dites-le : votre réponse l'emporte",
        "if that is wrong, say so: your answer prevails",
    ),
    "what-fits": Text("Ce qui convient", "What fits"),
    "warning-one": Text("avertissement", "warning"),
    "warning-many": Text("avertissements", "warnings"),
    "info-one": Text("remarque", "remark"),
    "info-many": Text("remarques", "remarks"),
    "more": Text(
        "Tout le détail, exigence par exigence : --detail full.",
        "All the detail, requirement by requirement: --detail full.",
    ),
    "to-fill-in": Text(
        "Toutes les questions, à remplir : montages new projet.yaml.",
        "All the questions, to fill in: montages new project.yaml.",
    ),
    "in-rows": Text("en", "in"),
    "left-open": Text("Ce qui reste possible", "What is still possible"),
    "still-open": Text("Possible, selon vos réponses", "Possible, depending on your answers"),
    "same": Text("celui-ci", "this one"),
    "forbidden": Text("Interdit", "Forbidden"),
    "to-do-first": Text("À faire", "To do"),
    "all-verified": Text("Rien d'autre à vérifier", "Nothing else to verify"),
    "to-know": Text("À savoir", "Good to know"),
    "to-watch": Text("À surveiller", "To watch"),
    "presumed-by-law": Text("Présumé par la loi", "Presumed by law"),
    "presumed-by-practice": Text("Présumé par l'usage", "Presumed by practice"),
    "presumed-wrong": Text(
        "Si c'est faux, répondez vous-même, la présomption tombe :",
        "If that is wrong, answer yourself, and the presumption falls:",
    ),
    "unknown-one": Text("déclarée inconnue", "declared unknown"),
    "unknown-many": Text("déclarées inconnues", "declared unknown"),
    "fit": Text("adéquation", "fit"),
    "fit-sure": Text("adéquation acquise", "fit for certain"),
    "fit-possible": Text("possible selon vos réponses", "possible, as you answer"),
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
    "terms": Text("à condition", "provided you"),
    "on-terms": Text("puis à condition", "then provided you"),
    "also-mind": Text("voir aussi :", "see also:"),
    "once-verified": Text("une fois vérifié", "once it is verified"),
    "for-all": Text("À vérifier dans tous les cas", "To verify in every case"),
    "to-find-out": Text("à vérifier :", "to verify:"),
    "ordinary-terms": Text("aux conditions ordinaires", "on ordinary terms"),
    "nothing-else": Text("rien d'autre à vérifier", "nothing else to verify"),
    "reopens": Text("se rouvre à condition", "reopens provided you"),
    "buys-by": Text(
        "une façon de faire fonctionner ; pour ses achats :",
        "a way of running; for what it buys:",
    ),
    "presumed-against": Text("fermé par une présomption", "closed by a presumption"),
    "to-do": Text("il faudra", "you will have to"),
    "maybe-to-do": Text("peut-être", "perhaps"),
    "done": Text("fait", "done"),
    "duties": Text("Ce qu'il faudra faire", "What will have to be done"),
    "procedure": Text("Procédure", "Procedure"),
    "unasked": Text(
        "Aussi possible, selon vos réponses", "Possible too, depending on your answers"
    ),
    "or": Text("ou", "or"),
    "alert": Text("Attention", "Warning"),
    "retained": Text("Contrat retenu", "Retained contract"),
    "signed": Text("signé", "signed"),
    "retained-on": Text("sur", "on"),
    "to-answer": Text("À répondre pour trancher", "To answer, to settle it"),
    "useful": Text("Les réponses les plus utiles", "The most useful answers"),
    "contract-one": Text("contrat", "contract"),
    "contract-many": Text("contrats", "contracts"),
    "and": Text("et", "and"),
    "interface-one": Text("interface", "interface"),
    "interface-many": Text("interfaces", "interfaces"),
    "question-one": Text("question", "question"),
    "question-many": Text("questions", "questions"),
    "alike-one": Text(
        "critère ne distingue pas ces contrats", "criterion does not tell these contracts apart"
    ),
    "alike-many": Text(
        "critères ne distinguent pas ces contrats", "criteria do not tell these contracts apart"
    ),
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
    "units-alike": Text(
        "Toutes les unités donnent le même résultat.", "All units give the same result."
    ),
    "what-if": Text("Ce qui changerait la réponse", "What would change the answer"),
    "what-if-lead": Text(
        "Seuls vos choix sont revus, les moins lourds d'abord : les faits sont ce qu'ils sont. "
        "Votre projet n'est pas modifié.",
        "Only your choices are reviewed, the lightest first: facts are what they are. "
        "Your project is not changed.",
    ),
    "what-if-common": Text(
        "Dans tous les cas, il reste à vérifier", "In any case it is left to verify"
    ),
    "without-change": Text("Sans rien changer", "Without any change"),
    "by-open-choice": Text("Par un choix encore à faire", "By a choice still to be made"),
    "by-changing": Text("En revenant sur un choix", "By going back on a choice"),
    "no-choice-opens": Text("Aucun choix n'y change rien", "No choice changes that"),
    "would-need": Text("condition non remplie", "unmet condition"),
    "left-to-verify": Text("il reste à vérifier", "it is left to verify"),
    "turn-to": Text("À qui s'adresser", "Whom to turn to"),
    "try-change": Text("Voir le résultat ainsi", "See the result that way"),
    "gains": Text("Rapproche aussi", "Brings closer too"),
    "losses": Text("Éloigne", "Takes further away"),
    "other-way-one": Text("autre façon", "other way"),
    "other-way-many": Text("autres façons", "other ways"),
    "ways-counted": Text(
        "D'autres encore, plus lourdes, ne sont pas montrées.",
        "More of them, heavier, are not shown.",
    ),
    "this-project": Text("Votre projet", "Your project"),
    "the-variant": Text("La variante", "The variant"),
    "what-differs": Text("Les réponses qui diffèrent", "The answers that differ"),
    "what-gets-better": Text("Ce qui s'améliore", "What gets better"),
    "what-gets-worse": Text("Ce qui se complique", "What gets harder"),
    "nothing-moves": Text("Aucun verdict ne change.", "No verdict changes."),
    "around-moves": Text("Autour du contrat, ce qui change", "Around the contract, what changes"),
    "unmoved-one": Text("autre ne change pas", "other does not change"),
    "unmoved-many": Text("autres ne changent pas", "others do not change"),
    "causes-one": Text("autre raison", "other reason"),
    "causes-many": Text("autres raisons", "other reasons"),
    "findings": Text("Ce que dit la vérification", "What the check says"),
    "hard": Text("Exigences juridiques", "Legal requirements"),
    "soft": Text("Convenance", "Suitability"),
    "attention": Text("Points d'attention", "Points of attention"),
    "contest-this": Text("contester", "contest"),
    "contest": Text("Contester un résultat :", "Contest a result:"),
    "verdict": Text("Verdict", "Verdict"),
    "contracts": Text("Contrats", "Contracts"),
    "depends": Text("dépend de :", "depends on:"),
    "after-signature": Text(
        "n'était pas en vigueur à la signature", "was not in force at signature"
    ),
    "detail": Text("Le détail", "The detail"),
    "details": Text("Le détail, contrat par contrat", "The detail, contract by contract"),
    "setup-page": Text("La page de ce contrat", "The page of this contract"),
    "at-thresholds": Text(
        "Ce montant sur la frise des seuils", "This amount on the timeline of thresholds"
    ),
    "more-setups": Text("Aussi possible", "Also possible"),
    "more-notes": Text("Où chercher pour les autres usages", "Where to look for the other uses"),
    "costs": Text("Qui paie quoi", "Who pays what"),
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
    "understood": Text("Compris", "Understood"),
    "looked-at": Text("Ce que chaque contrôle a examiné", "What each shape looked at"),
    "shapes-looked": Text(
        "contrôles avaient quelque chose à vérifier, sur",
        "shapes had something to check, out of",
    ),
    "project-one": Text("projet", "project"),
    "project-many": Text("projets", "projects"),
    "retained-one": Text("contrat retenu", "retained contract"),
    "retained-many": Text("contrats retenus", "retained contracts"),
    "around-one": Text(
        "procédure, canal ou structure retenu", "procedure, channel or vehicle retained"
    ),
    "around-many": Text(
        "procédures, canaux et structures retenus", "procedures, channels and vehicles retained"
    ),
    "sum-open": Text(
        "Faits encore ouverts, en moyenne par projet", "Facts still open, on average a project"
    ),
    "sum-lacking": Text("il manque le plus souvent :", "most often missing:"),
    "row-one": Text("ligne", "row"),
    "row-many": Text("lignes", "rows"),
    "query-help": Text(
        "montages query NOM, avec --param CLÉ=VALEUR pour ce qui suit le titre ; "
        "--format csv, json ou turtle.",
        "montages query NAME, with --param KEY=VALUE for what follows the title; "
        "--format csv, json or turtle.",
    ),
    **RULEBOOK_PHRASES,
}


def phrase(key: str, lang: str) -> str:
    """Return a phrase by its key; KeyError for an unknown key."""
    return PHRASES[key][lang]


def plural_of(number: int, noun: str, lang: str) -> str:
    """Return a number and its noun: `1 contrat`, `5 contrats`; zero is singular in French only."""
    noun_of = counted(number, PHRASES[f"{noun}-one"], PHRASES[f"{noun}-many"])
    return f"{number} {noun_of[lang]}"
