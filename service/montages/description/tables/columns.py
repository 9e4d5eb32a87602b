"""The columns of a table of projects, each with a French name and a key; the criteria give most of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rdflib import URIRef

from montages.bilingual import NO_TEXT, Text, message
from montages.knowledge.description_keys import answer_keys, key_properties, keys_by_name
from montages.knowledge.did_you_mean import nearest
from montages.knowledge.model import Criterion, Value
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import plain_form
from montages.names import slugify

LIST = "|"
LAYER_NAME = "couche"
TRUE, FALSE = ("oui", "yes", "true", "vrai", "1"), ("non", "no", "false", "faux", "0")
_SEVERAL = message("Several: separated by |.")
_DAY = message("Year, year-month or year-month-day.")
_LAYER_HINT = message(
    "The mode of management of this layer; yes: used, its mode still open; no: not used. If "
    "every layer has an answer, their list is complete."
)


@dataclass(frozen=True)
class Column:
    """One column: the French name and the key either of which the header may write.

    `pointer` is where its value goes in a description by our keys; `kind` how a cell is read:
    text, list, flag, layers, layer (one a column, which the pointer names), pairs, or answer (with its
    criterion).
    """

    name: str
    key: str
    pointer: str
    kind: str
    title: Text
    property: URIRef | None
    criterion: Criterion | None = None
    hint: Text = NO_TEXT


@cache
def columns() -> tuple[Column, ...]:
    """Return every column: what names a project, one a layer…, then one a criterion."""
    every = [
        Column(name, _key(pointer), pointer, kind, title, _property(pointer), hint=hint)
        for name, pointer, kind, title, hint in _PLAIN
    ]
    criteria = rulebook().criteria
    every += [_of_layer(layer) for layer in criteria["layer"].values]
    for key, slug in answer_keys().items():
        criterion = criteria[slug]
        name = slugify(criterion.label.fr).replace("-", "_")
        # Two criteria may share a French label, one day.
        if name in {column.name for column in every}:
            name = f"{name}_{slugify(key).replace('-', '_')}"
        prop = criterion.answer_path
        hint = _SEVERAL if criterion.multiple else NO_TEXT
        every.append(
            Column(name, key, f"/answers/{key}", "answer", criterion.label, prop, criterion, hint)
        )
    return tuple(every)


def _key(pointer: str) -> str:
    """Return the key of a column by the pointer of its value: `holder-name` by `/holder/name`."""
    return pointer[1:].replace("/", "-")


def _of_layer(layer: Value) -> Column:
    """Return the column of one layer, which its mode of management fills."""
    name = f"{LAYER_NAME}_{slugify(layer.label.fr)}".replace("-", "_")
    title = message("Layer: {label}", label=layer.label)
    return Column(
        name, f"layer-{layer.slug}", f"/layers/{layer.slug}", "layer", title, None, hint=_LAYER_HINT
    )


def _property(pointer: str) -> URIRef | None:
    """Return the property that a key stands for, None for what is said by an IRI or a type."""
    return key_properties().get(pointer.rpartition("/")[2])


@cache
def by_name() -> dict[str, Column]:
    """Return the columns by each name a header may write: French, or key."""
    by_key = {column.key: column for column in columns()}
    return by_key | {column.name: column for column in columns()}


def nearest_name(name: str) -> str | None:
    """Return the column a header most probably meant: by another name of it, else by spelling, or None."""
    form, known = plain_form(name), by_name()
    named = {
        other: known[keys[0]].name
        for other, keys in keys_by_name().items()
        if len(keys) == 1 and keys[0] in known
    }
    by_slug = {slugify(other): other for other in known}
    close = None if form in named else nearest(slugify(name), by_slug)
    return by_slug[close] if close else named.get(nearest(form, named) or "")


def at(pointer: str) -> Column | None:
    """Return the column whose value stands at a JSON pointer or above it."""
    above = [c for c in columns() if f"{pointer}/".startswith(f"{c.pointer}/")]
    return max(above, key=lambda c: len(c.pointer), default=None)


# What is no answer to a criterion: name, pointer, kind, title, hint.
_PLAIN: tuple[tuple[str, str, str, Text, Text], ...] = (
    ("projet", "/project", "text", message("Name of the project"), NO_TEXT),
    (
        "identifiant",
        "/id",
        "text",
        message("Identifier of the project"),
        message("A word without spaces or accents; without it, made from the name."),
    ),
    ("description", "/description", "text", message("Description"), NO_TEXT),
    ("porteur_nom", "/holder/name", "text", message("Name of the holder"), NO_TEXT),
    (
        "porteur_type",
        "/holder/type",
        "text",
        message("Type of holder"),
        message("A class of actor of the ontology, for example Commune or Metropole."),
    ),
    ("porteur_siren", "/holder/siren", "text", message("SIREN number of the holder"), NO_TEXT),
    (
        "couches",
        "/layers",
        "layers",
        message("Layers used", context="a column"),
        message("layer:mode, separated by |, for example objects:own|iot-network:subscription."),
    ),
    (
        "couches_completes",
        "/layers-complete",
        "flag",
        message("The list of layers is complete"),
        NO_TEXT,
    ),
    ("usages", "/usages", "list", message("Uses"), _SEVERAL),
    (
        "usages_complets",
        "/usages-complete",
        "flag",
        message("The list of uses is complete"),
        NO_TEXT,
    ),
    (
        "signature_voulue_le",
        "/wanted-by",
        "text",
        message("Signature wanted by"),
        message("A day or a month: 2027-09-01."),
    ),
    (
        "phrase",
        "/own-words",
        "text",
        message("Sentence"),
        message("The words in which the project was told."),
    ),
    (
        "non_compris",
        "/not-understood",
        "text",
        message("Not understood"),
        message("Words that no other column can say."),
    ),
    (
        "incertain",
        "/unsure",
        "text",
        message("Unsure"),
        message("Words that decide and are in doubt, each after its class."),
    ),
    (
        "presomptions",
        "/presumptions",
        "flag",
        message("Presume where nothing is answered"),
        message("Yes, without it."),
    ),
    ("inconnus", "/unknown", "list", message("Criteria declared unknown"), _SEVERAL),
    ("listes_completes", "/complete", "list", message("Criteria whose list is complete"), _SEVERAL),
    (
        "exigences_affirmees",
        "/asserts",
        "pairs",
        message("Requirements the holder asserts to satisfy"),
        message("requirement:note, separated by |; the note may be left out."),
    ),
    (
        "suppositions",
        "/assumes",
        "pairs",
        message("Answers assumed"),
        message("criterion:value, separated by |."),
    ),
    ("contrat_retenu", "/retained", "list", message("Contract retained"), _SEVERAL),
    ("procedure_retenue", "/retained-procedure", "list", message("Procedure retained"), _SEVERAL),
    ("modes_d_achat_retenus", "/retained-channels", "list", message("Channels retained"), _SEVERAL),
    ("structure_retenue", "/retained-vehicle", "list", message("Vehicle retained"), _SEVERAL),
    (
        "etat_du_contrat",
        "/contract-state",
        "text",
        message("State of the contract"),
        message("in-consultation, signed, dropped or ended."),
    ),
    ("date_de_l_etat", "/contract-state-on", "text", message("Date of the contract's state"), _DAY),
    ("date_de_signature", "/signed-on", "text", message("Signing date"), _DAY),
)
