"""A text in French and English: what a person reads is said in both."""

from __future__ import annotations

from dataclasses import dataclass

from montages.one_line import OneLine


@dataclass(frozen=True)
class Text(OneLine):
    """A text in both languages."""

    fr: str
    en: str

    # Its items have languages for keys: Python would ask for item 0, 1, 2… and come to no end.
    __iter__ = None

    def __getitem__(self, lang: str) -> str:
        return self.en if lang == "en" else self.fr


NO_TEXT = Text("", "")


def counted(number: int, one: Text, many: Text) -> Text:
    """Return a text in the form that goes with a number, which stands where it has `{}`.

    Zero is singular in French, plural in English.
    """
    fr, en = (one if number < 2 else many).fr, (one if number == 1 else many).en
    return Text(fr.format(number), en.format(number))
