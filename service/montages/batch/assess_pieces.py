"""What runs in a worker: parse some pieces, assess them, and write the answers in the form asked for."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from functools import cache
from typing import Any

from montages.batch import columns, row
from montages.batch.answers import Answer, Done
from montages.batch.forms import BRIEF, WHOLE
from montages.batch.job import Job
from montages.batch.pieces import Fault, Piece
from montages.decision.api import Knowledge, load
from montages.decision.brief import brief
from montages.decision.description import Description
from montages.decision.several import several
from montages.errors import BrokenKnowledge, MontagesError
from montages.knowledge.collecting import uncollected
from montages.knowledge.model import Text
from montages.knowledge.periods import rules_at

# Pieces checked together: enough to share one start of the validator, few enough for the processor's cache.
_TOGETHER = 32
_UNEXPECTED = Text(
    "Erreur imprévue ({}). Lancez « montages --debug assess » sur cette seule description, et "
    "signalez-la sur la page du projet.",
    "Unexpected error ({}). Run “montages --debug assess” on this one description, and report it on "
    "the project's page.",
)


@cache
def knowledge(engine: str) -> Knowledge:
    """Return the knowledge, loaded once a worker."""
    return load(engine)


def prepare(job: Job) -> str:
    """Load what a worker needs and return the version of its knowledge."""
    rules_at(job.as_of)
    return knowledge(job.engine).version


def assess_pieces(pieces: Sequence[Piece], job: Job) -> Done:
    """Return the answers to pieces, an error being one answer among the others."""
    begun = time.perf_counter()
    try:
        done = Done(prepare(job), len(pieces), sum(piece.size for piece in pieces))
        with uncollected():
            for start in range(0, len(pieces), _TOGETHER):
                _assess(pieces[start : start + _TOGETHER], job, done)
    except MontagesError as error:
        # What is wrong with our own data is wrong for every project.
        return Done("", 0, 0, broken=Fault.of(error))
    done.seconds = time.perf_counter() - begun
    return done


def _assess(pieces: Sequence[Piece], job: Job, done: Done) -> None:
    found = [(piece, one) for piece in pieces for one in _read(piece, job)]
    read = [one for _, one in found if isinstance(one, Description)]
    conforming = iter(_conforming(read, job))
    for piece, one in found:
        if isinstance(one, Description):
            one = _assessed(piece, one, next(conforming), job, done)
        done.answers.append(one)
        done.tally.errors += one.error is not None


def _read(piece: Piece, job: Job) -> Sequence[Description | Answer]:
    try:
        return _described(piece, knowledge(job.engine))
    except Exception as error:  # noqa: BLE001  # one project never stops the others
        return [_failed(error, piece, job)]


def _conforming(read: Sequence[Description], job: Job) -> list[bool]:
    """Tell which descriptions need no check of their own: briefs say nothing of what is no violation."""
    if not job.anyway and (job.form, job.full) not in WHOLE:
        try:
            return knowledge(job.engine).conforming(read)
        except BrokenKnowledge:
            raise
        except Exception:  # noqa: BLE001, S110  # told of the project that it comes from
            pass
    return [False] * len(read)


def _assessed(
    piece: Piece, description: Description, conforms: bool, job: Job, done: Done
) -> Answer:
    try:
        return Answer(_written(description, conforms, job, done))
    except Exception as error:  # noqa: BLE001  # as above
        return _failed(error, piece, job, description)


def _failed(
    error: Exception, piece: Piece, job: Job, description: Description | None = None
) -> Answer:
    """Return the answer that tells an error; raises it where our own data is at fault."""
    if isinstance(error, BrokenKnowledge):
        raise error
    told = error if isinstance(error, MontagesError) else _unexpected(error)
    return Answer(error=_told(told, piece, job.lang, description))


def _described(piece: Piece, known: Knowledge) -> list[Description]:
    """Return the descriptions of a piece."""
    if piece.fault is not None:
        raise piece.fault.error()
    source = piece.content
    assert isinstance(source, bytes)
    if piece.syntax == "csv":
        tree = row.tree(json.loads(source))
        return several(json.dumps(tree), "json", known.read)
    return several(source, piece.syntax, known.read)


def _written(description: Description, conforms: bool, job: Job, done: Done) -> bytes:
    """Return the lines of output for one project, and count it."""
    known, whole = knowledge(job.engine), WHOLE.get((job.form, job.full))
    if whole is None:
        told = known.brief(description, as_of=job.as_of, anyway=conforms or job.anyway)
        text = BRIEF[job.form](told, job.lang)
    else:
        assessment = known.assess(description, as_of=job.as_of, lang=job.lang, anyway=job.anyway)
        told, text = brief(assessment), whole(assessment)
    done.tally.count(told)
    return text


def _unexpected(error: Exception) -> MontagesError:
    name = type(error).__name__
    return MontagesError(_UNEXPECTED.fr.format(name), _UNEXPECTED.en.format(name))


def _told(
    error: MontagesError, piece: Piece, lang: str, description: Description | None = None
) -> dict[str, Any]:
    """Return an error as it is written: where, of which project, and the problem in one language."""
    problem = error.problem(lang)
    problem.pop("status")  # of HTTP, which has no part in this
    line = problem.get("line") if piece.fault is None else None
    place = piece.place(line)
    if piece.line and line:
        # The parser counts lines from the beginning of the piece.
        true = piece.line + line - 1
        problem["line"] = true
        told = re.compile(rf"\b(ligne|line) {line}\b")
        problem["detail"] = told.sub(rf"\g<1> {true}", problem["detail"], count=1)
    elif piece.fault is not None and "line" in problem:
        place = f"{piece.file}:{problem['line']}"
    if piece.syntax == "csv":
        column = columns.at(problem.pop("pointer", ""))
        problem["row"] = piece.line
        if column is not None:
            problem["column"] = column.name
            problem["detail"] = f"{column.name} : {problem['detail']}"
    name = str(description.project) if description is not None else piece.name
    return {"source": place, "project": name, "error": problem}
