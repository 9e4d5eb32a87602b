"""Tables of projects as they are published: the Table Schema of their columns, an example, and a template.

`table_schema` is for data validators, with an example; `workbook_template` is the workbook that an office
fills in; `labelled_cells` is what both have in their cells. What the columns are is the business of
`description.tables`.
"""
