"""The answer in two sentences: what one may do and on what terms, then by which procedure (R16, R37)."""

from __future__ import annotations

from collections.abc import Sequence

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.procedure_advice import ProcedureAdvice
from montages.assessment.ranking import Row
from montages.assessment.wording import enumerated, facts_text, terms_text
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.logic import ProcedureVerdict, Verdict
from montages.knowledge.model import Text
from montages.knowledge.periods import Rules

_NOTHING = Text(
    "Rien n'est ouvert en l'état de vos réponses.", "Nothing is open as your answers stand."
)
_NEAREST = Text("Le plus proche :", "The nearest:")
_NO_CONTRACT = Text(
    "Aucun contrat ne convient en l'état de vos réponses.",
    "No contract fits as your answers stand.",
)
_OTHERWISE = Text("Autre voie :", "Another way:")
_THEN_VERIFIED = Text("une fois vérifié le reste", "once the rest is verified")


def answer_sentence(
    first: Row,
    procedure: ArrangementResult | None,
    advice: ProcedureAdvice | None,
    units: Sequence[Unit],
    rules: Rules,
) -> Text:
    """Return what one may do first: the set-up, its part of the project, facts, terms, procedure."""
    return Text(
        *(
            " ".join(
                part
                for part in (
                    _may(first.shown, units, rules, lang),
                    _by(procedure, advice, rules, lang) if procedure else "",
                )
                if part
            )
            for lang in ("fr", "en")
        )
    )


def nothing_open(rows: Sequence[Row], units: Sequence[Unit], rules: Rules) -> Text:
    """Return what to do where no set-up is open: whom to turn to, or which choice to change (R22)."""
    for end in rules.book.dead_ends:
        if units and all(logic.met(c, unit.answers, rules) for c in end.when for unit in units):
            return Text(f"{_NOTHING.fr} {end.reading.fr}", f"{_NOTHING.en} {end.reading.en}")
    closest = nearest(rows)
    if closest is None:
        return _NOTHING
    return Text(*(f"{_NOTHING[x]} {_reopened(closest, rules, x)}" for x in ("fr", "en")))


def nearest(rows: Sequence[Row]) -> ArrangementResult | None:
    """Return the arrangement that a change of choices brings closest to fitting, None if none does."""
    reopened = [row.shown for row in rows if row.shown.reopens_to]
    return min(reopened, key=lambda result: result.reopens_to[0].verdict.rank, default=None)


def nearest_first(
    closest: ArrangementResult, other: ArrangementResult, units: Sequence[Unit], rules: Rules
) -> Text:
    """Return which choice reopens a contract, before the way that no answer speaks of and that is open."""
    return Text(
        *(
            f"{_NO_CONTRACT[x]} {_reopened(closest, rules, x)} {_otherwise(other, rules, x)}"
            for x in ("fr", "en")
        )
    )


def _otherwise(result: ArrangementResult, rules: Rules, lang: str) -> str:
    words, facts = in_sentence(result, lang), facts_text(result.to_verify, rules)[lang]
    verified = "une fois vérifié" if lang == "fr" else "once it is verified"
    return f"{_OTHERWISE[lang]} {words}{f', {verified} {facts}' if facts else ''}."


def in_sentence(result: ArrangementResult, lang: str) -> str:
    """Return an arrangement as a sentence tells it, by its name where no words are given."""
    return result.arrangement.in_sentence[lang] or result.arrangement.label[lang]


def _may(result: ArrangementResult, units: Sequence[Unit], rules: Rules, lang: str) -> str:
    facts = facts_text(result.to_verify, rules)[lang]
    terms = terms_text(result.terms, rules)[lang]
    covers = result.covers or ()
    names = [unit.label[lang] for unit in units if unit.id in covers]
    part = enumerated(names, lang) if 0 < len(names) < len(units) else ""
    words = in_sentence(result, lang)
    if lang == "fr":
        start = f"{'Vous pourrez' if facts else 'Vous pouvez'} {words}"
        return "".join(
            (
                f"{start} pour une partie du projet ({part})" if part else start,
                f", une fois vérifié {facts}" if facts else "",
                f", {'et ' if facts else ''}à condition {terms}" if terms else "",
                ".",
            )
        )
    return "".join(
        (
            f"You can {words}",
            f" for a part of the project ({part})" if part else "",
            f", once it is verified {facts}" if facts else "",
            f", {'and ' if facts else ''}provided you {terms}" if terms else "",
            ".",
        )
    )


def _by(
    procedure: ArrangementResult, advice: ProcedureAdvice | None, rules: Rules, lang: str
) -> str:
    """Return by which procedure it is done: one that suffices, or that will once facts are verified."""
    way = in_sentence(procedure, lang)
    needed = advice is not None and advice.needed
    if procedure.procedure is ProcedureVerdict.TO_VERIFY:
        facts = facts_text(procedure.to_verify, rules)[lang]
        if lang == "fr":
            return f"Cela pourra se faire {way}, une fois vérifié {facts}."
        return f"It could then be done {way}, once it is verified {facts}."
    if lang == "fr":
        done = f"Cela {'se fait' if needed else 'peut se faire'} {way}"
        return f"{done} : {advice.why.fr}." if advice else f"{done}."
    done = f"It {'is' if needed else 'can be'} done {way}"
    return f"{done}: {advice.why.en}." if advice else f"{done}."


def _reopened(result: ArrangementResult, rules: Rules, lang: str) -> str:
    reopening = result.reopens_to[0]
    words, terms = in_sentence(result, lang), terms_text(reopening.changes, rules)[lang]
    on = f"à condition {terms}" if lang == "fr" else f"provided you {terms}"
    later = f", {_THEN_VERIFIED[lang]}" if reopening.verdict is Verdict.TO_VERIFY else ""
    return f"{_NEAREST[lang]} {words}, {on}{later}."
