"""The summary at the end of a batch: how many projects, the share of each verdict, what is to verify."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from rich.console import Group, RenderableType

from montages.batch.output_files import BatchProgress
from montages.bilingual import Text, message, plural
from montages.knowledge.rulebook import rulebook
from montages.publish.text.messages import plural_of
from montages.publish.text.signs import VERDICT_SIGNS
from montages.publish.text.tables import verdict
from montages.publish.text.typeset import Line, grid, heading, indent

_MOST = 5
_PERCENT = Text("\u00a0%", "%")
_VERDICTS = message("Contracts, all projects together")
_TO_VERIFY = message("Facts to verify most often, and for how many contracts")
_CLOSED_BY = message("Requirements that close most often, and how often")
_ERRORS = message("Not assessed")
_DONE = message("Assessed: {}; not assessed: {}.")
_ASIDE = plural(
    "{n} file left aside: its ending is not that of a description.",
    "{n} files left aside: their ending is not that of a description.",
)


def summary(progress: BatchProgress, left_aside: int, lang: str) -> RenderableType:
    """Return the summary of a batch, in one language."""
    tally = progress.tally
    parts: list[RenderableType] = [
        Line(_DONE[lang].format(plural_of(tally.projects, "project", lang), tally.errors), "bold")
    ]
    if left_aside:
        parts.append(Line(_ASIDE.fill(n=left_aside)[lang], "dim"))
    if tally.errors:
        parts.append(heading(_ERRORS[lang]))
        parts += [indent(Line(error)) for error in progress.first_errors]
        if more := tally.errors - len(progress.first_errors):
            parts.append(indent(Line(f"… + {more}", "dim")))
    if tally.verdicts:
        table, total = grid(1, None, None), sum(tally.verdicts.values())
        for name in VERDICT_SIGNS:
            if number := tally.verdicts[name]:
                share = f"{100 * number / total:.0f}{_PERCENT[lang]}"
                table.add_row(indent(verdict(name, lang)), Line(str(number)), Line(share))
        parts += [heading(_VERDICTS[lang]), table]
    book = rulebook()
    requirements = {r.slug: r.label for r in book.requirements}
    parts += _ranked(_TO_VERIFY, tally.to_verify, lambda slug: book.criteria[slug].label, lang)
    parts += _ranked(_CLOSED_BY, tally.closed_by, lambda slug: requirements[slug], lang)
    return Group(*parts)


def _ranked(
    title: Text, counts: Counter[str], label: Callable[[str], Text], lang: str
) -> list[RenderableType]:
    if not counts:
        return []
    table = grid(1, None)
    for slug, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST]:
        name = Line(label(slug)[lang]).append(f"  {slug}", style="dim")
        table.add_row(indent(name), Line(str(number)))
    return [heading(title[lang]), table]
