"""How verdicts, outcomes, severities and kinds show: their symbols, their colours and their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from montages.bilingual import Text, message

T = TypeVar("T")


@dataclass(frozen=True)
class Sign:
    """How a verdict, an outcome or a severity shows: a symbol that needs no colour, a colour, words."""

    symbol: str
    colour: str
    one: Text
    many: Text


# Verdicts in the order in which they are told; what is lawful and hardly sensible comes last.
VERDICT_SIGNS = {
    "fits": Sign("✓", "green", message("fits"), message("Fit")),
    "fits-on-terms": Sign("◐", "green", message("fits on terms"), message("Fit on terms")),
    "to-verify": Sign("?", "yellow", message("to verify"), message("To verify")),
    "closed-by-choice": Sign(
        "↺", "magenta", message("closed by your choices"), message("Closed by your choices")
    ),
    "closed": Sign("✗", "red", message("closed"), message("Closed", context="several contracts")),
    "folded": Sign("·", "bright_black", message("hardly sensible"), message("Hardly sensible")),
}
# What a group of rows is called above them.
VERDICT_TITLES = {
    "fits": message("Fits"),
    "fits-on-terms": message("Fits on terms"),
    "to-verify": message("To verify"),
    "closed-by-choice": message("Closed by your choices", context="one contract"),
    "closed": message("Closed"),
    "folded": message("Lawful, hardly sensible"),
}
PROCEDURE_SIGNS = {
    "sufficient": Sign("✓", "green", message("is enough"), message("Are enough")),
    "allowed": Sign("○", "cyan", message("allowed"), message("Allowed")),
    "to-verify": Sign("?", "yellow", message("to verify"), message("To verify")),
    "closed": Sign("✗", "red", message("closed"), message("Closed", context="several contracts")),
}
OUTCOME_SIGNS = {
    "violated": Sign("✗", "red", message("violated"), message("Violated")),
    "contradicted": Sign("!", "magenta", message("contradicted"), message("Contradicted")),
    "undetermined": Sign(
        "?",
        "yellow",
        message("undetermined", context="a requirement"),
        message("Undetermined", context="requirements"),
    ),
    "satisfied": Sign("✓", "green", message("satisfied"), message("Satisfied")),
    "not-applicable": Sign(
        "–", "bright_black", message("not applicable"), message("Not applicable")
    ),
}
SEVERITY_SIGNS = {
    "violation": Sign("✗", "red", message("point to correct"), message("points to correct")),
    "warning": Sign("!", "yellow", message("warning"), message("warnings")),
    "info": Sign("i", "cyan", message("remark"), message("remarks")),
}
# How an answer is known. Absence is said by the answer itself: «aucune information», «déclaré inconnu».
STATE_WORDS = {
    "explicit": message("answered"),
    "derived": message("derived"),
    "default": message("assumed"),
    "presumed-derived": message("presumed by law"),
    "presumed-default": message("presumed"),
    "asserted": message("asserted by the holder"),
    "explicit-unknown": Text("", ""),
    "not-asked": Text("", ""),
}
# When a duty must be fulfilled.
DUE_WORDS = {
    "before-launch": message("before the launch"),
    "in-the-consultation": message("in the consultation"),
    "at-publication": message("when you publish"),
    "at-award": message("at the award"),
    "at-signature": message("at signature"),
    "after-signature": message("after signature"),
    "during-the-contract": message("during the contract"),
}
CERTAINTY_WORDS = {
    "Verified": Text("", ""),
    "SingleSource": message("a single source"),
    "Unverified": message("unverified"),
    "Disputed": message("disputed"),
    "Judgement": message("our judgement"),
}
# What is really retained, by what it is.
RETAINED_TITLES = {
    "contract": message("Retained contract"),
    "procedure": message("Retained procedure"),
    "channel": message("Retained channel"),
    "vehicle": message("Retained vehicle"),
}
# What else goes around a contract, in the order in which one thinks of it.
KIND_TITLES = {
    "channel": message("Buying together"),
    "vehicle": message("Company of its own"),
    "activity": message("Activity"),
}


def under_signs(
    pairs: Iterable[tuple[str, T]], signs: Mapping[str, Sign] = VERDICT_SIGNS
) -> list[tuple[str, list[T]]]:
    """Return things under their verdicts or outcomes, in the order of the signs."""
    groups: dict[str, list[T]] = {}
    for name, thing in pairs:
        groups.setdefault(name, []).append(thing)
    return [(name, groups[name]) for name in signs if name in groups]
