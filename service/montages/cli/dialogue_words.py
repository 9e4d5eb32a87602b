"""The words of the conversation: what it says, and how what people type is understood."""

from __future__ import annotations

from collections.abc import Sequence

from montages.bilingual import message
from montages.knowledge.thing_labels import plain_form

PROMPT = message("Answer")
KEYS = message(
    "A number, a name or a value; 0: I do not know; ?: help; <: back; r: review; q: stop here."
)
PART_KEYS = message(
    "A number or a name, several with commas; 0 or Enter: I do not know; ?: help; <: back; q: "
    "stop here."
)
REVIEWED = message("A number: change that answer; Enter: go on; q: stop here.")
SAVED = message("Your answers are in {0}. To go on: montages ask {0}")
MORE = message("The whole result: montages assess {0}; to print: montages note {0} -o note.html")
FIRST = message("First result:")
NOW = message("Result:")
NOT_LISTED = message("This answer is not in the list: give a number or a name of the list.")
MEANT = message(" Did you mean {}?")
NOTHING_BEFORE = message(
    "Nothing before this question in this sitting; r: review your answers, and change one."
)
NOTHING_SAID = message("You have not answered anything yet.")
IN_FILE = message("Areas are changed in the file, under “perimeters”.")
BACK = ("<", "retour", "back")
REVIEW = ("r", "revoir", "review")
STOP = ("q", "quitter", "quit")
UNKNOWN = ("0", "je ne sais pas", "i do not know", "i don t know", "unknown")


def is_unknown(text: str) -> bool:
    """Tell whether what was typed says that one does not know."""
    return text == "0" or plain_form(text) in UNKNOWN


def numbered(word: str, values: Sequence[str]) -> str:
    """Return the value that a number of a list stands for, another word as it is."""
    word = word.strip()
    return values[int(word) - 1] if word.isdigit() and 0 < int(word) <= len(values) else word
