"""A question in words and in JSON: why it is asked, what each answer does, an example of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from montages.advice.questions.undecided import AnswerChange
from montages.assessment.wording import lower
from montages.bilingual import Text, in_both, joined, message, plural
from montages.knowledge.model import Arrangement, Criterion

# So many set-ups are named, the others counted.
_NAMED = 3
_FOR_EXAMPLE = re.compile(r"(?<![^\s])(?:Par exemple|For example)\b", re.IGNORECASE)


def why_asked(waits: Sequence[str], arrangements: Mapping[str, Arrangement]) -> Text:
    """Return why a question is asked: which set-ups wait on it."""
    if not waits:
        return message("The answer depends on it.")
    names = _names([arrangements[slug].shown_as or slug for slug in waits], arrangements)
    return message("Still depending on it: {names}.", names=names)


def why_refined(refines: Sequence[str], arrangements: Mapping[str, Arrangement]) -> Text:
    """Return which set-ups a question ranks, where it changes no verdict."""
    names = _names([arrangements[slug].shown_as or slug for slug in refines], arrangements)
    return message("Refines the place of: {names}.", names=names)


def answer_words(change: AnswerChange, arrangements: Mapping[str, Arrangement]) -> Text:
    """Return what an answer does at once, in few words; what the project would then be told, where asked."""
    if change.names is not None:
        named = arrangements[change.names].label if change.names else _NO_CONTRACT
        return message("then {named}", named=in_both(lambda lang: lower(named[lang])))
    closes, fits = (
        _names(_whole_rows(slugs, arrangements), arrangements)
        for slugs in (change.closes, change.fits)
    )
    fr = [f"ferme {closes.fr}"] * bool(change.closes) + [f"convient : {fits.fr}"] * bool(
        change.fits
    )
    en = [f"closes {closes.en}"] * bool(change.closes) + [f"fits: {fits.en}"] * bool(change.fits)
    return Text(" ; ".join(fr) or _NOTHING.fr, "; ".join(en) or _NOTHING.en)


_NOTHING = message("decides nothing by itself")
_NO_CONTRACT = message("no contract")


def _whole_rows(slugs: Sequence[str], arrangements: Mapping[str, Arrangement]) -> list[str]:
    """Return the contracts among set-ups, those of one row as the row where all of it are among them.

    Where there is none, all set-ups: procedures follow contracts.
    """
    slugs = [slug for slug in slugs if arrangements[slug].kind == "contract"] or slugs
    rows: dict[str, None] = {}
    for slug in slugs:
        row = arrangements[slug].shown_as or slug
        members = {a.slug for a in arrangements.values() if row in (a.slug, a.shown_as)}
        whole = all(member in slugs or arrangements[member].abstract for member in members)
        rows[row if whole else slug] = None
    return list(rows)


def _names(slugs: Sequence[str], arrangements: Mapping[str, Arrangement]) -> Text:
    """Return the names of set-ups, each once, the last ones counted."""
    labels = [arrangements[slug].label for slug in dict.fromkeys(slugs)]
    more = len(labels) - _NAMED
    named = joined(labels[:_NAMED])
    if more <= 0:
        return named
    return plural("{names} and {n} more", "{names} and {n} more", names=named, n=more)


def example(text: Text) -> Text:
    """Return the example that a help gives: from the words that begin it, all of it where none do."""
    parts = []
    for lang in ("fr", "en"):
        begin = _FOR_EXAMPLE.search(text[lang])
        parts.append(text[lang][begin.start() :] if begin else text[lang])
    return Text(*parts)


def question_json(asked: Criterion, kind: str, key: str, why: Text, lang: str) -> dict[str, Any]:
    """Return which criterion is asked, in which words and why, and the key where its answer stands."""
    return {
        "criterion": asked.slug,
        "kind": kind,
        "theme": asked.theme,
        "label": asked.label[lang],
        "question": asked.question[lang],
        "why": why[lang],
        "key": key,
        "multiple": asked.multiple,
    }
