"""What would change the answer: what is presumed, the amount, the answers that close it, other choices."""

from __future__ import annotations

from collections.abc import Iterator

from montages.advice.what_if.lightest_reopenings import lightest_reopenings
from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.conclusions import Conclusions
from montages.assessment.verdict.unit_verdict import Term
from montages.assessment.wording import answer_text, facts_text, in_sentence, lower, terms_text
from montages.bilingual import Text, message
from montages.knowledge.buckets import spaced
from montages.knowledge.logic import Verdict
from montages.knowledge.model import Prohibition
from montages.knowledge.periods import Rules
from montages.publish.text.presumed_lines import read_by_the_answer
from montages.publish.text.reasons import Reason
from montages_handouts.answer_clauses import closing_checks
from montages_handouts.next_decisions import closing_fact

_IF_NOT = message("We presume {}. If that is wrong, the answer has to be looked at again.")  # fmt: skip
_REACHED = message("At {} or more, this procedure is no longer enough.")  # fmt: skip
_BELOW = message("Below {}, a lighter procedure may be enough.")  # fmt: skip
_CLOSES = message("If it turns out {}, this contract is closed.")  # fmt: skip
_CHOOSING = message("Choosing to {} closes this contract.")
_OPENS = message("You could {}, provided you {}.")
_FALLS = message("If it turns out {}, what closes this contract falls: {}.")  # fmt: skip
_ANSWERED = message("You answered {}. If that is wrong, the answer has to be looked at again.")  # fmt: skip
_LIFTED = message("If it turns out {}, this prohibition falls.")  # fmt: skip
_LIFTING = message("Choosing to {} lifts this prohibition.")
_ANY = message("Each answer may open or close contracts: nothing is decided yet.")  # fmt: skip
_REST = message(" The rest would have to be verified.")
_THAT, _OF = message("that"), Text("de", "")
# A line names so many presumed facts; of each kind of turn there are so many lines.
_NAMED, _EACH = 3, 2
# An amount so many times a threshold does not fall below it by saving.
_FAR = 5


def answer_turns(conclusions: Conclusions, lang: str, most: int) -> tuple[Reason, ...]:
    """Return what would change the answer, what weighs most first; there is always something to say."""
    rules, first = conclusions.premises.rules, conclusions.answer.first
    turns: list[Reason] = []
    if conclusions.answer.names_none:
        return (Reason(_ANY[lang]),)
    if (prohibition := conclusions.answer.prohibition) is not None:
        return tuple(_lifting(prohibition, rules, lang))[:most]
    if first is not None:
        turns += _presumed(conclusions, rules, lang)
        turns += _amount(conclusions, rules, lang)
        turns += list(_closing(conclusions, first.shown, rules, lang))[:_EACH]
    turns += list(_opening(conclusions, rules, lang))[:_EACH]
    if not turns:
        turns += list(_falling(conclusions, rules, lang))[:_EACH]
    return tuple(turns[:most])


def _lifting(prohibition: Prohibition, rules: Rules, lang: str) -> Iterator[Reason]:
    """Yield what lifts a prohibition; where nothing does, the answers that it rests on."""
    for condition in prohibition.lifted_by:
        for clause in condition.clauses:
            fact = rules.criteria[clause.criterion].nature == "fact"
            term = Term(clause.criterion, tuple(sorted(clause.accepts)))
            words = answer_text(term, rules, (_THAT if fact else _OF))[lang]
            yield Reason((_LIFTED if fact else _LIFTING)[lang].format(words), prohibition.sources)
    if not prohibition.lifted_by:
        terms = [
            Term(clause.criterion, tuple(sorted(clause.accepts))) for clause in prohibition.when
        ]
        yield Reason(_ANSWERED[lang].format(facts_text(terms, rules)[lang]), prohibition.sources)


