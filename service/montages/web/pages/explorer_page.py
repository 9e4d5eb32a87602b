"""`/explorer`: all criteria beside all set-ups, on a page that works from a file or in a frame (D5)."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache

import orjson
from flask import Response
from markupsafe import Markup

from montages.bilingual import Text, message
from montages.knowledge.periods import Rules, rules_at
from montages.publish.text.signs import KIND_TITLES, VERDICT_SIGNS
from montages.publish.text.typography import day
from montages.publish.verdicts.verdict_file import verdict_file
from montages.web.pages.page_context import STATIC, page_context
from montages.web.route import FREE_LANG, PAGE, Routes

_SCRIPTS, _STYLE = ("walkers/verdicts.js", "explorer.js"), "explorer.css"
_WORDS = {
    "title": message("The explorer of verdicts"),
    "says": message(
        "Answer on the left: each set-up changes colour at once on the right, and says why."
    ),
    "leaves": message(
        "One whole at a time: no parts of a project, no presumptions, no preferences."
    ),
    "home": message("Assess a whole project"),
    "answers": message("Your answers"),
    "again": message("Clear all"),
    "other": message("Français"),
    "noscript": message("This page needs JavaScript. Without it: the page “Assess a project”."),
    "choices": message("Your choices"),
    "of-fact": message("The facts"),
    "unknown": message("— no answer —"),
    "contract": message("Contracts"),
    "procedure": message("Procedures"),
    **KIND_TITLES,
    "colon": Text(" : ", ": "),
    "against": message("What stands against it:"),
    "together": message("Nothing stands against it alone: several gates do not go together."),
    "open": message("What is left to establish:"),
    "waiting": message("A threshold of that time is not known"),
    "holds": message("All gates hold."),
    "reopens": message("The least to change to reopen it:"),
    "many": message("More than three choices would have to change to reopen it."),
    "facts": message("No choice changes that."),
    "advice": message("An aid to thought, not legal advice."),
}


ROUTES = Routes("pages")


@ROUTES.get(
    "/explorer",
    message("The explorer: all criteria, all set-ups, without a server"),
    FREE_LANG,
    answers={200: PAGE},
)
def explorer() -> Response:
    """Answer the page, which any site may show in a frame."""
    context = page_context()
    state = context.state
    words = _words(rules_at(state.dataset.day))
    response = context.answer(
        "explorer.html",
        words=words[context.lang],
        style=Markup(_style()),  # noqa: S704 — our own files
        script=Markup(_script()),  # noqa: S704
        all_words=_embedded(orjson.dumps(words)),
        verdicts=_embedded(verdict_file(state.dataset.day)),
        home=f"{state.base_url()}/projet",
    )
    response.headers["Content-Security-Policy"] = policy()
    return response


def policy() -> str:
    """Return what the page may do: run its own script, and stand in any frame; nothing is loaded or sent."""
    script, style = (
        b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (_script(), _style())
    )
    return (
        f"default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; "
        "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors *"
    )


def _words(rules: Rules) -> dict[str, dict[str, str]]:
    first = rules.period.first
    words = _WORDS | {
        "law": message("Rules in force since {day}.", day=Text(day(first, "fr"), day(first, "en")))
    }
    by_language = {
        lang: {name: text[lang] for name, text in words.items()} for lang in ("fr", "en")
    }
    return by_language | {"signs": {name: sign.symbol for name, sign in VERDICT_SIGNS.items()}}


def _embedded(json: bytes) -> Markup:
    """Return JSON that no element ends within."""
    return Markup(json.decode().replace("<", "\\u003c"))  # noqa: S704 — escaped here


@cache
def _script() -> str:
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in _SCRIPTS)


@cache
def _style() -> str:
    return (STATIC / _STYLE).read_text(encoding="utf-8")
