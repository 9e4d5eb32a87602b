"""What a sentence says of a project: its facts with their words, what is guessed, unsure or not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import Any

from montages.description.reader.amounts import AmountReading, read_amounts
from montages.description.reader.deciding import (
    Unsure,
    runs_of,
    settled,
    unsure_of,
    unsure_words,
    untold,
    weighed,
)
from montages.description.reader.groups import Hit, hits_in, known_words
from montages.description.reader.numbers import words_of
from montages.description.reader.reader_data import listed, yaml_of
from montages.description.reader.words import SIGN, Word, span_of, spoken
from montages.knowledge.description_keys import criterion_keys

# No longer sentence is looked at.
LONGEST = 600
# Facts of which a sentence may state several.
_SEVERAL = ("usages", "layer")
# What a group means that is no fact of the project.
_NO_FACTS = ("scope", "asks")
# The list of words behind which a name is that of another, or of whose or where it is.
_NAMED_ONLY = {"holders": "beside-others", "usages": "beside-names", "layers": "beside-names"}
# The fact that the first who is named in a rank has.
_FIRST_NAMED = "holder"
# The key of a layer that says how it is got, and the criterion of that.
MODE, MODE_CRITERION = "mode", "management-mode"
# What is rented where no layer is named; nothing is said of a layer by another way of getting it.
_RENTED, _BY_RENT = "objects", "subscription"
# The classes of the words of money and of time that no sum used.
_DOUBTS = {"money": "amount", "time": "time", "duration": "time"}
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Scope:
    """Why a sentence is not answered by a contract: the class, and the words that say so."""

    slug: str
    words: str
    span: tuple[int, int]


@dataclass(frozen=True)
class Reading:
    """What was read of a sentence.

    `facts` are values by criterion, `spans` the words of each, `sums` how a number was worked out; `guesses`
    are answers to fill into a question; `unsure` words decide and are not understood; `unread` were not used.
    """

    text: str
    tree: Mapping[str, Any]
    facts: Mapping[str, Any]
    spans: Mapping[str, Spans] = field(default_factory=dict)
    sums: Mapping[str, str] = field(default_factory=dict)
    guesses: Mapping[str, Any] = field(default_factory=dict)
    unsure: tuple[Unsure, ...] = ()
    unread: tuple[str, ...] = ()
    scope: Scope | None = None
    asks: str = "none"
    corrected: Mapping[str, str] = field(default_factory=dict)

    @property
    def sure(self) -> bool:
        """Tell whether an answer may affirm: nothing hard is unsure, and a contract is asked about."""
        return self.scope is None and not any(unsure.hard for unsure in self.unsure)


@lru_cache(maxsize=64)
def read_sentence(text: str) -> Reading:
    """Return what a sentence says of a project; what stands past the longest is in doubt."""
    text, rest = text[:LONGEST], text[LONGEST:]
    all_words = words_of(text, known_words())
    words = spoken(all_words)
    hits = hits_in(words)
    choices = list(weighed(words, text, hits))
    only_weighed = [hit for both, _ in choices for hit in both]
    hits = [hit for hit in hits if hit not in only_weighed]
    amounts = read_amounts(text, all_words)
    scope = _scope(text, words, hits)
    named = [set(hit.places) for hit in hits if _named_only(all_words, words, hit)]
    own = [hit for hit in hits if not any(places >= set(hit.places) for places in named)]
    facts, _ = _facts(words, own)
    # What comes with another holder than the one who is believed is no fact.
    holder = facts.get(_FIRST_NAMED)
    facts, spans = _facts(
        words, [h for h in own if h.group.means.get(_FIRST_NAMED, holder) == holder]
    )
    _add_amounts(facts, spans, amounts)
    if scope and scope.slug in ("not-a-purchase", "occupation"):
        of_one = listed("of-a-purchase")
        facts = {key: value for key, value in facts.items() if key not in of_one}
    guesses = _guesses(hits, facts, amounts)
    chosen = [unsure for _, unsure in choices]
    unsure = (*chosen, *_in_doubt(text, rest, words, hits, facts, amounts))
    # A word within what is to be chosen is not told twice.
    outer = [one.span for one in chosen]
    unsure = tuple(
        one
        for one in unsure
        if one.span in outer
        or not any(start <= one.span[0] and one.span[1] <= end for start, end in outer)
    )
    contract = facts.keys() & set(yaml_of("deciding")["tell-a-contract"].split())
    if not (contract or scope or any(one.hard for one in unsure)):
        unsure += (unsure_of(text, 0, len(text), "bought"),)
    return Reading(
        text=text + rest,
        tree=_tree(facts),
        facts=facts,
        spans={key: spans[key] for key in facts if key in spans},
        sums=amounts.sums,
        guesses=guesses,
        unsure=tuple(sorted(unsure, key=lambda one: one.span)),
        unread=_unread(text, words, hits, amounts),
        scope=scope,
        asks=_asks(hits),
        corrected={
            text[word.start : word.end]: word.corrected for word in all_words if word.corrected
        },
    )


def _in_doubt(
    text: str,
    rest: str,
    words: Sequence[Word],
    hits: Sequence[Hit],
    facts: Mapping[str, Any],
    amounts: AmountReading,
) -> Iterator[Unsure]:
    """Yield the words that decide and are not understood; `rest` is what was not looked at."""
    yield from unsure_words(words, text, hits, facts)
    for span, kind in amounts.doubts.items():
        yield unsure_of(text, *span, _DOUBTS[kind])
    if rest.strip():
        yield unsure_of(text + rest, LONGEST, len(text + rest), "condition")
    yield from untold(words, text, hits, amounts.held)


def _facts(words: Sequence[Word], hits: Iterable[Hit]) -> tuple[dict[str, Any], dict[str, Spans]]:
    """Return what the groups state and the words of each fact; where they differ, none."""
    stated: dict[str, list[Hit]] = {}
    for hit in hits:
        for key in hit.group.means:
            stated.setdefault(key, []).append(hit)
    facts: dict[str, Any] = {}
    spans: dict[str, Spans] = {}
    for key, of in stated.items():
        believed = _believed(key, of)
        values = [hit.group.means[key] for hit in believed]
        if key in _SEVERAL:
            facts[key] = list(dict.fromkeys(chain.from_iterable(values)))
        elif key not in _NO_FACTS and all(value == values[0] for value in values):
            facts[key] = values[0]
        spans[key] = tuple(sorted({span_of(words, hit.places) for hit in believed}))
    unsaid = {key for fact in facts for key in yaml_of("words")["unsaid-with"].get(fact, ())}
    return {key: value for key, value in facts.items() if key not in unsaid}, spans


def _believed(key: str, hits: Sequence[Hit]) -> list[Hit]:
    """Return which of the groups that state a fact are believed: the higher in rank, else the longer.

    Of usages and layers all are, but for what lies within a longer phrase that says another.
    """
    if key in _SEVERAL:
        apart = [hit for hit in hits if not any(hit.within(other) for other in hits)]
        level = min(0, max(hit.group.rank for hit in apart))
        return [hit for hit in apart if hit.group.rank >= level]
    best = max(hit.weight for hit in hits)
    if key == _FIRST_NAMED:
        highest = [hit for hit in hits if hit.group.rank == best[0]]
        return [min(highest, key=lambda hit: (hit.places[0], -len(hit.places)))]
    return [hit for hit in hits if hit.weight == best]


def _named_only(all_words: Sequence[Word], words: Sequence[Word], hit: Hit) -> bool:
    """Tell whether a name only says with whom or whose: « avec le CDG », « agents des routes »."""
    names = _NAMED_ONLY.get(hit.group.file)
    first = words[hit.places[0]]
    if names is None or hit.group.others or first.gap:
        return False
    before = None
    for word in reversed([one for one in all_words if one.end <= first.start]):
        if word.kind == SIGN or (before and before.gap):
            return False
        if word.form not in listed("skipped"):
            return not {word.form, word.stem}.isdisjoint(listed(names))
        before = word
    return False


def _add_amounts(facts: dict[str, Any], spans: dict[str, Spans], amounts: AmountReading) -> None:
    for key, value in amounts.facts.items():
        facts[key] = _plain(value)
        spans[key] = amounts.spans[key]
    worth = amounts.workings.get("estimated-value")
    if worth and any(len(t.factors) > 1 and amounts.counts & set(t.factors) for t in worth.terms):
        facts.setdefault("quantities", "known")


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value


def _guesses(
    hits: Sequence[Hit], facts: Mapping[str, Any], amounts: AmountReading
) -> dict[str, Any]:
    """Return the answers that may be filled into a question: what is hinted at and nothing states."""
    heaviest = sorted(hits, key=lambda one: one.weight, reverse=True)
    hinted = [*chain.from_iterable(hit.group.guess.items() for hit in heaviest)]
    hinted += [(guess.criterion, _plain(guess.value)) for guess in amounts.guesses]
    guesses: dict[str, Any] = {}
    for key, value in hinted:
        if key not in facts:
            guesses.setdefault(key, value)
    return guesses


def _scope(text: str, words: Sequence[Word], hits: Sequence[Hit]) -> Scope | None:
    order = list(yaml_of("told"))
    scoping = [hit for hit in hits if "scope" in hit.group.means]
    if not scoping:
        return None
    first = min(scoping, key=lambda hit: (order.index(hit.group.means["scope"]), hit.places))
    start, end = span_of(words, first.places)
    return Scope(first.group.means["scope"], text[start:end], (start, end))


def _asks(hits: Sequence[Hit]) -> str:
    asked = [hit for hit in hits if "asks" in hit.group.means]
    return max(asked, key=lambda hit: hit.weight).group.means["asks"] if asked else "none"


def _unread(
    text: str, words: Sequence[Word], hits: Sequence[Hit], amounts: AmountReading
) -> tuple[str, ...]:
    """Return the words that nothing used, as they are written, neighbours together."""
    used = {place for hit in hits for place in hit.places} | {place for place, _ in settled(words)}
    everyday = listed("everyday") | {*yaml_of("classes")["us"].split()}
    left = [
        place for place, word in enumerate(words)
        if place not in used and not word.kind and word.form.isalnum()
        and word.stem not in everyday and word.form not in everyday
        and not any(start <= word.start < end for start, end in amounts.held)
    ]  # fmt: skip
    runs = runs_of(left, lambda _, place: not words[place].gap)
    return tuple(text[slice(*span_of(words, run))] for run in runs)


def _tree(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return holder, usages, layers with how they are got, and the answers in their questions' order."""
    tree: dict[str, Any] = {}
    if "holder" in facts:
        tree["holder"] = {"type": facts["holder"]}
    if facts.get("usages"):
        tree["usages"] = list(facts["usages"])
    mode = facts.get(MODE_CRITERION)
    layers = facts.get("layer") or ([_RENTED] if mode == _BY_RENT and facts.get("usages") else [])
    if layers:
        tree["layers"] = [{"layer": one, **({MODE: mode} if mode else {})} for one in layers]
    keys = criterion_keys()
    answers = {
        key: facts[criterion]
        for criterion, key in keys.items()
        if criterion in facts and criterion not in ("holder", "layer", MODE_CRITERION)
    }
    if mode and not layers:
        answers[MODE_CRITERION] = mode
    if answers:
        tree["answers"] = answers
    return tree
