"""The fixed words of the two papers, by key, for the page and for the word processor alike."""

from __future__ import annotations

from montages.bilingual import message

WORDS = {
    "answer": message("The answer"),
    "why": message("Why"),
    "decide": message("What to decide now"),
    "avoid": message("Not to do"),
    "turns": message("What would change the answer"),
    "open-too": message("Open too"),
    "to-verify": message("Possible once verified"),
    "presumed": message("What we presume"),
    "given": message("Answer"),
    "set-ups": message("The set-ups compared"),
    "set-up": message("Set-up"),
    "verdict": message("Verdict"),
    "rests-on": message("Terms and what to verify"),
    "fit": message("Fit", context="how well it suits"),
    "apart": message("What tells them apart in law"),
    "criterion": message("Criterion"),
    "aside": message("Set-ups left aside"),
    "procedure": message("The procedure"),
    "terms": message("What the law requires", context="title of a catalogue"),
    "requirement": message("Requirement"),
    "clause": message("Clause"),
    "duties": message("The calendar of duties"),
    "when": message("When"),
    "duty": message("Duty"),
    "no-duty": message("No further duty is known at this stage."),
    "verify": message("To verify, and with whom"),
    "all-verified": message("Nothing else to verify."),
    "attention": message("Points of attention"),
    "sources": message("Sources"),
    "no-address": message("no official address noted"),
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
