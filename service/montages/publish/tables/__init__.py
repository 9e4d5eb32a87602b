"""Tables of projects as they are published: the Table Schema of their columns, an example, and a template.

`table_schema` and `example_table` are data for data validators; `workbook_template` is the workbook that an
office fills in. What the columns are is the business of `description.tables`.
"""
