"""The checks of one arrangement, group by group: what is satisfied, what is not, what is not known."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType

from montages.decision.assessment import Check, Missing, Verdict
from montages.knowledge.model import Passage
from montages.names import PREFIXES
from montages.publish import digest
from montages.publish.typeset import Line, indent, link
from montages.publish.words import CERTAINTY, OUTCOME, STATE, colon, quoted, say

# The label of a clause names its document; that of a sheet's cell does not.
_SHEET = str(PREFIXES["sheet"])


def answer(check: Check, lang: str) -> str:
    """Return the answer a check looked at, and how it is known: `Oui (déduit)`, `aucune information`."""
    state = STATE["asserted" if check.asserted else check.state][lang]
    return f"{check.shown[lang]} ({state})" if state else check.shown[lang]


def cited(passage: Passage, lang: str) -> str:
    """Return the name of a clause, or of a sheet's cell, with how far it was verified if not fully."""
    name, doubt = passage.label[lang], CERTAINTY[passage.certainty][lang]
    if passage.iri.startswith(_SHEET):
        name = f"{passage.document[lang]}{colon(lang)} {quoted(name, lang)}"
    return f"{name} ({doubt})" if doubt else name


def grouped(checks: Sequence[Check], hard: bool) -> list[tuple[str, list[Check]]]:
    """Return hard or soft checks under their outcome, gravest first, empty groups left out."""
    groups: dict[str, list[Check]] = {}
    for check in checks:
        if check.requirement.hard == hard:
            groups.setdefault(check.outcome, []).append(check)
    return [(outcome, groups[outcome]) for outcome in OUTCOME if outcome in groups]


def checks(verdict: Verdict, lang: str, hard: bool, readings: bool = True) -> RenderableType:
    """Return hard or soft checks with the answer, what is accepted, the clause and its reading."""
    lines: list[RenderableType] = []
    for outcome, found in grouped(verdict.checks, hard):
        sign = OUTCOME[outcome]
        lines.append(Line(f"{sign.symbol} {sign.many[lang]} ({len(found)})", style=sign.colour))
        lines += [indent(_check(check, verdict, lang, readings)) for check in found]
    return indent(lines)


def _check(check: Check, verdict: Verdict, lang: str, readings: bool) -> RenderableType:
    requirement = check.requirement
    line = Line(requirement.label[lang], style="bold" if readings else "")
    line.append(f"{colon(lang)} {answer(check, lang)}", style="default")
    if check.outcome not in ("satisfied", "not-applicable"):
        line.append(f" · {say('accepted', lang)} {check.accepted[lang]}")
    if check.units:
        line.append(f"  [{', '.join(check.units)}]", style="dim")
    under: list[RenderableType] = []
    if waits := digest.waits_for(check, verdict, lang):
        under.append(Line(f"{say('depends', lang)} {waits}", style="yellow"))
    if check.after_signature:
        under.append(Line(say("after-signature", lang), style="yellow"))
    if readings:
        under.append(Line(requirement.reading[lang], style="dim"))
    sources = Line()
    for n, source in enumerate(requirement.sources):
        sources.append("; " if n and lang == "en" else " ; " if n else "")
        sources.append(cited(source, lang), style=link(source.url))
    if readings:
        return Group(line, indent([*under, sources]))
    return Group(line.append("  ").append(sources), indent(under))


def brief_line(check: Check, lang: str) -> Line:
    """Return a check in one line: its outcome, what it asks, its first clause."""
    sign, source = OUTCOME[check.outcome], check.requirement.sources[0]
    line = Line(f"{sign.symbol} ", style=sign.colour)
    line.append(
        f"{check.requirement.label[lang]}{colon(lang)} {answer(check, lang)}  ", style="default"
    )
    return line.append(cited(source, lang), style=link(source.url))


def questions(missing: Sequence[Missing], lang: str) -> RenderableType:
    """Return the questions still to be answered, each with its key and the answers it takes."""
    return indent([question(m.criterion, lang) for m in missing])


def question(name: str, lang: str) -> RenderableType:
    """Return the question of a criterion, with its key and the answers it takes."""
    criterion = digest.criterion(name)
    said = Line(digest.key(criterion), style="bold")
    said.append(f": {digest.accepted(criterion, lang)}", style="not bold dim")
    if criterion.known == "Derived":
        said = Line(criterion.help[lang], style="dim")
    return Group(
        Line("? ", style="yellow").append(criterion.question[lang], style="default"), indent(said)
    )


def attention(verdict: Verdict, lang: str) -> RenderableType:
    """Return the points of attention, each with its source."""
    lines: list[RenderableType] = []
    for point in verdict.attention:
        said = Line(f"• {point.label[lang]}", style="bold")
        said.append(f"{colon(lang)} {point.text[lang]}", style="not bold")
        sources = " ; ".join(cited(s, lang) for s in point.sources)
        lines += [said, indent(Line(sources, style="cyan"))]
    return indent(lines)
