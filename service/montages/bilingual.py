"""A text in French and English: what a person reads is said in both.

What the graph says carries both. What the code says is a message: its English stands in the code, its French
in the catalogue of words, looked up when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from montages.one_line import OneLine
from montages.word_catalogue import french


@dataclass(frozen=True)
class Text(OneLine):
    """A text in both languages."""

    fr: str
    en: str

    # Its items have languages for keys: Python would ask for item 0, 1, 2… and come to no end.
    __iter__ = None

    def __getitem__(self, lang: str) -> str:
        return self.en if lang == "en" else self.fr

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Text):
            return self.en == other.en and self.fr == other.fr
        return NotImplemented

    def fill(self, **values: object) -> Text:
        """Return the text with values where it names them."""
        return Text(_filled(self.fr, values, "fr"), _filled(self.en, values, "en"))


NO_TEXT = Text("", "")

# What stays as it is until it is said; anything else is put into words at once.
_PLAIN = (str, int, float, date, Text)


class Words(Text):
    """A text whose words are worked out in each language when they are first asked for in it."""

    in_language: Callable[[str], str]

    def __init__(self, words: Callable[[str], str]) -> None:
        self.__dict__["in_language"] = words

    def __getattr__(self, lang: str) -> str:
        if lang not in ("fr", "en"):
            raise AttributeError(lang)
        words = self.__dict__[lang] = self.in_language(lang)
        return words

    def __reduce__(self) -> tuple[Any, ...]:
        return Text, (self.fr, self.en)


class Message(Words):
    """A sentence of the code, with its values; its French is that of the catalogue."""

    source: str
    context: str
    values: Mapping[str, object]
    many: str

    def __init__(self, source: str, context: str, values: Mapping[str, object], many: str) -> None:
        self.__dict__.update(source=source, context=context, values=values, many=many)

    def in_language(self, lang: str) -> str:
        """Return the sentence in a language."""
        number: Any = self.values["n"] if self.many else 1
        if lang == "fr":
            sentence = french(self.source, self.context, number)
        else:
            sentence = self.source if number == 1 else self.many
        return _filled(sentence, self.values, lang) if self.values else sentence

    def __reduce__(self) -> tuple[Any, ...]:
        return Message, (self.source, self.context, self.values, self.many)

    def fill(self, **values: object) -> Text:
        """Return the sentence with more of its values."""
        return Message(self.source, self.context, {**self.values, **_kept(values)}, self.many)


def message(source: str, /, *, context: str = "", **values: object) -> Text:
    """Return a sentence of the code, from its English, which names its values: `"Layer: {layer}"`.

    A value that is a text is said in the same language. The context tells apart the French of one English.
    """
    return Message(source, context, _kept(values) if values else values, "")


def plural(one: str, many: str, /, *, context: str = "", **values: object) -> Text:
    """Return a sentence of the code in two forms: that of its value `n` is said, which `fill` may give later.

    Zero is singular in French, plural in English.
    """
    return Message(one, context, _kept(values), many)


def in_both(words: Callable[[str], str]) -> Text:
    """Return the words of each language as one text."""
    return Words(words)


def joined(texts: Iterable[Text], between: str = ", ") -> Text:
    """Return texts as one, with the same between them in both languages."""
    listed = list(texts)
    return in_both(lambda lang: between.join(text[lang] for text in listed))


def paragraphs(*texts: Text) -> Text:
    """Return texts as one, with an empty line between them."""
    return joined(texts, "\n\n")


def _kept(values: Mapping[str, object]) -> dict[str, object]:
    """Return values as they may travel between processes, and do not change until they are said."""
    return {name: v if isinstance(v, _PLAIN) else str(v) for name, v in values.items()}


def _filled(sentence: str, values: Mapping[str, object], lang: str) -> str:
    """Return a sentence in one language, its values in the same."""
    return sentence.format_map(
        {name: v[lang] if isinstance(v, Text) else v for name, v in values.items()}
    )
