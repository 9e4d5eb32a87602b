"""The answer in two sentences: what one may do and on what terms, then by which procedure (R16, R37).

Where no contract is open: whom to turn to, or which choice reopens the nearest (R22).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from montages.assessment.answer.award import Award
from montages.assessment.answer.named_rows import AnswerFork, NamedContract, Nearest
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.ranking import Row
from montages.assessment.wording import (
    COLON,
    ONCE_VERIFIED,
    PROVIDED,
    elided,
    enumerated,
    facts_text,
    first_sentence,
    in_sentence,
    lower,
    terms_text,
)
from montages.bilingual import NO_TEXT, Text, in_both, message
from montages.description.dates import written_day
from montages.engine.units import Unit
from montages.knowledge.logic import Verdict
from montages.knowledge.model import Prohibition
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import splitting_gates

_UNSTATED = message("Nothing is said of the project yet: nothing is closed, nothing is decided.")
NOTHING_DECIDED = message("Nothing can be decided yet: too many answers are unknown.")
_EXAMPLE = message("You may for example")
_IF_NOTHING_CHANGES = message("If this changes nothing:")
_WITHOUT_PROCEDURE = message(", without an award procedure")
_WITHOUT = message("Without an award procedure.")


def headline_sentence(named: Sequence[NamedContract], units: Sequence[Unit]) -> Text:
    """Return what one may do: each contract named, and its part of the project."""
    return in_both(lambda lang: " ".join(_named(one, units, lang) for one in named))


def why_sentence(named: Sequence[NamedContract], fork: AnswerFork | None) -> Text:
    """Return why these contracts, and on what terms; then the fork: which contract each answer names.

    What is to be verified for the first is a step of its own, told after.
    """

    def sentences(lang: str) -> Iterator[str]:
        for n, one in enumerate(named):
            words = ", ".join(_reasons(one, lang, facts_apart=n == 0))
            if words and len(named) > 1:
                words = f"{one.shown.arrangement.label[lang]}{COLON[lang]} {words}"
            if words:
                yield f"{words[0].upper()}{words[1:]}."
        yield from _fork(fork, lang)

    return in_both(lambda lang: " ".join(sentences(lang)))


def opening_sentence(
    named: Sequence[NamedContract], fork: AnswerFork | None, units: Sequence[Unit]
) -> Text:
    """Return what one may do, why, on what terms and by which procedure, as one text."""

    def sentences(lang: str) -> Iterator[str]:
        for n, one in enumerate(named):
            words = [_named(one, units, lang)[:-1], *_reasons(one, lang, facts_apart=n == 0)]
            may = f"{', '.join(words)}."
            yield may if one.award.channel is not None else _with_procedure(may, one, lang)
        yield from _fork(fork, lang)

    return in_both(lambda lang: " ".join(sentences(lang)))


def if_doubt_changes_nothing(named: Sequence[NamedContract], units: Sequence[Unit]) -> Text:
    """Return what one could do, and by which procedure, if words in doubt change nothing."""
    could = opening_sentence(named, None, units)
    return in_both(lambda lang: f"{_IF_NOTHING_CHANGES[lang]} {lower(could[lang])}")


def award_sentence(named: NamedContract) -> Text:
    """Return by which procedure a contract is awarded and why, "" where a channel takes its place."""
    award, rules = named.award, named.part.rules

    def sentence(lang: str) -> str:
        if award.channel is not None:
            return ""
        words = _way(award, lang) if award.enough is not None else _by(award, rules, lang)
        words = words if award.needed else _WITHOUT[lang]
        return words[:1].upper() + words[1:]

    return in_both(sentence)


def _fork(fork: AnswerFork | None, lang: str) -> Iterator[str]:
    """Yield the question that decides first, and the contract that each answer names."""
    if fork is None:
        return
    names: dict[str, list[str]] = {}
    for value, row in fork.answers:
        words = in_sentence(row.shown.arrangement, lang)
        names.setdefault(words, []).append(lower(value.label[lang]))
    answers = (f"{' / '.join(values)} → {words}" for words, values in names.items())
    yield f"{_FIRST_ASKED[lang]} {fork.criterion.question[lang]} ({' ; '.join(answers)})"


def _named(named: NamedContract, units: Sequence[Unit], lang: str) -> str:
    """Return what one may do in a sentence, once what is to be verified is."""
    what, names = called(named, lang), [unit.label[lang] for unit in named.part.units]
    part = enumerated(names, lang) if len(names) < len(units) else ""
    if (channel := named.award.channel) is not None:
        name = lower(named.shown.arrangement.label[lang])
        what = f"{in_sentence(channel.arrangement, lang)}{COLON[lang]} {name}"
    start = (_MAY_LATER if named.shown.to_verify else _MAY)[lang]
    definition = named.row.definition
    may = (definition.refusal[lang] if definition else "") or f"{start} {what}"
    forbidden = named.part.prohibitions.of_parts
    without = "".join(f", {prohibition.left_out[lang]}" for prohibition in forbidden)
    return f"{may}{_FOR_A_PART[lang].format(part) if part else ''}{without}."


def _reasons(named: NamedContract, lang: str, *, facts_apart: bool) -> Iterator[str]:
    """Yield what calls a contract, what is to be verified first if it is not told apart, the terms."""
    result, rules = named.shown, named.part.rules
    facts = "" if facts_apart else facts_text(result.to_verify, rules)[lang]
    terms = terms_text(result.terms, rules)[lang]
    if because := _because(named, lang):
        yield because
    if facts:
        yield f"{ONCE_VERIFIED[lang]} {facts}"
    if terms:
        yield f"{_AND[lang] if facts else ''}{PROVIDED[lang]} {terms}"


def _with_procedure(may: str, named: NamedContract, lang: str) -> str:
    """Return what one may do and by which procedure, in one sentence where it is a short one."""
    award, rules = named.award, named.part.rules
    by = _by(award, rules, lang)
    if not award.needed:
        return f"{may[:-1]}{_WITHOUT_PROCEDURE[lang]}."
    if award.enough is not None and not terms_text(named.shown.terms, rules)[lang]:
        return f"{may[:-1]}, {_way(award, lang)}"
    return f"{may} {by}" if by else may


def called(named: NamedContract, lang: str) -> str:
    """Return a contract in words: those of the definition that calls it, if it has its own."""
    definition = named.row.definition
    own = definition.in_sentence[lang] if definition is not None else ""
    return own or in_sentence(named.shown.arrangement, lang)


def _because(named: NamedContract, lang: str) -> str:
    """Return what calls a contract, "" for a plain purchase, of which nothing is to be explained."""
    definition = named.row.definition
    if definition is None or named.row.plain:
        return ""
    return elided(_SINCE[lang], definition.because[lang])


def nothing_stated_sentence(first: NamedContract) -> Text:
    """Return what to say of a project of which nothing is stated: the plainest way, by which procedure."""
    return in_both(
        lambda lang: (
            f"{_UNSTATED[lang]} {_EXAMPLE[lang]} {in_sentence(first.shown.arrangement, lang)}. "
            f"{_by(first.award, first.part.rules, lang)}"
        )
    )


def _by(award: Award, rules: Rules, lang: str) -> str:
    """Return by which procedure it is done, "" where none is known of."""
    if award.enough is not None:
        return f"{_DONE[bool(award.advice and award.advice.needed)][lang]} {_way(award, lang)}"
    if award.ladder is not None:
        return award.ladder[lang]
    alternatives = []
    if award.allowed is not None:
        alternatives.append(in_sentence(award.allowed.arrangement, lang))
    for lightest in award.awaited[:1]:
        facts = facts_text(lightest.to_verify, rules)[lang]
        alternatives.append(
            f"{in_sentence(lightest.arrangement, lang)}, {ONCE_VERIFIED[lang]} {facts}"
        )
    return f"{_DONE[False][lang]} {_OR[lang].join(alternatives)}." if alternatives else ""


def _way(award: Award, lang: str) -> str:
    """Return the procedure that is enough, and why: `sans publicité (sous 60 000 € HT)`."""
    assert award.enough is not None
    why = f" ({award.advice.why[lang]})" if award.advice else ""
    return f"{in_sentence(award.enough.arrangement, lang)}{why}."


_DONE = {True: message("It is done"), False: message("It can be done")}
_OR = message(", or ")
_MAY, _MAY_LATER = message("You can"), message("You can", context="once something else is done")
_AND = message("and ")
_FOR_A_PART = message(" for a part of the project ({})")
_FIRST_ASKED = message("All hangs on one answer:")
_SINCE = message("because")


_NOTHING_OPEN = message("Nothing is open as your answers stand.")
_BEFORE = message("Our rules begin on {}: they say nothing of that date.")
_NEAREST = message("The nearest:")
_NOT_SO = message("No, not like this.")
_OTHERWISE = message("Another way:")
_BOUGHT_APART = message("apart, by")
_THEN_VERIFIED = message("once the rest is verified")


def forbidden_sentence(prohibition: Prohibition, closest: Nearest | None, rules: Rules) -> Text:
    """Return why the law forbids it and what lifts it, or whom to turn to."""
    why = prohibition.reading
    return in_both(lambda lang: " ".join((why[lang], *_reopened(closest, rules, lang))))


def nothing_open_sentence(rows: Sequence[Row], closest: Nearest | None, rules: Rules) -> Text:
    """Return what to do where no contract is named: what to change, what is open besides (R22, R47)."""
    if rows and not any(row.shown.in_force for row in rows):
        first = min(row.shown.arrangement.span.first for row in rows)
        return in_both(lambda lang: _BEFORE[lang].format(written_day(first, lang)))
    # A way of running buys by what is closed: it is no way of its own.
    others = [
        row.shown
        for row in rows
        if row.shown.verdict.open and not row.folded and not row.shown.arrangement.buys_by
    ]
    broken = Counter(
        check.requirement.reading
        for row in rows
        for check in row.shown.checks
        if check.requirement.hard and check.outcome == "violated" and check.state == "explicit"
    )
    reading, times = next(iter(broken.most_common(1)), (NO_TEXT, 0))
    why = in_both(lambda lang: first_sentence(reading[lang])) if times > 1 else NO_TEXT
    return in_both(lambda lang: " ".join(_openings(why, closest, others, rules, lang)))


def _openings(
    why: Text,
    closest: Nearest | None,
    others: Sequence[ArrangementVerdict],
    rules: Rules,
    lang: str,
) -> Iterator[str]:
    yield (_NOT_SO if others else _NOTHING_OPEN)[lang]
    if why.fr:
        yield why[lang]
    yield from _reopened(closest, rules, lang)
    for result in others[:1]:
        words, facts = (
            in_sentence(result.arrangement, lang),
            facts_text(result.to_verify, rules)[lang],
        )
        yield f"{_OTHERWISE[lang]} {words}{f', {ONCE_VERIFIED[lang]} {facts}' if facts else ''}."


def _reopened(closest: Nearest | None, rules: Rules, lang: str) -> Iterator[str]:
    """Yield the contract that changes bring closest, and these."""
    if closest is None:
        return
    words, terms = (
        in_sentence(closest.row.shown.arrangement, lang),
        terms_text(closest.changes, rules)[lang],
    )
    later = f", {_THEN_VERIFIED[lang]}" if closest.verdict is Verdict.TO_VERIFY else ""
    left_out = {term.criterion for term in closest.changes}
    contracts = dict.fromkeys(
        str(gate.splits_into)
        for gate in splitting_gates(closest.row.shown.arrangement.slug, rules)
        if gate.own.criterion in left_out
    )
    names = [lower(rules.book.arrangements[slug].label[lang]) for slug in contracts]
    apart = f" ({_BOUGHT_APART[lang]} {enumerated(names, lang)})" if names else ""
    yield f"{_NEAREST[lang]} {words}, {PROVIDED[lang]} {terms}{apart}{later}."
