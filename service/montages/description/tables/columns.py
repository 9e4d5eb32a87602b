"""The columns of a CSV of projects, each with a French name and a key; the criteria give most of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from rdflib import RDFS, URIRef

from montages.bilingual import Text
from montages.description.tables.plain_columns import PLAIN, SEVERAL
from montages.knowledge.description_keys import answer_keys, jsonld_context
from montages.knowledge.did_you_mean import nearest
from montages.knowledge.model import Criterion, Value
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, slugify

LIST = "|"
LAYER_NAME = "couche"
_NONE = Text("", "")
TRUE, FALSE = ("oui", "yes", "true", "vrai", "1"), ("non", "no", "false", "faux", "0")
_LAYER_HINT = Text(
    "Le mode de gestion de cette couche ; oui : utilisée, mode à préciser ; non : pas utilisée. Si "
    "toutes les "
    "couches ont une réponse, leur liste est complète.",
    "The mode of management of this layer; yes: used, its mode still open; no: not used. If every layer "
    "has an "
    "answer, their list is complete.",
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
    hint: Text = _NONE


@cache
def columns() -> tuple[Column, ...]:
    """Return every column: what names a project, one a layer…, then one a criterion."""
    terms = jsonld_context()["@context"]
    every = [
        Column(name, key, pointer, kind, title, _property(terms, pointer), hint=hint)
        for name, key, pointer, kind, title, hint in PLAIN
    ]
    criteria = rulebook().criteria
    every += [_of_layer(layer) for layer in criteria["layer"].values]
    for key, slug in answer_keys().items():
        criterion = criteria[slug]
        name = slugify(criterion.label.fr).replace("-", "_")
        # Two criteria may share a French label, one day.
        if name in {column.name for column in every}:
            name = f"{name}_{slugify(key).replace('-', '_')}"
        prop = criterion.numeric_property or criterion.property
        hint = SEVERAL if criterion.multiple else _NONE
        every.append(
            Column(name, key, f"/answers/{key}", "answer", criterion.label, prop, criterion, hint)
        )
    return tuple(every)


def _of_layer(layer: Value) -> Column:
    """Return the column of one layer, which its mode of management fills."""
    name = f"{LAYER_NAME}_{slugify(layer.label.fr)}".replace("-", "_")
    title = Text(f"Couche : {layer.label.fr}", f"Layer: {layer.label.en}")
    return Column(
        name, f"layer-{layer.slug}", f"/layers/{layer.slug}", "layer", title, None, hint=_LAYER_HINT
    )


def _property(terms: dict[str, Any], pointer: str) -> URIRef | None:
    """Return the property a key stands for in the published context."""
    term = terms.get(pointer.rsplit("/", 1)[-1])
    if pointer == "/holder/type" or term in ("@id", "@type"):
        return None
    iri = term["@id"] if isinstance(term, dict) else term
    return URIRef(iri) if iri else (RDFS.label if pointer.endswith("name") else MTG.holder)


@cache
def by_name() -> dict[str, Column]:
    """Return the columns by each name a header may write: French or key."""
    by_key = {column.key: column for column in columns()}
    return by_key | {column.name: column for column in columns()}


def nearest_name(name: str) -> str | None:
    """Return the column a header most probably meant, None when none is close."""
    by_slug = {slugify(other): other for other in by_name()}
    close = nearest(slugify(name), by_slug)
    return by_slug[close] if close else None


def at(pointer: str) -> Column | None:
    """Return the column whose value stands at a JSON pointer or above it."""
    above = [c for c in columns() if f"{pointer}/".startswith(f"{c.pointer}/")]
    return max(above, key=lambda c: len(c.pointer), default=None)
