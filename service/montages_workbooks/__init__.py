"""Workbooks in .xlsx: descriptions a row a project, a template to fill in, the answers of a batch.

What comes in: the bytes of a workbook, or rows. What goes out: rows as the tables of the core have them, or a
workbook of the same bytes each time. Read `openpyxl_workbooks` (what the core asks for), then
`workbook_package` (what is refused before anything opens it), `workbook_rows`, `workbook_template` and
`answer_workbook`.
"""

from montages.guests import Guest

GUEST = Guest(workbooks="montages_workbooks.openpyxl_workbooks:OpenpyxlWorkbooks")
