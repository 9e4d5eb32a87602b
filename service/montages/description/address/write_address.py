"""A project as the parameters of a link: readable, in one order, whatever the order of its keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from montages.description.address.project_address import (
    COMPLETE_FLAGS,
    LIST,
    MODE,
    NODE,
    NODE_TEXTS,
    PERIMETER,
    RULES,
    TEXTS,
    THINGS,
    UNKNOWN,
    ProjectAddress,
    Tree,
    layer_names,
    perimeter_word,
)
from montages.description.parsing.key_values import WORD, listing
from montages.knowledge.actor_kinds import classes_of_kinds
from montages.knowledge.description_keys import criterion_keys
from montages.knowledge.rulebook import rulebook
from montages.names import slugify

Pair = tuple[str, str]
# What stands as it is in the parameters of an address, where people should read it (RFC 3986, 3.4).
_PLAIN = "@:,./?"


def address_query(address: ProjectAddress) -> str:
    """Return what follows the question mark of a link; nothing for a project of which nothing is said."""
    return query_of(address_pairs(address))


def query_of(pairs: Iterable[Pair]) -> str:
    """Return parameters as one text, with as few signs written by their codes as may be."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)


def _quoted(text: str) -> str:
    return quote(text, safe=_PLAIN + " ").replace(" ", "+")


def address_pairs(address: ProjectAddress) -> list[Pair]:
    """Return the parameters of a link to a project, in their order, each with its value."""
    tree = with_named_perimeters(address.tree)
    areas = tree.get("perimeters") or {}
    pairs = [
        *_texts(tree),
        *_holder(tree),
        *_words("usages", [*listing(tree.get("usages")), *_passed("usages", address)]),
        *_words("perimeters", areas),
        *_words("layers", [*_layers(tree), *_passed("layers", address)]),
        *(pair for name, area in areas.items() for pair in _node(area or {}, f"@{name}.")),
        *(
            pair
            for name, layer in layer_names(tree.get("layers"))
            for pair in _node(layer, f"{name}.")
        ),
        *_node({key: value for key, value in tree.items() if key not in ("name", "usages")}, ""),
        *_flags(tree),
        *((f"assumes.{key}", text) for key, text in _assumed(tree)),
    ]
    if address.as_of:
        pairs.append(("as_of", address.as_of.isoformat()))
    if address.day:
        pairs.append(("day", address.day.isoformat()))
    if address.rules:
        pairs.append((RULES, address.rules))
    return pairs


def with_named_perimeters(tree: Tree) -> Tree:
    """Return a tree whose perimeters are named by a word; the name that each had is kept beside it."""
    areas = tree.get("perimeters") or {}
    if all(WORD.fullmatch(str(name)) for name in areas):
        return tree
    words: dict[str, str] = {}
    for name in areas:
        word = perimeter_word(str(name))
        while word in words.values():
            word += "-2"
        words[name] = word
    named = {
        word: (areas[name] or {}) if name == word else {"name": name, **(areas[name] or {})}
        for name, word in words.items()
    }
    layers = [
        {**layer, "perimeter": [words.get(p, p) for p in listing(layer.get("perimeter"))]}
        if isinstance(layer, dict)
        else layer
        for layer in listing(tree.get("layers"))
    ]
    return {**tree, "perimeters": named} | ({"layers": layers} if layers else {})


def _texts(tree: Tree) -> Iterator[Pair]:
    named = slugify(str(tree.get("project") or "projet"))
    for key in TEXTS:
        value = tree.get(key)
        if value and not (key == "id" and value == named):
            yield key, str(value)


def _holder(tree: Tree) -> Iterator[Pair]:
    holder = tree.get("holder") or {}
    holder = holder if isinstance(holder, dict) else {"type": holder}
    kinds = {cls: kind for kind, cls in classes_of_kinds().items()}
    words = [kinds.get(cls, str(cls)) for cls in listing(holder.get("type"))]
    unknown = [UNKNOWN] * ("holder" in listing(tree.get("unknown")))
    yield from _words("holder", [*words, *unknown])
    for key in ("name", "siren"):
        if holder.get(key):
            yield f"holder.{key}", str(holder[key])


def _passed(part: str, address: ProjectAddress) -> list[str]:
    return [UNKNOWN] * (part in address.passed)


def _words(name: str, values: Iterable[Any]) -> Iterator[Pair]:
    """Yield a list as one parameter, none for an empty one."""
    if text := LIST.join(str(value) for value in values):
        yield name, text


def _layers(tree: Tree) -> Iterator[str]:
    for _, layer in layer_names(tree.get("layers")):
        modes = [str(mode) for mode in listing(layer.get("mode"))]
        areas = [f"{PERIMETER}{area}" for area in listing(layer.get("perimeter"))]
        named = "/".join(str(name) for name in listing(layer.get("layer")))
        yield MODE.join([named, *modes]) + "".join(areas)


def _node(node: Mapping[str, Any], prefix: str) -> Iterator[Pair]:
    """Yield what is said of a project, a perimeter or a layer use alike."""
    if node.get("name"):
        yield f"{prefix}name", str(node["name"])
    yield from _words(f"{prefix}usages", listing(node.get("usages")))
    for key, text in _answers(node):
        if not prefix and key == "holder-kind" and text == UNKNOWN:
            continue  # told where the holder is
        yield f"{prefix}{key}", text
    lists = [name for name, flag in COMPLETE_FLAGS.items() if node.get(flag) is True]
    keys = criterion_keys()
    whole = [keys[name] for name in keys if name in listing(node.get("complete"))]
    yield from _words(f"{prefix}complete", [*lists, *whole])
    asserts = node.get("asserts") or {}
    yield from _words(f"{prefix}asserts", (name for name, note in asserts.items() if not note))
    for name, note in asserts.items():
        if note:
            yield f"{prefix}asserts{NODE}{name}", str(note)
    for key in THINGS:
        yield from _words(f"{prefix}{key}", listing(node.get(key)))
    for key in NODE_TEXTS:
        if key != "name" and node.get(key):
            yield f"{prefix}{key}", str(node[key])


def _answers(node: Mapping[str, Any]) -> Iterator[Pair]:
    """Yield the answers in author order; several numbers for one question are several parameters."""
    answers, unknown = node.get("answers") or {}, listing(node.get("unknown"))
    criteria = rulebook().criteria
    for name, key in criterion_keys().items():
        values = [value_text(value) for value in listing(answers.get(key))]
        values += [UNKNOWN] * (name in unknown)
        if criteria[name].numeric_property:
            yield from ((key, value) for value in values)
        elif values:
            yield key, LIST.join(values)


def _assumed(tree: Tree) -> Iterator[Pair]:
    for key, value in (tree.get("assumes") or {}).items():
        yield from ((key, value_text(one)) for one in listing(value))


def _flags(tree: Tree) -> Iterator[Pair]:
    for flag in COMPLETE_FLAGS.values():
        if tree.get(flag) is False:
            yield flag, "no"
    if isinstance(tree.get("presumptions"), bool):
        yield "presumptions", "yes" if tree["presumptions"] else "no"


def value_text(value: Any) -> str:
    """Return a value of our keys as a text: a number in plain digits."""
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    return str(value)
