"""`montages assess`: which contracts fit, why, and what is still to be answered; `montages demo` shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import click
from rich.console import Group

from montages.api import load
from montages.assessment.assessment import Assessment
from montages.assessment.coherence import Coherence
from montages.assessment.retained import CONSTRAINT
from montages.bilingual import message
from montages.cli import inputs
from montages.cli.bilingual_commands import BilingualCommand, lang_option, session
from montages.cli.inputs import deadline
from montages.cli.main import SUMMARIES
from montages.cli.operation_commands import operation_command
from montages.cli.output import show, write
from montages.operations.descriptions import ASSESS
from montages.publish.detail import FULL
from montages.publish.text import assessment_text, demo_text
from montages.publish.text.typeset import Line
from montages.publish.writers import ASSESSMENT_WRITERS
from montages.validation.findings import Report


@operation_command(
    ASSESS,
    "text",
    *ASSESSMENT_WRITERS,
    several=True,
    details=message(
        "FILE is a path, the name of a shipped project, such as dijon, or a case of the panel, "
        "such as panel/village-meters, or a link of the project tool. Several files give several "
        "assessments, in their order. Exit code: 0, nothing to object; 1, description refused, or "
        "retained contract that the facts contradict; 2, unusable file."
    ),
)
def assess(
    files: Sequence[str],
    project: str | None,
    as_of: date | None,
    form: str,
    detail: str | None,
    presumptions: bool,
    anyway: bool,
    fail_on: str,
    engine: str,
) -> int:
    """Assess descriptions and write the assessments in one form."""
    lang = session().lang
    knowledge = load(engine)
    with deadline(len(files)):
        descriptions = inputs.read_all(files, project, lang, engine)
    with deadline(len(descriptions)):  # a table has many
        assessments = knowledge.assess_all(
            descriptions, as_of=as_of, lang=lang, anyway=anyway, presumptions=presumptions
        )
        # What is told is made when it is asked for: that takes time too.
        tell = _telling(assessments, form, detail)
        several = [assessment_text.summary(assessments, lang)] if len(assessments) > 1 else []
        clean = all(_clean(assessment.coherence, anyway, fail_on) for assessment in assessments)
    for writer in tell:
        writer()
    for text in several:
        show(Line(text, style="bold"), err=form != "text")
    return int(not clean)


def _telling(
    assessments: Sequence[Assessment], form: str, detail: str | None
) -> Sequence[Callable[[], None]]:
    """Return what writes assessments, all that is written being made."""
    if form != "text":
        return [partial(write, ASSESSMENT_WRITERS[form](assessments, detail))]
    whole = assessment_text.assessment_text if detail == FULL else assessment_text.brief_text
    return [
        partial(show, Group(*[assessment_text.apart()] * (n > 0), whole(assessment)))
        for n, assessment in enumerate(assessments)
    ]


def _clean(coherence: Coherence, anyway: bool, fail_on: str) -> bool:
    """Tell whether nothing weighs on the exit code; `--anyway` forgives what the shapes found."""
    counted = [f for f in coherence.findings if not anyway or f.constraint == str(CONSTRAINT)]
    return Report(tuple(counted)).conforms(fail_on)


_REAL, _EXAMPLE = "dijon", "exemple-metropole"


@click.command("demo", cls=BilingualCommand, text=SUMMARIES["demo"])
@lang_option
def demo() -> None:
    """Assess the real project and the example, and tell both."""
    lang = session().lang
    show(Line(demo_text.OPENING[lang]))
    real, example = load().assess_all([_REAL, _EXAMPLE], lang=lang)
    show(demo_text.real(real, lang))
    show(demo_text.example(example, lang))
    show(demo_text.next_steps(lang))
