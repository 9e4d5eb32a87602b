"""SPARQL from anyone: what a query may do, and processes that run it under limits.

In comes the text of a query, out come bytes in a format asked for, or an error that says why not. Read
`query_pool.py` and `turns.py` (in the service: who waits, for how long), `worker_connection.py`,
`fork_server.py` and `query_worker.py` (the process that answers); what that process does with the text:
`sparql_tokens.py` (the text cut as the grammar does), `query_guard.py` and `service_calls.py` with
`query_readings.py` (what is refused before it runs), `order_by.py` with `order_key.py`, `row_limit.py`,
`select_star.py`, `answer_forms.py` (for a page, `answer_rows.py`); then what is said when it fails:
`query_errors.py`, `limit_errors.py`, `syntax_error.py`, with `query_mistakes.py` and `unknown_function.py`.
"""
