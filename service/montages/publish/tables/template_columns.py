"""The columns of the workbook that an office fills in, in the order of its questions, under their themes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from montages.bilingual import Text
from montages.description.tables.columns import Column, by_name, columns
from montages.knowledge.rulebook import rulebook

_PROJECT = Text("Le projet", "The project")
_LAYERS = Text("Couches et usages", "Layers and uses")
_AFTER = Text("Ce qui reste", "What is left")
# What a table of questions does not ask: what follows from other columns, and what only programs write.
_ASKED_ELSEWHERE = ("holder", "layer", "management-mode")
_FIRST = ("project", "id", "description", "holder-name", "holder-type", "holder-siren")
_USES = ("usages", "usages-complete")
_LAST = (
    "unknown", "retained", "retained-procedure", "retained-channels", "retained-vehicle", "signed-on",
)  # fmt: skip


@dataclass(frozen=True)
class TemplateColumn:
    """A column and the theme that it is asked under."""

    column: Column
    theme: Text

    def title(self, lang: str) -> str:
        """Return the title of the column, with the unit of a number."""
        criterion = self.column.criterion
        unit = criterion.unit[lang] if criterion is not None and criterion.numeric_property else ""
        return f"{self.column.title[lang]} ({unit})" if unit else self.column.title[lang]


def template_columns(used: Iterable[str] = ()) -> list[TemplateColumn]:
    """Return the columns of the template, and those of `used` keys that it does not have."""
    keyed = by_name()
    out = [TemplateColumn(keyed[key], _PROJECT) for key in _FIRST]
    out += [TemplateColumn(c, _LAYERS) for c in columns() if c.kind == "layer"]
    out += [TemplateColumn(keyed[key], _LAYERS) for key in ("layers-complete", *_USES)]
    for theme in rulebook().themes.values():
        out += [
            TemplateColumn(column, theme.label)
            for column in columns()
            if (criterion := column.criterion) is not None
            and criterion.theme == theme.slug
            and criterion.answer_origin != "Derived"
            and criterion.slug not in _ASKED_ELSEWHERE
        ]
    out += [TemplateColumn(keyed[key], _AFTER) for key in _LAST]
    there = {each.column.key for each in out}
    return out + [TemplateColumn(keyed[key], _AFTER) for key in used if key not in there]
