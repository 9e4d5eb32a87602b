"""The forms of assessments, besides text, that every door writes alike: JSON, RDF, a page (R30, R40).

What makes a form is imported when that form is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pkgutil import resolve_name

from montages.assessment.assessment import Assessment
from montages.assessment.json_pieces import documents
from montages.guests import guests
from montages.publish.detail import BRIEF

# Assessments and how much is to be said of them.
AssessmentWriter = Callable[[Sequence[Assessment], str | None], bytes]


def _json(assessments: Sequence[Assessment], detail: str | None) -> bytes:
    return documents([assessment.json_text(brief=detail == BRIEF) for assessment in assessments])


def _rdf(extension: str) -> AssessmentWriter:
    def write(assessments: Sequence[Assessment], detail: str | None) -> bytes:
        from montages.publish.linked_data.formats import in_full

        graphs = (assessment.graph(brief=detail == BRIEF) for assessment in assessments)
        return in_full(graphs, extension).encode()

    return write


def _page(assessments: Sequence[Assessment], detail: str | None) -> bytes:
    from montages.publish.assessment_page import page

    return page(assessments, detail=detail).encode()


def _of_guest(name: str) -> AssessmentWriter:
    def write(assessments: Sequence[Assessment], detail: str | None) -> bytes:
        written: bytes = resolve_name(guests().assessment_forms[name].writer)(assessments)
        return written

    return write


# By name; without a word on how much is to be said, all of it is.
ASSESSMENT_WRITERS: dict[str, AssessmentWriter] = {
    "json": _json,
    "turtle": _rdf("ttl"),
    **{form: _rdf(form) for form in ("jsonld", "rdf", "nt", "trig", "nq")},
    "html": _page,
    **{name: _of_guest(name) for name in guests().assessment_forms},
}
