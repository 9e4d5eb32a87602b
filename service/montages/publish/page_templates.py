"""How pages are made of the templates of this room: compiled once, escaped, French signs never apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from montages.assessment.wording import lower
from montages.publish.text.answer_lines import AnswerLine

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
