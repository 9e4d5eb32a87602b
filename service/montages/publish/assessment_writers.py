"""The forms of assessments that every door writes alike: JSON, what RDF is written in, a page (R30, R40)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from montages.assessment.assessment import Assessment
from montages.assessment.json_pieces import documents
from montages.publish.detail import BRIEF

Writer = Callable[[Sequence[Assessment], str | None], bytes]


def _json(assessments: Sequence[Assessment], detail: str | None) -> bytes:
    return documents([each.json_text(brief=detail == BRIEF) for each in assessments])


# What makes each of these forms is imported when that form is asked for.
def _graph(form: str) -> Writer:
    def write(assessments: Sequence[Assessment], detail: str | None) -> bytes:
        from montages.publish.linked_data.rdf import serialise

        graphs = [each.graph(brief=detail == BRIEF) for each in assessments]
        return serialise(graphs, form).encode()

    return write


def _data(extension: str) -> Writer:
    def write(assessments: Sequence[Assessment], detail: str | None) -> bytes:
        from montages.publish.linked_data.rdf import in_full

        graphs = [each.graph(brief=detail == BRIEF) for each in assessments]
        return in_full(graphs, extension).encode()

    return write


def _html(assessments: Sequence[Assessment], detail: str | None) -> bytes:
    from montages.publish.assessment_page import page

    return page(assessments, detail=detail).encode()


# By name: each takes assessments and how much is to be said, all of it by default.
ASSESSMENT_WRITERS: dict[str, Writer] = {
    "json": _json,
    "turtle": _graph("turtle"),
    "jsonld": _graph("jsonld"),
    "rdf": _data("rdf"),
    "nt": _data("nt"),
    "trig": _data("trig"),
    "nq": _data("nq"),
    "html": _html,
}
