"""What is to be decided next: the terms to accept, the facts to verify and with whom, the first duties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from montages.assessment.arrangement_result import ArrangementResult, Check, DutyResult
from montages.assessment.conclusions import Conclusions
from montages.assessment.verdict.unit_verdict import Term
from montages.assessment.wording import answer_text, in_sentence, terms_text
from montages.bilingual import message
from montages.knowledge.law import Passage
from montages.knowledge.logic import DutyState
from montages.knowledge.periods import Rules
from montages.publish.text import procedure_lines
from montages.publish.text.reasons import Reason
from montages.publish.text.typography import colon
from montages_handouts.answer_clauses import closing_checks

_ACCEPT = message("Decide to {}.")
_CHANGE = message("Decide to {}, to {}.")
_VERIFY = message("Verify {}.")
_CHOOSE = message("Confirm this choice, or {}: that is open too.")  # fmt: skip
_NOTHING = message("Nothing else to verify: the next step can be prepared.")  # fmt: skip
_TURN_TO = message("Change a choice, or seek advice: nothing is open as it stands.")  # fmt: skip
_THAT = message("that")
# Of each kind there are so many lines.
_EACH = 2


def next_decisions(conclusions: Conclusions, lang: str, most: int) -> tuple[Reason, ...]:
    """Return what is to be decided next, the most pressing first; there is always something to say."""
    rules, first = conclusions.premises.rules, conclusions.answer.first
    if first is None:
        ways, prohibition = [*_reopening(conclusions, rules, lang)], conclusions.answer.prohibition
        if prohibition is None or not prohibition.lifted_by:
            ways += list(_obstacles(conclusions, rules, lang))[:_EACH]
        return tuple(ways[:most]) or (Reason(_TURN_TO[lang]),)
    lines = steps_before_all(conclusions, lang)
    if not lines:
        lines = [
            *_terms(first.shown, rules, lang),
            *list(facts_to_verify(first.shown, rules, lang))[:_EACH],
            *_deciding(conclusions.answer.duties[0], lang),
            *_others(conclusions, lang),
        ]
    lines = lines or _to_mind(conclusions, lang)
    return tuple(lines[:most]) or (Reason(_NOTHING[lang]),)


def _to_mind(conclusions: Conclusions, lang: str) -> list[Reason]:
    """Return what is owed with the contract and the procedure that suffice: all that is left to decide."""
    notes = procedure_lines.notes_to_answer(conclusions.answer)
    return [Reason(point.text[lang], point.sources[:1]) for point in notes]


def _reopening(conclusions: Conclusions, rules: Rules, lang: str) -> Iterator[Reason]:
    """Yield the choices to change for the nearest contract, then what the first that is open waits for."""
    closest = conclusions.answer.nearest
    if closest is not None:
        changes = terms_text(closest.changes, rules)[lang]
        yield Reason(_CHANGE[lang].format(changes, in_sentence(closest.row.shown, lang)))
    still_open = (row.shown for row in conclusions.rows if row.shown.verdict.open)
    if other := next(still_open, None):
        yield from list(facts_to_verify(other, rules, lang))[:_EACH]


def _obstacles(conclusions: Conclusions, rules: Rules, lang: str) -> Iterator[Reason]:
    """Yield each fact that closes a contract where no choice reopens any, and whom to turn to for it."""
    if any(row.shown.reopens_to for row in conclusions.rows):
        return
    for _, check in closing_checks(conclusions):
        if fact := closing_fact(check, rules):
            yield Reason(_to_verify(fact, rules, lang), check.requirement.sources[:1])


def closing_fact(check: Check, rules: Rules) -> Term | None:
    """Return what would have to be true for a requirement to be met; None where a choice decides it."""
    criterion = rules.criteria[check.requirement.own.criterion]
    if criterion.nature != "fact" or not check.accepted_values:
        return None
    return Term(criterion.slug, check.accepted_values)


def _to_verify(fact: Term, rules: Rules, lang: str) -> str:
    text = _VERIFY[lang].format(answer_text(fact, rules, _THAT)[lang])
    return f"{text} {rules.criteria[fact.criterion].where_to_turn[lang]}".strip()


def steps_before_all(conclusions: Conclusions, lang: str) -> list[Reason]:
    """Return what is to be described or found out before any contract is named, then what stays possible."""
    if not conclusions.answer.names_none:
        return []
    lines = []
    for step in conclusions.answer.steps:
        if step.precedes:
            texts = [action.text[lang] for action in step.actions]
            if conclusions.answer.undecided:
                texts[0] = f"{step.title[lang]}{colon(lang)} {texts[0]}"
            lines += [Reason(text) for text in texts]
        else:
            lines.append(Reason(step.sentence(lang)))
    return lines


def _terms(result: ArrangementResult, rules: Rules, lang: str) -> Iterator[Reason]:
    if terms := terms_text(result.terms, rules)[lang]:
        yield Reason(_ACCEPT[lang].format(terms))


def facts_to_verify(result: ArrangementResult, rules: Rules, lang: str) -> Iterator[Reason]:
    """Yield each fact that a contract waits for, whom to turn to for it, and the clause that asks for it."""
    for term in result.to_verify:
        if not term.ordinary:
            yield Reason(_to_verify(term, rules, lang), _asking(term, result))


def _asking(term: Term, result: ArrangementResult) -> tuple[Passage, ...]:
    """Return the clause of the requirement that reads a fact."""
    for check in result.checks:
        if check.requirement.hard and check.requirement.own.criterion == term.criterion:
            return check.requirement.sources[:1]
    return ()


def _deciding(duties: Iterable[DutyResult], lang: str) -> Iterator[Reason]:
    """Yield what somebody surely has to decide, give an opinion on or control, in the order of doing."""
    for duty in duties:
        if duty.state is DutyState.DUE and duty.requirement.body:
            yield Reason(duty.requirement.sentence[lang], duty.requirement.sources[:1])


def _others(conclusions: Conclusions, lang: str) -> Iterator[Reason]:
    """Yield the next contract that is as open as the first, where there is a choice to make."""
    first, named = conclusions.rows[0], len(conclusions.answer.rows)
    for row in conclusions.rows[named:]:
        result = row.shown
        if (
            result.verdict is first.shown.verdict
            and not result.folded
            and not result.arrangement.buys_by
        ):
            yield Reason(_CHOOSE[lang].format(in_sentence(result, lang)))
            return
