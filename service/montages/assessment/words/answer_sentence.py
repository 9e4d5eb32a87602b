"""The answer in two sentences: what one may do and on what terms, then by which procedure (R16, R37)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.rows import Row
from montages.assessment.words.elsewhere import elsewhere
from montages.assessment.words.procedure_advice import ProcedureAdvice
from montages.assessment.words.wording import (
    ONCE_VERIFIED,
    PROVIDED,
    enumerated,
    facts_text,
    terms_text,
)
from montages.bilingual import Text
from montages.engine.units import Unit
from montages.knowledge.periods import Rules

_UNSTATED = Text(
    "Rien n'est encore dit du projet : rien n'est fermé, rien n'est décidé.",
    "Nothing is said of the project yet: nothing is closed, nothing is decided.",
)
NOTHING_DECIDED = Text(
    "Rien ne peut encore être décidé : trop de réponses sont inconnues.",
    "Nothing can be decided yet: too many answers are unknown.",
)
_EXAMPLE = Text("Vous pourrez par exemple", "You may for example")
_WITHOUT_PROCEDURE = Text(", sans procédure de passation", ", without an award procedure")


@dataclass(frozen=True)
class Ways:
    """The procedures of a contract worth naming: enough, allowed in any case, those enough once verified.

    `needed` is false where no procedure awards such a contract; `ladder` tells them by the amount, where that
    alone decides.
    """

    enough: ArrangementResult | None
    advice: ProcedureAdvice | None
    allowed: ArrangementResult | None
    awaited: tuple[ArrangementResult, ...]
    needed: bool = True
    ladder: Text | None = None


def answer_sentence(rows: Sequence[Row], ways: Ways, units: Sequence[Unit], rules: Rules) -> Text:
    """Return what one may do first: the set-up, its part of the project, its terms, its procedure.

    What it asks elsewhere than where it does best follows. Where it covers a part of the project only, the
    best of what covers the others follows, each part named once, with what is to be verified for it; what is
    for the first is a step of its own.
    """
    first = rows[0].shown
    others, beyond = _for_the_rest(rows, units), elsewhere(first, units, rules)
    return Text(
        *(
            " ".join(
                (
                    _may_by(first, ways, units, rules, lang),
                    *filter(None, (beyond[lang],)),
                    *(_may(each, units, rules, lang, of=part) for each, part in others),
                )
            )
            for lang in ("fr", "en")
        )
    )


def nothing_stated_sentence(first: ArrangementResult, ways: Ways, rules: Rules) -> Text:
    """Return what to say of a project of which nothing is stated: the plainest way, by which procedure."""
    return Text(
        *(
            f"{_UNSTATED[lang]} {_EXAMPLE[lang]} {in_sentence(first, lang)}. {_by(ways, rules, lang)}"
            for lang in ("fr", "en")
        )
    )


def _may_by(
    first: ArrangementResult, ways: Ways, units: Sequence[Unit], rules: Rules, lang: str
) -> str:
    """Return what one may do first and by which procedure, in one sentence where it is a short one."""
    may, by = _may(first, units, rules, lang, facts_apart=True), _by(ways, rules, lang)
    if not ways.needed:
        return f"{may[:-1]}{_WITHOUT_PROCEDURE[lang]}."
    short = ways.enough is not None and not terms_text(first.terms, rules)[lang]
    if short and len(first.covers or ()) in (0, len(units)):
        return f"{may[:-1]}, {_way(ways, lang)}"
    return f"{may} {by}" if by else may


def _for_the_rest(
    rows: Sequence[Row], units: Sequence[Unit]
) -> list[tuple[ArrangementResult, frozenset[str]]]:
    """Return the best rows that cover what those before leave out, those that are sensible, and for what."""
    left = {unit.id for unit in units} - set(rows[0].shown.covers or ())
    others = []
    for row in rows[1:]:
        covered = frozenset(left & set(row.shown.covers or ()))
        if covered and row.shown.verdict.open and not row.shown.folded:
            others.append((row.shown, covered))
            left -= covered
    return others


def in_sentence(result: ArrangementResult, lang: str) -> str:
    """Return an arrangement as a sentence tells it, by its name where no words are given."""
    return result.arrangement.in_sentence[lang] or result.arrangement.label[lang]


def _may(
    result: ArrangementResult,
    units: Sequence[Unit],
    rules: Rules,
    lang: str,
    facts_apart: bool = False,
    of: Collection[str] | None = None,
) -> str:
    """Return what one may do; what is to be verified first is in the sentence, or told apart from it.

    `of` are the units it is for, where others have a set-up already; those that it covers else.
    """
    facts = "" if facts_apart else facts_text(result.to_verify, rules)[lang]
    later = bool(result.to_verify)
    terms = terms_text(result.terms, rules)[lang]
    covers = (result.covers or ()) if of is None else of
    names = [unit.label[lang] for unit in units if unit.id in covers]
    part = enumerated(names, lang) if 0 < len(names) < len(units) else ""
    words = in_sentence(result, lang)
    if lang == "fr":
        start = f"{'Vous pourrez' if later else 'Vous pouvez'} {words}"
        return "".join(
            (
                f"{start} pour une partie du projet ({part})" if part else start,
                f", {ONCE_VERIFIED.fr} {facts}" if facts else "",
                f", {'et ' if facts else ''}{PROVIDED.fr} {terms}" if terms else "",
                ".",
            )
        )
    return "".join(
        (
            f"You can {words}",
            f" for a part of the project ({part})" if part else "",
            f", {ONCE_VERIFIED.en} {facts}" if facts else "",
            f", {'and ' if facts else ''}{PROVIDED.en} {terms}" if terms else "",
            ".",
        )
    )


def _by(ways: Ways, rules: Rules, lang: str) -> str:
    """Return by which procedure it is done, "" where none is known of."""
    if ways.enough is not None:
        return f"{_DONE[bool(ways.advice and ways.advice.needed)][lang]} {_way(ways, lang)}"
    if ways.ladder is not None:
        return ways.ladder[lang]
    told = []
    if ways.allowed is not None:
        told.append(in_sentence(ways.allowed, lang))
    for lightest in ways.awaited[:1]:
        facts = facts_text(lightest.to_verify, rules)[lang]
        told.append(f"{in_sentence(lightest, lang)}, {ONCE_VERIFIED[lang]} {facts}")
    return f"{_DONE[False][lang]} {_OR[lang].join(told)}." if told else ""


def _way(ways: Ways, lang: str) -> str:
    """Return the procedure that is enough, and why: `sans publicité : 20 000 € sont sous le seuil…`."""
    assert ways.enough is not None
    why = f"{' ' if lang == 'fr' else ''}: {ways.advice.why[lang]}" if ways.advice else ""
    return f"{in_sentence(ways.enough, lang)}{why}."


_DONE = {
    True: Text("Cela se fait", "It is done"),
    False: Text("Cela peut se faire", "It can be done"),
}
_OR = Text(", ou ", ", or ")
