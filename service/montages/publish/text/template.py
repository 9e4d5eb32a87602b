"""A description to fill in: every question by theme, with its answers; nothing answered yet."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from rdflib import RDF, URIRef

from montages.bilingual import message
from montages.knowledge.actor_kinds import classes_of_holders
from montages.knowledge.files import library
from montages.knowledge.graphs import label
from montages.knowledge.model import Criterion
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, slug
from montages.publish.text import assessment_rows
from montages.publish.text.messages import phrase

_WIDTH = 96
# Asked elsewhere in the file: on the holder, and on each layer.
_ELSEWHERE = ("holder", "layer", "management-mode")

_HEAD = message(
    "Description of a project, to fill in. Write your answers after the colons; leave empty "
    "what you do not know: what is missing stays open, nothing is assumed. An answer is "
    "written by its code or by its name (“yes” or “Yes”), an amount or a duration as one says "
    "it (20 k€, 12 years). Lines that begin with # are explanations. Then: “montages check "
    "FILE”, and “montages assess FILE”."
)
_PROJECT = message("My project")
_PARTS = {
    "holder": message("Who holds the project: its name, and what it is, among:"),
    "layers": message(
        "The technical layers in use, one a line, with their management mode. Remove the # "
        "before those you use, and keep one mode: own, delegated, subscription."
    ),
    "layers-complete": message(
        "Write true if the list of layers is complete: the others are then known not to be used."
    ),
    "usages": message("What the project is for, in brackets, among:"),
    "usages-complete": message("Write true if the list of uses is complete."),
    "answers": message("The questions."),
    "unknown": message(
        "What you have looked for without finding: the keys, in brackets. You will not be "
        "asked again."
    ),
    "complete": message("The questions with several answers to which you gave them all, among:"),
    "retained": message("The contract chosen, if it is, among:"),
    "derived": message("Often follows from the rest."),
}


def template(lang: str) -> str:
    """Return a YAML description with every question and no answer; it can be assessed as it is."""
    contracts, layers = rulebook().contract_types, rulebook().criteria["layer"].values
    kinds, classes = rulebook().criteria["holder"].values, classes_of_holders()
    actors = ((classes[kind.slug], kind.label[lang]) for kind in kinds if kind.slug in classes)
    several = [assessment_rows.key(c) for c in rulebook().criteria.values() if c.multiple]
    parts = [
        _comment(_HEAD[lang]),
        f"project: {_PROJECT[lang]}",
        "",
        _comment(f"{_PARTS['holder'][lang]} {_pairs_text(actors)}"),
        "holder:\n  name:\n  type:",
        "",
        _comment(_PARTS["layers"][lang]),
        "layers:",
        *(f"  # - {{layer: {v.slug}, mode: own}}   # {v.label[lang]}" for v in layers),
        _comment(_PARTS["layers-complete"][lang]),
        "layers-complete:",
        "",
        _comment(f"{_PARTS['usages'][lang]} {_pairs_text(_usages(lang))}"),
        "usages: []",
        _comment(_PARTS["usages-complete"][lang]),
        "usages-complete:",
        "",
        _comment(_PARTS["answers"][lang]),
        "answers:",
        *_questions(lang),
        _comment(_PARTS["unknown"][lang]),
        "unknown: []",
        "",
        _comment(f"{_PARTS['complete'][lang]} {', '.join(several)}"),
        "complete: []",
        "",
        _comment(
            f"{_PARTS['retained'][lang]} {_pairs_text((a.slug, a.label[lang]) for a in contracts)}"
        ),
        "retained:",
    ]
    return "\n".join(parts) + "\n"


def _questions(lang: str) -> Iterator[str]:
    """Yield the questions by theme, each theme under its name."""
    every = rulebook().criteria.values()
    criteria = [c for c in every if c.answer_origin != "Derived" and c.slug not in _ELSEWHERE]
    for theme in rulebook().themes.values():
        asked = [c for c in criteria if c.theme == theme.slug]
        if asked:
            yield f"  # — {theme.label[lang]} —\n"
        yield from (_question(c, lang) for c in asked)


def _question(criterion: Criterion, lang: str) -> str:
    question = criterion.question[lang]
    if criterion.answer_origin == "AskedOrDerived":
        question += f" {_PARTS['derived'][lang]}"
    lines = [_comment(question, "  # "), _comment(criterion.help[lang], "  # ")]
    if criterion.numeric_property:
        lines.append(f"  # {assessment_rows.accepted(criterion, lang)}")
    elif {v.slug for v in criterion.values} != {"yes", "no"}:
        more = f" ({phrase('several', lang)})" if criterion.multiple else ""
        values = _pairs_text((v.slug, v.label[lang]) for v in criterion.values)
        lines.append(_comment(values + more, "  # → ", "  #   "))
    else:
        lines.append("  # → yes, no")
    return "\n".join(line for line in lines if line) + f"\n  {assessment_rows.key(criterion)}:\n"


def _pairs_text(pairs: Iterable[tuple[str, str]]) -> str:
    return ", ".join(key if key == name else f"{key} = {name}" for key, name in pairs)


def _comment(text: str, first: str = "# ", later: str | None = None) -> str:
    """Return a text as comment lines; an empty text gives none."""
    return textwrap.fill(
        text, _WIDTH, initial_indent=first, subsequent_indent=later or first, break_on_hyphens=False
    )


def _usages(lang: str) -> list[tuple[str, str]]:
    data = library.data()
    usages = sorted(s for s in data.subjects(RDF.type, MTG.Usage) if isinstance(s, URIRef))
    return [(slug(s), label(data, s)[lang]) for s in usages]
