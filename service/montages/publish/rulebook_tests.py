"""The tests of the rulebook for the terminal: what failed, what was rewritten, what is covered."""

from __future__ import annotations

from rich.console import Group, RenderableType

from montages.decision.rulebook_coverage import OUTCOMES, STATUSES, Coverage, lacking
from montages.decision.rulebook_tests import Report, Result
from montages.knowledge.model import Text
from montages.publish import tables
from montages.publish.typeset import Line, indent
from montages.publish.words import OUTCOME, STATUS, colon

_SAID = {
    "passed": Text("{} cas passent", "{} cases pass"),
    "failed": Text("{} cas échouent", "{} cases fail"),
    "problems": Text("Ce qui empêche de lire des cas", "What keeps cases from being read"),
    "changes": Text("Réécrit", "Rewritten"),
    "coverage": Text("Couverture", "Coverage"),
    "arrangements": Text(
        "montages vus dans les trois statuts", "arrangements seen in all three statuses"
    ),
    "hard": Text(
        "exigences juridiques vues satisfaites et non satisfaites",
        "legal requirements seen satisfied and violated",
    ),
    "soft": Text(
        "exigences de convenance vues dans les deux sens (pour information)",
        "suitability requirements seen both ways (for information)",
    ),
    "lacking": Text("manque", "lacking"),
}


def _say(key: str, lang: str) -> str:
    return _SAID[key][lang]


def report(found: Report, lang: str) -> Group:
    """Return a report on tests: failures first, then what was rewritten and what is covered."""
    parts: list[RenderableType] = []
    failed = [result for result in found.results if not result.passed]
    if found.problems:
        lines = [
            Line("✗ ", style="red").append(p.message(lang), style="default") for p in found.problems
        ]
        parts += [tables.heading(_say("problems", lang)), indent(lines), Line()]
    parts += [_failure(result, lang) for result in failed]
    if found.changes:
        lines = [Line(change.message(lang)) for change in found.changes]
        parts += [tables.heading(_say("changes", lang)), indent(lines), Line()]
    done = Line(_say("passed", lang).format(len(found.results) - len(failed)), style="green")
    if failed:
        done.append(", ").append(_say("failed", lang).format(len(failed)), style="bold red")
    return Group(*parts, done, Line(), coverage(found.coverage, lang))


def _failure(result: Result, lang: str) -> RenderableType:
    title = Line("✗ ", style="red").append(str(result.case.path), style="default dim")
    title.append(f"  {result.case.name}", style="default bold not dim")
    lines = [Line(text[lang]) for text in result.invalid]
    lines += [Line(difference.message(lang)) for difference in result.differences]
    return Group(title, indent(lines, 4))


def coverage(found: Coverage, lang: str) -> Group:
    """Return what cases cover, and what is lacking under each heading."""
    parts: list[RenderableType] = [tables.heading(_say("coverage", lang))]
    for key, seen, wanted, signs in (
        ("arrangements", found.arrangements, STATUSES, STATUS),
        ("hard", found.hard, OUTCOMES, OUTCOME),
        ("soft", found.soft, OUTCOMES, OUTCOME),
    ):
        missing = lacking(seen, wanted)
        line = Line(f"{len(seen) - len(missing)} / {len(seen)} ", style="bold")
        parts.append(indent(line.append(_say(key, lang), style="not bold")))
        for name, what in missing.items():
            said = ", ".join(signs[word].one[lang] for word in what)
            parts.append(
                indent(
                    Line(f"{name}{colon(lang)} {_say('lacking', lang)} {said}", style="yellow"), 4
                )
            )
    return Group(*parts)
