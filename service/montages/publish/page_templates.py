"""How pages are made of the templates of this room, and what every template may say in a language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from montages.assessment.wording import lower
from montages.publish.text import checklist
from montages.publish.text.answer_lines import AnswerLine
from montages.publish.text.messages import phrase, plural_of
from montages.publish.text.signs import OUTCOME_SIGNS, PROCEDURE_SIGNS, VERDICT_SIGNS
from montages.publish.text.typography import colon, day

# It begins with the space itself, which a search finds at once.
_STUCK = re.compile(r" (?:(?=[»:;?!%€])|(?<=« )|(?<=€ )(?=HT))")


@cache
def page_templates() -> Environment:
    """Return what templates are read and compiled by, each once."""
    environment = Environment(
        loader=PackageLoader("montages.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_unbroken,
    )
    environment.filters |= {
        "groupby_title": _by_title,
        "lower_first": lower,
        "upper_first": lambda text: text[:1].upper() + text[1:],
    }
    return environment


def _unbroken(value: object) -> object:
    """Return a text whose French quotation marks and signs never start or end a line; else as it is."""
    return _STUCK.sub("\u00a0", value) if type(value) is str else value


def _by_title(lines: Sequence[AnswerLine]) -> list[tuple[str, list[AnswerLine]]]:
    """Return lines under their titles, in their order."""
    titles = dict.fromkeys(line.title for line in lines)
    return [(title, [line for line in lines if line.title == title]) for title in titles]


def page_values(lang: str) -> dict[str, Any]:
    """Return the words and signs of a language, by the names that templates know them by."""
    return {
        "lang": lang,
        "phrase": lambda key: phrase(key, lang),
        "plural": lambda number, noun: plural_of(number, noun, lang),
        "day": lambda value: day(value, lang),
        "colon": colon(lang),
        "checklist": checklist,
        "verdicts": VERDICT_SIGNS,
        "procedure_verdicts": PROCEDURE_SIGNS,
        "outcomes": OUTCOME_SIGNS,
    }
