"""What a dialogue says, between its questions and at its end, and how what people type is understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rich.console import RenderableType

from montages.advice.questions.interview import Journey
from montages.assessment.assessment import Assessment
from montages.bilingual import Text, message
from montages.errors import MontagesError, Refused
from montages.knowledge.thing_labels import plain_form
from montages.publish.text import assessment_rows
from montages.publish.text.interview_text import standings_line
from montages.publish.text.tables import answer_block
from montages.publish.text.typeset import Line
from montages.publish.text.typography import quoted
from montages.validation.findings import Finding

PROMPT = message("Answer")
KEYS = message(
    "A number, a name or a value; 0: I do not know; ?: help; <: back; r: review; q: stop here."
)
PART_KEYS = message(
    "A number or a name, several with commas; 0 or Enter: I do not know; ?: help; <: back; q: "
    "stop here."
)
REVIEWED = message("A number: change that answer; Enter: go on; q: stop here.")
SAVED = message("Your answers are in {0}. To go on: montages ask {0}")
MORE = message("The whole result: montages assess {0}; to print: montages note {0} -o note.html")
FIRST = message("First result:")
NOW = message("Result:")
NOT_LISTED = message("This answer is not in the list: give a number or a name of the list.")
MEANT = message(" Did you mean {}?")
NOTHING_BEFORE = message(
    "Nothing before this question in this sitting; r: review your answers, and change one."
)
NOTHING_SAID = message("You have not answered anything yet.")
IN_FILE = message("Areas are changed in the file, under “perimeters”.")
BACK = ("<", "retour", "back")
REVIEW = ("r", "revoir", "review")
STOP = ("q", "quitter", "quit")
UNKNOWN = ("0", "je ne sais pas", "i do not know", "i don t know", "unknown")


def is_unknown(text: str) -> bool:
    """Tell whether what was typed says that one does not know."""
    return text == "0" or plain_form(text) in UNKNOWN


def numbered(word: str, values: Sequence[str]) -> str:
    """Return the value that a number of a list stands for, another word as it is."""
    word = word.strip()
    return values[int(word) - 1] if word.isdigit() and 0 < int(word) <= len(values) else word


def standing(journey: Journey, headline: str, before: str, lang: str) -> Iterator[RenderableType]:
    """Yield the headline of the result so far if it is not that of before, then where the contracts stand."""
    yield Line()
    if headline != before:
        title = NOW if before else FIRST
        yield Line(title[lang], style="bold").append(f" {headline}", style="default")
    yield standings_line(journey.interview, journey.left, lang)


def fault_lines(error: MontagesError, names: Mapping[str, Text], lang: str) -> list[Line]:
    """Return what is wrong with an answer, the values of the list that was shown by their names."""
    findings = error.findings if isinstance(error, Refused) else ()
    blocking = [f for f in findings if isinstance(f, Finding) and f.severity == "violation"]
    faults = [_fault(finding, names, lang) for finding in blocking] or [error.message(lang)]
    return [Line(f"✗ {fault}", style="red") for fault in faults]


def _fault(finding: Finding, names: Mapping[str, Text], lang: str) -> str:
    if not names.keys() & finding.accepted:
        return finding.message[lang]
    meant = names.get(finding.suggestion or "")
    hint = MEANT[lang].format(quoted(meant[lang], lang)) if meant else ""
    return NOT_LISTED[lang] + hint


def ending(assessment: Assessment, path: Path, lang: str) -> Iterator[RenderableType]:
    """Yield the answer and the lines under it, by which law, and where the description is saved."""
    yield Line()
    yield answer_block(assessment, lang)
    yield Line()
    yield Line(assessment_rows.law(assessment.premises, lang), style="dim")
    yield Line(assessment.premises.disclaimer[lang], style="dim")
    if path.exists():
        yield from (Line(text[lang].format(path)) for text in (SAVED, MORE))
