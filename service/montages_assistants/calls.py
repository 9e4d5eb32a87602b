"""What all calls have in common: work in a thread until nobody waits, and errors, told with what to do."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from threading import Event
from typing import Any, TypeVar

from anyio import to_thread

from montages.bilingual import Text, message
from montages.errors import CallBroken, MontagesError
from montages.processes.turns import ClientWatch
from montages.publish.text.typography import colon

T = TypeVar("T")
_BROKEN = message(
    "The call failed in an unexpected way; the reason is in the log of the server. Try otherwise."
)


async def until_cancelled(work: Callable[[ClientWatch], T]) -> T:
    """Return what some work gives, done in a thread; who asked is seen to leave once nobody waits.

    What nobody foresaw is logged, and raised as CallBroken.
    """
    left = Event()

    def done() -> T:
        try:
            return work(ClientWatch(left.is_set))
        except MontagesError:
            raise
        except Exception as error:
            sys.stderr.write(traceback.format_exc())
            raise CallBroken(_BROKEN) from error

    try:
        return await to_thread.run_sync(done, abandon_on_cancel=True)
    finally:
        left.set()


_ANYWAY = message("Correct the description and call the tool again, or go on with anyway=true.")
_FINAL = message("Correct the description and call the tool again.")
_LINE = message("line")
_ACCEPTED = message("Accepted")
_MEANT = message("Did you mean “{}”?")
_BLOCKING = "violation"
_SHOWN = 20  # findings told; all are in the report of `validate`
_MORE = message("… and {} more: the tool validate gives all.")


class AnswerProblem(MontagesError):
    """A call is at fault; `problem` is what the process that answers says of that, in one language."""

    def __init__(self, problem: Mapping[str, Any], final: bool = True) -> None:
        detail = str(problem["detail"])
        super().__init__(Text(detail, detail))
        self.told, self.final, self.status = dict(problem), final, int(problem["status"])

    def problem(self, lang: str) -> dict[str, Any]:
        """Return the RFC 9457 body, in the language of the call."""
        return self.told


def call_error_text(error: MontagesError, lang: str) -> str:
    """Return an error for an assistant to read: its title, each finding with its place, what to do."""
    problem = error.problem(lang)
    findings = problem.get("findings", [])
    if not findings:
        return f"{problem['title']}\n{problem['detail']}"
    final = getattr(error, "final", True)
    lines = [problem["title"], *_findings(findings, lang), (_FINAL if final else _ANYWAY)[lang]]
    return "\n".join(lines)


def _findings(findings: list[dict[str, Any]], lang: str) -> Iterator[str]:
    """Yield a line a finding that blocks: its place, what is wrong, what is accepted, what was meant."""
    blocking = [finding for finding in findings if finding["severity"] == _BLOCKING]
    for finding in blocking[:_SHOWN]:
        sentence, where = finding["message"], finding.get("where", "")
        places = [] if not where or sentence.startswith(where) else [where]
        if "line" in finding:
            places.append(f"{_LINE[lang]} {finding['line']}")
        parts, accepted = [sentence], finding.get("accepted", ())
        meant = finding.get("suggestion")
        if meant and meant not in sentence:
            parts.append(_MEANT[lang].format(meant))
        elif not meant and not all(name in sentence for name in accepted):
            parts.append(f"{_ACCEPTED[lang]}{colon(lang)} {', '.join(accepted)}.")
        place = f"{', '.join(places)}{colon(lang)} " if places else ""
        yield f"- {place}{' '.join(parts)}"
    if len(blocking) > _SHOWN:
        yield _MORE[lang].format(len(blocking) - _SHOWN)
