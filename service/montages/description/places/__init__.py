"""Places: a text that was parsed comes in, line, column and JSON pointer of its statements go out.

Read `place_index` (what a place is, and how places are gathered), then the reader of a syntax: `rdf_places`,
or `json_yaml`, which has JSON-LD and our keys. `validation.finding_places` chooses it.
"""
