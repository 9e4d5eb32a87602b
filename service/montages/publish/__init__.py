"""Every form of output: text for the terminal, one page, JSON, RDF documents, catalogue and dumps.

In come the results of other rooms (an assessment, a validation, the answer to a question, the published
graphs); out go texts and graphs, the same for the command line, HTTP, batches and Python. Nothing is
concluded here. Read `json_text.py` for JSON, then `text/` for the terminal and what it shares with pages,
`assessment_page.py` and `validation_report.py` for whole documents, `writers.py` for the forms that every
door has, `linked_data/` for what the service publishes of its graphs, and `syntax/` for the syntaxes
these are written in.
"""
