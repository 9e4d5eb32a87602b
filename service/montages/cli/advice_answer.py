"""What the commands that advise on a description share: their options, and how their answer is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from rich.console import RenderableType

from montages.api import load
from montages.bilingual import Text
from montages.cli.bilingual_commands import F, lang_option, option, session
from montages.cli.deadline import deadline
from montages.cli.options import (
    anyway_option,
    as_of_option,
    detail_option,
    engine_option,
    format_option,
    presumptions_option,
    project_option,
)
from montages.cli.output import show, write
from montages.publish.advice_writers import ADVICE_WRITERS
from montages.publish.detail import BRIEF, FULL
from montages.publish.json_text import dump

_OPTIONS = (
    detail_option,
    project_option,
    as_of_option,
    anyway_option,
    presumptions_option,
    engine_option,
    lang_option,
)


def advice_options(advice: str) -> Callable[[F], F]:
    """Return what gives a command the options that all of them have: `show_advice` takes their values."""
    forms = format_option("text", "json", *ADVICE_WRITERS.get(advice, ()))

    def decorated(function: F) -> F:
        for decorate in reversed((forms, *_OPTIONS)):
            function = decorate(function)
        return function

    return decorated


def about_option(text: Text) -> Callable[[F], F]:
    """Return the option that names set-ups."""
    return option("--about", multiple=True, metavar="SLUG", text=text)


def show_advice(
    file: str,
    advice: str,
    text: Callable[..., RenderableType],
    options: dict[str, Any],
    of_form: Mapping[str, Any] = MappingProxyType({}),
    **own: Any,
) -> None:
    """Show what a method of `Knowledge` says of a FILE, in the form asked for.

    `own` are arguments of the method, `of_form` those of what writes a page or a picture.
    """
    form, detail, engine = options.pop("form"), options.pop("detail"), options.pop("engine")
    lang = session().lang
    with deadline():
        description = load(engine).read(file, project=options.pop("project"))
        answer = getattr(load(engine), advice)(description, lang=lang, **options, **own)
        if form == "json":
            tell = partial(write, dump(answer.to_json(brief=detail == BRIEF)))
        elif form in ADVICE_WRITERS.get(advice, {}):
            tell = partial(write, ADVICE_WRITERS[advice][form](answer, lang, **of_form))
        else:
            tell = partial(show, text(answer, lang, whole=detail == FULL))
    tell()
