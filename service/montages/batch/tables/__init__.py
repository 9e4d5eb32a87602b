"""The CSV of projects: from the cells of a row to a description by our keys, and its Table Schema.

Read `columns` (every column, those of `plain_columns` and one a criterion), `row` (cells to a tree of keys),
then `table_schema` (the columns as Frictionless Table Schema).
"""
