"""What a link to a project holds, in one order; the names of its parameters, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from montages.bilingual import Text, joined, message
from montages.description.parsing.answer_values import criterion_list
from montages.description.parsing.key_faults import key_meant
from montages.description.parsing.key_values import WORD, listing
from montages.errors import MontagesError
from montages.hidden_signs import excerpt
from montages.knowledge.actor_kinds import classes_of_kinds
from montages.knowledge.description_keys import RETAINED_KEYS, answer_keys, key_labels
from montages.knowledge.did_you_mean import suggestion as did_you_mean
from montages.knowledge.model import Criterion
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import label_index, name_of, plain_form
from montages.names import ID, slugify
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


@dataclass(frozen=True)
class AddressFault:
    """A parameter that cannot be read: its name, what to say of it, and the key that it is about, if any."""

    parameter: str
    message: Text
    key: str = ""


def _criterion_of(key: str) -> Criterion:
    """Return the criterion that a key answers."""
    return rulebook().criteria[answer_keys()[key]]


def list_words(values: Iterable[str]) -> list[str]:
    """Return the words of lists."""
    return [word for value in values for part in value.split(LIST) if (word := part.strip())]


def answer_pieces(key: str, values: Sequence[str]) -> list[str]:
    """Return each of several answers to a question: a number may have a comma, and the name of a value."""
    criterion = _criterion_of(key)
    if criterion.numeric_property:
        return list(values)
    names = label_index()[criterion_list(criterion.slug).name]
    whole = [v for v in values if plain_form(v) in names and UNKNOWN not in list_words([v])]
    return [*whole, *list_words(value for value in values if value not in whole)]


def unique_values(values: Iterable[Any]) -> list[Any]:
    """Return the values of a parameter that could be read, each once."""
    return list(dict.fromkeys(value for value in values if value is not None))


def one_or_all(values: list[Any], key: str) -> Any:
    """Return the value of a question that takes one, all of them as a list where it takes several."""
    return values[0] if len(values) == 1 and not _criterion_of(key).multiple else values


# A value, or a name, longer than this is cut in a message; a list longer than this is not told.
_LONGEST, _LISTED = 60, 20
# What the parameter of layers names: each layer, and how it is run.
_OF_LAYERS = ("layer", "management-mode")
# Where the things are that the values of a key stand for.
_FOLDERS = {"usages": "usage", **dict.fromkeys(FLAGS, "yes-no")}


def accepted_parameters() -> list[str]:
    """Return the parameters of a project as a whole, without those of its perimeters and layers."""
    parts = (*TEXTS, "holder", "usages", "perimeters", "layers")
    rest = ("complete", *FLAGS, *THINGS, *NODE_TEXTS[1:], "asserts", "assumes")
    return [*parts, *answer_keys(), *rest, *DATES, RULES]


def unknown_parameter(name: str, accepted: Sequence[str]) -> AddressFault:
    """Return the fault of a parameter that is none of ours, with the one that it may have meant."""
    meant = key_meant(name, list(accepted))
    hint, short = did_you_mean(meant.rpartition("/")[2] if meant else None), excerpt(name, _LONGEST)
    return AddressFault(
        name,
        message("The link has an unknown parameter, “{excerpt}”.{hint}", excerpt=short, hint=hint),
        meant.rpartition("/")[2] if meant else "",
    )


def bad_value(
    name: str,
    value: str,
    *,
    accepted: Collection[str] = (),
    suggestion: str | None = None,
    error: MontagesError | None = None,
) -> AddressFault:
    """Return the fault of a value, with those accepted by their names; `error` is what reading it raised."""
    key, extra = key_of_parameter(name), error.extra if error else {}
    about = PART_NAMES.get(key) or key_labels().get(key, Text(key, key))
    short = excerpt(value, _LONGEST)
    meant = suggestion or extra.get("suggestion")
    listed = list(accepted or extra.get("accepted") or ())
    names = [_value_name(key, answer) for answer in listed]
    near = _value_name(key, meant) if meant else None
    hints, lists = Text("", ""), Text("", "")
    if near is not None:
        hints = message(" Did you mean “{near}”?", near=near)
    if names and near is None and len(names) <= _LISTED:
        lists = message(" Possible answers: {names}.", names=joined(names))
    reason = _reason(error) if error and not names else Text("", "")
    return AddressFault(
        name,
        message(
            "{about}: “{excerpt}” is not a possible answer{reason}.{hints}{lists}",
            about=about,
            excerpt=short,
            reason=reason,
            hints=hints,
            lists=lists,
        ),
        key,
    )


def no_such_node(name: str, head: str) -> AddressFault:
    """Return the fault of a perimeter, or of a layer, that the link does not name among its own."""
    if head.startswith(PERIMETER):
        text = message(
            "The perimeter “{excerpt}” is not among those of the link (perimeters=…).",
            excerpt=excerpt(head[1:], _LONGEST),
        )
        return AddressFault(name, text, "perimeters")
    text = message(
        "The layer “{excerpt}” is not among those of the link (layers=…).",
        excerpt=excerpt(head, _LONGEST),
    )
    return AddressFault(name, text, "layers")


def others_left(number: int) -> AddressFault:
    """Return the fault of the parameters that were not looked at, after many bad ones."""
    return AddressFault(
        "",
        message(
            "The link is too damaged: its {number} other parameters were not read.", number=number
        ),
    )


def _reason(error: MontagesError) -> Text:
    """Return why a value is not read, where a list does not say it: without the place and the value."""
    texts = []
    for lang, opening in (("fr", " (reçu"), ("en", " (given")):
        parts = error.message(lang).partition(": ")
        texts.append((parts[2] or parts[0]).partition(opening)[0].rstrip("."))
    return Text(*(f" ({text})" if text else "" for text in texts))


def _value_name(key: str, slug: str) -> Text:
    """Return the name of a value of a key; as it is written where it has none."""
    criteria = _OF_LAYERS if key == "layers" else filter(None, (answer_keys().get(key),))
    if values := [v for name in criteria for v in rulebook().criteria[name].values]:
        names = {v.slug: v.label for v in values}
        return names.get(slug, Text(slug, slug))
    if key == "holder":
        kinds = {cls: kind for kind, cls in classes_of_kinds().items()}
        return name_of(f"{ID}actor-kind/{kinds.get(slug, slug)}")
    return name_of(f"{ID}{_FOLDERS.get(key, key)}/{slug}")
