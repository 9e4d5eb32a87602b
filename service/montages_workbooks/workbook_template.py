"""The workbook that an office fills in: one row a project, with drop-down lists, questions and units.

Its columns stand in the order of its questions, under their themes; a second sheet is the guide.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from montages.bilingual import Text, message
from montages.description.tables.columns import Column, by_name, columns
from montages.description.tables.table_row import column_letters
from montages.knowledge.rulebook import rulebook
from montages.publish.tables.labelled_cells import column_values, takes_several
from montages_workbooks.stable_archive import stable_archive
from montages_workbooks.workbook_rows import SHEET

_LISTS = message("Lists")
_YES_NO = {"fr": ("oui", "non"), "en": ("yes", "no")}
# The rows that have lists and formats; more can be written below.
_ROWS = 500
# A colour a theme, in turn; each is light enough for black on it.
_FILLS = ("DCE6F1", "E2EFDA", "FFF2CC", "FCE4D6", "EDEDED", "E4DFEC")
_SEVERAL = message("Several answers: separate them with |")
_NOT_LISTED = message("Choose an answer of the list, or leave the cell empty.")
_NO_NUMBER = message("A positive number is needed, without a unit: it is in the title.")


@cache
def workbook_template(lang: str) -> bytes:
    """Return the workbook with no project yet."""
    return filled_workbook((), lang)


def filled_workbook(rows: Sequence[Mapping[str, str]], lang: str) -> bytes:
    """Return the workbook with projects, cells by the key of their column."""
    import openpyxl

    used = dict.fromkeys(key for row in rows for key in row)
    listed = template_columns(used)
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = SHEET[lang]
    _write_titles(sheet, listed, lang)
    guide = book.create_sheet()
    _write_guide(guide, listed, lang)
    lists = book.create_sheet(_LISTS[lang])
    lists.sheet_state = "hidden"
    _write_lists(sheet, lists, listed, lang)
    for number, row in enumerate(rows, 2):
        for place, field in enumerate(listed, 1):
            if field.column.key in row:
                _write_text(sheet.cell(number, place), row[field.column.key], field)
    out = io.BytesIO()
    book.save(out)
    return stable_archive(out.getvalue())


def _write_titles(sheet: Any, listed: Sequence[TemplateColumn], lang: str) -> None:
    """Write the first row: titles in the colour of their theme, each with its question as a comment."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    themes = list(dict.fromkeys(field.theme for field in listed))
    for place, field in enumerate(listed, 1):
        cell = sheet.cell(1, place, field.title(lang))
        colour = _FILLS[themes.index(field.theme) % len(_FILLS)]
        cell.fill = PatternFill("solid", fgColor=colour)
        cell.font = Font(bold=True)
        cell.border = Border(bottom=Side("medium"))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        note = Comment(question_of(field, lang), "Montages", height=180, width=340)
        cell.comment = note
        letters = column_letters(place - 1)
        sheet.column_dimensions[letters].width = _width(field, lang)
        if field.column.key in ("holder-siren", "id"):
            sheet.column_dimensions[
                letters
            ].number_format = "@"  # a number that begins with 0 keeps it
    sheet.row_dimensions[1].height = 62
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"


def question_of(field: TemplateColumn, lang: str) -> str:
    """Return what a column asks, how it is answered, and under which theme."""
    column, criterion = field.column, field.column.criterion
    texts = [field.theme[lang].upper()]
    texts += [criterion.question[lang], criterion.help[lang]] if criterion else [column.title[lang]]
    texts.append(column.hint[lang])
    return "\n".join(dict.fromkeys(filter(None, texts)))


def _width(field: TemplateColumn, lang: str) -> float:
    longest = max((len(name[lang]) for name in column_values(field.column).values()), default=0)
    words = max(len(word) for word in field.title(lang).split())
    if field.column.key in ("project", "description"):
        return 38
    return min(max(longest, words, 12), 34) + 3


def choices(field: TemplateColumn, lang: str) -> list[str]:
    """Return what the drop-down list of a column offers, nothing where it has none."""
    column = field.column
    if column.kind == "flag":
        return list(_YES_NO[lang])
    names = [name[lang] for name in column_values(column).values()]
    return [*names, *_YES_NO[lang]] if column.kind == "layer" else names


