"""Places: a text that was parsed comes in, line, column and JSON pointer of its statements go out.

Read `place_index` (what a place is, and how places are gathered), then `places_in_text`, which chooses the
reader of a syntax: `places_in_turtle`, `places_in_xml`, `places_in_json_ld`. Our keys have
`places_in_keys`; both kinds of trees stand on `text_tree`.
"""
