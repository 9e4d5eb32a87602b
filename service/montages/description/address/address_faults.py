"""What is wrong with a parameter of a link: what it says, what is accepted, and that the rest is kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from montages.bilingual import Text
from montages.description.address.project_address import (
    FLAGS,
    PART_NAMES,
    key_of_parameter,
)
from montages.description.parsing.key_faults import key_meant
from montages.errors import MontagesError
from montages.hidden_signs import visible
from montages.knowledge.actor_kinds import classes_of_kinds
from montages.knowledge.description_keys import answer_keys, key_labels
from montages.knowledge.did_you_mean import suggestion as did_you_mean
from montages.knowledge.labels import name_of
from montages.knowledge.rulebook import rulebook
from montages.names import ID

# A value, or a name, longer than this is cut in a message; a list longer than this is not told.
_LONGEST, _LISTED = 60, 20
# What the parameter of layers names: each layer, and how it is run.
_OF_LAYERS = ("layer", "management-mode")
# Where the things are that the values of a key stand for.
_FOLDERS = {"usages": "usage", **dict.fromkeys(FLAGS, "yes-no")}
_LEFT = Text("C'est laissé de côté, le reste est gardé.", "It is left out, the rest is kept.")


@dataclass(frozen=True)
class AddressFault:
    """A parameter that cannot be read: its name, what to say of it, and the key that it is about, if any."""

    parameter: str
    message: Text
    key: str = ""


def unknown_parameter(name: str, accepted: Sequence[str]) -> AddressFault:
    """Return the fault of a parameter that is none of ours, with the one that it may have meant."""
    meant = key_meant(name, list(accepted))
    hint, shown = did_you_mean(meant.rpartition("/")[2] if meant else None), _cut(name)
    return AddressFault(
        name,
        Text(
            f"Le lien a un paramètre inconnu, « {shown} ».{hint.fr} {_LEFT.fr}",
            f"The link has an unknown parameter, “{shown}”.{hint.en} {_LEFT.en}",
        ),
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
    shown = _cut(value)
    meant = suggestion or extra.get("suggestion")
    listed = list(accepted or extra.get("accepted") or ())
    names, near = [_name(key, each) for each in listed], _name(key, meant) if meant else None
    hints, lists = Text("", ""), Text("", "")
    if near is not None:
        hints = Text(f" Vouliez-vous « {near.fr} » ?", f" Did you mean “{near.en}”?")
    if names and near is None and len(names) <= _LISTED:
        lists = Text(
            f" Réponses possibles : {', '.join(n.fr for n in names)}.",
            f" Possible answers: {', '.join(n.en for n in names)}.",
        )
    reason = _reason(error) if error and not names else Text("", "")
    return AddressFault(
        name,
        Text(
            f"{about.fr} : « {shown} » n'est pas une réponse possible{reason.fr}."
            f"{hints.fr}{lists.fr} {_LEFT.fr}",
            f"{about.en}: “{shown}” is not a possible answer{reason.en}.{hints.en}{lists.en} {_LEFT.en}",
        ),
        key,
    )


def no_such_perimeter(name: str, word: str) -> AddressFault:
    """Return the fault of a perimeter that the link does not name among its perimeters."""
    shown = _cut(word)
    return AddressFault(
        name,
        Text(
            f"Le périmètre « {shown} » n'est pas parmi ceux du lien (perimeters=…). {_LEFT.fr}",
            f"The perimeter “{shown}” is not among those of the link (perimeters=…). {_LEFT.en}",
        ),
        "perimeters",
    )


def no_such_layer(name: str, word: str) -> AddressFault:
    """Return the fault of what is said of a layer that the link does not name among its layers."""
    shown = _cut(word)
    return AddressFault(
        name,
        Text(
            f"La couche « {shown} » n'est pas parmi celles du lien (layers=…). {_LEFT.fr}",
            f"The layer “{shown}” is not among those of the link (layers=…). {_LEFT.en}",
        ),
        "layers",
    )


def others_left(number: int) -> AddressFault:
    """Return the fault of the parameters that were not looked at, after many bad ones."""
    return AddressFault(
        "",
        Text(
            f"Le lien est trop abîmé : ses {number} autres paramètres n'ont pas été lus.",
            f"The link is too damaged: its {number} other parameters were not read.",
        ),
    )


def _reason(error: MontagesError) -> Text:
    """Return why a value is not read, where a list does not say it: without the place and the value."""
    texts = []
    for lang, given in (("fr", " (reçu"), ("en", " (given")):
        told = error.text[lang].partition(": ")
        texts.append((told[2] or told[0]).partition(given)[0].rstrip("."))
    return Text(*(f" ({text})" if text else "" for text in texts))


def _name(key: str, slug: str) -> Text:
    """Return the name of a value of a key; as it is written where it has none."""
    criteria = _OF_LAYERS if key == "layers" else filter(None, (answer_keys().get(key),))
    if values := [v for name in criteria for v in rulebook().criteria[name].values]:
        names = {v.slug: v.label for v in values}
        return names.get(slug, Text(slug, slug))
    if key == "holder":
        kinds = {cls: kind for kind, cls in classes_of_kinds().items()}
        return name_of(f"{ID}actor-kind/{kinds.get(slug, slug)}")
    return name_of(f"{ID}{_FOLDERS.get(key, key)}/{slug}")


def _cut(text: str) -> str:
    text = visible(text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
