"""The words of the conversation: what it says, and how what people type is understood."""

from __future__ import annotations

from collections.abc import Sequence

from montages.bilingual import Text
from montages.knowledge.thing_labels import plain_form

PROMPT = Text("Réponse", "Answer")
KEYS = Text(
    "Un numéro, un nom ou une valeur ; 0 : je ne sais pas ; ? : aide ; < : revenir ; r : revoir vos "
    "réponses ; q : arrêter là.",
    "A number, a name or a value; 0: I do not know; ?: help; <: back; r: review; q: stop here.",
)
PART_KEYS = Text(
    "Un numéro ou un nom, plusieurs séparés par des virgules ; 0 ou Entrée : je ne sais pas ; ? : aide ; "
    "< : revenir ; q : arrêter là.",
    "A number or a name, several with commas; 0 or Enter: I do not know; ?: help; <: back; q: stop here.",
)
MODE_KEYS = Text(
    "Un numéro ou un nom, suivi de * pour toutes les couches qui restent ; 0 ou Entrée : à décider ; "
    "? : qui paie quoi ; < : revenir ; q : arrêter là.",
    "A number or a name, followed by * for all layers that are left; 0 or Enter: to be decided; "
    "?: who pays what; <: back; q: stop here.",
)
CONFIRM = Text(
    "Entrée : tout confirmer ; un numéro : corriger ; < : revenir ; r : revoir ; q : arrêter là.",
    "Enter: confirm all; a number: correct it; <: back; r: review; q: stop here.",
)
REVIEWED = Text(
    "Un numéro : changer cette réponse ; Entrée : continuer ; q : arrêter là.",
    "A number: change that answer; Enter: go on; q: stop here.",
)
SAVED = Text(
    "Vos réponses sont dans {0}. Pour reprendre : montages ask {0}",
    "Your answers are in {0}. To go on: montages ask {0}",
)
MORE = Text(
    "Tout le résultat : montages assess {0} ; à imprimer : montages note {0} -o note.html",
    "The whole result: montages assess {0}; to print: montages note {0} -o note.html",
)
FIRST = Text("Premier résultat :", "First result:")
NOW = Text("Résultat :", "Result:")
NOT_LISTED = Text(
    "Cette réponse n'est pas dans la liste : donnez un numéro ou un nom de la liste.",
    "This answer is not in the list: give a number or a name of the list.",
)
MEANT = Text(" Vouliez-vous {} ?", " Did you mean {}?")
NOTHING_BEFORE = Text(
    "Rien avant cette question dans cette séance ; r : revoir vos réponses, et en changer.",
    "Nothing before this question in this sitting; r: review your answers, and change one.",
)
NOTHING_SAID = Text("Vous n'avez encore rien répondu.", "You have not answered anything yet.")
IN_FILE = Text(
    "Les secteurs se changent dans le fichier, sous « perimeters ».",
    "Areas are changed in the file, under “perimeters”.",
)
BACK = ("<", "retour", "back")
REVIEW = ("r", "revoir", "review")
STOP = ("q", "quitter", "quit")
UNKNOWN = ("0", "je ne sais pas", "i do not know", "i don t know", "unknown")
# What was passed over; the modes of layers are one thing.
MODES = "modes"


def is_unknown(text: str) -> bool:
    """Tell whether what was typed says that one does not know."""
    return text == "0" or plain_form(text) in UNKNOWN


def numbered(word: str, values: Sequence[str]) -> str:
    """Return the value that a number of a list stands for, another word as it is."""
    word = word.strip()
    return values[int(word) - 1] if word.isdigit() and 0 < int(word) <= len(values) else word
