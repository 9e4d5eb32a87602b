"""The guided tour: a real project, what its sources leave unknown, then an example with every answer."""

from __future__ import annotations

from rich.console import Group, RenderableType

from montages.decision.assessment import Assessment
from montages.knowledge.model import Text
from montages.publish import checklist, digest, tables
from montages.publish.text import brief, section
from montages.publish.typeset import Line, indent
from montages.publish.words import STATUS, colon, day, plural_of, say

_QUESTIONS, _RULED_OUT = 5, 6

OPENING = Text(
    "Deux projets, évalués sous vos yeux : quelques secondes de calcul…",
    "Two projects, assessed before your eyes: a few seconds of computing…",
)
_REAL = Text(
    "Un projet réel : ce que ses sources publiques disent, et ce qu'elles taisent. Montages ne devine pas : "
    "ce qui n'est écrit nulle part reste ouvert, et devient une question.",
    "A real project: what its public sources say, and what they leave out. Montages does not guess: what is "
    "written nowhere stays open, and becomes a question.",
)
_EXAMPLE = Text(
    "Un projet inventé, où chaque question a sa réponse : Montages tranche, et cite l'article.",
    "A made-up project in which every question has its answer: Montages decides, and cites the article.",
)
_NEXT = {
    "fr": (
        ("montages new projet.yaml", "décrire votre projet, pas à pas"),
        ("montages assess projet.yaml", "l'évaluer"),
        ("montages explain dijon --contract mpgp", "chaque exigence, avec son article"),
        ("montages assess dijon --format html > d.html", "une page à imprimer"),
        ("montages query", "les questions que l'on peut poser"),
        ("montages serve", "les mêmes réponses, par HTTP"),
    ),
    "en": (
        ("montages new project.yaml", "describe your project, step by step"),
        ("montages assess project.yaml", "assess it"),
        ("montages explain dijon --contract mpgp", "each requirement, with its article"),
        ("montages assess dijon --format html > d.html", "a page to print"),
        ("montages query", "the questions one can ask"),
        ("montages serve", "the same answers, over HTTP"),
    ),
}
_TITLES = {
    "known": Text("Ce que l'on sait", "What is known"),
    "unknown": Text("Ce que les sources ne disent pas", "What the sources do not say"),
    "out": Text("Ce qui est déjà écarté", "What is ruled out already"),
    "fits": Text("Ce qui convient, et pourquoi", "What fits, and why"),
    "open": Text("Ce qui reste ouvert", "What stays open"),
    "not": Text("Ce qui est écarté, et par quoi", "What is ruled out, and by what"),
    "how": Text("Comment acheter", "How to buy"),
    "next": Text("Et ensuite", "What next"),
}
_RETAINED = Text(
    "Contrat vraiment signé : {}. À ce stade : {}.",
    "Contract really signed: {}. At this stage: {}.",
)


def _opening(number: int, found: Assessment, said: Text, lang: str) -> list[RenderableType]:
    law = f"{say('law', lang)} {day(found.as_of, lang)}"
    return [
        Line(),
        Line(f"{number}. {found.label[lang]}", style="bold reverse"),
        Line(said[lang]),
        Line(law, style="dim"),
        Line(),
    ]


def real(found: Assessment, lang: str) -> RenderableType:
    """Return the tour of the real project: known, ruled out, and the questions its sources leave."""
    parts = _opening(1, found, _REAL, lang)
    answers = Line(f"{say('answers', lang)}{colon(lang)} {digest.known(found, lang)}")
    known: list[RenderableType] = [answers, brief(found, lang)]
    missing: tuple[str, ...] = ()
    for retained in found.retained:
        verdict = digest.retained_verdict(found, retained)
        if verdict is None:
            continue
        word = STATUS[retained.status].one[lang]
        known.append(
            Line(_RETAINED[lang].format(verdict.arrangement.label[lang], word), style="bold")
        )
        for outcome, checks in checklist.grouped(verdict.checks, hard=True):
            if outcome in ("satisfied", "violated", "contradicted"):
                known += [checklist.brief_line(check, lang) for check in checks]
        missing += retained.missing
    parts += section(_TITLES["known"][lang], indent(known))
    asked = [checklist.question(name, lang) for name in missing[:_QUESTIONS]]
    if len(missing) > _QUESTIONS:
        asked.append(
            Line(f"{say('and', lang)} {plural_of(len(missing) - _QUESTIONS, 'other', lang)}", "dim")
        )
    parts += section(_TITLES["unknown"][lang], indent(asked))
    parts += _under(found, "ineligible", "out", lang, _RULED_OUT)
    return Group(*parts)


def example(found: Assessment, lang: str) -> RenderableType:
    """Return the tour of the example: what fits, what stays open, what is ruled out, how to buy."""
    parts = _opening(2, found, _EXAMPLE, lang)
    parts += _under(found, "eligible", "fits", lang, 99)
    parts += _under(found, "undetermined", "open", lang, 3)
    parts += _under(found, "ineligible", "not", lang, _RULED_OUT)
    fits = [
        row for row in digest.rows(found.verdicts, lang, "procedure") if row.status == "eligible"
    ]
    parts += section(
        _TITLES["how"][lang], indent(Line(" · ".join(row.name for row in fits) or "—"))
    )
    parts += [Line(say("fit-help", lang), style="dim"), Line(found.disclaimer[lang], style="bold")]
    return Group(*parts)


def _under(
    found: Assessment, status: str, title: str, lang: str, most: int
) -> list[RenderableType]:
    rows = [
        r for r in digest.rows(found.verdicts, lang, "contract", found.units) if r.status == status
    ]
    if not rows:
        return []
    shown: list[RenderableType] = [tables.Rows(rows[:most], lang, headed=False)]
    if len(rows) > most:
        shown.append(
            indent(Line(f"{say('and', lang)} {plural_of(len(rows) - most, 'other', lang)}", "dim"))
        )
    return [tables.heading(_TITLES[title][lang], say("fit", lang)), *shown, Line()]


def next_steps(lang: str) -> RenderableType:
    """Return the commands to try next."""
    table = tables.grid(None, 1)
    for command, said in _NEXT[lang]:
        table.add_row(Line(command, style="bold"), Line(said))
    return Group(Line(), tables.heading(_TITLES["next"][lang]), indent(table))
