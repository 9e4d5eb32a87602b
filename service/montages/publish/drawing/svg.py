"""How a picture is made of its template, and how its words are laid in lines."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


@cache
def picture_templates() -> Environment:
    """Return what the templates of this room are compiled by, each once: texts are left as they are."""
    environment = Environment(
        loader=PackageLoader("montages.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["fixed"] = lambda number, digits: f"{number:.{digits}f}"
    return environment


def drawing(name: str, **values: Any) -> Markup:
    """Return a drawing as SVG: its template, with what stands where."""
    svg = picture_templates().get_template(name).render(values)
    return Markup(svg)  # noqa: S704  # made by a template that escapes


def lines_of(words: str, width: float, letter: float) -> list[str]:
    """Return words in lines that are as long as a width allows; a long word has a line of its own."""
    lines: list[str] = []
    # A sign that French sets apart stays with the word before it.
    for word in words.replace(" :", "\u00a0:").split(" "):
        if lines and (len(lines[-1]) + 1 + len(word)) * letter <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
