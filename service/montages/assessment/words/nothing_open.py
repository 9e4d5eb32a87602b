"""The answer where no contract is open: whom to turn to, or which choice reopens the nearest (R22)."""

from __future__ import annotations

from collections.abc import Sequence

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.rows import Row
from montages.assessment.verdict.unit_verdict import Reopening
from montages.assessment.words.answer_sentence import in_sentence
from montages.assessment.words.wording import (
    ONCE_VERIFIED,
    PROVIDED,
    enumerated,
    facts_text,
    lower,
    terms_text,
)
from montages.bilingual import Text
from montages.description.dates import written_day
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.logic import NOT_IN_FORCE, Verdict
from montages.knowledge.model import DeadEnd
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import gates_of

_NOTHING = Text(
    "Rien n'est ouvert en l'état de vos réponses.", "Nothing is open as your answers stand."
)
_BEFORE = Text(
    "Nos règles commencent le {} : elles ne disent rien de cette date.",
    "Our rules begin on {}: they say nothing of that date.",
)
_NEAREST = Text("Le plus proche :", "The nearest:")
_NO_CONTRACT = Text(
    "Aucun contrat ne convient en l'état de vos réponses.",
    "No contract fits as your answers stand.",
)
_OTHERWISE = Text("Autre voie :", "Another way:")
_LAST_RESORT = Text("Possible en droit, peu adapté :", "Lawful, hardly suitable:")
_BOUGHT_APART = Text("à part, par", "apart, by")
_THEN_VERIFIED = Text("une fois vérifié le reste", "once the rest is verified")


def nothing_open(
    rows: Sequence[Row], units: Sequence[Unit], rules: Rules
) -> tuple[Text, ArrangementResult | None]:
    """Return what to do where no set-up is open, and the nearest: whom to ask, or what to change (R22)."""
    if rows and all(row.best.status == NOT_IN_FORCE for row in rows):
        first = min(row.best.arrangement.span.first for row in rows)
        return Text(*(_BEFORE[x].format(written_day(first, x)) for x in ("fr", "en"))), None
    if (end := dead_end(units, rules)) is not None:
        return Text(f"{_NOTHING.fr} {end.reading.fr}", f"{_NOTHING.en} {end.reading.en}"), None
    closest = nearest(rows, rules)
    if closest is None:
        return _NOTHING, None
    said = (f"{_NOTHING[x]} {_reopened(closest, rules, x)}" for x in ("fr", "en"))
    return Text(*said), closest


def dead_end(units: Sequence[Unit], rules: Rules) -> DeadEnd | None:
    """Return why the law leaves nothing to propose, and whom to turn to, None where it does not."""
    for end in rules.book.dead_ends:
        if units and all(logic.met(c, unit.answers, rules) for c in end.when for unit in units):
            return end
    return None


def nearest(rows: Sequence[Row], rules: Rules) -> ArrangementResult | None:
    """Return the arrangement that a change of choices brings closest to fitting, None if none does.

    One that gives way to others is the nearest where no other is.
    """
    reopened = [row.shown for row in rows if row.shown.reopens_to]
    return min(
        reopened,
        key=lambda each: (bool(each.arrangement.ranks_behind), distance(each.reopens_to[0], rules)),
        default=None,
    )


def distance(reopening: Reopening, rules: Rules) -> tuple[int, int, int]:
    """Return what sorts changes, nearest first: verdict reached, how many, how many of more than a figure."""
    of_kind = [not rules.criteria[each.criterion].numeric_property for each in reopening.changes]
    return (reopening.verdict.rank, len(of_kind), sum(of_kind))


def nearest_first(closest: ArrangementResult, other: ArrangementResult, rules: Rules) -> Text:
    """Return which choice reopens a contract, before the way that no answer speaks of and that is open.

    A way that is open only because what closes it is presumed is not told.
    """
    return Text(
        *(
            " ".join(
                (
                    _NO_CONTRACT[x],
                    _reopened(closest, rules, x),
                    *(() if other.best.presumed else (_otherwise(other, rules, x),)),
                )
            )
            for x in ("fr", "en")
        )
    )


def _otherwise(result: ArrangementResult, rules: Rules, lang: str) -> str:
    words, facts = in_sentence(result, lang), facts_text(result.to_verify, rules)[lang]
    way = (_LAST_RESORT if result.last_resort else _OTHERWISE)[lang]
    return f"{way} {words}{f', {ONCE_VERIFIED[lang]} {facts}' if facts else ''}."


def _reopened(result: ArrangementResult, rules: Rules, lang: str) -> str:
    reopening = result.reopens_to[0]
    words, terms = in_sentence(result, lang), terms_text(reopening.changes, rules)[lang]
    later = f", {_THEN_VERIFIED[lang]}" if reopening.verdict is Verdict.TO_VERIFY else ""
    apart = _apart(result, reopening, rules, lang)
    return f"{_NEAREST[lang]} {words}, {PROVIDED[lang]} {terms}{apart}{later}."


def _apart(result: ArrangementResult, reopening: Reopening, rules: Rules, lang: str) -> str:
    """Return by which contract what a change leaves out is bought, where the law has it apart."""
    left_out = {term.criterion for term in reopening.changes}
    contracts = dict.fromkeys(
        str(gate.splits_into)
        for gate in gates_of(result.arrangement.slug, rules)
        if gate.splits_into and gate.own.criterion in left_out
    )
    names = [lower(rules.book.arrangements[slug].label[lang]) for slug in contracts]
    return f" ({_BOUGHT_APART[lang]} {enumerated(names, lang)})" if names else ""
