"""Parsing: bytes or text of a syntax come in, a `Description` or an error with its place goes out.

`parse` is the reference, over rdflib and our keys as JSON-LD; `fast_parse` gives the same for usual texts and
raises Unsupported for others. Read `source_text` and `media_types` (what is given, and its syntax) and
`parse` first, with `syntax_errors` and `prescan` (limits before a slow parser); then our keys in their order:
`yaml_text` or `json_tree`, `keys_to_json_ld` with `key_values`, `answer_values` (labels, amounts, units) and
`key_faults`; then `fast_parse` with `keys_to_facts`.
"""
