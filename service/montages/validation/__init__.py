"""Validation: a description or a text comes in, a `Report` of findings goes out.

Read `findings` first; then the reference, `shape_check` (pySHACL, with `background` and `vocabulary`);
then the same by a compiled engine: `check_tables` (shapes as plain data), `shacl_input`, `fast_check`, and
`conforming` for many descriptions at once; last `validate_text` (all findings on a text), `finding_places`
(where they stand in it) and `validate_graph` (RDF against other shapes than a project's).
"""
