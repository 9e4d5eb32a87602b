"""What one arrangement asks: its checks, the duties that come with it (R37b), what to mind, to answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType

from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.check import Check, DutyResult
from montages.knowledge.law import Duty, Passage
from montages.knowledge.logic import DutyState
from montages.names import PREFIXES
from montages.publish.text import assessment_rows
from montages.publish.text.messages import phrase
from montages.publish.text.reasons import Reason
from montages.publish.text.signs import (
    CERTAINTY_WORDS,
    DUE_WORDS,
    OUTCOME_SIGNS,
    STATE_WORDS,
    under_signs,
)
from montages.publish.text.typeset import Line, indent, link
from montages.publish.text.typography import colon, quoted, semicolon

# The label of a clause names its document; that of a sheet's cell does not.
_SHEET = str(PREFIXES["sheet"])


def answer(check: Check, lang: str) -> str:
    """Return the answer a check looked at, and how it is known: `Oui (déduit)`, `aucune information`."""
    named = "asserted" if check.asserted else f"presumed-{check.state}" * check.presumed
    state = STATE_WORDS[named or check.state][lang]
    return f"{check.shown[lang]} ({state})" if state else check.shown[lang]


def cited(passage: Passage, lang: str, before: Passage | None = None) -> str:
    """Return the name of a clause, or of a sheet's cell, with how far it was verified if not fully."""
    name, doubt = named(passage, lang, before), CERTAINTY_WORDS[passage.certainty][lang]
    return f"{name} ({doubt})" if doubt else name


def named(passage: Passage, lang: str, before: Passage | None = None) -> str:
    """Return the name of a clause, or of a sheet's cell, as those read it who do not study the rules.

    The sheet is not named again for a cell that is cited just after another of it.
    """
    name = passage.label[lang]
    if passage.iri.startswith(_SHEET):
        same_sheet = before is not None and before.document == passage.document
        name = quoted(name, lang)
        if not same_sheet:
            name = f"{passage.document[lang]}{colon(lang)} {name}"
    return name


def citation(passage: Passage, lang: str, before: Passage | None = None) -> Line:
    """Return the name of a clause, which leads to its page."""
    return Line(cited(passage, lang, before), style=link(passage.url))


def grouped(checks: Sequence[Check], hard: bool) -> list[tuple[str, list[Check]]]:
    """Return hard or soft checks under their outcome, gravest first, empty groups left out."""
    judged = ((check.outcome, check) for check in checks if check.requirement.hard == hard)
    return under_signs(judged, OUTCOME_SIGNS)


def checks(
    verdict: ArrangementVerdict, lang: str, hard: bool, readings: bool = True
) -> RenderableType:
    """Return hard or soft checks with the answer, what is accepted, the clause and its reading."""
    lines: list[RenderableType] = []
    for outcome, group in grouped(verdict.checks, hard):
        sign = OUTCOME_SIGNS[outcome]
        lines.append(Line(f"{sign.symbol} {sign.many[lang]} ({len(group)})", style=sign.colour))
        lines += [indent(_check(check, verdict, lang, readings)) for check in group]
    return indent(lines)


def _check(check: Check, verdict: ArrangementVerdict, lang: str, readings: bool) -> RenderableType:
    requirement = check.requirement
    line = Line(requirement.label[lang], style="bold" if readings else "")
    line.append(f"{colon(lang)} {answer(check, lang)}", style="default")
    if check.outcome not in ("satisfied", "not-applicable"):
        line.append(f" · {phrase('accepted', lang)} {check.accepted[lang]}")
    under: list[RenderableType] = []
    if waits := assessment_rows.waits_for(check, verdict, lang):
        under.append(Line(f"{phrase('depends', lang)} {waits}", style="yellow"))
    if check.after_signature:
        under.append(Line(phrase("after-signature", lang), style="yellow"))
    if readings:
        under.append(Line(requirement.reading[lang], style="dim"))
    sources = Line()
    for n, source in enumerate(requirement.sources):
        before = requirement.sources[n - 1] if n else None
        sources.append(semicolon(lang) if n else "").append(citation(source, lang, before))
    if readings:
        return Group(line, indent([*under, sources]))
    return Group(line.append("  ").append(sources), indent(under))


def brief_line(check: Check, lang: str) -> Line:
    """Return a check in one line: its outcome, what it asks, its first clause."""
    sign, source = OUTCOME_SIGNS[check.outcome], check.requirement.sources[0]
    line = Line(f"{sign.symbol} ", style=sign.colour)
    line.append(
        f"{check.requirement.label[lang]}{colon(lang)} {answer(check, lang)}  ", style="default"
    )
    return line.append(citation(source, lang))


@dataclass(frozen=True)
class DutyLine(Reason):
    """What is to be done with the clause that asks it, who does it, "" for whoever buys, and by when."""

    who: str = ""
    day: str = ""


@dataclass(frozen=True)
class DutyGroup:
    """The duties of one moment, or those that may be due, or that are done: `quiet` for these two.

    `moment` is when they are due, "" for these.
    """

    title: str
    duties: tuple[DutyLine, ...]
    quiet: bool = False
    moment: str = ""


def duty_groups(duties: Sequence[DutyResult], lang: str) -> list[DutyGroup]:
    """Return duties under the moment they are due at; then those perhaps due, then those done."""
    due = [duty.requirement for duty in duties if duty.state is DutyState.DUE]
    groups = [
        DutyGroup(
            words[lang], tuple(duty_line(r, lang) for r in due if r.due_at == moment), moment=moment
        )
        for moment, words in DUE_WORDS.items()
    ]
    maybe = [duty.requirement for duty in duties if duty.state is DutyState.MAYBE]
    done = [duty.requirement for duty in duties if duty.state is DutyState.DONE]
    for key, quiet in (("maybe-to-do", maybe), ("done", done)):
        lines = tuple(duty_line(r, lang) for r in quiet)
        groups.append(DutyGroup(phrase(key, lang), lines, quiet=True))
    return [group for group in groups if group.duties]


def duty_line(duty: Duty, lang: str) -> DutyLine:
    """Return what a duty says is to be done, by whom, and the clause that asks it."""
    return DutyLine(duty.sentence[lang], duty.sources[:1], duty.body_name[lang])


def attention(verdict: ArrangementVerdict, lang: str) -> RenderableType:
    """Return the points of attention, each with its source."""
    lines: list[RenderableType] = []
    for point in verdict.attention:
        title = Line(f"• {point.label[lang]}", style="bold")
        title.append(f"{colon(lang)} {point.text[lang]}", style="not bold")
        sources = " ; ".join(cited(s, lang) for s in point.sources)
        lines += [title, indent(Line(sources, style="cyan"))]
    return indent(lines)


def questions(names: Sequence[str], lang: str) -> RenderableType:
    """Return the questions still to be answered, each with its key and the answers it takes."""
    return indent([question(name, lang) for name in names])


def question(name: str, lang: str) -> RenderableType:
    """Return the question of a criterion, with its key and the answers it takes."""
    criterion = assessment_rows.criterion(name)
    keys = Line(assessment_rows.key(criterion), style="bold")
    keys.append(f": {assessment_rows.accepted(criterion, lang)}", style="not bold dim")
    if criterion.answer_origin == "Derived":
        keys = Line(criterion.help[lang], style="dim")
    return Group(
        Line("? ", style="yellow").append(criterion.question[lang], style="default"), indent(keys)
    )
