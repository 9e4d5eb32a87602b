"""The catalogue of words: the French of every sentence of the code and of the pages, in one text file.

The file is read as it stands, when French is first asked for: that takes no longer than gettext's compiled
form would, so that nothing is compiled, shipped or kept beside it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FRENCH = Path(__file__).parent / "words" / "fr.po"

# An entry once its lines are joined: context, English, English plural, French, or its two forms.
_ENTRY = re.compile(
    r'^(?:msgctxt "(.*)"\n)?msgid "(.*)"\n'
    r'(?:msgid_plural "(.*)"\nmsgstr\[0\] "(.*)"\nmsgstr\[1\] "(.*)"|msgstr "(.*)")$',
    re.MULTILINE,
)
_ESCAPED = re.compile(r"\\(.)")
_SIGNS = {"n": "\n", "t": "\t", "r": "\r"}

# By context and English source: the French, for one and for many where the two differ.
Catalogue = dict[tuple[str, str], tuple[str, ...]]


def catalogue(text: str) -> Catalogue:
    """Return the French of each English source, from the text of a catalogue in gettext's .po format."""
    entries: Catalogue = {}
    for context, source, _, one, many, only in _ENTRY.findall(text.replace('"\n"', "")):
        forms: tuple[str, ...] = (one, many) if one else (only,)
        if "\\" in f"{source}{''.join(forms)}":
            source, forms = _plain(source), tuple(map(_plain, forms))
        entries[context, source] = forms
    entries.pop(("", ""), None)  # the header
    return entries


def _plain(quoted: str) -> str:
    return _ESCAPED.sub(lambda sign: _SIGNS.get(sign[1], sign[1]), quoted)


@cache
def french_catalogue() -> Catalogue:
    """Return the French of each English source, read once."""
    return catalogue(FRENCH.read_text(encoding="utf-8"))


def french(source: str, context: str = "", number: int = 1) -> str:
    """Return the French of an English source, in the form that goes with a number; else the source itself.

    Zero is singular in French.
    """
    forms = french_catalogue().get((context, source), ("",))
    return forms[-1 if number > 1 else 0] or source
