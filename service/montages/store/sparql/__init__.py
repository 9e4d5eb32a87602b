"""SPARQL from anyone: what a query may do, and processes that run it under limits.

In comes the text of a query, out come bytes in the format asked for, or an error that says why not. Read
`sparql_tokens.py` (the text cut as the grammar does), `query_guard.py` (what is refused before it runs),
`row_limit.py`, then `query_pool.py`, `fork_server.py` and `query_worker.py` (from the service to the
process that answers), `syntax_error.py` and `query_errors.py` (what is said when it fails).
"""
