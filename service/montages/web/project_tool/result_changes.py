"""What changes the result of a project: an answer given otherwise; since a link was made, the law, the rules.

Of an answer, what was named before and what is named now are told in one line; of a link, each verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from montages.api import Knowledge
from montages.assessment.answer.sentences import called
from montages.assessment.answer.short_answer import ShortAnswer
from montages.assessment.assessment import Assessment
from montages.assessment.conclusions import Conclusions
from montages.assessment.wording import enumerated, in_sentence, lower
from montages.bilingual import Text, in_both, message
from montages.description.address.address_answers import AddressChange
from montages.description.address.project_address import ProjectAddress, Tree
from montages.errors import MontagesError
from montages.knowledge.periods import rules_at
from montages.publish.text.procedure_lines import procedures
from montages.publish.text.signs import PROCEDURE_SIGNS, VERDICT_SIGNS
from montages.publish.text.typography import colon, day
from montages.publish.text.verdict_rows import group
from montages.web.project_tool.sound_tree import with_name

_SIGNS = VERDICT_SIGNS | PROCEDURE_SIGNS

_RENAMED = message("Before: {before}. Now: {now}, because {why}.")
_SAME = message("The contract and its procedure stay the same when {why}.")
_DONE_OTHERWISE = message(
    "The contract and its procedure stay the same when {why}; what is to be done changes."
)
_ANSWERED = message("you answer “{after}” to “{label}”")
_NOT_ANSWERED = message("you no longer answer “{label}”")


def change_told(changes: Sequence[AddressChange], before: ShortAnswer, now: ShortAnswer) -> Text:
    """Return what changed answers change of what is named, and which answers they are."""

    def sentence(lang: str) -> str:
        why = enumerated([_answered(change, lang) for change in changes], lang)
        old, new = _named(before, lang), _named(now, lang)
        if old != new:
            return _RENAMED[lang].format(before=old, now=new, why=why)
        return (_SAME if before.due == now.due else _DONE_OTHERWISE)[lang].format(why=why)

    return in_both(sentence)


def _answered(change: AddressChange, lang: str) -> str:
    label = change.label[lang]
    if where := change.where[lang]:
        label = f"{label} ({where})"
    after = change.after[lang]
    words = (_ANSWERED if after else _NOT_ANSWERED)[lang]
    return words.format(after=lower(after), label=label)


def _named(answer: ShortAnswer, lang: str) -> str:
    """Return what an answer names, each contract with its procedure or its channel; else its first line."""
    if not answer.rows or answer.names_none:
        return lower(answer.headline[lang].removesuffix("."))
    return " + ".join(_rows(answer, lang))


def _rows(answer: ShortAnswer, lang: str) -> Iterator[str]:
    for named in answer.rows:
        way = named.award.channel or named.award.enough
        words = called(named, lang)
        yield f"{words}, {in_sentence(way.arrangement, lang)}" if way else words


@dataclass(frozen=True)
class ChangesSince:
    """What has changed between two days or two versions: one sentence, and each verdict that is another.

    `edited` tells that the rules of the link are another version than ours.
    """

    sentence: Text
    verdicts: tuple[Text, ...] = ()
    edited: bool = False


def changes_since(
    knowledge: Knowledge, address: ProjectAddress, tree: Tree, now: Assessment
) -> ChangesSince | None:
    """Return what has changed since a link was made; None for a link of today, or that says nothing of it.

    Verdicts are compared under the law of both days as it is known now: what a version of the rules said that
    is no more cannot be asked again. Where the link asks for the law of a day, that law is the same since.
    """
    edited = address.rules not in ("", knowledge.version)
    then = address.day if address.day and address.day < date.today() else None
    if then is None and not edited:
        return None
    moved = then is not None and not address.as_of and _periods_differ(then, now.premises.as_of)
    before = _assessment(knowledge, tree, then) if moved and then else None
    verdicts = _verdicts(before, now) if before else ()
    return ChangesSince(_sentence(then, edited, moved, len(verdicts)), verdicts, edited)


def changes_by_today(
    knowledge: Knowledge, address: ProjectAddress, tree: Tree, now: Assessment
) -> ChangesSince | None:
    """Return what the law of today would change where a link asks for that of another day; else None."""
    today = date.today()
    if address.as_of in (None, today):
        return None
    moved = _periods_differ(now.premises.as_of, today)
    after = _assessment(knowledge, tree, today) if moved else None
    verdicts = _verdicts(now, after) if after else ()
    asked = message(
        "This link asks for the law of {as_of}: it is that of this result.",
        as_of=Text(day(now.premises.as_of, "fr"), day(now.premises.as_of, "en")),
    )
    what = _BY_TODAY[bool(verdicts)]
    return ChangesSince(Text(f"{asked.fr} {what.fr}", f"{asked.en} {what.en}"), verdicts)


_MOVED = (message(" For your project, no verdict changes."), message(" For your project:"))
_BY_TODAY = (message("Under that of today, no verdict changes."), message("Under that of today:"))


def _periods_differ(one: date, other: date) -> bool:
    return rules_at(one).period != rules_at(other).period


def _assessment(knowledge: Knowledge, tree: Tree, day: date) -> Assessment | None:
    try:
        return knowledge.assess(with_name(tree), as_of=day, anyway=True)
    except MontagesError:
        return None


def _verdicts(before: Assessment, after: Assessment) -> tuple[Text, ...]:
    """Return the set-ups whose verdict is another."""
    old = _standings(before.conclusions)
    return tuple(
        _line(name, old[slug], verdict)
        for slug, (name, verdict) in _standings(after.conclusions).items()
        if slug in old and old[slug][1] != verdict
    )


def _standings(conclusions: Conclusions) -> dict[str, tuple[Text, str]]:
    """Return the name and verdict of each contract, and of each procedure of the first of them."""
    rows = {row.slug: (row.shown.arrangement.label, group(row.shown)) for row in conclusions.rows}
    families = procedures(conclusions, "fr")[:1]
    useful = {name for family in families for _, names in family.verdicts for name in names}
    return rows | {
        result.arrangement.slug: (result.arrangement.label, result.procedure.value)
        for result in conclusions.verdicts
        if result.procedure is not None and result.arrangement.label.fr in useful
    }


def _line(name: Text, before: tuple[Text, str], after: str) -> Text:
    texts = []
    for lang in ("fr", "en"):
        words = [lower(_SIGNS[verdict].one[lang]) for verdict in (before[1], after)]
        texts.append(f"{name[lang]}{colon(lang)} {' → '.join(words)}")
    return Text(*texts)


def _sentence(then: date | None, edited: bool, moved: bool, changed: int) -> Text:
    if then is None:
        return _EARLIER_RULES
    made = message("This link was made on {day}.", day=Text(day(then, "fr"), day(then, "en")))
    if edited and moved:
        since = message(" Since then, the law and our rules have changed.")
    elif moved:
        since = message(" Since then, the law has changed.")
    elif edited:
        since = message(" Since then, our rules have been revised: the result is that of today.")
    else:
        since = message(" Nothing has changed since then.")
    if not moved:
        return Text(made.fr + since.fr, made.en + since.en)
    what = _MOVED[bool(changed)]
    return Text(made.fr + since.fr + what.fr, made.en + since.en + what.en)


_EARLIER_RULES = message(
    "Since this link, our rules have been revised: the result is that of today."
)
