"""The second sheet of the template: how it is filled in, and every column with what it accepts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from montages.bilingual import Text
from montages.publish.tables.column_values import column_values
from montages.publish.tables.template_columns import TemplateColumn

_SHEET = Text("Mode d'emploi", "How to fill it in")
_LINES = (
    Text("Décrire des projets, un par ligne", "Describe projects, one a row"),
    Text(
        "Remplissez la feuille « Projets » : une ligne par projet. Seul son nom est obligatoire.",
        "Fill in the sheet “Projects”: one row a project. Only its name is required.",
    ),
    Text(
        "Laissez vide ce que vous ne savez pas : rien n'est supposé. La question de chaque colonne est "
        "dans le "
        "commentaire de son titre.",
        "Leave empty what you do not know: nothing is assumed. The question of each column is in the "
        "comment of "
        "its title.",
    ),
    Text(
        "Choisissez les réponses dans les listes. Où plusieurs sont possibles, séparez-les par |.",
        "Choose the answers in the lists. Where several are possible, separate them with |.",
    ),
    Text(
        "Un montant s'écrit sans unité (elle est dans le titre), une date comme une date.",
        "An amount is written without a unit (it is in the title), a date as a date.",
    ),
    Text(
        "Ne fusionnez pas de cellules, et collez des valeurs plutôt que des formules : elles seraient "
        "refusées.",
        "Do not merge cells, and paste values rather than formulas: they would be refused.",
    ),
    Text(
        "Vous pouvez supprimer, déplacer ou masquer des colonnes. Ensuite : « montages check projets.xlsx », "
        "« montages assess projets.xlsx », ou la page « Vérifier une description » du service.",
        "You may delete, move or hide columns. Then: “montages check projects.xlsx”, “montages assess "
        "projects.xlsx”, or the page “Check a description” of the service.",
    ),
)
_HEAD = (
    Text("Thème", "Theme"),
    Text("Colonne", "Column"),
    Text("Nom dans un CSV", "Name in a CSV"),
    Text("Question", "Question"),
    Text("Réponses", "Answers"),
)
_WIDTHS = (26, 34, 34, 70, 70)


def fill_guide(sheet: Any, listed: Sequence[TemplateColumn], lang: str) -> None:
    """Write the guide into a sheet of a workbook."""
    from openpyxl.styles import Alignment, Font

    sheet.title = _SHEET[lang]
    wrapped = Alignment(wrap_text=True, vertical="top")
    for number, line in enumerate(_LINES, 1):
        sheet.cell(number, 1, line[lang]).font = Font(
            bold=number == 1, size=14 if number == 1 else 11
        )
    begun = len(_LINES) + 2
    for place, title in enumerate(_HEAD, 1):
        sheet.cell(begun, place, title[lang]).font = Font(bold=True)
        sheet.column_dimensions["ABCDE"[place - 1]].width = _WIDTHS[place - 1]
    for number, each in enumerate(listed, begun + 1):
        column, criterion = each.column, each.column.criterion
        question = criterion.question[lang] if criterion else column.hint[lang]
        answers = " · ".join(name[lang] for name in column_values(column).values())
        row = (each.theme[lang], each.title(lang), column.name, question, answers)
        for place, text in enumerate(row, 1):
            sheet.cell(number, place, text).alignment = wrapped
    sheet.freeze_panes = f"A{begun + 1}"
