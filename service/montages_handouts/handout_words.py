"""The fixed words of the two papers, by key, for the page and for the word processor alike."""

from __future__ import annotations

from montages.bilingual import Text

WORDS = {
    "answer": Text("La réponse", "The answer"),
    "why": Text("Pourquoi", "Why"),
    "decide": Text("Ce qu'il faut décider maintenant", "What to decide now"),
    "turns": Text("Ce qui changerait la réponse", "What would change the answer"),
    "open-too": Text("Aussi ouvert", "Open too"),
    "to-verify": Text("Possible après vérification", "Possible once verified"),
    "project": Text("Le projet tel qu'il est décrit", "The project as it is described"),
    "question": Text("Question", "Question"),
    "given": Text("Réponse", "Answer"),
    "set-ups": Text("Les montages comparés", "The set-ups compared"),
    "set-up": Text("Montage", "Set-up"),
    "verdict": Text("Verdict", "Verdict"),
    "rests-on": Text("Conditions et vérifications", "Terms and what to verify"),
    "fit": Text("Adéquation", "Fit"),
    "apart": Text("Ce qui les distingue en droit", "What tells them apart in law"),
    "criterion": Text("Critère", "Criterion"),
    "aside": Text("Montages laissés de côté", "Set-ups left aside"),
    "procedure": Text("La procédure", "The procedure"),
    "terms": Text("Les exigences du droit", "What the law requires"),
    "requirement": Text("Exigence", "Requirement"),
    "clause": Text("Article", "Clause"),
    "duties": Text("Le calendrier des obligations", "The calendar of duties"),
    "when": Text("Quand", "When"),
    "duty": Text("Obligation", "Duty"),
    "no-duty": Text(
        "Aucune obligation de plus n'est connue à ce stade.",
        "No further duty is known at this stage.",
    ),
    "verify": Text("À vérifier, et auprès de qui", "To verify, and with whom"),
    "all-verified": Text("Rien d'autre à vérifier.", "Nothing else to verify."),
    "attention": Text("Points d'attention", "Points of attention"),
    "sources": Text("Sources", "Sources"),
    "no-address": Text("pas d'adresse lue", "no address read"),
    "law": Text("Droit au", "Law as of"),
    "rules": Text("Règles : version", "Rules: version"),
    "reopen": Text(
        "Pour rouvrir ce projet, le corriger ou en lire tout le détail",
        "To reopen this project, correct it or read all its detail",
    ),
    "no-address-at-all": Text(
        "Cette page n'a pas d'adresse : le service qui rouvre le projet n'est pas nommé (--site, ou "
        "MONTAGES_BASE_URL).",
        "This page has no address: the service that reopens the project is not named (--site, or "
        "MONTAGES_BASE_URL).",
    ),
    "too-long": Text(
        "L'adresse de ce projet est trop longue pour le papier : gardez le projet en fichier, ou "
        "suivez le lien de la version numérique.",
        "The address of this project is too long for paper: keep the project as a file, or follow the "
        "link of the digital version.",
    ),
    "link": Text("Ouvrir le projet", "Open the project"),
    "qr": Text(
        "Code QR : l'adresse qui rouvre ce projet", "QR code: the address that reopens this project"
    ),
    "dense": Text(
        "Code dense : à imprimer sans réduire.", "A dense code: print it at its full size."
    ),
    "no-qr": Text(
        "Adresse trop longue pour un code QR.", "This address is too long for a QR code."
    ),
    "contest": Text("Contester ce résultat", "Contest this result"),
    "page": Text("page", "page"),
}


def word(key: str, lang: str) -> str:
    """Return the words of a key in a language."""
    return WORDS[key][lang]
