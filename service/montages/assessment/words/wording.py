"""The answers a verdict wants, in words that fit a sentence: `à condition de payer selon les résultats`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby

from montages.assessment.verdict.unit_verdict import Term
from montages.bilingual import Text
from montages.knowledge.buckets import Bucket
from montages.knowledge.model import Criterion
from montages.knowledge.periods import Rules

# What stands before terms to accept, and before facts to verify.
PROVIDED = Text("à condition", "provided you")
ONCE_VERIFIED = Text("une fois vérifié", "once it is verified")
_THRESHOLD = Text("le seuil de ce jour-là est connu", "the threshold of that day is known")
_NOTHING = Text("", "")
_VOWELS = "aeiouyhàâéèêëîïôûù"
_FIRST_WORD = re.compile(r"\w+")


def terms_text(terms: Iterable[Term], rules: Rules) -> Text:
    """Return terms to accept, those that are ordinary left out: `de payer …, de … et d'…`; "" if none."""
    return _listed(terms, rules, Text("de", ""))


def facts_text(terms: Iterable[Term], rules: Rules) -> Text:
    """Return facts to verify: `que vous avez …, que … et qu'il …`; "" if none."""
    return _listed(terms, rules, Text("que", "that"))


def on_terms(terms: Iterable[Term], rules: Rules) -> Text:
    """Return on which terms: `à condition de payer …`; "" if there are none but ordinary ones."""
    return _after_words(PROVIDED, terms_text(terms, rules))


def once_verified(facts: Iterable[Term], rules: Rules) -> Text:
    """Return what is to be verified before: `une fois vérifié que vous avez …`; "" if nothing is."""
    return _after_words(ONCE_VERIFIED, facts_text(facts, rules))


def _after_words(before: Text, words: Text) -> Text:
    return Text(f"{before.fr} {words.fr}", f"{before.en} {words.en}") if words.fr else _NOTHING


@lru_cache(maxsize=4096)
def answer_text(term: Term, rules: Rules, before: Text = _NOTHING) -> Text:
    """Return an answer that is wanted, any of its values: `payer selon les résultats ou un prix`.

    `before` is the word that it follows: `de payer un prix ou d'avancer l'investissement`.
    """
    criterion = rules.criteria[term.criterion]
    return Text(
        *(
            _alternatives(_values(criterion, term, rules, lang), before[lang], lang)
            for lang in ("fr", "en")
        )
    )


def enumerated(parts: Sequence[str], lang: str) -> str:
    """Return parts as a list in a sentence: `a, b et c`."""
    last = " and " if lang == "en" else " et "
    return last.join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def _listed(terms: Iterable[Term], rules: Rules, before: Text) -> Text:
    words = [answer_text(term, rules, before) for term in terms if not term.ordinary]
    return Text(
        enumerated([each.fr for each in words], "fr"), enumerated([each.en for each in words], "en")
    )


def _after(word: str, following: str) -> str:
    """Return words after another, which French elides before a vowel: `de payer`, `d'acheter`."""
    if word in ("de", "que") and following[:1].lower() in _VOWELS:
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
    before = wordings.get("") or lower(criterion.label[lang]) + (" :" if lang == "fr" else ":")
    if criterion.numeric_property:
        return [f"{before} {interval[lang]}" for interval in _intervals(term, rules)]
    return [
        wordings.get(value.slug) or f"{before} {lower(value.label[lang])}"
        for value in criterion.values
        if value.slug in term.to
    ]


def _intervals(term: Term, rules: Rules) -> Iterable[Text]:
    for wanted, run in groupby(rules.buckets[term.criterion], lambda b: b.slug in term.to):
        if wanted:
            members = list(run)
            first, last = members[0], members[-1]
            yield Bucket(term.criterion, first.low, last.high, first.unit).label


def _alternatives(told: Sequence[str], before: str, lang: str) -> str:
    """Return alternatives after a word, what they all begin with told once: `de payer un prix ou rien`."""
    words = [text.split() for text in told]
    shared = 0
    while len(words) > 1 and all(
        len(each) > shared + 1 and each[shared] == words[0][shared] for each in words
    ):
        shared += 1
    rest = [" ".join(each[shared:]) for each in words[1:]]
    parts = [_after(before, text) for text in told[:1]]
    parts += rest if shared else [_after(before, text) for text in rest]
    last = " or " if lang == "en" else " ou "
    return last.join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def lower(name: str) -> str:
    """Return a label as it reads inside a sentence; a word with capitals inside keeps them: DSP, IoT."""
    first = _FIRST_WORD.match(name)
    rest = first[0][1:] if first else ""
    return name if rest != rest.lower() else name[:1].lower() + name[1:]
