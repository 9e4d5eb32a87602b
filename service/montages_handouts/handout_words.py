"""The fixed words of the two papers, by key, for the page and for the word processor alike."""

from __future__ import annotations

from montages.bilingual import message

WORDS = {
    "answer": message("The answer"),
    "decide": message("What to find out first"),
    "votes": message("What is voted, and who controls"),
    "choose": message("For you to choose"),
    "avoid": message("Not to do"),
    "presumed": message("What we presume"),
    "set-ups": message("The ways compared"),
    "our-answer": message("What the facts of the project call for"),
    "picture": message("Who pays, who does, who risks"),
    "first-page": message("The picture of the first page"),
    "better": message("Better if"),
    "asks": message("Why, or what it asks"),
    "time": message("How long"),
    "who": message("Who"),
    "clause": message("Clause"),
    "duties": message("The calendar of duties"),
    "when": message("When"),
    "duty": message("Duty"),
    "clauses": message("Clauses to adapt"),
    "ours": message(
        "Worded by us, in brackets what is yours to set: neither law nor a standard text."
    ),
    "verify": message("To verify, and with whom"),
    "attention": message("Points of attention"),
    "sources": message("Sources"),
    "law": message("Law as of", context="in short"),
    "rules": message("Rules: version"),
    "reopen": message("To reopen this project, correct it or read all its detail"),
    "no-address-at-all": message(
        "This page has no address: the service that reopens the project is not named (--site, "
        "or MONTAGES_BASE_URL)."
    ),
    "too-long": message(
        "The address of this project is too long for paper: keep the project as a file, or "
        "follow the link of the digital version."
    ),
    "link": message("Open the project"),
    "qr": message("QR code: the address that reopens this project"),
    "dense": message("A dense code: print it at its full size."),
    "no-qr": message("This address is too long for a QR code."),
    "contest": message("Contest this result"),
    "page": message("page"),
}


def word(key: str, lang: str) -> str:
    """Return the words of a key in a language."""
    return WORDS[key][lang]
