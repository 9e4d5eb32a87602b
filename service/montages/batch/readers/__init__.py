"""One reader a format cuts a stream of bytes into records, one project each, without parsing them.

`streams` gives numbered lines, and makes a record of a line of JSON or of a whole file; `table_readers` one
of a row, which `description.tables` cuts out; `n_quads` one of a named graph. What is broken spoils its own
record only, which carries the fault.
"""
