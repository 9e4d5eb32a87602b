"""The forms, besides text, that every door writes alike: JSON, RDF, pages and pictures (R30, R40).

What makes a form is imported when that form is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from montages.assessment.assessment import Assessment
from montages.assessment.json_pieces import documents
from montages.publish.detail import BRIEF

# Assessments and how much is to be said of them.
AssessmentWriter = Callable[[Sequence[Assessment], str | None], bytes]
# What is advised and a language; a picture of one of several is asked for by its number.
AdviceWriter = Callable[..., str]


def _json(assessments: Sequence[Assessment], detail: str | None) -> bytes:
    return documents([assessment.json_text(brief=detail == BRIEF) for assessment in assessments])


def _graph(form: str) -> AssessmentWriter:
    def write(assessments: Sequence[Assessment], detail: str | None) -> bytes:
        from montages.publish.linked_data.formats import serialise

        graphs = [assessment.graph(brief=detail == BRIEF) for assessment in assessments]
        return serialise(graphs, form).encode()

    return write


def _data(extension: str) -> AssessmentWriter:
    def write(assessments: Sequence[Assessment], detail: str | None) -> bytes:
        from montages.publish.linked_data.formats import in_full

        graphs = [assessment.graph(brief=detail == BRIEF) for assessment in assessments]
        return in_full(graphs, extension).encode()

    return write


def _page(assessments: Sequence[Assessment], detail: str | None) -> bytes:
    from montages.publish.assessment_page import page

    return page(assessments, detail=detail).encode()


# By name; without a word on how much is to be said, all of it is.
ASSESSMENT_WRITERS: dict[str, AssessmentWriter] = {
    "json": _json,
    "turtle": _graph("turtle"),
    "jsonld": _graph("jsonld"),
    "rdf": _data("rdf"),
    "nt": _data("nt"),
    "trig": _data("trig"),
    "nq": _data("nq"),
    "html": _page,
}


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
    from montages.publish.advice_pages import what_if_page

    return what_if_page(what_ifs, lang, href or (lambda what_if: ""))


def _fork_page(forked: Any, lang: str) -> str:
    from montages.publish.advice_pages import fork_page

    return fork_page(forked, lang)


def _similar_page(similar: Any, lang: str) -> str:
    from montages.publish.advice_pages import similar_page

    return similar_page(similar, lang)


# By the method of `Knowledge` that advises, then by the extension of the form.
ADVICE_WRITERS: dict[str, dict[str, AdviceWriter]] = {
    "compose": {"html": _compositions_page, "svg": _composition_picture},
    "compare": {"html": _comparison_page},
    "what_ifs": {"html": _what_if_page},
    "fork": {"html": _fork_page},
    "similar": {"html": _similar_page},
}
