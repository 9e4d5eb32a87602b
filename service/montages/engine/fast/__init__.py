"""The fast engine: the reference engine's steps over plain data, with the same answers.

Facts go in; the tables of a period (`rule_tables` is their form, `table_compiler` compiles them) say what to
do with them. `fast_close` closes, with `closing_step` (the units) and `fast_presume` (what is presumed),
`montages.reasoning` reasons, `fast_derive` reads outcomes and statuses off the classes; `fast_engine` caches
the tables, runs the three for a project and writes its graphs. Whatever is not foreseen raises Unsupported.
"""
