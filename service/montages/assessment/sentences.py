"""The words of an explanation, in both languages: answers, accepted values, one sentence a verdict."""

from __future__ import annotations

from montages.assessment.arrangement_result import Check, Missing
from montages.knowledge.buckets import spaced
from montages.knowledge.logic import Answer
from montages.knowledge.model import Arrangement, Clause, Criterion, Text
from montages.knowledge.periods import Rules

# A sentence names this many missing answers, and counts the others.
_NAMED = 4
_STATUS_WORDS = {
    "eligible": Text("possible", "eligible"),
    "undetermined": Text("indéterminé", "undetermined"),
    "conflict": Text("en conflit", "in conflict"),
    "ineligible": Text("écarté", "ineligible"),
    "not-in-force": Text("pas en vigueur à cette date", "not in force at that date"),
}
_STATE_WORDS = {
    "not-asked": Text("aucune information", "no information"),
    "explicit-unknown": Text("déclaré inconnu", "declared unknown"),
}
_SIDES = {
    "at-most": Text("au plus", "at most"),
    "below": Text("moins de", "under"),
    "at-least": Text("au moins", "at least"),
    "above": Text("plus de", "over"),
}


def accepted_text(clause: Clause, rules: Rules) -> Text:
    """Return what a clause accepts, in words: values, or bounds with their unit."""
    criterion = rules.criteria[clause.criterion]
    if not clause.bounds:
        labels = [v.label for v in criterion.values if v.slug in clause.accepts]
        return Text(" ou ".join(t.fr for t in labels), " or ".join(t.en for t in labels))
    parts: dict[str, list[str]] = {"fr": [], "en": []}
    for bound in clause.bounds:
        limit = rules.limit(bound)
        for lang in ("fr", "en"):
            number = spaced(limit, lang) if limit is not None else "?"
            parts[lang].append(f"{_SIDES[bound.side][lang]} {number}")
    return Text(
        f"{' et '.join(parts['fr'])} {criterion.unit.fr}",
        f"{' and '.join(parts['en'])} {criterion.unit.en}",
    )


def shown(given: Answer, criterion: Criterion) -> Text:
    """Return an answer in words; says why where there is none."""
    if given.number is not None:
        return Text(
            f"{spaced(given.number, 'fr')} {criterion.unit.fr}",
            f"{spaced(given.number, 'en')} {criterion.unit.en}",
        )
    if not given.values:
        return _STATE_WORDS.get(given.state, _STATE_WORDS["not-asked"])
    labels = [v.label for v in criterion.values if v.slug in given.values]
    return Text(", ".join(t.fr for t in labels), ", ".join(t.en for t in labels))


def summary(
    arrangement: Arrangement,
    status: str,
    checks: tuple[Check, ...],
    missing: tuple[Missing, ...],
    rules: Rules,
) -> Text:
    """Return one sentence: the status, and what decides it or is missing."""
    hard = [c for c in checks if c.requirement.hard]
    if status == "ineligible":
        detail = _obstacles([c for c in hard if c.outcome == "violated"])
    elif status == "conflict":
        detail = _obstacles([c for c in hard if c.outcome == "contradicted"])
    elif status == "undetermined":
        detail = _to_answer([rules.criteria[m.criterion].label for m in missing])
    else:
        detail = _satisfied(len({c.requirement.slug for c in hard}))
    word = _STATUS_WORDS[status]
    return Text(
        f"{arrangement.label.fr} : {word.fr} — {detail.fr}.",
        f"{arrangement.label.en}: {word.en} — {detail.en}.",
    )


def _obstacles(checks: list[Check]) -> Text:
    return Text(
        " ; ".join(_against(c, "fr") for c in checks), "; ".join(_against(c, "en") for c in checks)
    )


def _to_answer(names: list[Text]) -> Text:
    if not names:
        return Text(
            "un seuil n'a pas de montant connu à cette date",
            "a threshold has no known amount at that date",
        )
    more = len(names) - _NAMED
    rest = Text(f" et {more} autre(s)", f" and {more} more") if more > 0 else Text("", "")
    return Text(
        "il manque " + ", ".join(_lower(n.fr) for n in names[:_NAMED]) + rest.fr,
        "missing " + ", ".join(_lower(n.en) for n in names[:_NAMED]) + rest.en,
    )


def _satisfied(n: int) -> Text:
    if n == 0:
        return Text("aucune exigence juridique", "no legal requirement")
    if n == 1:
        return Text("l'exigence juridique est satisfaite", "the legal requirement is satisfied")
    return Text(
        f"les {n} exigences juridiques sont satisfaites",
        f"all {n} legal requirements are satisfied",
    )


def _lower(name: str) -> str:
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _against(check: Check, lang: str) -> str:
    where = check.requirement.sources[0].label[lang]
    given, wanted = check.shown[lang], check.accepted[lang]
    if lang == "fr":
        return f"« {check.requirement.label.fr} » : {given}, au lieu de « {wanted} » ({where})"
    return f"“{check.requirement.label.en}”: {given}, instead of “{wanted}” ({where})"


def not_in_force(arrangement: Arrangement) -> Text:
    """Return the sentence for an arrangement that does not exist at the date."""
    return Text(
        f"{arrangement.label.fr} : pas en vigueur à cette date.",
        f"{arrangement.label.en}: not in force at that date.",
    )
