"""The parts of a description that are not answers: holder and usages (asked), and layers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from montages.bilingual import Text, message
from montages.description.facts import Facts
from montages.description.parsing.key_values import things_of
from montages.knowledge.actor_kinds import classes_of_holders
from montages.knowledge.description_keys import key_labels
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import definition_of, name_of, plain_form
from montages.names import ID, MTG, slug
from montages.one_line import OneLine

# The value of a list that stands for what is not in it comes last, whatever its name.
_OTHER = "other"


@dataclass(frozen=True)
class PartValue(OneLine):
    """A value that a part of a description may take, as written there, with its name and meaning."""

    value: str
    label: Text
    definition: Text


@dataclass(frozen=True)
class DescribedPart(OneLine):
    """A part of a description, at `key`; `by_name`: its values are sorted by name."""

    key: str
    label: Text
    question: Text
    help: Text
    multiple: bool
    values: tuple[PartValue, ...]
    by_name: bool = False

    @property
    def name(self) -> str:
        """Return the first segment of the key."""
        return self.key.split("/")[1]

    def listed(self, lang: str) -> list[PartValue]:
        """Return the values in display order: as given, or by name with “other” last."""
        if not self.by_name:
            return list(self.values)
        return sorted(self.values, key=lambda v: (v.value == _OTHER, plain_form(v.label[lang])))

    def to_json(self, lang: str) -> dict[str, object]:
        """Return the part as JSON."""
        return {
            "key": self.key,
            "label": self.label[lang],
            "question": self.question[lang],
            "multiple": self.multiple,
            "values": [{"value": v.value, "label": v.label[lang]} for v in self.listed(lang)],
        }


def parts_to_describe(facts: Facts, project: str) -> tuple[DescribedPart, ...]:
    """Return the parts still missing from a project, in asking order: holder, then usages."""
    return tuple(
        part
        for part, properties in zip(described_parts(), _PROPERTIES, strict=False)
        if not any(facts.objects(project, prop) for prop in properties)
    )


_PROPERTIES = tuple(
    tuple(str(MTG[name]) for name in names)
    for names in (("holder", "holderKind"), ("usage", "usagesComplete"))
)
_WHAT_FOR = message("What is the project for?")
_LAYERS = message("Which technical layers does the project use?")


@cache
def described_parts() -> tuple[DescribedPart, ...]:
    """Return every part that answers are derived from, in the order they are asked."""
    criteria, labels, classes = rulebook().criteria, key_labels(), classes_of_holders()
    holder, layer = criteria["holder"], criteria["layer"]
    usages = [f"{ID}usage/{usage}" for usage in things_of(MTG.Usage)]
    return (
        DescribedPart(
            "/holder/type",
            labels["holder"],
            holder.question,
            holder.help,
            multiple=False,
            values=tuple(
                PartValue(classes[v.slug], v.label, definition_of(v.iri))
                for v in holder.values
                if v.slug in classes
            ),
        ),
        DescribedPart(
            "/usages",
            labels["usages"],
            _WHAT_FOR,
            definition_of(f"{ID}scheme/usage"),
            multiple=True,
            values=tuple(PartValue(slug(u), name_of(u), definition_of(u)) for u in usages),
            by_name=True,
        ),
        DescribedPart(
            "/layers",
            labels["layers"],
            _LAYERS,
            definition_of(f"{ID}scheme/layer"),
            multiple=True,
            values=tuple(PartValue(v.slug, v.label, definition_of(v.iri)) for v in layer.values),
        ),
    )
