"""Run a batch: read, assess in order, write, and keep a journal so that nothing is lost or done twice."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from datetime import date
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from montages.batch import output_files
from montages.batch.assess_records import JobOptions, assess_records
from montages.batch.chunk_result import ChunkResult
from montages.batch.executors import Workers, ordered_results
from montages.batch.input_files import InputPlan
from montages.batch.output_files import BatchCommand, BatchProgress, Journal
from montages.batch.output_forms import WHOLE, opening, write_whole
from montages.bilingual import message
from montages.errors import UnusableInput, WorkerLost
from montages.knowledge.files import library

# The journal is written this often: what a crash costs at most, beside the chunks under way.
_EVERY = 0.25
_FIRST_ERRORS = 5

OpenWorkers = Callable[[JobOptions], AbstractContextManager[Workers]]
Watch = Callable[[BatchProgress], None]


@dataclass(frozen=True)
class Batch:
    """What to run: the inputs, the options, where to write (None: standard output)."""

    plan: InputPlan
    options: JobOptions
    out: Path | None
    overwrite: bool = False
    dated: bool = False  # the day of the law was asked for, rather than being that of the start

    def run(self, open_workers: OpenWorkers, watch: Watch) -> BatchProgress:
        """Run the batch, from where it stopped if it was interrupted, and return what it came to.

        `watch` is told of the progress after each chunk. Raises UnusableInput for an output that is
        there already, or whose journal is another command's; WorkerLost when a worker dies.
        """
        if self.out is None:
            return self._go(
                output_files.to_stdout(self.options.form),
                None,
                BatchProgress(self._day),
                open_workers,
                watch,
            )
        paths = output_files.beside(self.out, self.options.form)
        journal, progress = self._start(paths)
        fresh = not progress.lengths
        outputs = output_files.open_files(paths, None if fresh else progress.lengths)
        try:
            self._go(outputs, journal, progress, open_workers, watch)
            if self.options.form in WHOLE:
                write_whole(self.options.form, paths["answers"], self.out, self.options.lang)
        finally:
            outputs.close()
        journal.remove()
        if self.options.form in WHOLE:
            paths["answers"].unlink()
        if "errors" in paths and not progress.tally.errors:
            paths["errors"].unlink()
        return progress

    @property
    def _day(self) -> str:
        return self.options.as_of.isoformat()

    def _start(self, paths: dict[str, Path]) -> tuple[Journal, BatchProgress]:
        """Return the journal, and what is done already."""
        assert self.out is not None
        journal = Journal(self.out.with_name(self.out.name + ".progress"))
        if self.overwrite:
            journal.remove()
        elif journal.path.exists() and self.plan.fingerprint is not None:
            return journal, journal.read(self._command())
        elif any(path.exists() for path in (self.out, *paths.values())):
            raise UnusableInput(
                message(
                    "{out} exists already. Name another output, or add --overwrite to replace it.",
                    out=self.out,
                )
            )
        return journal, BatchProgress(self._day)

    def _command(self) -> BatchCommand:
        """Return what decides the bytes of the output; a day that was not asked for may pass."""
        options = asdict(self.options)
        options["as_of"] = self._day if self.dated else None
        options["format"] = self.plan.format
        inputs = self.plan.fingerprint or ""
        return BatchCommand(inputs, options, library.version(), version("montages"))

    def _go(
        self,
        out: output_files.Outputs,
        journal: Journal | None,
        progress: BatchProgress,
        open_workers: OpenWorkers,
        watch: Watch,
    ) -> BatchProgress:
        options = replace(self.options, as_of=date.fromisoformat(progress.as_of))
        command = self._command()

        def save() -> None:
            progress.lengths = out.sync()
            if journal is not None and self.plan.fingerprint is not None:
                journal.write(command, progress)

        if not progress.lengths:
            head = opening(options.form, options.as_of, options.detail)
            out.answers.write(head)
            save()
        records = islice(self.plan.records(), progress.records, None)
        saved = time.monotonic()
        watch(progress)
        with open_workers(options) as workers:
            results = ordered_results(
                lambda chunk: workers.executor.submit(assess_records, chunk, options),
                workers.number,
                records,
            )
            whole = True
            try:
                for chunk in _or_lost(results, progress):
                    _check_knowledge(chunk, command)
                    whole = False
                    _write(chunk, out, progress)
                    whole = True
                    if time.monotonic() - saved > _EVERY:
                        save()
                        saved = time.monotonic()
                    watch(progress)
            finally:
                # Whatever stops the batch, what is done is done; half a chunk is not.
                if whole:
                    save()
        return progress


def _write(chunk: ChunkResult, out: output_files.Outputs, progress: BatchProgress) -> None:
    """Write the results of a chunk and count them."""
    for result in chunk.results:
        progress.projects += 1
        out.write(result, progress.projects)
        error = result.error
        if error is not None and len(progress.first_errors) < _FIRST_ERRORS:
            progress.first_errors.append(f"{error['source']} — {error['error']['detail']}")
    progress.records += chunk.records
    progress.size += chunk.size
    progress.tally.add(chunk.tally)


def _or_lost(results: Iterator[ChunkResult], progress: BatchProgress) -> Iterator[ChunkResult]:
    """Yield results; raises WorkerLost where a worker died before giving one."""
    try:
        yield from results
    except Exception as error:
        of_cluster = type(error).__module__.split(".")[0] == "distributed"
        if not of_cluster and not isinstance(error, BrokenExecutor | CancelledError):
            raise
        raise WorkerLost(
            message(
                "A worker stopped (project {n} or one of the next; {why}), for want of memory "
                "perhaps. Run the same command: it goes on from there. If it stops again at the "
                "same place, add --workers 1.",
                n=progress.projects + 1,
                why=type(error).__name__,
            )
        ) from error


def _check_knowledge(chunk: ChunkResult, command: BatchCommand) -> None:
    """Raise what is wrong with the knowledge of a worker, if anything is."""
    if chunk.broken is not None:
        raise chunk.broken
    if chunk.knowledge != command.knowledge:
        raise UnusableInput(
            message(
                "A worker has other rules ({rules}) than this machine ({own_rules}): install "
                "the same version of Montages there.",
                rules=chunk.knowledge,
                own_rules=command.knowledge,
            )
        )
