"""What the JSON of an assessment has, whole or brief."""

from __future__ import annotations

from typing import Annotated, TypedDict

from montages.assessment.answer.short_answer import AnswerEntry
from montages.json_schema import Day, Iri, Version
from montages.validation.findings import ReadingEntry


class DocumentEntry(TypedDict):
    """An assessment, whole or brief."""

    project: Iri
    label: str
    as_of: Annotated[Day, "The day of the law."]
    rulebook_version: Version
    answer: AnswerEntry
    readings: Annotated[
        list[ReadingEntry], "The values that were not written in their own form, as they were read."
    ]
    scope: str
    disclaimer: str
    contest: Annotated[Iri, "Where to contest the result."]
