"""In words: the contract that a real project retained, or that a practitioner expects of a case."""

from __future__ import annotations

from montages.advice.similar.precedents import Precedent, PrecedentKind
from montages.assessment.wording import enumerated, lower
from montages.bilingual import Text, message
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import name_of
from montages.names import ID

LANGS = ("fr", "en")
_NOTHING_RETAINED = message("the sources do not say which contract was signed")
_RETAINED, _SIGNED = message("retained: {}"), message("in {}")
# What a practitioner expects of the set-ups named, by the word of the panel.
_EXPECTED = {
    "first": message("a practitioner expects first: {}"),
    "nearest": message("a practitioner would change little for: {}"),
    "fits": message("a practitioner expects to fit: {}"),
    "open": message("a practitioner expects open: {}"),
    "to-verify": message("a practitioner would verify: {}"),
    "closed-by-choice": message("a practitioner expects choices to close: {}"),
    "closed": message("a practitioner expects closed: {}"),
}
_NOTHING_EXPECTED = message("a practitioner draws no contract from it")


def ending_words(precedent: Precedent) -> Text:
    """Return what was retained by a real project, or what a practitioner expects of a case."""
    arrangements = rulebook().arrangements
    labels = [arrangements[name].label for name in precedent.set_ups]
    names = Text(*(enumerated([lower(label[x]) for label in labels], x) for x in LANGS))
    if precedent.kind is PrecedentKind.PANEL:
        return _both(_EXPECTED[precedent.expected], names) if labels else _NOTHING_EXPECTED
    if not labels:
        return _NOTHING_RETAINED
    details = []
    if precedent.signed_on:
        year = precedent.signed_on[:4]
        details.append(_both(_SIGNED, Text(year, year)))
    if precedent.state and (precedent.state != "signed" or not details):
        state = name_of(f"{ID}contract-state/{precedent.state}")
        details.append(Text(*(lower(state[x]) for x in LANGS)))
    retained = _both(_RETAINED, names)
    if not details:
        return retained
    return Text(*(f"{retained[x]} ({', '.join(one[x] for one in details)})" for x in LANGS))


def _both(pattern: Text, word: Text) -> Text:
    return Text(*(pattern[x].format(word[x]) for x in LANGS))
