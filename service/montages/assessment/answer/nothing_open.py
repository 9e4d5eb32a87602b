"""The answer where no contract is open: whom to turn to, or which choice reopens the nearest (R22)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from montages.assessment.answer.answer_sentence import in_sentence
from montages.assessment.answer.named_rows import Nearest
from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.rows import Row
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
from montages.knowledge.logic import NOT_IN_FORCE, Verdict
from montages.knowledge.model import Prohibition
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
_NOT_SO = Text("Non, pas ainsi.", "No, not like this.")
_OTHERWISE = Text("Autre voie :", "Another way:")
_BOUGHT_APART = Text("à part, par", "apart, by")
_THEN_VERIFIED = Text("une fois vérifié le reste", "once the rest is verified")


def forbidden(it: Prohibition, closest: Nearest | None, rules: Rules) -> Text:
    """Return that the law forbids it, why and what lifts it, or whom to turn to."""
    head = _NOT_SO if it.lifted_by else _NOTHING
    return Text(
        *(
            " ".join(
                (
                    head[x],
                    it.reading[x],
                    *(() if closest is None else (_reopened(closest, rules, x),)),
                )
            )
            for x in ("fr", "en")
        )
    )


def nothing_open(rows: Sequence[Row], closest: Nearest | None, rules: Rules) -> Text:
    """Return what to do where no contract is named: what to change, what is open besides (R22, R47)."""
    if rows and all(row.shown.status == NOT_IN_FORCE for row in rows):
        first = min(row.shown.arrangement.span.first for row in rows)
        return Text(*(_BEFORE[x].format(written_day(first, x)) for x in ("fr", "en")))
    others = [row.shown for row in rows if row.shown.verdict.open and not row.folded]
    return Text(*(" ".join(_told(closest, others, rules, x)) for x in ("fr", "en")))


def _told(
    closest: Nearest | None, others: Sequence[ArrangementResult], rules: Rules, lang: str
) -> Iterator[str]:
    yield (_NOT_SO if others else _NOTHING)[lang]
    if closest is not None:
        yield _reopened(closest, rules, lang)
    if others:
        yield _otherwise(others[0], rules, lang)


def _otherwise(result: ArrangementResult, rules: Rules, lang: str) -> str:
    words, facts = in_sentence(result, lang), facts_text(result.to_verify, rules)[lang]
    return f"{_OTHERWISE[lang]} {words}{f', {ONCE_VERIFIED[lang]} {facts}' if facts else ''}."


def _reopened(closest: Nearest, rules: Rules, lang: str) -> str:
    result, reopening = closest.row.shown, closest
    words, terms = in_sentence(result, lang), terms_text(reopening.changes, rules)[lang]
    later = f", {_THEN_VERIFIED[lang]}" if reopening.verdict is Verdict.TO_VERIFY else ""
    apart = _apart(result, reopening, rules, lang)
    return f"{_NEAREST[lang]} {words}, {PROVIDED[lang]} {terms}{apart}{later}."


def _apart(result: ArrangementResult, reopening: Nearest, rules: Rules, lang: str) -> str:
    """Return by which contract what a change leaves out is bought, where the law has it apart."""
    left_out = {term.criterion for term in reopening.changes}
    contracts = dict.fromkeys(
        str(gate.splits_into)
        for gate in gates_of(result.arrangement.slug, rules)
        if gate.splits_into and gate.own.criterion in left_out
    )
    names = [lower(rules.book.arrangements[slug].label[lang]) for slug in contracts]
    return f" ({_BOUGHT_APART[lang]} {enumerated(names, lang)})" if names else ""
