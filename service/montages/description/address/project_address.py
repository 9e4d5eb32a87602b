"""What a link to a project holds, in one order, and the names of its parameters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from montages.bilingual import message
from montages.description.parsing.key_values import WORD, listing
from montages.knowledge.description_keys import RETAINED_KEYS, answer_keys
from montages.names import slugify
from montages.one_line import OneLine

Tree = dict[str, Any]

# "I do not know", among the values of a question; of a part to describe, that it was passed over.
UNKNOWN = "?"
LIST, MODE, PERIMETER, NODE = ",", ":", "@", "."
# A parameter under one of these heads says something of it, and not of a layer.
HEADS = ("holder", "asserts", "assumes")
# The parts that one may pass over, and the lists that are said complete by a flag of their own.
PASSABLE = ("usages", "layers")
COMPLETE_FLAGS = {"usages": "usages-complete", "layers": "layers-complete"}
DATES = ("as_of", "day")
RULES = "rules"
# The day by which one wants to sign.
WANTED_BY = "wanted-by"
TEXTS = (
    "project",
    "project-en",
    "id",
    "description",
    WANTED_BY,
    "own-words",
    "not-understood",
    "unsure",
)
NODE_TEXTS = ("name", "contract-state-on", "signed-on")
FLAGS = (*COMPLETE_FLAGS.values(), "presumptions")
THINGS = tuple(key for key in RETAINED_KEYS if key not in NODE_TEXTS)
# What each parameter that answers no question is called.
PART_NAMES = {
    "project": message("Name of the project"),
    "holder": message("Project holder"),
    "usages": message("Uses"),
    "perimeters": message("Areas"),
    "layers": message("Layers"),
    WANTED_BY: message("Signature wanted"),
    "as_of": message("Day of the law"),
    "day": message("Date of the link"),
    RULES: message("Version of the rules"),
}
# What one may reasonably send in an e-mail.
LONGEST = 2000


@dataclass(frozen=True)
class ProjectAddress(OneLine):
    """A project as a link holds it: our keys, the parts that were passed over, when it was made.

    `as_of` is the day of the law that was asked for, None for today's; `day` and `rules` are the day and the
    version of the rules under which the link was made.
    """

    tree: Tree = field(default_factory=dict)
    passed: frozenset[str] = frozenset()
    as_of: date | None = None
    day: date | None = None
    rules: str = ""


def layer_names(layers: Any) -> Iterator[tuple[str, Tree]]:
    """Yield each layer use with the head of its parameters: its layer, numbered where it is not the first."""
    counts: dict[str, int] = {}
    for item in listing(layers):
        layer = item if isinstance(item, dict) else {"layer": item}
        name = str(next(iter(listing(layer.get("layer"))), ""))
        counts[name] = counts.get(name, 0) + 1
        yield (name if counts[name] == 1 else f"{name}-{counts[name]}"), layer


def node_of(parameter: str, tree: Tree) -> Tree | None:
    """Return what a parameter is about: a perimeter or a layer use, None for none such, or the whole."""
    head, _, rest = parameter.partition(NODE)
    if head.startswith(PERIMETER):
        area: Tree | None = (tree.get("perimeters") or {}).get(head[1:])
        return area
    return dict(layer_names(tree.get("layers"))).get(head) if rest else tree


def perimeter_word(name: str) -> str:
    """Return the word by which a link names a perimeter."""
    return name if WORD.fullmatch(name) else slugify(name)


def key_of_parameter(parameter: str) -> str:
    """Return the key that a parameter is about: its last word, or the head of those that have one."""
    head, _, rest = parameter.partition(NODE)
    if not rest or head in HEADS:
        return head
    return rest.partition(NODE)[0]


_KEY_ORDER = (
    *TEXTS, "holder", "perimeters", "layers", "usages", *FLAGS, "layer", "mode", "perimeter", "name",
    "answers", "unknown", "complete",
)  # fmt: skip


def in_order(tree: Tree) -> Tree:
    """Return a tree with its keys, its answers and its lists of criteria in the order of the author."""
    known = [key for key in _KEY_ORDER if key in tree]
    keys = known + [key for key in tree if key not in _KEY_ORDER]
    return {key: _ordered(key, tree[key]) for key in keys}


def _ordered(key: str, value: Any) -> Any:
    criteria = list(answer_keys().values())
    if key in ("unknown", "complete"):
        return sorted(value, key=criteria.index)
    if key in ("answers", "assumes"):
        return {k: value[k] for k in answer_keys() if k in value}
    if key == "perimeters":
        return {name: in_order(area) for name, area in value.items()}
    if key == "layers":
        return [in_order(layer) for layer in value]
    return value
