"""An assessment for the terminal, in short (R40) or in full: what fits, why, what is missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from rich.console import Group, RenderableType

from montages.assessment.answer.next_steps import nothing_stated
from montages.assessment.assessment import Assessment
from montages.assessment.check import DutyResult
from montages.assessment.conclusions import Conclusions
from montages.assessment.premises import Premises
from montages.assessment.retained import Retained
from montages.assessment.wording import lower
from montages.knowledge.logic import DutyState, Verdict
from montages.knowledge.rulebook import rulebook
from montages.publish.text import (
    assessment_rows,
    checklist,
    findings_text,
    presumed_lines,
    procedure_lines,
    tables,
    verdict_rows,
)
from montages.publish.text.assessment_rows import criterion
from montages.publish.text.messages import phrase, plural_of
from montages.publish.text.reasons import Reason, common_facts, reasons
from montages.publish.text.signs import RETAINED_TITLES, VERDICT_SIGNS, under_signs
from montages.publish.text.typeset import Line, grid, heading, indent, link, section
from montages.publish.text.typography import colon, decimal, semicolon
from montages.publish.text.verdict_rows import FOLDED, BriefGroup, BriefRow, VerdictRow, counted


def brief_text(assessment: Assessment, lang: str | None = None) -> Group:
    """Return an assessment in short as something rich prints, in `lang` or in its own language."""
    lang = lang or assessment.lang
    parts: list[RenderableType] = [
        Line(assessment.premises.label[lang], style="bold"),
        Line(assessment_rows.law(assessment.premises, lang), style="dim"),
        Line(),
        tables.answer_block(assessment, lang),
        Line(),
    ]
    if pressing := assessment.coherence.pressing:
        findings = findings_text.findings(pressing, lang, assessment.premises.project)
        parts += section(phrase("alert", lang), findings)
    retained = frozenset(r.contract for r in assessment.coherence.retained)
    parts += _duties(assessment.conclusions, lang, tables.duties_in_short)
    for group in verdict_rows.brief_groups(assessment.conclusions, lang):
        parts += [_brief_contracts(group, retained, lang), Line()]
    parts += findings_text.understood_lines(assessment.premises.readings, lang)
    return Group(*parts, _more(assessment, lang), footer(assessment.premises, lang))


def _brief_contracts(group: BriefGroup, retained: frozenset[str], lang: str) -> Group:
    """Return the contracts of a group under its title, each in a line."""
    table = grid(None, 1)
    for line in group.lines:
        sign = VERDICT_SIGNS[line.rows[0].group]
        table.add_row(Line(sign.symbol, style=sign.colour), _brief_line(line, retained, lang))
    notes = [indent(tables.reason_line(note, lang)) for note in group.notes]
    return Group(heading(group.title), *notes, indent(table))


def _brief_line(line: BriefRow, retained: frozenset[str], lang: str) -> Line:
    """Return the names of contracts, what becomes of them where it was retained, and why."""
    text = Line()
    for n, row in enumerate(line.rows):
        text.append(" · " if n else "").append(_brief_name(row, retained, lang))
    for n, reason in enumerate(line.reasons):
        why = Reason(lower(reason.text), reason.sources)
        text.append(semicolon(lang) if n else " — ")
        text.append(tables.reason_line(why, lang, style=""))
    return text


def _brief_name(row: VerdictRow, retained: frozenset[str], lang: str) -> Line:
    name = Line(row.name, style="dim" if row.group == FOLDED else "bold")
    if row.contracts & retained:
        name.append(f" ◂ {phrase('retained', lang).lower()}")
    if row.result.provisional and row.group != FOLDED:
        name.append(f" ({phrase('provisional', lang)})", style="not bold yellow")
    return name


def _more(assessment: Assessment, lang: str) -> Line:
    """Return where the rest is told, and how much the check has to say of the description."""
    others = [f for f in assessment.coherence.findings if not f.pressing]
    counts = Counter(f.severity for f in others)
    numbers = [plural_of(n, name, lang) for name, n in sorted(counts.items(), reverse=True)]
    findings = f"{phrase('findings', lang)}{colon(lang)} {', '.join(numbers)}. " if numbers else ""
    empty = nothing_stated([unit.unit for unit in assessment.conclusions.units])
    return Line(f"{findings}{phrase('to-fill-in' if empty else 'more', lang)}", style="dim")


def assessment_text(assessment: Assessment, lang: str | None = None) -> Group:
    """Return an assessment in full as something rich prints, in `lang` or in its own language."""
    lang = lang or assessment.lang
    parts: list[RenderableType] = [header(assessment, lang), Line()]
    blocking = [f for f in assessment.coherence.findings if f.severity == "violation"]
    others = [f for f in assessment.coherence.findings if f.severity != "violation"]
    if blocking:
        parts += section(
            phrase("alert", lang),
            findings_text.findings(blocking, lang, assessment.premises.project),
        )
    parts += [contracts(assessment, lang), Line()]
    if procedure_lines.procedures(assessment.conclusions, lang):
        parts += section(phrase("procedure", lang), tables.procedures(assessment.conclusions, lang))
    parts += _duties(assessment.conclusions, lang, tables.duties)
    for contract in assessment.coherence.retained:
        parts += _retained(assessment.conclusions, contract, lang)
    if not assessment.coherence.retained_contracts and assessment_rows.useful([assessment]):
        parts += section(phrase("useful", lang), _useful([assessment], lang))
    parts += section(phrase("around", lang), tables.around(assessment.conclusions, lang))
    if len(assessment.conclusions.units) > 1:
        parts += section(phrase("units", lang), tables.units(assessment.conclusions, lang))
    if others:
        parts += section(
            phrase("findings", lang),
            findings_text.findings(others, lang, assessment.premises.project),
        )
    if understood := findings_text.understood_lines(assessment.premises.readings, lang):
        parts += [*understood, Line()]
    return Group(*parts, footer(assessment.premises, lang))


def header(assessment: Assessment, lang: str) -> Group:
    """Return the project, the law and the rules applied, what is known, the answer, what is presumed."""
    law = assessment_rows.law(assessment.premises, lang)
    rules = f"{phrase('rules', lang)} {assessment.premises.rulebook_version}"
    answers = assessment_rows.answer_counts(assessment.premises, lang)
    presumptions = presumed(assessment.conclusions, lang)
    return Group(
        Line(assessment.premises.label[lang], style="bold"),
        Line(f"{law} · {rules}", style="dim"),
        Line(f"{phrase('answers', lang)}{colon(lang)} {answers}", style="dim"),
        Line(),
        tables.answer_block(assessment, lang),
        Line(),
        counts(assessment.conclusions, lang),
        *([Line()] * bool(presumptions)),
        *presumptions,
    )


def presumed(conclusions: Conclusions, lang: str) -> list[Line]:
    """Return a line for what is presumed by law, one by practice, and how to contradict them."""
    lines: list[Line] = []
    for group in presumed_lines.presumed_groups(conclusions, lang):
        line = Line(f"{group.title}{colon(lang)} ", style="dim")
        for n, answer in enumerate(group.answers):
            line.append(semicolon(lang) if n else "").append(answer.text)
            for m, source in enumerate(answer.sources):
                name = checklist.cited(source, lang).replace(" ", "\u00a0")
                line.append(", " if m else " – ").append(name, style=link(source.url))
        lines.append(line)
    if lines:
        lines.append(Line(presumed_lines.contradicting(conclusions.premises, lang), style="dim"))
    return lines


def counts(conclusions: Conclusions, lang: str) -> Line:
    """Return how many contracts there are, in how many rows, and how many rows have each verdict."""
    rows, types = verdict_rows.contract_rows(conclusions, lang), rulebook().contract_types
    number = plural_of(len(types), "contract", lang)
    row_count = plural_of(len(rows), "row", lang)
    line = Line(f"{number} {phrase('in-rows', lang)} {row_count}{colon(lang)} ")
    for n, (name, group) in enumerate(under_signs((row.group, row) for row in rows)):
        counted = verdict_rows.counted(name, len(group), lang)
        line.append(", " if n else "").append(counted, style=VERDICT_SIGNS[name].colour)
    return line


def contracts(assessment: Assessment, lang: str) -> Group:
    """Return the contracts under their verdicts, with what decides and what each is better for."""
    rows = verdict_rows.contract_rows(assessment.conclusions, lang)
    title = heading(phrase("contracts", lang))
    common: list[RenderableType] = []
    if facts := common_facts(assessment.conclusions, lang):
        line = Line(f"? {phrase('for-all', lang)}{colon(lang)} ", style="bold yellow")
        notes = presumed_lines.notes(assessment.conclusions, lang)
        lines = [indent(tables.reason_line(note, lang)) for note in notes]
        common = [line.append(facts, style="not bold default"), *lines, Line()]
    return Group(
        title,
        *common,
        tables.Rows(rows, lang, marked=[r.contract for r in assessment.coherence.retained]),
    )


def _duties(
    conclusions: Conclusions, lang: str, text: Callable[[Sequence[DutyResult], str], RenderableType]
) -> list[RenderableType]:
    """Return what there is to do for each contract named, in the order of doing."""
    lines: list[RenderableType] = []
    answer = conclusions.answer
    for named in answer.rows:
        duties = named.duties
        due = any(duty.state is DutyState.DUE for duty in duties)
        if (due or (duties and text is tables.duties)) and not answer.names_none:
            several = len(answer.rows) > 1
            name = named.row.shown.arrangement.label[lang] if several else ""
            title = heading(phrase("duties", lang), name)
            lines += [title, text(duties, lang), Line()]
    return lines


def _retained(conclusions: Conclusions, retained: Retained, lang: str) -> list[RenderableType]:
    verdict = assessment_rows.retained_verdict(conclusions, retained)
    line = Line(assessment_rows.retained_name(retained, lang), style="bold")
    if where := assessment_rows.retained_state(retained, lang):
        line.append(f" ({where})", style="not bold")
    line.append(f"{colon(lang)} ").append(tables.verdict(retained.verdict.value, lang))
    if part := assessment_rows.retained_part(conclusions, retained, lang):
        line.append(f"  {phrase('retained-on', lang)} {part}", style="not bold dim")
    parts: list[RenderableType] = [heading(RETAINED_TITLES[retained.kind][lang]), indent(line)]
    if verdict:
        why = reasons(conclusions, verdict, lang)
        parts.append(indent([tables.reason_line(reason, lang) for reason in why], 4))
        parts.append(checklist.checks(verdict, lang, hard=True, readings=False))
    parts.append(Line())
    if verdict and verdict.wanted:
        parts += section(phrase("to-answer", lang), checklist.questions(verdict.wanted, lang))
    return parts


def _useful(assessments: Sequence[Assessment], lang: str) -> RenderableType:
    table = grid(1, None)
    for useful, number in assessment_rows.useful(assessments):
        helps = Line(plural_of(number, "contract", lang), style="dim")
        table.add_row(checklist.question(useful.slug, lang), helps)
    return indent(table)


def apart() -> Group:
    """Return what stands between two assessments."""
    return Group(Line(), Line("· · ·", style="dim", justify="center"), Line())


def footer(premises: Premises, lang: str) -> Group:
    """Return the scope, how many rules were reviewed, that this is no legal advice, where to contest."""
    # The link carries every answer; the text of the link stops where the answers begin.
    address = re.sub(r"(&rulebook=[0-9a-f]+).*", r"\1", premises.contest)
    contest = Line(f"{phrase('contest', lang)} ", no_wrap=True, overflow="ignore")
    return Group(
        Line(f"{premises.scope[lang]} {premises.reviewed[lang]}", style="dim"),
        Line(premises.disclaimer[lang], style="bold"),
        contest.append(address, style=link(premises.contest)),
    )


_NAMED = 3


def summary(assessments: Sequence[Assessment], lang: str) -> str:
    """Return how many retained contracts, then procedures and the rest, have each verdict; the open facts."""
    retained = [r for a in assessments for r in a.coherence.retained if r.state != "dropped"]
    contracts = [r for r in retained if r.kind == "contract"]
    others = [r for r in retained if r.kind != "contract"]
    projects = plural_of(len(assessments), "project", lang)
    lines = [f"{projects}, {_counted(contracts, 'retained', lang)}."]
    if others:
        lines.append(f"{_counted(others, 'around', lang)}.")
    # The facts of each project that contracts still open wait for.
    facts = {
        (n, term.criterion)
        for n, assessment in enumerate(assessments)
        for result in assessment.conclusions.verdicts
        if result.arrangement.kind == "contract"
        for term in result.to_verify
    }
    mean = len(facts) / len(assessments)
    lines.append(f"{phrase('sum-open', lang)}{colon(lang)} {decimal(mean, 1, lang)}.")
    return " ".join(lines)


def _counted(retained: Sequence[Retained], noun: str, lang: str) -> str:
    """Return how many of what is retained have each verdict, best first."""
    counts = Counter(r.verdict.value for r in retained)
    parts = []
    for name in (verdict.value for verdict in Verdict):
        if counts[name]:
            awaited = _awaited(retained, lang) if name == "to-verify" else ""
            parts.append(counted(name, counts[name], lang) + awaited)
    number = plural_of(len(retained), noun, lang)
    return f"{number}{colon(lang)} {', '.join(parts)}" if parts else number


def _awaited(retained: Sequence[Retained], lang: str) -> str:
    """Return the facts that what is retained and to verify lacks most often."""
    lacking = Counter(
        name
        for r in retained
        if r.verdict is Verdict.TO_VERIFY
        for name in r.wanted
        if criterion(name).nature == "fact"
    )
    if not lacking:
        return ""
    most = sorted(lacking.items(), key=lambda pair: (-pair[1], criterion(pair[0]).order))[:_NAMED]
    names = ", ".join(f"{lower(criterion(name).label[lang])} {number}" for name, number in most)
    return f" ({phrase('sum-lacking', lang)} {names})"
