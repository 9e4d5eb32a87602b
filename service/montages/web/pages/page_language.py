"""What the pages do for a language: English strings for those of the templates, no-break spaces in French.

The strings are French in the templates; the English ones are in one .po file, read at start.
"""

from __future__ import annotations

import re
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask
from flask_babel import Babel, Domain

from montages.knowledge.files import library
from montages.web.requests.request_parameters import lang

ENGLISH = library.PACKAGE / "web" / "translations" / "en" / "LC_MESSAGES" / "messages.po"

# Parts of a page whose text is left alone: elements of code, and the tags themselves.
_APART = re.compile(r"(<(script|style|pre|code|textarea)\b.*?</\2>|<[^>]*>)", re.DOTALL)
# Each begins with the space itself, which a search finds at once.
_STUCK = re.compile(r" (?:(?=[:;?!»%€](?:\s|$|[).,]))|(?<=« )|(?<=€ )(?=HT))")
_NO_BREAK = "\u00a0"


class _Read(Domain):  # type: ignore[misc]  # Flask-Babel ships no types
    """The domain whose catalogue is compiled in memory, so that no .mo file can be out of date."""

    def __init__(self) -> None:
        super().__init__()
        compiled = BytesIO()
        with ENGLISH.open("rb") as file:
            write_mo(compiled, read_po(file, locale="en"))
        compiled.seek(0)
        self._en = Translations(compiled)
        self._fr = NullTranslations()

    def get_translations(self) -> Translations | NullTranslations:
        return self._en if lang() == "en" else self._fr


def register(app: Flask) -> None:
    """Give an application its languages: French by default, English."""
    babel = Babel(app, default_locale="fr", locale_selector=lang)
    babel.domain_instance = _Read()


def no_breaks(page: str) -> str:
    """Return an HTML page where no line can break before « : », « ? » and the like; code is left alone."""
    parts = _APART.split(page)
    # The split gives text, then what is apart, then its name, over and over.
    for i in range(0, len(parts), 3):
        if len(parts[i]) > 1:
            parts[i] = _STUCK.sub(_NO_BREAK, parts[i])
    for i in range(2, len(parts), 3):
        parts[i] = ""
    return "".join(parts)
