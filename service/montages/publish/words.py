"""The words of statuses, outcomes and states, and how a phrase, a number or a date is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from montages.knowledge.model import Text
from montages.publish.phrases import PHRASES


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

_MONTHS_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_MONTHS_EN = "January February March April May June July August September October November December"


def say(key: str, lang: str) -> str:
    """Return a word or a phrase of the pages; KeyError for an unknown key."""
    return PHRASES[key][lang]


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
