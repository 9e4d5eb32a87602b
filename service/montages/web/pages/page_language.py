"""What the pages do for a language: the strings of the templates in it, no-break spaces in French.

The strings are English in the templates; their French is in the catalogue of words.
"""

from __future__ import annotations

import re

from flask import Flask

from montages.web.requests.request_parameters import lang
from montages.word_catalogue import french

# Parts of a page whose text is left alone: elements of code, and the tags themselves.
_APART = re.compile(r"(<(script|style|pre|code|textarea)\b.*?</\2>|<[^>]*>)", re.DOTALL)
# Each begins with the space itself, which a search finds at once.
_STUCK = re.compile(r" (?:(?=[:;?!»%€](?:\s|$|[).,]))|(?<=« )|(?<=€ )(?=HT))")
_NO_BREAK = "\u00a0"


def register(app: Flask) -> None:
    """Give the templates of an application their strings, in the language of the request."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the extension brings it
        _sentence,
        _counted,
        newstyle=True,
        pgettext=lambda context, source: _sentence(source, context),
    )


def _sentence(source: str, context: str = "") -> str:
    return source if lang() == "en" else french(source, context)


def _counted(one: str, many: str, number: int) -> str:
    if lang() == "en":
        return one if number == 1 else many
    return french(one, number=number)


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
