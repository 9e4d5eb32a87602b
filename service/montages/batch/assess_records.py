"""What runs in a worker: parse some records, assess them, and write the answers in the form asked for."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from montages.api import Knowledge, load
from montages.assessment.assessment_line import AssessmentLine
from montages.batch.chunk_result import ChunkResult, RecordResult
from montages.batch.output_forms import BY_DETAIL, BY_GUEST, FROM_LINES
from montages.batch.records import ROW, Record
from montages.bilingual import message
from montages.description.description import Description
from montages.description.parsing.parse import parse_many
from montages.description.tables import table_row
from montages.description.tables.columns import Column
from montages.description.tables.read_table import RowPlaces
from montages.description.tables.table_header import TableHeader
from montages.description.tables.table_row import TableRow
from montages.errors import BrokenKnowledge, MontagesError
from montages.knowledge.files.disk_cache import pause_gc
from montages.knowledge.periods import rules_at
from montages.publish.detail import DETAILS

# Records checked together: enough to share one start of the validator, few enough for the processor's cache.
_TOGETHER = 32
_UNEXPECTED = message(
    "Unexpected error ({error}). Run “montages --debug assess” on this one description, and "
    "report it on the project's page."
)


@dataclass(frozen=True)
class JobOptions:
    """The options of a batch that decide what is written; all else only decides how fast.

    `detail`: how much of each assessment, None for a line.
    """

    engine: str
    as_of: date
    lang: str
    form: str
    detail: str | None = None
    anyway: bool = False
    presumptions: bool = True


@cache
def knowledge(engine: str) -> Knowledge:
    """Return the knowledge, loaded once a worker."""
    return load(engine)


def prepare(options: JobOptions) -> str:
    """Load what a worker needs and return the version of its knowledge."""
    rules_at(options.as_of)
    return knowledge(options.engine).version


def assess_records(records: Sequence[Record], options: JobOptions) -> ChunkResult:
    """Return the result of each project of some records, an error being one result among the others."""
    start = time.perf_counter()
    try:
        chunk = ChunkResult(prepare(options), len(records), sum(record.size for record in records))
        with pause_gc():
            for first in range(0, len(records), _TOGETHER):
                for result in _assess(records[first : first + _TOGETHER], options, chunk):
                    chunk.results.append(result)
                    chunk.tally.errors += result.error is not None
    except MontagesError as error:
        # What is wrong with our own data is wrong for every project.
        return ChunkResult("", 0, 0, broken=error)
    chunk.seconds = time.perf_counter() - start
    return chunk


def _assess(
    records: Sequence[Record], options: JobOptions, chunk: ChunkResult
) -> Iterator[RecordResult]:
    pairs = [(record, item) for record in records for item in _descriptions(record, options)]
    conforming = iter(
        _conforming([item for _, item in pairs if isinstance(item, Description)], options)
    )
    for record, item in pairs:
        if isinstance(item, RecordResult):
            yield item
            continue
        try:
            yield RecordResult(_output(item, next(conforming), options, chunk))
        except Exception as error:  # noqa: BLE001  # one project never stops the others
            yield _failure(error, record, options, item)


def _descriptions(record: Record, options: JobOptions) -> Sequence[Description | RecordResult]:
    """Return the descriptions of a record, or its error."""
    try:
        if record.fault is not None:
            raise record.fault
        text = record.content
        assert isinstance(text, bytes)
        parse = knowledge(options.engine).read
        if record.syntax == ROW:
            return [parse(table_row.row_tree(json.loads(text)))]
        return parse_many(text, record.syntax, parse)
    except Exception as error:  # noqa: BLE001  # as above
        return [_failure(error, record, options)]


def _conforming(descriptions: Sequence[Description], options: JobOptions) -> list[bool]:
    """Tell which descriptions need no check of their own: only whole assessments say their findings."""
    if not options.anyway and options.detail not in DETAILS:
        try:
            return knowledge(options.engine).conforming(descriptions)
        except BrokenKnowledge:
            raise
        except Exception:  # noqa: BLE001, S110  # told of the project that it comes from
            pass
    return [False] * len(descriptions)


def _output(
    description: Description, conforms: bool, options: JobOptions, chunk: ChunkResult
) -> bytes:
    """Return the lines of output for one project, and count it."""
    assessment = knowledge(options.engine).assess(
        description,
        as_of=options.as_of,
        lang=options.lang,
        anyway=conforms or options.anyway,
        presumptions=options.presumptions,
    )
    line = AssessmentLine(assessment.conclusions, options.lang)
    if options.form in BY_GUEST:
        text = BY_GUEST[options.form](assessment)
    elif options.detail is None:
        text = FROM_LINES[options.form](line)
    else:
        text = BY_DETAIL[options.form, options.detail](assessment)
    chunk.tally.count(line)
    return text


def _failure(
    error: Exception, record: Record, options: JobOptions, description: Description | None = None
) -> RecordResult:
    """Return an error as a result; raises it where our own data is at fault."""
    if isinstance(error, BrokenKnowledge):
        raise error
    if not isinstance(error, MontagesError):
        error = MontagesError(_UNEXPECTED.fill(error=type(error).__name__))
    return RecordResult(error=_error_json(error, record, options.lang, description))


def _error_json(
    error: MontagesError, record: Record, lang: str, description: Description | None
) -> dict[str, Any]:
    """Return an error as it is written: where, of which project, and the problem in one language."""
    problem = error.problem(lang)
    problem.pop("status")  # of HTTP, which has no part in this
    for finding in problem.get("findings", []):
        _place_in_file(finding, record)
    line = problem.get("line") if record.fault is None else None
    place = record.place(line)
    if record.line and line:
        # The parser counts lines from the beginning of the record.
        in_file = record.line + line - 1
        problem["line"] = in_file
        phrase = re.compile(rf"\b(ligne|line) {line}\b")
        problem["detail"] = phrase.sub(rf"\g<1> {in_file}", problem["detail"], count=1)
    elif record.fault is not None and "line" in problem:
        place = f"{record.file}:{problem['line']}"
    if record.syntax == ROW:
        _name_cell(problem, record)
    name = str(description.project) if description is not None else record.name
    return {"source": place, "project": name, "error": problem}


def _name_cell(problem: dict[str, Any], record: Record) -> None:
    """Give the error of a row its row, and where it is of one cell, the cell and its column."""
    column = _column(record, problem.pop("pointer", ""))
    problem["row"] = record.line
    named = [f for f in problem.get("findings", []) if "column" in f]
    if named:
        problem["column"] = named[0]["column"]
        problem |= {"cell": named[0]["cell"]} if "cell" in named[0] else {}
    elif column is not None:
        problem["column"] = column.name
        problem["detail"] = f"{column.name} : {problem['detail']}"
        problem |= _cell(record, column)


def _place_in_file(finding: dict[str, Any], record: Record) -> None:
    """Give a finding of an error its place in the file of the record: a line, or a row and its column."""
    if record.syntax == ROW:
        column = _column(record, finding.get("where", "/"))
        finding["row"] = record.line
        if column is not None:
            finding["column"] = column.name
            finding |= _cell(record, column)
        return
    for place in (finding, *finding.get("related", [])):
        if record.line and "line" in place:
            place["line"] += record.line - 1


def _column(record: Record, pointer: str) -> Column | None:
    """Return the column of a row whose cell gave what stands at a JSON pointer."""
    assert isinstance(record.content, bytes)
    cells = json.loads(record.content) if record.content else {}
    row_read = TableRow(record.row, record.line, cells)
    return RowPlaces(row_read, TableHeader((), ())).column_at(pointer)


def _cell(record: Record, column: Column) -> dict[str, str]:
    letters = record.letters.get(column.key)
    return {"cell": f"{letters}{record.row}"} if letters else {}
