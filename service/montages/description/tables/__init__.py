"""Tables of projects, one a row: the cells of CSV and of workbooks ↔ descriptions by our keys.

One mapping for every door: `columns` (every column, those of `plain_columns` and one a criterion), found from
what a header writes by `table_header`. `csv_rows` and `workbook_rows` cut a file into `table_row`s, without
understanding them; `row` makes a tree of keys of each, `row_writing` goes back, and `row_places` says in
which cell a finding is. Read `read_table` first; `workbook_package` refuses what is no workbook to be
opened.
"""
