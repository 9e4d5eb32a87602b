"""The words of a result, in both languages: one sentence a verdict, answers given, accepted and wanted.

An answer that is wanted comes in words that fit a sentence: `à condition de payer selon les résultats`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from itertools import groupby

from montages.assessment.check import Check
from montages.assessment.verdict.unit_verdict import Term, UnitVerdict
from montages.bilingual import NO_TEXT, Text, in_both, message
from montages.description.dates import written_day
from montages.knowledge.buckets import Bucket, around, measured, spaced
from montages.knowledge.law import FOREVER, Clause
from montages.knowledge.logic import Answer, Verdict
from montages.knowledge.model import Arrangement, Criterion
from montages.knowledge.periods import Rules

_VERDICT_WORDS = {
    Verdict.FITS: message("fits"),
    Verdict.FITS_ON_TERMS: message("fits on terms"),
    Verdict.TO_VERIFY: message("to verify"),
    Verdict.CLOSED_BY_CHOICE: message("closed by your choices"),
    Verdict.CLOSED: message("closed"),
}
_STATE_WORDS = {
    "not-asked": message("no information"),
    "explicit-unknown": message("declared unknown"),
}
_SIDES = {
    "at-most": message("at most"),
    "below": message("under"),
    "at-least": message("at least"),
    "above": message("over"),
}
COLON = Text(" :", ":")
_AND, _OR = Text(" et ", " and "), Text(" ou ", " or ")
_SENTENCE_END = re.compile(r"(?<=\.) (?=[A-ZÀÉÈ])")
_UNKNOWN_AMOUNT = message("[amount unknown at that date]")


@lru_cache(maxsize=2048)
def accepted_text(clause: Clause, rules: Rules) -> Text:
    """Return what a clause accepts, in words: values, or bounds with their unit."""
    return in_both(partial(_accepted, clause, rules))


def _accepted(clause: Clause, rules: Rules, lang: str) -> str:
    criterion = rules.criteria[clause.criterion]
    if not clause.bounds:
        labels = [v.label[lang] for v in criterion.values if v.slug in clause.accepts]
        # The first as it is and the others as inside a sentence.
        return _OR[lang].join([*labels[:1], *map(lower, labels[1:])])
    before, after = around(criterion.unit[lang], lang)
    parts = []
    for bound in clause.bounds:
        limit = rules.limit(bound)
        number = before + spaced(limit, lang) if limit is not None else _UNKNOWN_AMOUNT[lang]
        parts.append(f"{_SIDES[bound.side][lang]} {number}")
    return f"{_AND[lang].join(parts)} {after}"


def answer_in_words(given: Answer, criterion: Criterion) -> Text:
    """Return an answer in words; says why where there is none."""
    if given.number is not None:
        return measured(given.number, criterion.unit)
    if not given.values:
        return _STATE_WORDS.get(given.state, _STATE_WORDS["not-asked"])
    labels = [v.label for v in criterion.values if v.slug in given.values]
    return in_both(lambda lang: ", ".join(label[lang] for label in labels))


def summary_in(
    lang: str,
    arrangement: Arrangement,
    best: UnitVerdict,
    gates: int,
    against: Iterable[Check],
    rules: Rules,
) -> str:
    """Return one sentence, the verdict and what it rests on; `against`: checks of the gates against it."""
    if best.verdict is Verdict.FITS or (best.verdict.open and not best.presumed):
        return _open_summary(lang, arrangement.slug, best, gates, rules)
    detail = _AND_ALSO[lang].join(_against_in(lang, c) for c in against) or _UNOPENED[lang]
    return f"{_opening_in(lang, arrangement, best.verdict)}{detail}."


@lru_cache(maxsize=8192)
def _open_summary(lang: str, slug: str, best: UnitVerdict, gates: int, rules: Rules) -> str:
    fits = best.verdict is Verdict.FITS
    detail = _satisfied(gates)[lang] if fits else _wanted(best, rules, lang)
    return f"{_opening_in(lang, rules.arrangements[slug], best.verdict)}{detail}."


def _opening_in(lang: str, arrangement: Arrangement, verdict: Verdict) -> str:
    """Return how the sentence begins: the arrangement, the verdict."""
    return f"{arrangement.label[lang]}{COLON[lang]} {_VERDICT_WORDS[verdict][lang]} — "


def _wanted(best: UnitVerdict, rules: Rules, lang: str) -> str:
    facts, terms = facts_text(best.to_verify, rules)[lang], on_terms(best.terms, rules)[lang]
    return _THEN[lang].join(filter(None, (facts, terms))) or _ORDINARY[lang]


_AND_ALSO = Text(" ; ", "; ")
_ORDINARY = message("on ordinary terms")
_THEN = message(", then ")
# Of more values than this the first few are named.
_MOST_NAMED, _NAMED_OF_MANY = 6, 3
_ONE_OF_OTHERS = message("one of {n} others")
_UNOPENED = message("no answer still possible opens it")


def _satisfied(n: int) -> Text:
    if n == 0:
        return message("no legal requirement")
    if n == 1:
        return message("the legal requirement is satisfied")
    return message("all {n} legal requirements are satisfied", n=n)


def _against_in(lang: str, check: Check) -> str:
    """Return what stands against an arrangement: the answer, what is wanted instead, by which clause."""
    where = check.requirement.sources[0].label[lang]
    given, wanted = check.shown[lang], check.accepted[lang]
    if lang == "fr":
        return f"« {check.requirement.label.fr} » : {given}, au lieu de « {wanted} » ({where})"
    return f"“{check.requirement.label.en}”: {given}, instead of “{wanted}” ({where})"


def not_in_force(arrangement: Arrangement) -> Text:
    """Return the sentence for an arrangement that does not exist at the date, with when it does."""
    absent = absence(arrangement)
    return message("{label}: {absent}.", label=arrangement.label, absent=absent)


def absence(arrangement: Arrangement) -> Text:
    """Return that an arrangement is not in force at the date, and from when, or between which days, it is."""
    span = arrangement.span
    first, last = (in_both(partial(written_day, day)) for day in (span.first, span.last))
    if span.last == FOREVER:
        return message("not in force at that date, but from {first} by our rules", first=first)
    return message(
        "not in force at that date, but from {first} to {last} by our rules", first=first, last=last
    )


# What stands before terms to accept, and before facts to verify.
PROVIDED = message("provided you")
ONCE_VERIFIED = message("once it is verified")
_THRESHOLD = message("the threshold of that day is known")
_VOWELS = "aeiouyhàâéèêëîïôûù"
_FIRST_WORD = re.compile(r"\w+")


def terms_text(terms: Iterable[Term], rules: Rules) -> Text:
    """Return terms to accept, those that are ordinary left out: `de payer …, de … et d'…`; "" if none."""
    return _listed(terms, rules, Text("de", ""))


def facts_text(terms: Iterable[Term], rules: Rules) -> Text:
    """Return facts to verify: `que vous avez …, que … et qu'il …`; "" if none."""
    return _listed(terms, rules, message("that"))


def on_terms(terms: Iterable[Term], rules: Rules) -> Text:
    """Return on which terms: `à condition de payer …`; "" if there are none but ordinary ones."""
    return _after_words(PROVIDED, terms_text(terms, rules))


def once_verified(facts: Iterable[Term], rules: Rules) -> Text:
    """Return what is to be verified before: `une fois vérifié que vous avez …`; "" if nothing is."""
    return _after_words(ONCE_VERIFIED, facts_text(facts, rules))


def _after_words(before: Text, words: Text) -> Text:
    return in_both(lambda lang: f"{before[lang]} {words[lang]}") if words.fr else NO_TEXT


@lru_cache(maxsize=4096)
def answer_text(term: Term, rules: Rules, before: Text = NO_TEXT) -> Text:
    """Return an answer that is wanted, any of its values: `payer selon les résultats ou un prix`.

    `before` is the word that it follows: `de payer un prix ou d'avancer l'investissement`.
    """
    criterion = rules.criteria[term.criterion]
    return in_both(
        lambda lang: _alternatives(_values(criterion, term, rules, lang), before[lang], lang)
    )


def enumerated(parts: Sequence[str], lang: str) -> str:
    """Return parts as a list in a sentence: `a, b et c`."""
    return _list(parts, _AND[lang])


def _list(parts: Sequence[str], last: str) -> str:
    return last.join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def _listed(terms: Iterable[Term], rules: Rules, before: Text) -> Text:
    words = [answer_text(term, rules, before) for term in terms if not term.ordinary]
    return in_both(lambda lang: enumerated([text[lang] for text in words], lang))


def first_sentence(text: str) -> str:
    """Return the first sentence of a text."""
    return _SENTENCE_END.split(text, maxsplit=1)[0]


def elided(word: str, following: str) -> str:
    """Return words after another, which French elides before a vowel: `de payer`, `d'acheter`."""
    if word.rpartition(" ")[2] in ("de", "que") and following[:1].lower() in _VOWELS:
        return f"{word[:-1]}'{following}"
    if word == "si" and following.startswith(("il ", "ils ")):
        return f"s'{following}"
    return f"{word} {following}".lstrip()


def _values(criterion: Criterion, term: Term, rules: Rules, lang: str) -> list[str]:
    """Return how each value of a term is told; numbers that follow each other are one interval.

    A term without a value waits for a threshold that is not known yet.
    """
    if not term.to:
        return [_THRESHOLD[lang]]
    wordings = {slug: text[lang] for slug, text in criterion.wordings}
    before = wordings.get("") or lower(criterion.label[lang]) + COLON[lang]
    if criterion.numeric_property:
        return [f"{before} {interval[lang]}" for interval in _intervals(term, rules)]
    wanted = [value for value in criterion.values if value.slug in term.to]
    named = [wordings.get(one.slug) or f"{before} {lower(one.label[lang])}" for one in wanted]
    if len(named) <= _MOST_NAMED or any(one.slug in wordings for one in wanted):
        return named
    others = _ONE_OF_OTHERS.fill(n=len(named) - _NAMED_OF_MANY)[lang]
    return [*named[:_NAMED_OF_MANY], f"{before} {others}"]


def _intervals(term: Term, rules: Rules) -> Iterable[Text]:
    for wanted, run in groupby(rules.buckets[term.criterion], lambda b: b.slug in term.to):
        if wanted:
            members = list(run)
            first, last = members[0], members[-1]
            yield Bucket(term.criterion, first.low, last.high, first.unit).label


def _alternatives(alternatives: Sequence[str], before: str, lang: str) -> str:
    """Return alternatives after a word, what they all begin with told once: `de payer un prix ou rien`."""
    words = [text.split() for text in alternatives]
    shared = 0
    while len(words) > 1 and all(
        len(phrase) > shared + 1 and phrase[shared] == words[0][shared] for phrase in words
    ):
        shared += 1
    rest = [" ".join(phrase[shared:]) for phrase in words[1:]]
    parts = [elided(before, text) for text in alternatives[:1]]
    parts += rest if shared else [elided(before, text) for text in rest]
    return _list(parts, _OR[lang])


def in_sentence(arrangement: Arrangement, lang: str) -> str:
    """Return an arrangement as a sentence tells it, by its name where no words are given."""
    return arrangement.in_sentence[lang] or arrangement.label[lang]


def lower(name: str) -> str:
    """Return a label as it reads inside a sentence; a word with capitals inside keeps them: DSP, IoT."""
    first = _FIRST_WORD.match(name)
    rest = first[0][1:] if first else ""
    return name if rest != rest.lower() else name[:1].lower() + name[1:]
