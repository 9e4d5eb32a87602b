"""One reader a format cuts a stream of bytes into records, one project each, without parsing them.

`stream` gives numbered lines; `json_lines`, `csv_table` and `whole_file` make a record of a line, a row, a
file; `n_quads` and `trig` one of a named graph, with what `named_graphs` has in common for both. What is
broken spoils its own record only, which carries the fault.
"""
