"""The workbook that an office fills in: one row a project, with drop-down lists, questions and units."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from montages.bilingual import Text
from montages.description.tables.table_row import column_letters
from montages.description.tables.workbook import spreadsheet_library
from montages.description.tables.workbook_rows import SHEET
from montages.publish.tables.column_values import column_values, takes_several
from montages.publish.tables.stable_archive import stable_archive
from montages.publish.tables.template_columns import TemplateColumn, template_columns
from montages.publish.tables.template_guide import fill_guide

_LISTS = Text("Listes", "Lists")
_YES_NO = {"fr": ("oui", "non"), "en": ("yes", "no")}
# The rows that have lists and formats; more can be written below.
_ROWS = 500
# A colour a theme, in turn; each is light enough for black on it.
_FILLS = ("DCE6F1", "E2EFDA", "FFF2CC", "FCE4D6", "EDEDED", "E4DFEC")
_SEVERAL = Text("Plusieurs réponses : séparez-les par |", "Several answers: separate them with |")
_NOT_LISTED = Text(
    "Choisissez une réponse de la liste, ou laissez la cellule vide.",
    "Choose an answer of the list, or leave the cell empty.",
)
_NO_NUMBER = Text(
    "Il faut un nombre positif, sans unité : elle est dans le titre.",
    "A positive number is needed, without a unit: it is in the title.",
)


def workbook_template(lang: str) -> bytes:
    """Return the workbook with no project yet; raises NotInstalled without the library."""
    spreadsheet_library()
    return _empty(lang)


def filled_workbook(rows: Sequence[Mapping[str, str]], lang: str) -> bytes:
    """Return the workbook with projects, cells by the key of their column; raises NotInstalled."""
    return _workbook(rows, lang)


@cache
def _empty(lang: str) -> bytes:
    return _workbook((), lang)


def _workbook(rows: Sequence[Mapping[str, str]], lang: str) -> bytes:
    library = spreadsheet_library()
    used = dict.fromkeys(key for row in rows for key in row)
    listed = template_columns(used)
    book = library.Workbook()
    sheet = book.active
    sheet.title = SHEET[lang]
    _write_titles(sheet, listed, lang)
    guide = book.create_sheet()
    fill_guide(guide, listed, lang)
    lists = book.create_sheet(_LISTS[lang])
    lists.sheet_state = "hidden"
    _write_lists(sheet, lists, listed, lang)
    for number, row in enumerate(rows, 2):
        for place, each in enumerate(listed, 1):
            if each.column.key in row:
                _write_text(sheet.cell(number, place), row[each.column.key], each)
    out = io.BytesIO()
    book.save(out)
    return stable_archive(out.getvalue())


def _write_titles(sheet: Any, listed: Sequence[TemplateColumn], lang: str) -> None:
    """Write the first row: titles in the colour of their theme, each with its question as a comment."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    themes = list(dict.fromkeys(each.theme for each in listed))
    for place, each in enumerate(listed, 1):
        cell = sheet.cell(1, place, each.title(lang))
        colour = _FILLS[themes.index(each.theme) % len(_FILLS)]
        cell.fill = PatternFill("solid", fgColor=colour)
        cell.font = Font(bold=True)
        cell.border = Border(bottom=Side("medium"))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        note = Comment(question_of(each, lang), "Montages", height=180, width=340)
        cell.comment = note
        letters = column_letters(place - 1)
        sheet.column_dimensions[letters].width = _width(each, lang)
        if each.column.key in ("holder-siren", "id"):
            sheet.column_dimensions[
                letters
            ].number_format = "@"  # a number that begins with 0 keeps it
    sheet.row_dimensions[1].height = 62
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"


def question_of(each: TemplateColumn, lang: str) -> str:
    """Return what a column asks, how it is answered, and under which theme."""
    column, criterion = each.column, each.column.criterion
    texts = [each.theme[lang].upper()]
    texts += [criterion.question[lang], criterion.help[lang]] if criterion else [column.title[lang]]
    texts.append(column.hint[lang])
    return "\n".join(dict.fromkeys(filter(None, texts)))


def _width(each: TemplateColumn, lang: str) -> float:
    longest = max((len(name[lang]) for name in column_values(each.column).values()), default=0)
    words = max(len(word) for word in each.title(lang).split())
    if each.column.key in ("project", "description"):
        return 38
    return min(max(longest, words, 12), 34) + 3


def choices(each: TemplateColumn, lang: str) -> list[str]:
    """Return what the drop-down list of a column offers, nothing where it has none."""
    column = each.column
    if column.kind == "flag":
        return list(_YES_NO[lang])
    names = [name[lang] for name in column_values(column).values()]
    return [*names, *_YES_NO[lang]] if column.kind == "layer" else names


def _write_lists(sheet: Any, lists: Any, listed: Sequence[TemplateColumn], lang: str) -> None:
    """Give each column its list, from a sheet that does not show, or the numbers that it takes."""
    from openpyxl.worksheet.datavalidation import DataValidation

    places: dict[tuple[str, ...], int] = {}
    for place, each in enumerate(listed):
        offered, rows = (
            tuple(choices(each, lang)),
            f"{column_letters(place)}2:{column_letters(place)}{_ROWS + 1}",
        )
        if offered:
            at = places.setdefault(offered, len(places))
            letters = column_letters(at)
            for number, word in enumerate(offered, 1):
                lists.cell(number, at + 1, word)
            several = takes_several(each.column)
            rule = DataValidation(
                type="list",
                formula1=f"{_LISTS[lang]}!${letters}$1:${letters}${len(offered)}",
                allow_blank=True,
                showErrorMessage=not several,
                error=_NOT_LISTED[lang],
            )
            if several:
                rule.prompt, rule.showInputMessage = _SEVERAL[lang], True
        elif each.column.criterion is not None:
            rule = DataValidation(
                type="decimal", operator="greaterThan", formula1="0", allow_blank=True,
                showErrorMessage=True, error=_NO_NUMBER[lang],
            )  # fmt: skip
        else:
            continue
        sheet.add_data_validation(rule)
        rule.add(rows)


def _write_text(cell: Any, text: str, each: TemplateColumn) -> None:
    """Write what a project says: a number as one, any other text as text, whatever it begins with."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    criterion = each.column.criterion
    if criterion is not None and criterion.numeric_property and text.replace(".", "", 1).isdigit():
        cell.value = float(text) if "." in text else int(text)
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", text)
    cell.data_type = "s"
    if text[:1] in "=+-@":
        cell.quotePrefix = True
