"""Places: a text that was parsed comes in, line, column and JSON pointer of its statements go out.

Read `place_index` (what a place is, and how places are gathered), then `syntaxes`, which chooses the reader
of a text: `turtle_places`, `rdf_xml`, or `json_yaml`, which has JSON-LD and our keys.
"""
