"""An assessment for the terminal: what fits, why, what is missing; plain text in a pipe."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.console import Group, RenderableType

from montages.decision.assessment import Assessment, Retained
from montages.publish import checklist, digest, report, tables
from montages.publish.digest import Row
from montages.publish.typeset import Line, indent, link
from montages.publish.words import STATUS, colon, day, plural_of, say


def assessment(found: Assessment, lang: str | None = None) -> Group:
    """Return an assessment as something rich prints, in `lang` or in its own language."""
    lang = lang or found.lang
    parts: list[RenderableType] = [header(found, lang), Line()]
    blocking = [f for f in found.findings if f.severity == "violation"]
    others = [f for f in found.findings if f.severity != "violation"]
    if blocking:
        parts += section(say("alert", lang), report.findings(blocking, lang))
    parts += [contracts(found, lang), Line()]
    for contract in found.retained:
        parts += _retained(found, contract, lang)
    if not found.retained and digest.useful([found]):
        parts += section(say("useful", lang), _useful([found], lang))
    parts += section(say("around", lang), tables.around(found, lang))
    if len(found.units) > 1:
        parts += section(say("units", lang), tables.units(found, lang))
    if others:
        parts += section(say("findings", lang), report.findings(others, lang))
    return Group(*parts, footer(found, lang))


def next_one(found: Assessment, lang: str | None = None) -> Group:
    """Return an assessment that comes after another one: the same, set apart."""
    return Group(
        Line(), Line("· · ·", style="dim", justify="center"), Line(), assessment(found, lang)
    )


def section(title: str, content: RenderableType) -> list[RenderableType]:
    """Return a titled part followed by an empty line."""
    return [tables.heading(title), content, Line()]


def header(found: Assessment, lang: str) -> Group:
    """Return the name of the project, the law and the rules applied, what is known, and the result."""
    law = f"{say('law', lang)} {day(found.as_of, lang)} · {say('rules', lang)} {found.rulebook_version}"
    return Group(
        Line(found.label[lang], style="bold"),
        Line(law, style="dim"),
        Line(f"{say('answers', lang)}{colon(lang)} {digest.known(found, lang)}", style="dim"),
        brief(found, lang),
    )


def brief(found: Assessment, lang: str) -> Line:
    """Return how many contracts have each status, and how many fit a part of the project only."""
    line = Line(f"{say('brief', lang)}{colon(lang)} ")
    rows = digest.rows(found.verdicts, lang, "contract", found.units)
    for n, (status, group) in enumerate(digest.by_status(rows)):
        counted = digest.counted(status, len(group), lang)
        line.append(", " if n else "").append(counted, style=f"bold {STATUS[status].colour}")
    if partly := sum(bool(row.covers) for row in rows):
        line.append(f" — {plural_of(partly, 'partly', lang)}", style="green")
    return line


def contracts(found: Assessment, lang: str) -> Group:
    """Return the contracts under their statuses, with what decides and how well each suits."""
    rows = digest.rows(found.verdicts, lang, "contract", found.units)
    return Group(
        tables.heading(say("contracts", lang), say("fit", lang)),
        tables.Rows(rows, lang, marked=[r.contract for r in found.retained]),
        Line(help_of(rows, lang), style="dim"),
    )


def help_of(rows: Sequence[Row], lang: str) -> str:
    """Return what the words of a table of contracts mean, those that are in it."""
    provisional = any(row.verdict.provisional for row in rows)
    return " ".join([say("fit-help", lang), *([say("provisional-help", lang)] * provisional)])


def _retained(found: Assessment, retained: Retained, lang: str) -> list[RenderableType]:
    verdict = digest.retained_verdict(found, retained)
    line = Line(verdict.arrangement.label[lang] if verdict else retained.contract, style="bold")
    if found.signed_on:
        line.append(f" ({say('signed', lang)} {found.signed_on})", style="not bold")
    line.append(f"{colon(lang)} ").append(tables.status(retained.status, lang))
    if len(retained.units) < len(found.units):
        line.append(
            f"  {say('retained-on', lang)} {', '.join(retained.units)}", style="not bold dim"
        )
    parts: list[RenderableType] = [tables.heading(say("retained", lang)), indent(line)]
    if verdict:
        parts.append(checklist.checks(verdict, lang, hard=True, readings=False))
    parts.append(Line())
    if verdict and verdict.missing:
        parts += section(say("to-answer", lang), checklist.questions(verdict.missing, lang))
    return parts


def _useful(found: Sequence[Assessment], lang: str) -> RenderableType:
    table = tables.grid(1, None)
    for criterion, number in digest.useful(found):
        helps = Line(plural_of(number, "contract", lang), style="dim")
        table.add_row(checklist.question(criterion.slug, lang), helps)
    return indent(table)


def footer(found: Assessment, lang: str) -> Group:
    """Return the scope, the warning that this is no legal advice, and where to contest."""
    # The link carries every answer; what is shown stops where the answers begin.
    shown = re.sub(r"(&rulebook=[0-9a-f]+).*", r"\1", found.contest)
    contest = Line(f"{say('contest', lang)} ", no_wrap=True, overflow="ignore")
    return Group(
        Line(found.scope[lang], style="dim"),
        Line(found.disclaimer[lang], style="bold"),
        contest.append(shown, style=link(found.contest)),
    )
