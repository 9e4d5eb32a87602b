"""How the cases of the rulebook came out, for the terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType

from montages.decision.rulebook_coverage import Coverage
from montages.decision.rulebook_tests import Report, Result
from montages.publish.typeset import Line, indent
from montages.publish.words import colon, plural_of, say


def cases(found: Report, lang: str) -> RenderableType:
    """Return the cases that failed and why, the problems, what is covered, and the count."""
    parts: list[RenderableType] = []
    for problem in found.problems:
        parts.append(Line("✗ ", style="red").append(problem.message(lang), style="default"))
    for result in found.results:
        if not result.passed:
            parts.append(_failed(result, lang))
    for change in found.changes:
        parts.append(Line("→ ", style="cyan").append(change.message(lang), style="default"))
    failed = sum(not result.passed for result in found.results) + len(found.problems)
    passed = sum(result.passed for result in found.results)
    said = f"{plural_of(passed, 'case', lang)}, {plural_of(failed, 'failure', lang)}"
    line = Line("✓ " if found.passed else "✗ ", style="bold green" if found.passed else "bold red")
    line.append(said, style="default bold").append(
        f" ({found.seconds:.0f} s)", style="not bold dim"
    )
    return Group(*parts, _covered(found.coverage, lang), line)


def _failed(result: Result, lang: str) -> RenderableType:
    head = Line("✗ ", style="red").append(result.case.name, style="default bold")
    head.append(f"  {result.case.path}", style="not bold dim")
    under = [Line(d.message(lang)) for d in result.differences]
    under += [Line(f"{say('invalid', lang)} {text[lang]}") for text in result.invalid]
    return Group(head, indent(under))


def _covered(coverage: Coverage, lang: str) -> RenderableType:
    tree, lines = coverage.to_json(), []
    for name in ("arrangements", "hard_requirements", "soft_requirements"):
        part = tree[name]
        line = Line(
            f"{say(f'cover-{name}', lang)}{colon(lang)} {part['covered']}/{part['total']}",
            style="dim",
        )
        lines.append(line)
    return Group(*lines)
