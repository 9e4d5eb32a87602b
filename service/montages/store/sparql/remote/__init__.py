"""Another SPARQL engine behind the same endpoint and questions (S6).

In comes the text of a query that the guard has read, out come the bytes of an answer as of the embedded
engine, whole, or an error that says why not. Read `remote_engine.py` (where the engine is, and as whom it
is asked), `engine_graphs.py` (which of its graphs a query reads), `remote_query.py` (one query sent,
through SPARQLWrapper, with a last row by which its answer says that it is whole), `remote_worker.py` (what
a process does with one), `remote_results.py` (what it answers, as the embedded engine writes it),
`graph_loading.py` (graphs put there).
"""
