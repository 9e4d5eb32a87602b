"""Tables of projects as they are published: the Table Schema of their columns, an example, and a template.

`table_schema` is for data validators, with an example; `labelled_cells` is what that and the workbook that
an office fills in (a guest's) have in their cells. What the columns are is the business of
`description.tables`.
"""
