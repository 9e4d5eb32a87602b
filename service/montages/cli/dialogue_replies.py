"""What a dialogue says between its questions: how things stand, what is wrong with an answer, the ending."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from rich.console import RenderableType

from montages.advice.questions.interview import Interview
from montages.assessment.assessment import Assessment
from montages.bilingual import Text
from montages.cli.dialogue_words import FIRST, MEANT, MORE, NOT_LISTED, NOW, SAVED
from montages.errors import MontagesError, Refused
from montages.publish.text.assessment_text import brief_text
from montages.publish.text.interview_text import find_out_text, standings_line, to_refine_text
from montages.publish.text.typeset import Line
from montages.publish.text.typography import quoted
from montages.validation.findings import Finding


def standing(
    interview: Interview, headline: str, before: str, lang: str
) -> Iterator[RenderableType]:
    """Yield the headline of the result so far if it is not that of before, then where the contracts stand."""
    yield Line()
    if headline != before:
        title = NOW if before else FIRST
        yield Line(title[lang], style="bold").append(f" {headline}", style="default")
    yield standings_line(interview, lang)


def fault_lines(error: MontagesError, names: Mapping[str, Text], lang: str) -> list[Line]:
    """Return what is wrong with an answer, the values of the list that was shown by their names."""
    findings = error.findings if isinstance(error, Refused) else ()
    blocking = [f for f in findings if isinstance(f, Finding) and f.severity == "violation"]
    messages = [_message(finding, names, lang) for finding in blocking]
    messages = messages or [error.message(lang)]
    return [Line(f"✗ {message}", style="red") for message in messages]


def _message(finding: Finding, names: Mapping[str, Text], lang: str) -> str:
    if not names.keys() & finding.accepted:
        return finding.message[lang]
    meant = names.get(finding.suggestion or "")
    hint = MEANT[lang].format(quoted(meant[lang], lang)) if meant else ""
    return NOT_LISTED[lang] + hint


def ending(
    interview: Interview, assessment: Assessment, path: Path, lang: str
) -> Iterator[RenderableType]:
    """Yield the answer, what is still to be found out, and where the description is saved."""
    answer = assessment.answer
    yield Line()
    if interview.done:
        yield brief_text(assessment, lang)
    else:
        sentence = answer.opening if answer.undecided else answer.sentence
        yield Line(sentence[lang], style="bold")
    if interview.find_out:
        yield find_out_text(interview, lang)
    if interview.done and interview.to_refine:
        yield to_refine_text(interview, lang)
    if answer.undecided and not interview.done:
        yield from (Line(step.sentence(lang)) for step in answer.steps if not step.precedes)
    if not interview.done:
        yield Line(assessment.premises.disclaimer[lang], style="dim")
    if path.exists():
        yield from (Line(text[lang].format(path)) for text in (SAVED, MORE))