def _write_lists(sheet: Any, lists: Any, listed: Sequence[TemplateColumn], lang: str) -> None:
    """Give each column its list, from a sheet that does not show, or the numbers that it takes."""
    from openpyxl.worksheet.datavalidation import DataValidation

    places: dict[tuple[str, ...], int] = {}
    for place, field in enumerate(listed):
        offered, rows = (
            tuple(choices(field, lang)),
            f"{column_letters(place)}2:{column_letters(place)}{_ROWS + 1}",
        )
        if offered:
            at = places.setdefault(offered, len(places))
            letters = column_letters(at)
            for number, word in enumerate(offered, 1):
                lists.cell(number, at + 1, word)
            several = takes_several(field.column)
            rule = DataValidation(
                type="list",
                formula1=f"{_LISTS[lang]}!${letters}$1:${letters}${len(offered)}",
                allow_blank=True,
                showErrorMessage=not several,
                error=_NOT_LISTED[lang],
            )
            if several:
                rule.prompt, rule.showInputMessage = _SEVERAL[lang], True
        elif field.column.criterion is not None:
            rule = DataValidation(
                type="decimal", operator="greaterThan", formula1="0", allow_blank=True,
                showErrorMessage=True, error=_NO_NUMBER[lang],
            )  # fmt: skip
        else:
            continue
        sheet.add_data_validation(rule)
        rule.add(rows)


def _write_text(cell: Any, text: str, field: TemplateColumn) -> None:
    """Write what a project says: a number as one, any other text as text, whatever it begins with."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    criterion = field.column.criterion
    if criterion is not None and criterion.numeric_property and text.replace(".", "", 1).isdigit():
        cell.value = float(text) if "." in text else int(text)
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", text)
    cell.data_type = "s"
    if text[:1] in "=+-@":
        cell.quotePrefix = True


_PROJECT = message("The project")
_LAYERS = message("Layers and uses")
_AFTER = message("What is left")
# What a table of questions does not ask: what follows from other columns, and what only programs write.
_ASKED_ELSEWHERE = ("holder", "layer", "management-mode")
_FIRST = ("project", "id", "description", "holder-name", "holder-type", "holder-siren")
_USES = ("usages", "usages-complete")
_LAST = (
    "wanted-by", "not-understood", "unsure", "unknown", "retained", "retained-procedure",
    "retained-channels", "retained-vehicle", "signed-on",
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
    there = {field.column.key for field in out}
    return out + [TemplateColumn(keyed[key], _AFTER) for key in used if key not in there]


_GUIDE = message("How to fill it in")
_GUIDE_LINES = (
    message("Describe projects, one a row"),
    message("Fill in the sheet “Projects”: one row a project. Only its name is required."),
    message(
        "Leave empty what you do not know: nothing is assumed. The question of each column is "
        "in the comment of its title."
    ),
    message("Choose the answers in the lists. Where several are possible, separate them with |."),
    message("An amount is written without a unit (it is in the title), a date as a date."),
    message("Do not merge cells, and paste values rather than formulas: they would be refused."),
    message(
        "You may delete, move or hide columns. Then: “montages check projects.xlsx”, “montages "
        "assess projects.xlsx”, or the page “Check a description” of the service."
    ),
)
_GUIDE_HEAD = (
    message("Theme"),
    message("Column"),
    message("Name in a CSV"),
    message("Question"),
    message("Answers"),
)
_GUIDE_WIDTHS = (26, 34, 34, 70, 70)


def _write_guide(sheet: Any, listed: Sequence[TemplateColumn], lang: str) -> None:
    """Write the guide into a sheet of a workbook."""
    from openpyxl.styles import Alignment, Font

    sheet.title = _GUIDE[lang]
    wrapped = Alignment(wrap_text=True, vertical="top")
    for number, line in enumerate(_GUIDE_LINES, 1):
        sheet.cell(number, 1, line[lang]).font = Font(
            bold=number == 1, size=14 if number == 1 else 11
        )
    begun = len(_GUIDE_LINES) + 2
    for place, title in enumerate(_GUIDE_HEAD, 1):
        sheet.cell(begun, place, title[lang]).font = Font(bold=True)
        sheet.column_dimensions["ABCDE"[place - 1]].width = _GUIDE_WIDTHS[place - 1]
    for number, field in enumerate(listed, begun + 1):
        column, criterion = field.column, field.column.criterion
        question = criterion.question[lang] if criterion else column.hint[lang]
        answers = " · ".join(name[lang] for name in column_values(column).values())
        row = (field.theme[lang], field.title(lang), column.name, question, answers)
        for place, text in enumerate(row, 1):
            sheet.cell(number, place, text).alignment = wrapped
    sheet.freeze_panes = f"A{begun + 1}"
