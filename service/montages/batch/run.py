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

from montages.batch import outputs
from montages.batch.answers import Done
from montages.batch.assess_pieces import assess_pieces
from montages.batch.executors import Crew
from montages.batch.forms import opening
from montages.batch.inputs import Plan
from montages.batch.job import Job
from montages.batch.journal import Command, Journal, Progress
from montages.batch.ordered import Ordered
from montages.errors import MontagesError, UnusableInput
from montages.knowledge import library

# The journal is written this often: what a crash costs at most, beside the chunks under way.
_EVERY = 0.25
_ERRORS_TOLD = 5

Crews = Callable[[Job], AbstractContextManager[Crew]]
Watch = Callable[[Progress], None]


class WorkerLost(MontagesError):
    """A worker process died, or the cluster went away; the output can be gone on with."""

    slug = "worker-lost"
    title = {"fr": "Travailleur perdu", "en": "Worker lost"}


@dataclass(frozen=True)
class Batch:
    """What to run: the inputs, the options, where to write (None: standard output)."""

    plan: Plan
    job: Job
    out: Path | None
    overwrite: bool = False
    dated: bool = False  # the day of the law was asked for, rather than being that of the start

    def run(self, crews: Crews, watch: Watch) -> Progress:
        """Run the batch, from where it stopped if it was interrupted, and return what it came to.

        `watch` is told of the progress after each chunk. Raises UnusableInput for an output that is
        there already, or whose journal is another command's; WorkerLost when a worker dies.
        """
        if self.out is None:
            return self._go(
                outputs.to_stdout(self.job.form), None, Progress(self._day), crews, watch
            )
        paths = outputs.beside(self.out, self.job.form)
        journal, progress = self._beginning(paths)
        fresh = not progress.lengths
        opened = outputs.opened(paths, None if fresh else progress.lengths)
        try:
            self._go(opened, journal, progress, crews, watch)
        finally:
            opened.close()
        if "errors" in paths and not progress.tally.errors:
            paths["errors"].unlink()
        return progress

    @property
    def _day(self) -> str:
        return self.job.as_of.isoformat()

    def _beginning(self, paths: dict[str, Path]) -> tuple[Journal, Progress]:
        """Return the journal, and what is done already."""
        assert self.out is not None
        journal = Journal(self.out.with_name(self.out.name + ".progress"))
        if self.overwrite:
            journal.remove()
        elif journal.exists() and self.plan.fingerprint is not None:
            return journal, journal.read(self._command())
        elif any(path.exists() for path in paths.values()):
            raise UnusableInput(
                f"{self.out} existe déjà. Nommez une autre sortie, ou ajoutez --overwrite pour la "
                "remplacer.",
                f"{self.out} exists already. Name another output, or add --overwrite to replace it.",
            )
        return journal, Progress(self._day)

    def _command(self) -> Command:
        """Return what decides the bytes of the output; a day that was not asked for may pass."""
        options = asdict(self.job)
        options["as_of"] = self._day if self.dated else None
        options["format"] = self.plan.format
        inputs = self.plan.fingerprint or ""
        return Command(inputs, options, library.version(), version("montages"))

    def _go(
        self,
        out: outputs.Outputs,
        journal: Journal | None,
        progress: Progress,
        crews: Crews,
        watch: Watch,
    ) -> Progress:
        job = replace(self.job, as_of=date.fromisoformat(progress.as_of))
        command = self._command()
        keep = journal if self.plan.fingerprint is not None else None
        if not progress.lengths:
            out.answers.write(opening(job.form))
            self._settle(out, keep, command, progress)
        pieces = islice(self.plan.pieces(), progress.pieces, None)
        kept = time.monotonic()
        watch(progress)
        with crews(job) as crew:
            ordered = Ordered(
                lambda chunk: crew.executor.submit(assess_pieces, chunk, job), crew.workers
            )
            whole = True
            try:
                for done in _told(ordered.answers(pieces), progress):
                    _same_knowledge(done, command)
                    whole = False
                    _take(done, out, progress)
                    whole = True
                    if time.monotonic() - kept > _EVERY:
                        self._settle(out, keep, command, progress)
                        kept = time.monotonic()
                    watch(progress)
            finally:
                # Whatever stops the batch, what is done is done; half a chunk is not.
                if whole:
                    self._settle(out, keep, command, progress)
        if journal is not None:
            journal.remove()
        return progress

    def _settle(
        self, out: outputs.Outputs, journal: Journal | None, command: Command, progress: Progress
    ) -> None:
        progress.lengths = out.settle()
        if journal is not None:
            journal.write(command, progress)


def _take(done: Done, out: outputs.Outputs, progress: Progress) -> None:
    """Write the answers of a chunk and count them."""
    for answer in done.answers:
        progress.projects += 1
        out.write(answer, progress.projects)
        if answer.error is not None and len(progress.first_errors) < _ERRORS_TOLD:
            told = answer.error
            progress.first_errors.append(f"{told['source']} — {told['error']['detail']}")
    progress.pieces += done.pieces
    progress.size += done.size
    progress.tally.add(done.tally)


def _told(found: Iterator[Done], progress: Progress) -> Iterator[Done]:
    """Return what chunks gave; a worker that dies is told with what to do."""
    try:
        yield from found
    except (BrokenExecutor, CancelledError) as error:
        raise _lost(progress, error) from error
    except Exception as error:
        if type(error).__module__.split(".")[0] != "distributed":
            raise
        raise _lost(progress, error) from error


def _lost(progress: Progress, error: BaseException) -> WorkerLost:
    n, why = progress.projects + 1, type(error).__name__
    return WorkerLost(
        f"Un travailleur s'est arrêté (projet {n} ou un des suivants ; {why}), peut-être faute de "
        "mémoire. Relancez la même commande : elle reprend là. Si elle s'arrête encore au même endroit, "
        "ajoutez --workers 1.",
        f"A worker stopped (project {n} or one of the next; {why}), for want of memory perhaps. Run the "
        "same command: it goes on from there. If it stops again at the same place, add --workers 1.",
    )


def _same_knowledge(done: Done, command: Command) -> None:
    """Raise what is wrong with the knowledge of a worker, if anything is."""
    if done.broken is not None:
        raise done.broken.error()
    if done.knowledge != command.knowledge:
        raise UnusableInput(
            f"Un travailleur a d'autres règles ({done.knowledge}) que cette machine "
            f"({command.knowledge}) : installez-y la même version de Montages.",
            f"A worker has other rules ({done.knowledge}) than this machine ({command.knowledge}): "
            "install the same version of Montages there.",
        )
