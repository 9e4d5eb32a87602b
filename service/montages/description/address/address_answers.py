"""What a project answers: under a parameter of its address, and all in words, a line an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any

from montages.bilingual import NO_TEXT, Text, in_both, joined, message
from montages.description.address.project_address import (
    NODE,
    PART_NAMES,
    PERIMETER,
    RULES,
    UNKNOWN,
    WANTED_BY,
    ProjectAddress,
    Tree,
    key_of_parameter,
    layer_names,
    node_of,
)
from montages.description.address.read_address import read_address
from montages.description.address.write_address import Pair, address_pairs, value_text
from montages.description.dates import last_day, written_day
from montages.description.parsing.key_values import listing
from montages.description.reader import read_sentence
from montages.description.reader.sentence_project import OWN_WORDS
from montages.knowledge.actor_kinds import classes_of_kinds
from montages.knowledge.buckets import measured
from montages.knowledge.description_keys import answer_keys, criterion_keys
from montages.knowledge.model import Criterion
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import name_of
from montages.names import ID


def chosen_values(parameter: str, tree: Tree) -> tuple[str, ...]:
    """Return what is answered under a parameter, "I do not know" included."""
    node, key = node_of(parameter, tree) or {}, key_of_parameter(parameter)
    values = [value_text(value) for value in listing((node.get("answers") or {}).get(key))]
    unknown = answer_keys().get(key) in listing(node.get("unknown"))
    return (*values, *([UNKNOWN] * unknown))


def parameter_of(pointer: str, tree: Tree) -> str:
    """Return the parameter by which what stands at a place of a description is answered; "" for none.

    The place is a JSON pointer; what a list of unknown answers holds is answered under its own key.
    """
    node: Mapping[str, Any] = tree
    head = ""
    way = [step for step in pointer.split("/") if step]
    if way[:1] == ["layers"] and len(way) > 2 and way[1].isdigit():
        head, node = list(layer_names(tree.get("layers")))[int(way[1])]
        head, way = f"{head}{NODE}", way[2:]
    elif way[:1] == ["perimeters"] and len(way) > 2:
        node = (tree.get("perimeters") or {}).get(way[1]) or {}
        head, way = f"{PERIMETER}{way[1]}{NODE}", way[2:]
    if way[:1] == ["unknown"] and len(way) > 1 and way[1].isdigit():
        names = listing(node.get("unknown"))
        key = criterion_keys().get(str(names[int(way[1])]), "") if int(way[1]) < len(names) else ""
        return head + key if key else ""
    if way[:1] == ["answers"] and len(way) > 1:
        return head + way[1] if way[1] in answer_keys() else ""
    return way[0] if way and not head else "layers" if way[:1] == ["mode"] else ""


def where_text(parameters: Sequence[str], tree: Tree) -> Text:
    """Return the names of the layers and perimeters that parameters are about, none for the whole project."""
    return joined(_head_name(p.partition(NODE)[0], tree) for p in parameters if NODE in p)


def _head_name(head: str, tree: Tree) -> Text:
    if head.startswith(PERIMETER):
        area = (tree.get("perimeters") or {}).get(head[1:]) or {}
        name = str(area.get("name") or head[1:])
        return Text(name, name)
    layer = dict(layer_names(tree.get("layers"))).get(head) or {}
    named = name_of(f"{ID}layer/{next(iter(listing(layer.get('layer'))), head)}")
    area = next(iter(listing(layer.get("perimeter"))), None)
    if area is None:
        return named
    within = _head_name(f"{PERIMETER}{area}", tree)
    return Text(f"{named.fr} ({within.fr})", f"{named.en} ({within.en})")


# So many answers are read without titles between them.
_FEW = 8
# The criterion whose answers are understood without its name.
_WHAT = "contract-object"
DO_NOT_KNOW = message("I do not know", context="within a sentence")


@dataclass(frozen=True)
class SummaryLine:
    """One answer in words, with the parameter it is given by, and the part of the project it is for.

    `theme` is what the question is about, by slug; "" for who carries the project, its uses and its layers;
    `bare` tells that it is understood without its label: a part, a number with its unit, what is bought.
    """

    parameter: str
    label: Text
    answer: Text
    where: Text = NO_TEXT
    theme: str = ""
    bare: bool = True


def answer_summary(address: ProjectAddress) -> list[SummaryLine]:
    """Return what a project says, in the order of its address."""
    return [*_parts(address), *_nodes(address.tree), *_day_wanted(address.tree)]


def lines_by_theme(lines: Sequence[SummaryLine]) -> list[tuple[Text | None, list[SummaryLine]]]:
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
            yield SummaryLine(name, PART_NAMES[name], joined(words))


def _layer(head: str, tree: Tree) -> Text:
    """Return a layer use in words: its layer, where, and how it is run."""
    named = where_text((f"{head}.x",), tree)
    layer = dict(layer_names(tree.get("layers")))[head]
    modes = [name_of(f"{ID}management-mode/{mode}") for mode in listing(layer.get("mode"))]
    if not modes:
        return named
    how = joined(modes)
    return Text(f"{named.fr}, {how.fr.lower()}", f"{named.en}, {how.en.lower()}")


def _nodes(tree: Tree) -> Iterator[SummaryLine]:
    """Yield the answers of the project, then those of its perimeters and layers."""
    sums = _sums(tree)
    heads = ["", *(f"{PERIMETER}{area}." for area in tree.get("perimeters") or {})]
    heads += [f"{head}." for head, _ in layer_names(tree.get("layers"))]
    for head in heads:
        for name, key in criterion_keys().items():
            values = chosen_values(head + key, tree)
            if values and not (name == "holder" and values == (UNKNOWN,)):
                criterion = rulebook().criteria[name]
                words = joined([value_words(criterion, value) for value in values])
                if not head and name in sums:
                    words = Text(f"{words.fr} ({sums[name]})", f"{words.en} ({sums[name]})")
                where = where_text((head + key,), tree)
                bare = UNKNOWN not in values and bool(criterion.numeric_property or name == _WHAT)
                yield SummaryLine(head + key, criterion.label, words, where, criterion.theme, bare)


def _sums(tree: Tree) -> dict[str, str]:
    """Return how each number that a sentence says was worked out, where the project still says it."""
    sentence = str(tree.get(OWN_WORDS, ""))
    if not sentence:
        return {}
    reading, stated = read_sentence(sentence), tree.get("answers") or {}
    keys = criterion_keys()
    return {
        name: text.partition(" = ")[0]
        for name, text in reading.sums.items()
        if " = " in text and str(stated.get(keys.get(name, ""), "")) == str(reading.facts[name])
    }


def _day_wanted(tree: Tree) -> Iterator[SummaryLine]:
    for text in listing(tree.get(WANTED_BY)):
        day = last_day(str(text))
        words = in_both(partial(written_day, day))
        yield SummaryLine(WANTED_BY, PART_NAMES[WANTED_BY], words, bare=False)


def value_words(criterion: Criterion, value: str) -> Text:
    """Return one answer in words: a value by its name, a number with its unit."""
    if value == UNKNOWN:
        return DO_NOT_KNOW
    if criterion.numeric_property:
        return measured(Decimal(value), criterion.unit)
    names = {v.slug: v.label for v in criterion.values}
    return names.get(value, Text(value, value))


# The head of a parameter of the original; without a value, the original does not have it.
WAS = "was."
# When a link was made says nothing of its project.
OF_LINK = ("day", RULES)


@dataclass(frozen=True)
class AddressChange:
    """One answer that a project gives otherwise than its original, in words; empty where there is none."""

    parameter: str
    label: Text
    where: Text
    before: Text
    after: Text


def original_address(address: ProjectAddress, was: Sequence[Pair]) -> ProjectAddress | None:
    """Return the project that one was made from, by the parameters that it had; None where both are alike."""
    if not was:
        return None
    stated = [(name.removeprefix(WAS), value) for name, value in was]
    names = {name for name, _ in stated}
    own = [pair for pair in address_pairs(address) if pair[0] not in names]
    original = replace(read_address([*own, *stated]).address, day=address.day, rules=address.rules)
    return original if differing(address, original) else None


def difference_pairs(address: ProjectAddress, original: ProjectAddress) -> list[Pair]:
    """Return the parameters of an original that a project has otherwise, each under its head."""
    theirs = address_pairs(original)
    pairs = []
    for name in differing(address, original):
        values = [value for key, value in theirs if key == name]
        pairs += [(f"{WAS}{name}", value) for value in values or [""]]
    return pairs


def differing(address: ProjectAddress, original: ProjectAddress) -> list[str]:
    """Return the parameters that two projects have otherwise, in the order of the one, then of the other."""
    own, theirs = _values(address_pairs(address)), _values(address_pairs(original))
    names = dict.fromkeys((*own, *theirs))
    return [name for name in names if own.get(name) != theirs.get(name) and name not in OF_LINK]


def answer_changes(address: ProjectAddress, original: ProjectAddress) -> list[AddressChange]:
    """Return what a project answers otherwise than its original, in words, a line an answer."""
    before = {line.parameter: line for line in answer_summary(original)}
    after = {line.parameter: line for line in answer_summary(address)}
    changes = []
    for parameter in dict.fromkeys((*after, *before)):
        one, other = before.get(parameter), after.get(parameter)
        line = other or one
        assert line is not None
        answers = tuple(side.answer if side else NO_TEXT for side in (one, other))
        if answers[0] != answers[1]:
            changes.append(AddressChange(parameter, line.label, line.where, *answers))
    return changes


def _values(pairs: Iterable[Pair]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return values
