"""One reader a format cuts a stream of bytes into records, one project each, without parsing them.

`stream` gives numbered lines; `json_lines` and `whole_file` make a record of a line, a file; `csv_table` and
`workbook_table` one of a row (`row_record`), which `description.tables` cuts out; `n_quads` and `trig` one of
a named graph, with what `named_graphs` has in common for both. What is broken spoils its own record only,
which carries the fault.
"""
