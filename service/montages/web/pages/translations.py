"""The interface's strings: French in the templates, English in one .po file read at start."""

from __future__ import annotations

from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask
from flask_babel import Babel, Domain

from montages.knowledge.files import library
from montages.web.requests.request_parameters import lang

ENGLISH = library.PACKAGE / "web" / "translations" / "en" / "LC_MESSAGES" / "messages.po"


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
