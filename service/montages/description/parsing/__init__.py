"""Parsing: bytes or text of a syntax come in, a `Description` or an error with its place goes out.

One parser reads RDF, that of pyoxigraph; the reference engine has rdflib's (`engine.reference.rdflib_parse`).
Read `source_text` (what is given, and its syntax) and `parse` first, with `syntax_errors` and `xml_text`;
then our keys in their order: `yaml_text` or `json_tree`, `keys_to_facts` with `key_values`, `answer_values`
(labels, amounts, units) and `key_faults`.
"""
