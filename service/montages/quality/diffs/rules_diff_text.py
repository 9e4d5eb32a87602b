"""What changed between two days, in the rules and for projects, for the terminal."""

from __future__ import annotations

from decimal import Decimal

from rich.console import Group, RenderableType

from montages.knowledge.buckets import spaced
from montages.publish.text.messages import phrase
from montages.publish.text.signs import STATUS_SIGNS, VERDICT_SIGNS
from montages.publish.text.typeset import Line, indent
from montages.publish.text.typography import colon, day
from montages.quality.checks.counted_descriptions import description_text
from montages.quality.diffs.rules_diff import RulesDiff
from montages.quality.diffs.status_diff import Cause, StatusDiff
from montages.quality.diffs.verdict_shares import VerdictShares


def difference(rules: RulesDiff, statuses: StatusDiff | None, lang: str) -> RenderableType:
    """Return what differs between the rules of two days, and the statuses that differ for projects."""
    parts: list[RenderableType] = [
        Line(f"{day(rules.first, lang)} → {day(rules.second, lang)}", style="bold")
    ]
    for change in rules.requirements:
        line = Line(f"{phrase(f'change-{change.kind}', lang)} ", style="yellow").append(
            change.latest.label[lang], style="default bold"
        )
        sources = ", ".join(s.label[lang] for s in change.latest.sources)
        parts += [
            line.append(f"  {change.slug}", style="not bold dim"),
            indent([Line(change.latest.reading[lang]), Line(sources, "cyan")]),
        ]
    for threshold in rules.thresholds:
        amounts = f"{_amount(threshold.before, lang)} → {_amount(threshold.after, lang)}"
        parts += [
            Line(f"{threshold.label[lang]}{colon(lang)} {amounts}"),
            indent(Line(", ".join(s.label[lang] for s in threshold.sources), "cyan")),
        ]
    for key, names in (
        ("added", rules.arrangements_added),
        ("removed", rules.arrangements_removed),
    ):
        parts += [Line(f"{phrase(f'change-{key}', lang)} {name}") for name in names]
    if rules.empty:
        parts.append(Line(phrase("same-rules", lang)))
    else:
        parts += [Line(), *_verdicts(rules.verdicts, lang)]
    if statuses is not None:
        parts += [Line(), *_statuses(statuses, lang)]
    return Group(*parts)


def _verdicts(verdicts: VerdictShares, lang: str) -> list[RenderableType]:
    """Return each set-up whose verdict moves: the share of descriptions, and the shortest one."""
    if not verdicts.moving:
        return [Line(phrase("same-verdicts", lang))]
    parts: list[RenderableType] = [
        Line(phrase("verdicts-move", lang), style="bold"),
        Line(phrase("share-of-descriptions", lang), style="dim"),
    ]
    for share in verdicts.moving:
        before, after = (VERDICT_SIGNS[v.value] for v in (share.before, share.after))
        line = Line(f"{share.arrangement.label[lang]}{colon(lang)} {100 * share.share:.2f} %")
        said = description_text(share.smallest, verdicts.rules)[lang]
        moved = Line(f"{said} · ", style="dim").append(before.one[lang], style=before.colour)
        moved.append(" → ").append(after.one[lang], style=after.colour)
        parts += [line, indent(moved)]
    return parts


def _statuses(statuses: StatusDiff, lang: str) -> list[RenderableType]:
    if not statuses.changes:
        return [Line(phrase("same-statuses", lang))]
    parts: list[RenderableType] = []
    for change in statuses.changes:
        before, after = (STATUS_SIGNS[name] for name in (change.before, change.after))
        line = Line(f"{change.label[lang]} · {change.arrangement.label[lang]}{colon(lang)} ")
        line.append(before.one[lang], style=before.colour).append(" → ").append(
            after.one[lang], style=after.colour
        )
        parts.append(line)
        parts += [indent(_cause(cause, lang)) for cause in change.because]
    return parts


def _cause(cause: Cause, lang: str) -> RenderableType:
    """Return why a status differs: the answer, and what each day accepts of it."""
    accepted = f"{cause.before[lang]} → {cause.after[lang]}"
    if cause.before == cause.after:
        accepted = cause.after[lang]
    line = Line(
        f"{cause.label[lang]}{colon(lang)} {cause.answer[lang]} · {phrase('accepted', lang)} {accepted}"
    )
    return Group(line, Line(cause.source[lang], "cyan"))


def _amount(amount: Decimal | None, lang: str) -> str:
    return spaced(amount, lang) if amount is not None else "?"
