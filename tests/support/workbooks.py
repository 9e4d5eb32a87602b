"""Workbooks made for a test: by the library, or part by part as no spreadsheet would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from deferred import Deferred

openpyxl: Any = Deferred("openpyxl")
MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
TITLES = '<row r="1"><c r="A1" t="inlineStr"><is><t>projet</t></is></c></row>'


def workbook(*rows: Sequence[Any], sheet: str = "Projets") -> bytes:
    """Return a workbook whose only sheet has some rows."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: Any) -> bytes:
    """Return a workbook as its file is."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def package(
    rows: str = TITLES,
    *,
    more: Mapping[str, bytes | str] | None = None,
    head: str = _HEAD,
    strings: str | None = None,
    after: str = "",
) -> bytes:
    """Return a workbook of which a sheet's rows are XML; `more` replaces or adds parts."""
    override = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{override}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{override}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{override}.sharedStrings+xml"/></Types>'
    )
    relations = f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    book = (
        f'{_HEAD}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Projets" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": types,
        "_rels/.rels": f'{relations}<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": f'{relations}<Relationship Id="rId1" Type="{_OFFICE}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}'
        "</worksheet>",
        "xl/sharedStrings.xml": strings or f'{_HEAD}<sst xmlns="{MAIN}"><si><t>x</t></si></sst>',
        **(more or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def strings(count: int) -> str:
    """Return a list of so many shared strings."""
    return f'{_HEAD}<sst xmlns="{MAIN}">' + "<si><t>x</t></si>" * count + "</sst>"
