"""How statuses, outcomes, severities and kinds show: their symbols, their colours and their words."""

from __future__ import annotations

from dataclasses import dataclass

from montages.bilingual import Text


@dataclass(frozen=True)
class Sign:
    """How a status, an outcome or a severity shows: a symbol that needs no colour, a colour, words."""

    symbol: str
    colour: str
    one: Text
    many: Text


STATUS_SIGNS = {
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
# Verdicts in the order in which they are told; what is lawful and hardly sensible comes last.
VERDICT_SIGNS = {
    "fits": Sign("✓", "green", Text("convient", "fits"), Text("Conviennent", "Fit")),
    "fits-on-terms": Sign(
        "◐",
        "green",
        Text("convient à condition", "fits on terms"),
        Text("Conviennent à condition", "Fit on terms"),
    ),
    "to-verify": Sign(
        "?", "yellow", Text("à vérifier", "to verify"), Text("À vérifier", "To verify")
    ),
    "closed-by-choice": Sign(
        "↺",
        "magenta",
        Text("fermé par vos choix", "closed by your choices"),
        Text("Fermés par vos choix", "Closed by your choices"),
    ),
    "closed": Sign("✗", "red", Text("fermé", "closed"), Text("Fermés", "Closed")),
    "folded": Sign(
        "·",
        "bright_black",
        Text("peu adapté", "hardly sensible"),
        Text("Peu adaptés", "Hardly sensible"),
    ),
}
# What a group of rows is called above them.
VERDICT_TITLES = {
    "fits": Text("Convient", "Fits"),
    "fits-on-terms": Text("Convient à condition", "Fits on terms"),
    "to-verify": Text("À vérifier", "To verify"),
    "closed-by-choice": Text("Fermé par vos choix", "Closed by your choices"),
    "closed": Text("Fermé", "Closed"),
    "folded": Text("Possible en droit, peu adapté", "Lawful, hardly sensible"),
}
PROCEDURE_SIGNS = {
    "sufficient": Sign("✓", "green", Text("suffit", "is enough"), Text("Suffisent", "Are enough")),
    "allowed": Sign("○", "cyan", Text("permis", "allowed"), Text("Permis", "Allowed")),
    "to-verify": Sign(
        "?", "yellow", Text("à vérifier", "to verify"), Text("À vérifier", "To verify")
    ),
    "closed": Sign("✗", "red", Text("fermé", "closed"), Text("Fermés", "Closed")),
}
OUTCOME_SIGNS = {
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
SEVERITY_SIGNS = {
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
STATE_WORDS = {
    "explicit": Text("répondu", "answered"),
    "derived": Text("déduit", "derived"),
    "default": Text("supposé", "assumed"),
    "presumed-derived": Text("présumé par la loi", "presumed by law"),
    "presumed-default": Text("présumé", "presumed"),
    "asserted": Text("affirmé par le porteur", "asserted by the holder"),
    "explicit-unknown": Text("", ""),
    "not-asked": Text("", ""),
}
# When a duty must be fulfilled.
DUE_WORDS = {
    "before-launch": Text("avant le lancement", "before the launch"),
    "in-the-consultation": Text("dans la consultation", "in the consultation"),
    "at-signature": Text("à la signature", "at signature"),
    "during-the-contract": Text("pendant le contrat", "during the contract"),
}
CERTAINTY_WORDS = {
    "Verified": Text("", ""),
    "SingleSource": Text("une seule source", "a single source"),
    "Unverified": Text("non vérifié", "unverified"),
    "Disputed": Text("contesté", "disputed"),
    "Judgement": Text("notre appréciation", "our judgement"),
}
# What is really retained, by what it is.
RETAINED_TITLES = {
    "contract": Text("Contrat retenu", "Retained contract"),
    "procedure": Text("Procédure retenue", "Retained procedure"),
    "channel": Text("Canal d'achat retenu", "Retained channel"),
    "vehicle": Text("Structure retenue", "Retained vehicle"),
}
# What else goes around a contract, in the order in which one thinks of it.
KIND_TITLES = {
    "channel": Text("Achat à plusieurs", "Buying together"),
    "vehicle": Text("Société dédiée", "Company of its own"),
    "activity": Text("Activité", "Activity"),
}
