"""The published graphs, and the ways to ask them: by question, by SPARQL, by words, by name.

In come the files of the knowledge and the compiled rules, out go graphs, answers, labels and hits. Read
`published_dataset.py` (what is published, graph by graph) and `dataset.py`, `published_graph.py` (the one
graph that questions run on, kept on disk), `questions/` and `sparql/`, then `labels.py`, `search_index.py`
and `tree/`; `graph_tables.py` has graphs in the compact form that the disk and the engine take,
`table_store.py` reads them from it, and `dataset_cache.py` keeps on disk what is worked out of them.
"""
