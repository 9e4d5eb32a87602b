"""One contract of another format as a description: its keys, what is unknown, and what was not read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from montages.bilingual import Text, message
from montages.hidden_signs import visible
from montages.knowledge.description_keys import criterion_keys

# A value is shown in a note as far as this.
_LONGEST = 80


@dataclass(frozen=True)
class ImportNote:
    """What an import could not take as it stood: a code, where it stood, what was written there.

    `place` is a JSON pointer, or an XPath, into the file; `value` what was found there, cut short.
    """

    code: str
    place: str
    value: str = ""

    @property
    def text(self) -> Text:
        """Return the note as a sentence, in both languages."""
        value = visible(self.value)
        if len(value) > _LONGEST:
            value = f"{value[:_LONGEST]}…"
        return NOTE_TEXTS[self.code].fill(value=value)

    def to_json(self, lang: str) -> dict[str, str]:
        """Return the note as JSON, its sentence in one language."""
        return {
            "code": self.code,
            "place": self.place,
            "value": self.value[:_LONGEST],
            "message": self.text[lang],
        }


@dataclass(frozen=True)
class ImportedContract:
    """A contract as a description: `keys` are those of our JSON and YAML, ready for the parser.

    `identifier` names it in its file; `notes` say what was not taken as it stood.
    """

    identifier: str
    keys: dict[str, Any]
    notes: tuple[ImportNote, ...] = field(default=())


def unknown_criteria(keys: Mapping[str, Any]) -> list[str]:
    """Return the slugs of the criteria that a description leaves unanswered, in the order of the rulebook."""
    answered = set(keys.get("answers", {}))
    for part in keys.get("perimeters", {}).values():
        answered |= set(part.get("answers", {}))
    return [criterion for criterion, key in criterion_keys().items() if key not in answered]


NOTE_TEXTS: dict[str, Text] = {
    # Any format.
    "no-value": message("“{value}” is no value: this field is taken as unknown."),
    "unknown-word": message("“{value}” is no word of this list: this field is taken as unknown."),
    "no-amount": message("“{value}” is no amount: the value is taken as unknown."),
    "amount-beyond-belief": message(
        "Amount of {value} €, beyond belief: the value is taken as unknown."
    ),
    "no-duration": message("“{value}” is no duration: it is taken as unknown."),
    "no-date": message("“{value}” is no date: it is taken as unknown."),
    "year-beyond-belief": message("Date “{value}”, beyond belief: it is taken as unknown."),
    # Notices of TED.
    "other-currency": message("“{value}”: this is not in euros, the value is taken as unknown."),
    "token-amount": message("Amount of {value} €: a token, the value is taken as unknown."),
    "offers-only": message(
        "The notice gives the lowest and the highest offer ({value}), not the value of the "
        "contract."
    ),
    "lots-summed": message(
        "The whole value is not stated: it is the sum of those of the lots, {value} €."
    ),
    "as-modified": message(
        "Contract modified: the value is that after the modification, {value} €."
    ),
    "duration-in-months": message("The duration is counted in months: {value}."),
    "renewable": message(
        "Duration of {value} months, renewable: the whole duration is not stated, it is taken "
        "as unknown."
    ),
    "named-in-title": message("The contract retained is the one that the title names: “{value}”."),
    "kind-in-name": message("The kind of holder is read in its name: “{value}”."),
    "no-siren": message("“{value}” is neither a SIREN nor a SIRET: it is not taken in."),
    "out-of-directive": message(
        "The notice names the directive {value}, and says it is outside its scope: nothing is "
        "drawn from it."
    ),
    "defence": message("Defence or security contract ({value}): outside what Montages covers."),
    "announced-only": message("The notice ({value}) only announces: no contract is retained."),
    "decided-only": message(
        "The notice ({value}) tells of a decision to award, not of a signature: the state of "
        "the contract is unknown."
    ),
    "procedure-without-call": message(
        "Without a prior call for competition ({value}): none of our procedures says this case."
    ),
    "procedure-of-ours-unknown": message("Procedure “{value}”: none of ours answers to it."),
    "more-lots": message("{value} lots: only the first 400 are taken in as parts of the project."),
    "no-theme": message(
        "Nothing in it tells of a smart-territory project: “{value}”. The notice is taken in "
        "all the same."
    ),
    "read-before": message("The same notice was read already, in {value}: this one is left."),
    "more-notes": message("And {value} more notes."),
    "told-options": message("The notice provides for options; no question depends on it."),
    "told-variants": message("The notice admits variants; no question depends on it."),
    "told-auction": message(
        "The notice provides for an electronic auction; no question depends on it."
    ),
    "told-eu-funds": message("Funds of the Union contribute; no question depends on it."),
    "told-dps": message(
        "The notice sets up a dynamic purchasing system; no question depends on it."
    ),
    "told-central-purchasing": message(
        "The buyer is a central purchasing body; the notice does not tell whether it resells "
        "or buys for others."
    ),
    "told-buyer-pays": message(
        "The buyer pays a price or a contribution; no question depends on it."
    ),
    "told-exclusive-rights": message(
        "The notice invokes exclusive rights ({value}); no question depends on it."
    ),
    "told-between-public-bodies": message(
        "The notice invokes a relation between public bodies, and does not tell whether "
        "in-house or cooperation."
    ),
    "told-no-call": message(
        "Reason why there was no call for competition: {value}; no question depends on it."
    ),
    # DECP: a contract.
    "not-a-text": message("A text is expected, not “{value}”: this field is taken as unknown."),
    "no-cpv": message("“{value}” is no CPV code of eight digits: it is taken as unknown."),
    "cpv-check-digit": message("“{value}”: the check digit of the CPV code is left aside."),
    "terms-against-code": message(
        "The general terms and the CPV code do not tell the same object ({value}): the terms "
        "are followed."
    ),
    "other-form": message(
        "This list has not the form of the format ({value}): it is read all the same."
    ),
    "modified-since": message(
        "Modified since it was signed ({value}): the contract is described as signed."
    ),
    "published-again": message("Published at {value} too: the latest publication is the one kept."),
    # DECP: a file, or what could not be made a contract of.
    "byte-order-mark": message("The file begins with a byte-order mark ({value}): it is ignored."),
    "not-utf-8": message(
        "The file is not all in UTF-8 ({value}): the rest is read as Windows-1252, or as "
        "UTF-16 where it says so."
    ),
    "null-contract": message("Empty contract (null): it is left aside."),
    "not-a-contract": message("“{value}” is no contract: it is left aside."),
    "contract-too-large": message(
        "Oversized contract (values, length or nesting): it is left aside."
    ),
    "cut-short": message(
        "The file is cut short: the contracts read so far are kept, {value} in all. Download "
        "it again."
    ),
    "not-read-on": message(
        "The file is no longer well written after {value} contracts, which are kept; the rest "
        "is not read."
    ),
    "text-without-end": message(
        "A text of the file does not end after {value} contracts, which are kept; what follows "
        "is not read."
    ),
}
