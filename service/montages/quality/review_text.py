"""The review of a rule for whoever reviews it: what to judge it by, and the file to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from montages.bilingual import Text, message, plural
from montages.knowledge.law import Requirement
from montages.knowledge.periods import rules_at
from montages.knowledge.rule_review import rule_digest
from montages.knowledge.rulebook import rulebook
from montages.names import VOCABULARIES, slug
from montages.publish.text.signs import VERDICT_SIGNS
from montages.quality.checks.counted_descriptions import description_text
from montages.quality.rule_effect import DUE, PanelFlip, rule_effect

SHOWN, SET_UPS = 8, 3  # cases of the panel, set-ups of each; their number is told

CLOSES = message("The shortest description that it closes by itself")
OPENS = message("The shortest that meets it and leaves the set-up open")
NEVER_CLOSES = message("It closes no description by itself: another rule says as much.")
WAITS = message("It waits for an amount that is not known on that day, and closes nothing yet.")
CLOSES_NOTHING = message("It closes no set-up: it advises, or says what must be done.")
FLIPS = plural(
    "Without it, {n} case of the panel comes out otherwise",
    "Without it, {n} cases of the panel come out otherwise",
)
NO_FLIPS = message("Without it, every case of the panel comes out the same.")
MORE = plural("and {n} more", "and {n} more")
_DUE, _NOT_DUE = message("due", context="a duty"), message("nothing is due")
_HEAD = message(
    "Review of a rule: {label}.\n"
    "Replace the words in capitals, then add the file to data/reviews.\n"
    "An organisation reviews, never a person: name nobody."
)
_OPINIONS = message(
    "RightRule: it says what the law says. WrongRule: it does not.\n"
    "OpenNorm: the text leaves it open."
)
_REMARK = message("Why, and by which text. With RightRule, this line may be taken away.")
_DAY = message("The day as 2026-12-31, here and at the end of the name of the review.")


def effect_lines(version: Requirement, on: date) -> Sequence[tuple[Text, Text | None]]:
    """Return what a version closes and opens by itself: sentences, with a description or without."""
    rules = rules_at(on)
    effect = rule_effect(version, rules)
    if effect.waits:
        return [(WAITS, None)]
    if not (version.hard or version.closes_if):
        return [(CLOSES_NOTHING, None)]
    closes = (CLOSES, description_text(effect.closes, rules)) if effect.closes else None
    opens = [(OPENS, description_text(effect.opens, rules))] if effect.opens else []
    return [closes or (NEVER_CLOSES, None), *opens]


def case_lines(flips: Sequence[PanelFlip]) -> list[Text]:
    """Return how the first set-ups of a case flip, in words, and how many more do."""
    more = len(flips) - SET_UPS
    return [*map(_flip, flips[:SET_UPS]), *([MORE.fill(n=more)] if more > 0 else [])]


def _flip(flip: PanelFlip) -> Text:
    return message(
        "{set_up}: {under} → {without}",
        set_up=rulebook().arrangements[flip.arrangement].label,
        under=_standing(flip.under),
        without=_standing(flip.without),
    )


def _standing(word: str) -> Text:
    if word in VERDICT_SIGNS:
        return VERDICT_SIGNS[word].one
    return _DUE if word == DUE else _NOT_DUE


def review_form(version: Requirement, lang: str) -> str:
    """Return the file of a review of a version of a rule, in Turtle: words in capitals are to be replaced."""
    prefixes = {name: VOCABULARIES[name] for name in ("dcterms", "foaf", "prov", "xsd")}
    prefixes["mtg"] = "https://w3id.org/montages/def/"
    lines = [f"# {line}" for line in _HEAD.fill(label=version.label)[lang].split("\n")]
    lines += [f"@prefix {name}: <{prefixes[name]}> ." for name in sorted(prefixes)]
    lines += [
        "",
        f"<https://w3id.org/montages/id/review/{slug(version.iri)}-ORGANISATION-DAY> a mtg:RuleReview ;",
        f"    mtg:reviewOf <{version.version}> ;",
        f'    mtg:reviewedDigest "{rule_digest(version.version)}" ;',
        *(f"    # {line}" for line in _OPINIONS[lang].split("\n")),
        "    mtg:opinion mtg:OPINION ;",
        f"    # {_REMARK[lang]}",
        f'    mtg:remark "REMARK"@{lang} ;',
        '    prov:wasAssociatedWith [ a foaf:Organization ; foaf:name "ORGANISATION" ] ;',
        f"    # {_DAY[lang]}",
        '    dcterms:date "DAY"^^xsd:date .',
    ]
    return "\n".join(lines) + "\n"
