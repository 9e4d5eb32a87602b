"""Validation: a description or a text comes in, a `Report` of findings goes out.

Read `findings` first; then the reference, `shape_check` (pySHACL, then `vocabulary`); then the same by a
compiled engine: `check_tables` (shapes as plain data), `fast_check`, and `conforming` for many descriptions
at once; last `validate_text` (all findings on a text), `validate_table` (on each row), `finding_places`
(where they stand) and `validate_graph` (RDF against other shapes than a project's).
"""
