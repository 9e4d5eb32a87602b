"""What a project says so far, a line an answer, each with the parameter to change it by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from montages.bilingual import NO_TEXT, Text
from montages.description.address.parameter_answers import chosen_values, where_text
from montages.description.address.project_address import (
    PART_NAMES,
    PERIMETER,
    UNKNOWN,
    ProjectAddress,
    Tree,
    criterion_keys,
    layer_names,
)
from montages.description.parsing.key_values import listing
from montages.knowledge.actor_kinds import classes_of_kinds
from montages.knowledge.buckets import spaced
from montages.knowledge.labels import name_of
from montages.knowledge.model import Criterion
from montages.knowledge.rulebook import rulebook
from montages.names import ID

# So many answers are read without titles between them.
_FEW = 8
DO_NOT_KNOW = Text("je ne sais pas", "I do not know")


@dataclass(frozen=True)
class SummaryLine:
    """One answer in words, with the parameter it is given by, and the part of the project it is for.

    `theme` is what the question is about, by slug; "" for who carries the project, its uses and its layers.
    """

    parameter: str
    label: Text
    answer: Text
    where: Text = NO_TEXT
    theme: str = ""


def answer_summary(address: ProjectAddress) -> list[SummaryLine]:
    """Return what a project says, in the order of its address."""
    return [*_parts(address), *_nodes(address.tree)]


def by_theme(lines: Sequence[SummaryLine]) -> list[tuple[Text | None, list[SummaryLine]]]:
    """Return lines by what they are about, under its name; who, what for and with what first, under none.

    Few lines need no names.
    """
    if len(lines) <= _FEW:
        return [(None, list(lines))]
    groups: list[tuple[Text | None, list[SummaryLine]]]
    groups = [(None, [line for line in lines if not line.theme])]
    groups += [
        (theme.label, [line for line in lines if line.theme == theme.slug])
        for theme in rulebook().themes.values()
    ]
    return [(title, of) for title, of in groups if of or title is None]


def _parts(address: ProjectAddress) -> Iterator[SummaryLine]:
    tree = address.tree
    kinds = {cls: kind for kind, cls in classes_of_kinds().items()}
    values = {v.slug: v.label for v in rulebook().criteria["holder"].values}
    types = listing((tree.get("holder") or {}).get("type"))
    holder = [values.get(kinds.get(c, c), Text(str(c), str(c))) for c in types]
    if "holder" in listing(tree.get("unknown")):
        holder.append(DO_NOT_KNOW)
    usages = [name_of(f"{ID}usage/{usage}") for usage in listing(tree.get("usages"))]
    areas = [where_text((f"{PERIMETER}{area}.x",), tree) for area in tree.get("perimeters") or {}]
    layers = [_layer(head, tree) for head, _ in layer_names(tree.get("layers"))]
    parts = {"holder": holder, "usages": usages, "perimeters": areas, "layers": layers}
    for name, words in parts.items():
        if name in address.passed:
            words.append(DO_NOT_KNOW)
        if words:
            yield SummaryLine(name, PART_NAMES[name], _together(words))


def _layer(head: str, tree: Tree) -> Text:
    """Return a layer use in words: its layer, where, and how it is run."""
    named = where_text((f"{head}.x",), tree)
    layer = dict(layer_names(tree.get("layers")))[head]
    modes = [name_of(f"{ID}management-mode/{mode}") for mode in listing(layer.get("mode"))]
    if not modes:
        return named
    how = _together(modes)
    return Text(f"{named.fr}, {how.fr.lower()}", f"{named.en}, {how.en.lower()}")


def _nodes(tree: Tree) -> Iterator[SummaryLine]:
    """Yield the answers of the project, then those of its perimeters and layers."""
    heads = ["", *(f"{PERIMETER}{area}." for area in tree.get("perimeters") or {})]
    heads += [f"{head}." for head, _ in layer_names(tree.get("layers"))]
    for head in heads:
        for name, key in criterion_keys().items():
            values = chosen_values(head + key, tree)
            if values and not (name == "holder" and values == (UNKNOWN,)):
                criterion = rulebook().criteria[name]
                words = _together([value_words(criterion, value) for value in values])
                where = where_text((head + key,), tree)
                yield SummaryLine(head + key, criterion.label, words, where, criterion.theme)


def value_words(criterion: Criterion, value: str) -> Text:
    """Return one answer in words: a value by its name, a number with its unit."""
    if value == UNKNOWN:
        return DO_NOT_KNOW
    if criterion.numeric_property:
        number = Decimal(value)
        return Text(*(f"{spaced(number, x)} {criterion.unit[x]}" for x in ("fr", "en")))
    names = {v.slug: v.label for v in criterion.values}
    return names.get(value, Text(value, value))


def _together(texts: list[Text]) -> Text:
    return Text(*(", ".join(text[lang] for text in texts) for lang in ("fr", "en")))