def _presumed(conclusions: Conclusions, rules: Rules, lang: str) -> Iterator[Reason]:
    """Yield what is presumed and read by the first contract or by its procedure, in one line."""
    read = read_by_the_answer(conclusions)
    answers = {
        a.criterion.slug: a for a in conclusions.premises.presumed if a.criterion.slug in read
    }
    terms = [Term(a.criterion.slug, (a.value.slug,)) for a in answers.values()]
    if facts := facts_text(terms[:_NAMED], rules)[lang]:
        yield Reason(_IF_NOT[lang].format(facts))


def _falling(conclusions: Conclusions, rules: Rules, lang: str) -> Iterator[Reason]:
    """Yield the stated facts that the first contract rests on; where none is open, those that close."""
    first = conclusions.answer.first
    if first is None:
        for result, check in closing_checks(conclusions):
            if fact := closing_fact(check, rules):
                facts, label = facts_text((fact,), rules)[lang], result.arrangement.label[lang]
                yield Reason(
                    _FALLS[lang].format(facts, lower(label)), check.requirement.sources[:1]
                )
        return
    for check in first.shown.checks:
        criterion = rules.criteria[check.requirement.own.criterion]
        stated = check.outcome == "satisfied" and check.state == "explicit" and check.given
        if not (stated and check.requirement.hard and criterion.nature == "fact"):
            continue
        if facts := facts_text((Term(criterion.slug, check.given),), rules)[lang]:
            yield Reason(_ANSWERED[lang].format(facts), check.requirement.sources[:1])


def _amount(conclusions: Conclusions, rules: Rules, lang: str) -> Iterator[Reason]:
    """Yield the threshold from which another procedure is needed, or below which a lighter one may do."""
    advice = conclusions.answer.advice
    if advice is None or not advice.criterion:
        return
    unit = rules.criteria[advice.criterion].unit[lang]
    stated = conclusions.answer.rows[0].part.unit.answer(advice.criterion).number or 0
    for limit, text, source in (
        (advice.ceiling, _REACHED, advice.sources[-1:]),
        (None if advice.ceiling else advice.floor, _BELOW, advice.sources[:1]),
    ):
        if limit is not None and stated < _FAR * limit:
            yield Reason(text[lang].format(f"{spaced(limit, lang)} {unit}"), source)


def _closing(
    conclusions: Conclusions, first: ArrangementResult, rules: Rules, lang: str
) -> Iterator[Reason]:
    """Yield each answer that is still missing and would close the first contract.

    What is asked of a use alone is no matter where no part of the project has that use.
    """
    usages = conclusions.premises.whole.usages
    requirements = {check.requirement.slug: check.requirement for check in first.checks}
    for missing in first.missing:
        values = tuple(
            value
            for value, after in missing.impact.items()
            if after.get(first.arrangement.slug) == "ineligible"
        )
        criterion = rules.criteria[missing.criterion]
        idle = criterion.usage is not None and criterion.usage not in usages
        if idle or not values or criterion.numeric_property:
            continue
        fact = criterion.nature == "fact"
        words = answer_text(Term(criterion.slug, values), rules, (_THAT if fact else _OF))[lang]
        sources = next((requirements[r].sources[:1] for r in missing.because), ())
        yield Reason((_CLOSES if fact else _CHOOSING)[lang].format(words), sources)


def _opening(conclusions: Conclusions, rules: Rules, lang: str) -> Iterator[Reason]:
    """Yield the changes of choices that reopen a contract, the best verdict first.

    One that would be hardly sensible then (R34b) is no advice.
    """
    closed = [
        lightest.result for lightest in lightest_reopenings(conclusions, len(conclusions.rows))
    ]
    for result in sorted(closed, key=lambda result: result.reopens_to[0].verdict.rank):
        reopening = result.reopens_to[0]
        if changes := terms_text(reopening.changes, rules)[lang]:
            rest = _REST[lang] if reopening.verdict is Verdict.TO_VERIFY else ""
            yield Reason(_OPENS[lang].format(in_sentence(result, lang), changes) + rest)
