"""Tables of projects, one a row: the cells of CSV and of workbooks ↔ descriptions by our keys.

One mapping for every door: `columns` (every column, most of them one a criterion), found from what a header
writes by `table_header`. `csv_rows`, `sheet_cell` (of a frame) and, for workbooks, a guest cut a table into
rows without understanding them; `table_row` makes a tree of keys of each, and goes back. Read `read_table`
first, which also says in which cell a finding is; `sheet_cell` refuses what is no value of a cell.
"""
