"""SPARQL from anyone: what a query may do, and processes that run it under limits.

In comes the text of a query, out come bytes in a format asked for, or an error that says why not. Read
`query_pool.py` (who waits, and for how long: `turns.py` of `processes/`), `fork_server.py` with
`graph_updates.py` (what changes meanwhile) and `query_worker.py` (the process that answers); what that
process does with the text: `sparql_tokens.py` (the text cut as the grammar does), `query_guard.py` (what is
refused before it runs), `query_rewriting.py` with `order_key.py` (what is written into it),
`answer_forms.py`; then what is said when it fails: `query_errors.py` and `syntax_error.py`.
"""
