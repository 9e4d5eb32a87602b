"""Two projects side by side in the terminal: the answers that differ, then what moves and by which rule."""

from __future__ import annotations

from rich.console import Group, RenderableType

from montages.advice.project_fork import ArrangementMove, CheckMove, Fork
from montages.bilingual import Text
from montages.knowledge.logic import ProcedureVerdict, Verdict
from montages.publish.text.checklist import cited
from montages.publish.text.signs import OUTCOME_SIGNS, PROCEDURE_SIGNS, VERDICT_SIGNS, Sign
from montages.publish.text.typeset import Line, indent, link
from montages.publish.text.typography import colon

_DIFFER = Text("Réponses qui diffèrent", "Answers that differ")
_NOTHING = Text("Rien ne bouge.", "Nothing moves.")
_MOVES = Text("Ce qui bouge", "What moves")
_UNMOVED = Text("{} autres ne bougent pas.", "{} others do not move.")
# Without `whole`, so many rules are named for each move.
_NAMED = 2


def fork_text(forked: Fork, lang: str, *, whole: bool) -> Group:
    """Return what moves between two projects; `whole`: with every rule that causes it."""
    parts: list[RenderableType] = []
    for it in (forked.before, forked.after):
        line = Line(it.label[lang], style="bold")
        parts.append(line.append(f"{colon(lang)} {it.answer.headline[lang]}", style="default"))
    parts.append(Line(f"{_DIFFER[lang]}{colon(lang)}", style="bold"))
    parts.append(
        indent(
            [
                Line(
                    f"{each.criterion.label[lang]}{colon(lang)} {each.before[lang]} → {each.after[lang]}"
                )
                for each in forked.answers
            ]
        )
    )
    if not forked.moves:
        return Group(*parts, Line(_NOTHING[lang]))
    parts.append(Line(f"{_MOVES[lang]}{colon(lang)}", style="bold"))
    parts += [indent(_move(each, lang, whole)) for each in forked.moves]
    unmoved = len(forked.before.verdicts) - len(forked.moves)
    return Group(*parts, Line(_UNMOVED[lang].format(unmoved), style="dim"))


def _move(each: ArrangementMove, lang: str, whole: bool) -> list[RenderableType]:
    one, other = each.before, each.after
    line = Line(f"{'↑' if each.better else '↓'} ", style="green" if each.better else "red")
    line.append(one.arrangement.label[lang], style="bold")
    before, after = (_sign(r.procedure or r.verdict) for r in (one, other))
    line.append(f"{colon(lang)} {before.one[lang]} → {after.one[lang]}", style="default")
    shown = each.because if whole else each.because[:_NAMED]
    return [line, indent([_cause(cause, lang) for cause in shown])]


def _sign(verdict: Verdict | ProcedureVerdict) -> Sign:
    if isinstance(verdict, ProcedureVerdict):
        return PROCEDURE_SIGNS[verdict.value]
    return VERDICT_SIGNS[verdict.value]


def _cause(cause: CheckMove, lang: str) -> Line:
    before, after = (
        " / ".join(OUTCOME_SIGNS[outcome].one[lang] for outcome in outcomes)
        for outcomes in (cause.before, cause.after)
    )
    source = cause.requirement.sources[0]
    line = Line(f"{cause.requirement.label[lang]}{colon(lang)} {before} → {after}  ", style="dim")
    return line.append(cited(source, lang), style=link(source.url))
