"""What every template may call: how days, quotations, names, rules and their sources read to a reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Flask
from jinja2 import pass_context
from jinja2.runtime import Context

from montages.assessment.wording import first_sentence, lower
from montages.publish.drawing.who_pays_picture import who_pays_picture
from montages.publish.text import assessment_rows, messages, signs, source_reading, typography
from montages.publish.text.reasons import reasons
from montages.publish.text.source_reading import reviewed_text
from montages.store.labels import short
from montages.web.pages.graph_node import GraphNode, node_named
from montages.web.pages.page_context import Link, PageContext
from montages.web.pages.things.requirement import (
    accepted_words,
    condition_words,
    criterion_of,
    source_name,
)
from montages.web.requests.request_parameters import lang
from montages.word_catalogue import french


def register(app: Flask) -> None:
    """Give the templates of an application their filters and functions, and their strings in its language.

    These are English in the templates; their French is in the catalogue of words.
    """
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the extension brings it
        _sentence,
        _counted,
        newstyle=True,
        pgettext=lambda context, source: _sentence(source, context),
    )
    app.jinja_env.filters |= {
        "day": _of_language(_day),
        "first_sentence": first_sentence,
        "quoted": _of_language(typography.quoted),
        "lower_first": lower,
        "upper_first": lambda text: text[:1].upper() + text[1:],
        "linked": _linked,
        "short": short,
        "cited": _of_language(source_name),
        "version": _of_language(source_reading.version_text),
        "reading": _of_language(source_reading.reading_text),
        "read_lines": _of_language(source_reading.read_lines),
        "reviewed": _of_language(reviewed_text),
        "criterion": _of_page(criterion_of),
        "accepted": _of_page(accepted_words),
        "condition": _of_page(condition_words),
    }
    app.jinja_env.globals.update(
        thing_at=_of_page(node_named),
        who_pays_picture=_of_page(_who_pays),
        assessment_rows=assessment_rows,
        reasons=reasons,
        messages=messages,
        signs=signs,
    )


def _sentence(source: str, context: str = "") -> str:
    return source if lang() == "en" else french(source, context)


def _counted(one: str, many: str, number: int) -> str:
    if lang() == "en":
        return one if number == 1 else many
    return french(one, number=number)


def _of_language(write: Callable[[Any, str], Any]) -> Callable[..., Any]:
    """Return a filter that writes a value in the language of the page."""

    @pass_context
    def in_language(page: Context, value: Any) -> Any:
        return write(value, page["lang"])

    return in_language


def _of_page(write: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that needs what the page shares."""

    @pass_context
    def on_page(page: Context, value: Any, *more: Any) -> Any:
        return write(value, page["context"], *more)

    return on_page


def _day(value: date | str, lang: str) -> str:
    """Return the day of a date or of a moment written as text."""
    day = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return typography.day(day, lang)


def _who_pays(name: str, context: PageContext) -> str:
    return who_pays_picture(name, context.rules, context.lang)


@pass_context
def _linked(page: Context, thing: Any) -> Link:
    """Return a thing, or its IRI, as its name and its page."""
    if isinstance(thing, GraphNode):
        return thing.link
    link: Link = page["context"].link(getattr(thing, "iri", thing))
    return link
