"""The forms of advice, besides text and JSON, that every door writes alike: pages and pictures (R30, R40)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# What is advised and a language; a picture of one of several is asked for by its number.
AdviceWriter = Callable[..., str]


# What makes each of these forms is imported when that form is asked for.
def _compositions_page(composed: Any, lang: str) -> str:
    from montages.publish.compositions_page import compositions_page

    return compositions_page(composed, lang)


def _composition_picture(composed: Any, lang: str, number: int = 1) -> str:
    from montages.publish.drawing.set_up_picture import set_up_picture

    return set_up_picture(composed.composition(number), composed, lang)


def _comparison_page(compared: Any, lang: str) -> str:
    from montages.publish.comparison_page import comparison_page

    return comparison_page(compared, lang)


def _what_if_page(what_ifs: Any, lang: str, href: Callable[[Any], str] | None = None) -> str:
    from montages.publish.what_if_page import what_if_page

    return what_if_page(what_ifs, lang, href or (lambda what_if: ""))


def _fork_page(forked: Any, lang: str) -> str:
    from montages.publish.fork_page import fork_page

    return fork_page(forked, lang)


def _similar_page(similar: Any, lang: str) -> str:
    from montages.publish.similar_page import similar_page

    return similar_page(similar, lang)


# By the method of `Knowledge` that advises, then by the extension of the form.
ADVICE_WRITERS: dict[str, dict[str, AdviceWriter]] = {
    "compose": {"html": _compositions_page, "svg": _composition_picture},
    "compare": {"html": _comparison_page},
    "what_ifs": {"html": _what_if_page},
    "fork": {"html": _fork_page},
    "similar": {"html": _similar_page},
}
