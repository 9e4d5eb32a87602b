"""What a dialogue says between its questions: how things stand, what is wrong with an answer, the ending."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from rich.console import RenderableType

from montages.advice.questions.journey import Journey
from montages.assessment.assessment import Assessment
from montages.bilingual import Text
from montages.cli.dialogue_words import FIRST, MEANT, MORE, NOT_LISTED, NOW, SAVED
from montages.errors import MontagesError, Refused
from montages.publish.text import assessment_rows
from montages.publish.text.interview_text import standings_line
from montages.publish.text.tables import answer_block
from montages.publish.text.typeset import Line
from montages.publish.text.typography import quoted
from montages.validation.findings import Finding


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
    messages = [_message(finding, names, lang) for finding in blocking]
    messages = messages or [error.message(lang)]
    return [Line(f"✗ {message}", style="red") for message in messages]


def _message(finding: Finding, names: Mapping[str, Text], lang: str) -> str:
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
