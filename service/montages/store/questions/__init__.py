"""The published questions: SPARQL with declared parameters, asked by name.

In come a name and texts, out goes a table of terms. Read `ask.py` (a question answered in this process, or
by those that answer queries), `query_parameters.py` (a text read as a term, and put in the place of a
variable), `query_result.py` (the table and its forms), `query_executables.py` (every published query as
linked data that runs).
"""
