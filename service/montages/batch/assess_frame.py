"""A data frame of projects assessed: out comes a frame of the same library, with the columns of a batch."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Literal, TypeVar

from montages import settings
from montages.api.project_assessor import check_language, day_of
from montages.batch.assess_records import JobOptions, assess_records
from montages.batch.output_forms import opening
from montages.batch.records import Record, row_record
from montages.bilingual import message
from montages.description.parsing.source_text import Frame
from montages.description.tables.sheet_cell import NAME, frame_rows
from montages.engine.engines import engine_named
from montages.knowledge.did_you_mean import unknown_name

F = TypeVar("F", bound=Frame)

# The column of what is wrong with a row, after those of a batch.
ERROR = "erreur"
# Rows in memory at once, beside the frames.
_TOGETHER = 256


def assess_many(
    frame: F,
    *,
    detail: Literal["verdicts"] | None = "verdicts",
    as_of: date | str | None = None,
    lang: str = "fr",
    anyway: bool = False,
    presumptions: bool = True,
    engine: str | None = None,
) -> F:
    """Return the answers on a frame of projects, one a row, as a frame of the same library.

    The titles of `frame` are those of a table of projects (`montages schema`). With `detail` verdicts the
    answers have its rows and its index: a verdict a contract, the contract named, what is missing; with None
    a row a project and arrangement, as a batch in CSV has. The last column, `erreur`, tells what is wrong
    with a row that is not assessed. The rest as `assess`. Raises UnusableInput for no frame or other titles,
    UnknownName for another detail.
    """
    check_language(lang)
    if detail not in (None, "verdicts"):
        raise unknown_name(message("detail"), str(detail), ["verdicts"])
    engine_named(engine)
    day = day_of(as_of)
    options = JobOptions(
        engine or settings.get("engine"), day, lang, "xlsx", detail, anyway, presumptions
    )
    records = (row_record(NAME, row, {}) for row in frame_rows(frame))
    titles = (*json.loads(opening("xlsx", day, detail)), ERROR)
    rows = list(_answers(records, options, len(titles)))
    columns = {title: [row[n] for row in rows] for n, title in enumerate(titles)}
    make: Callable[[dict[str, list[object]]], F] = type(frame)
    answers = make(columns)
    if detail is not None and hasattr(answers, "index") and hasattr(frame, "index"):
        answers.index = frame.index
    return answers


def _answers(
    records: Iterator[Record], options: JobOptions, width: int
) -> Iterator[Sequence[object]]:
    """Yield the cells of each row of the answers, None where there is nothing; an error is the last cell."""
    while some := list(islice(records, _TOGETHER)):
        chunk = assess_records(some, options)
        if chunk.broken is not None:
            raise chunk.broken
        for result in chunk.results:
            if result.error is not None:
                nothing = [None] * (width - 2)
                yield (result.error["project"], *nothing, result.error["error"]["detail"])
            for line in result.text.splitlines():
                yield (*(None if cell == "" else cell for cell in json.loads(line)), None)
