"""The words, signs and numbers of a sentence: where each stands, what breaks off before it, its form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from montages.description.reader.lexicon import lexicon
from montages.description.reader.reader_data import listed
from montages.description.reader.stems import folded, single, stem_of
from montages.description.reader.typos import KnownWords, known_word

# What stands before a word: nothing, a comma, the end of a clause.
NOTHING, COMMA, STOP = 0, 1, 2
# The kinds of a number: a plain one, a share, an amount beside which no word stands.
NUMBER, SHARE, MONEY = "#", "#%", "#€"
# The kinds of what is no word and no number; a word has none.
SIGN, DATE, NAME, PART = "sign", "date", "name", "part"
_TOKEN = re.compile(
    r"(?P<date>(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:20)?\d\d(?!\d))"
    r"|(?P<name>(?<![\d,.])0\d(?:[ .-]?\d\d){4}(?!\d)|(?<!\d)\d{14}(?!\d)"
    r"|\b24 ?h ?(?:/|sur) ?24\b|\b7 ?j ?(?:/|sur) ?7\b|\b[lrd]\.? ?\d{3,4}-\d+(?:-\d+)*)"
    r"|(?P<part>(?<![\d/])[1-9]/[1-9](?![\d/]))"
    r"|(?P<number>\d{1,3}(?:(?: {1,2}\d{3})+|(?:['.]\d{3})+)(?!\d)(?:,\d{1,2}(?!\d))?"
    r"|\d{1,3}(?:,\d{3}){2,}(?!\d)|\d{1,3}(?:,\d{3})+\.\d{1,2}(?!\d)|\d+(?:[.,]\d+)?)"
    r"|(?P<litre>\bl(?= ?/| (?:par |de |d'|\d)))"  # « 12 000 l/an », « 300 l de peinture »
    r"|(?P<times>\bx(?=\d))"  # « radars x15 »
    r"|(?P<word>h\.t\.?(?![a-z])|t\.t\.c\.?(?![a-z])|[^\W\d_][^\W_]*)"
    r"|(?P<sign>[^\s'])"
)
_STOPS, _COMMAS = frozenset(";.!?\n…"), frozenset(",:()+–—")
# What the parts of a text are as words.
_KINDS = {"number": NUMBER, "word": "", "litre": "", "times": "", SIGN: ""}
# Signs that count as words.
_SPOKEN_SIGNS = frozenset("%€$")
# No longer text is shouted for its capitals.
_SHORT = 12


@dataclass(frozen=True)
class Word:
    """A word, a sign or a number of a sentence: its place there, its folded form, its stem, its kind.

    `gap` is what breaks off before it, `clause` and `phrase` count the breaks and the stops so far;
    `corrected` is the known word that a typo was taken for. A number has a value: `scale` is what multiplied
    it, `doubtful` tells that its figures could be read otherwise.
    """

    start: int
    end: int
    form: str
    stem: str
    kind: str = ""
    gap: int = NOTHING
    clause: int = 0
    phrase: int = 0
    corrected: str = ""
    capital: bool = False
    value: Decimal | None = None
    scale: int = 1
    doubtful: bool = False

    @property
    def single(self) -> str:
        """Return the word in the singular, mended: as the lists of amounts have it."""
        return single(self.corrected or self.form)


def raw_words(text: str, known: KnownWords) -> Iterator[Word]:
    """Yield the words, the signs and the numbers in figures of a text, in order."""
    signs = [" " if one.isspace() else folded(one) for one in text]
    places = [at for at, of_one in enumerate(signs) for _ in of_one]
    shouted = text.isupper() and len(text) > _SHORT
    end = clause = phrase = 0
    before = ""
    for match in _TOKEN.finditer("".join(signs)):
        kind, form = match.lastgroup or "", match[0]
        start, behind = places[match.start()], places[match.end() - 1] + 1
        if kind == SIGN and form not in _SPOKEN_SIGNS:
            if form != "." or before not in lexicon().words["cut-short"]:
                yield Word(start, behind, form, form, SIGN, clause=clause, phrase=phrase)
            continue
        gap = _gap(text[end:start], text[start])
        clause, phrase, end = (
            clause + (gap > NOTHING),
            phrase + (gap == STOP and "\n" not in text[end:start]),
            behind,
        )
        word = Word(start, behind, form, form, _KINDS.get(kind, kind), gap, clause, phrase)
        if not word.kind:
            form = kind if kind == "litre" else form.replace(".", "")
            capital = text[start].isupper() and not shouted
            word = _known(replace(word, form=form, capital=capital), known)
        before = word.form
        yield word


def _gap(between: str, first: str) -> int:
    """Return what stands between two words; the points of `h.t.` and `c.c.` end nothing."""
    if set(between) & _STOPS and (between != "." or first.isupper()):
        return STOP
    joined = not set(between) & _COMMAS and " - " not in between and " / " not in between
    return NOTHING if joined else COMMA


def _known(word: Word, known: KnownWords) -> Word:
    """Return a word with its stem: that of the known word which it mistypes by a letter."""
    corrected = known_word(word.form, known)
    stem = stem_of(corrected or word.form)
    kind = NUMBER if word.form in listed("numbers") else ""
    if corrected and stem in known.deciding:
        stem = word.form
    return replace(word, stem=stem, corrected=corrected, kind=kind)


def spoken(words: Iterable[Word]) -> tuple[Word, ...]:
    """Return the words compared: without signs, articles, « de », « être », « avoir », « se »; gaps kept."""
    kept: list[Word] = []
    gap = NOTHING
    skipped = listed("skipped")
    for word in words:
        gap = max(gap, word.gap)
        if word.kind == SIGN or (word.form in skipped and not word.kind):
            continue
        kept.append(replace(word, gap=gap) if gap != word.gap else word)
        gap = NOTHING
    return tuple(kept)


def span_of(words: Sequence[Word], places: Sequence[int]) -> tuple[int, int]:
    """Return where the words from the first of some places to the last stand in the text."""
    return words[places[0]].start, words[places[-1]].end
