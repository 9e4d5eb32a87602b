"""What has changed since a link was made: the rules, the law of the day, and the verdicts on its project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from montages.api import Knowledge
from montages.assessment.assessment import Assessment
from montages.assessment.words.wording import lower
from montages.bilingual import Text
from montages.description.address.project_address import ProjectAddress, Tree
from montages.errors import MontagesError
from montages.knowledge.periods import rules_at
from montages.publish.text.procedure_lines import procedures
from montages.publish.text.signs import PROCEDURE_SIGNS, VERDICT_SIGNS
from montages.publish.text.typography import colon, day
from montages.publish.text.verdict_rows import group
from montages.web.project_tool.sound_tree import with_name

_SIGNS = VERDICT_SIGNS | PROCEDURE_SIGNS


@dataclass(frozen=True)
class ChangesSince:
    """Since a link was made: one sentence, and each set-up whose verdict is another, in words."""

    sentence: Text
    verdicts: tuple[Text, ...] = ()


def changes_since(
    knowledge: Knowledge, address: ProjectAddress, tree: Tree, now: Assessment
) -> ChangesSince | None:
    """Return what has changed since a link was made; None for a link of today, or that has no day.

    Verdicts are compared under the law of both days as it is known now: what a version of the rules said that
    is no more cannot be asked again.
    """
    then = address.day
    if then is None or (then == now.as_of and address.rules in ("", knowledge.version)):
        return None
    edited = bool(address.rules) and address.rules != knowledge.version
    moved = rules_at(then).period != rules_at(now.as_of).period
    verdicts = _verdicts(knowledge, tree, then, now) if moved else ()
    return ChangesSince(_sentence(then, edited, moved, len(verdicts)), verdicts)


def _verdicts(knowledge: Knowledge, tree: Tree, then: date, now: Assessment) -> tuple[Text, ...]:
    """Return the set-ups whose verdict is another under the law of another day."""
    try:
        before = knowledge.assess(with_name(tree), as_of=then, anyway=True)
    except MontagesError:
        return ()
    old = _standings(before)
    return tuple(
        _line(name, old[slug], verdict)
        for slug, (name, verdict) in _standings(now).items()
        if slug in old and old[slug][1] != verdict
    )


def _standings(assessment: Assessment) -> dict[str, tuple[Text, str]]:
    """Return the name and verdict of each contract, and of each procedure of the first of them."""
    rows = {row.slug: (row.shown.arrangement.label, group(row.shown)) for row in assessment.rows}
    families = procedures(assessment, "fr")[:1]
    useful = {name for family in families for _, names in family.verdicts for name in names}
    return rows | {
        result.arrangement.slug: (result.arrangement.label, result.procedure.value)
        for result in assessment.verdicts
        if result.procedure is not None and result.arrangement.label.fr in useful
    }


def _line(name: Text, before: tuple[Text, str], after: str) -> Text:
    told = []
    for lang in ("fr", "en"):
        words = [lower(_SIGNS[verdict].one[lang]) for verdict in (before[1], after)]
        told.append(f"{name[lang]}{colon(lang)} {' → '.join(words)}")
    return Text(*told)


def _sentence(then: date, edited: bool, moved: bool, changed: int) -> Text:
    made = Text(f"Ce lien date du {day(then, 'fr')}.", f"This link was made on {day(then, 'en')}.")
    if edited and moved:
        since = Text(
            " Depuis, le droit et nos règles ont changé.",
            " Since then, the law and our rules have changed.",
        )
    elif moved:
        since = Text(" Depuis, le droit a changé.", " Since then, the law has changed.")
    elif edited:
        since = Text(
            " Depuis, nos règles ont été revues : le résultat est celui d'aujourd'hui.",
            " Since then, our rules have been revised: the result is that of today.",
        )
    else:
        since = Text(" Rien n'a changé depuis.", " Nothing has changed since then.")
    if not moved:
        return Text(made.fr + since.fr, made.en + since.en)
    if not changed:
        what = Text(
            " Pour votre projet, aucun verdict ne change.", " For your project, no verdict changes."
        )
    else:
        what = Text(" Pour votre projet :", " For your project:")
    return Text(made.fr + since.fr + what.fr, made.en + since.en + what.en)
