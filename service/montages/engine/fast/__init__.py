"""The fast engine: the reference engine's steps over plain data, with the same answers.

Facts go in; the tables of a period (`rule_tables` is their form, `table_compiler` compiles them,
`period_tables` caches them) say what to do with them. `fast_close` closes, `montages.reasoning` reasons,
`fast_derive` reads outcomes and statuses off the bits; `fast_derivation` runs the three for a project and
writes its graphs, `fast_engine` returns them. Whatever is not foreseen raises Unsupported.
"""
